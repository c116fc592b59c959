"""Phenomena, their figures and signals: what each must satisfy, and how they are kept together."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from prepare.actor import EVERYTHING
from prepare.clock import today
from prepare.db import db, transaction
from prepare.errors import NotPermitted, RuleBroken, StaleEntry
from prepare.vocabulary import Confidentiality
from risks import lines
from risks import phenomena as rules
from risks.entries.phenomena import IndicatorEntry, PhenomenonEntry, SignalEntry
from risks.models.phenomena import Indicator, Phenomenon, Signal
from risks.queries import phenomena as queries
from risks.register import phenomena as register
from risks.vocabulary.phenomena import PhenomenonState, Reliability
from risks.vocabulary.risks import Trend
from risks.vocabulary.safety import Theme
from tests.filled import filled

ON, AHEAD = date(2026, 11, 21), date(2026, 11, 22)
GANGS = PhenomenonEntry(name_fi="Jengit")
REPORTS = IndicatorEntry(name="Ilmoitukset", value=3.0, unit="kpl", measured_on=ON)
NOISE = SignalEntry(name="Melua", observed_on=ON, source_role="Kauppias")


def fields(problems):
    return [one.field for one in problems]


def of(model, code):
    return db.session.scalars(select(model).where(model.code == code)).one()


@pytest.mark.parametrize(
    ("changed", "broken"),
    [
        ({}, []),
        ({"name_fi": " "}, ["name_fi"]),
        ({"confidentiality": Confidentiality.CONFIDENTIAL}, ["secrecy_basis"]),
        ({"trend": Trend.RISING, "trend_since": ON}, []),
        ({"trend": Trend.RISING, "trend_since": AHEAD}, ["trend_since"]),
        ({"trend_since": ON}, ["trend"]),
        ({"state": PhenomenonState.CLOSED}, ["state_reason"]),
        ({"state": PhenomenonState.CLOSED, "state_reason": "Loppui"}, []),
    ],
)
def test_a_phenomenon_says_what_it_is_and_why_it_is_no_longer_followed(changed, broken):
    assert fields(rules.problems(replace(GANGS, **changed), on=ON)) == broken


@pytest.mark.parametrize("missing", ["name", "value", "unit", "measured_on"])
def test_a_figure_has_its_words_its_unit_and_its_day(missing):
    assert fields(rules.indicator_problems(REPORTS, on=ON)) == []
    assert fields(rules.indicator_problems(replace(REPORTS, **{missing: None}), on=ON)) == [missing]


def test_a_figure_of_nothing_is_a_figure_and_none_lies_ahead():
    assert rules.indicator_problems(replace(REPORTS, value=0.0), on=ON) == []
    assert fields(rules.indicator_problems(replace(REPORTS, measured_on=AHEAD), on=ON)) == ["measured_on"]


@pytest.mark.parametrize(
    ("changed", "broken"),
    [
        ({}, []),
        ({"name": ""}, ["name"]),
        ({"observed_on": None}, ["observed_on"]),
        ({"observed_on": AHEAD}, ["observed_on"]),
        ({"source_role": None}, ["source_role"]),
        ({"source_role": None, "source": "P-POL"}, []),
        ({"confidentiality": Confidentiality.CONFIDENTIAL}, ["secrecy_basis"]),
    ],
)
def test_a_signal_says_what_when_and_from_whom(changed, broken):
    assert fields(rules.signal_problems(replace(NOISE, **changed), on=ON)) == broken


def test_what_is_missing_is_told_while_a_phenomenon_is_followed():
    assert [gap.field for gap in rules.gaps(GANGS)] == [name for name, _what, _why in rules.MANDATORY]
    assert rules.gaps(replace(GANGS, state=PhenomenonState.CLOSED)) == []


def test_figures_of_the_same_words_and_unit_make_up_a_line_by_day():
    june, may, share = (
        SimpleNamespace(name=name, unit=unit, measured_on=date(2026, month, 1), code=str(month))
        for name, unit, month in (("a", "kpl", 6), ("a", "kpl", 5), ("a", "%", 5))
    )

    assert rules.series([june, may, share]) == {("a", "kpl"): [may, june], ("a", "%"): [share]}


def test_a_line_runs_from_edge_to_edge_and_stands_higher_where_there_is_more():
    drawn = lines.drawn([(date(2026, 1, 1), 10.0), (date(2026, 1, 6), 15.0), (date(2026, 1, 11), 20.0)])

    assert [(dot.x, dot.y) for dot in drawn.dots] == [(10.0, 62.0), (120.0, 36.0), (230.0, 10.0)]
    assert drawn.points == "10,62 120,36 230,10"
    assert drawn.change == 10.0


def test_a_single_figure_stands_in_the_middle_and_lines_may_share_a_scale():
    (dot,) = lines.drawn([(ON, 7.0)]).dots
    assert (dot.x, dot.y) == (120.0, 36.0)
    assert lines.bounds([0.0]) == (-0.5, 0.5)
    (shared,) = lines.drawn([(ON, 5.0)], (0.0, 5.0)).dots
    assert shared.y == 10.0


def test_the_list_finds_by_word_area_theme_and_trend(town):
    city = town.organisation_of("CITY")
    town.keep(
        Phenomenon(code="PH-03", organisation=city, name_fi="Varkaudet", themes=(Theme.PROPERTY_CRIME,)),
        Phenomenon(code="PH-04", organisation=city, name_fi="Loppunut", state=PhenomenonState.CLOSED),
    )

    def codes(**asked):
        return [one.code for one in db.session.scalars(queries.phenomena(EVERYTHING, **asked))]

    assert codes() == ["PH-01", "PH-02", "PH-03"]
    assert codes(q="vark") == ["PH-03"]
    assert codes(areas=("ITA",)) == ["PH-01", "PH-02"]
    assert codes(theme=Theme.PROPERTY_CRIME) == ["PH-03"]
    assert codes(trend=Trend.RISING) == []
    assert codes(state=PhenomenonState.CLOSED) == ["PH-04"]


def test_a_contact_begins_to_follow_a_phenomenon_and_adds_figures(town, sign_in):
    visitor = sign_in("edu.contact")
    form = filled(visitor.get("/safety/phenomena/new").text)

    answer = visitor.send(
        "/safety/phenomena/new", **form | {"name_fi": "Päihteet", "measures": "M-01", "risks": "r-01"}
    )

    assert answer.status_code == 302, answer.text
    made = of(Phenomenon, "PH-03")
    assert ([one.code for one in made.measures], [one.code for one in made.risks]) == (["M-01"], ["R-01"])
    for day, value in (("2026-01-31", "3"), ("2026-02-28", "4,5")):
        sent = {"name": "Havainnot", "unit": "kpl", "measured_on": day, "value": value}
        assert visitor.send(f"/safety/phenomena/{made.ref}/figures/new", **sent).status_code == 302
    page = visitor.get(f"/safety/phenomena/{made.ref}").text
    assert "Havainnot: from 3 to 4.5 kpl" in page
    like = visitor.get(f"/safety/phenomena/{made.ref}/figures/new?like=PH-03/01").text
    assert 'value="Havainnot"' in like


def test_a_figure_is_corrected_or_left_out(town, sign_in):
    visitor, figure = sign_in("central"), of(Indicator, "PH-01/01")
    address = f"/safety/figures/{figure.ref}/edit"

    visitor.send(address, **filled(visitor.get(address).text) | {"value": "5", "retired": "y"})

    assert (of(Indicator, "PH-01/01").value, of(Indicator, "PH-01/01").retired) == (5.0, True)
    assert "No figures yet" in visitor.get(f"/safety/phenomena/{of(Phenomenon, 'PH-01').ref}").text


def test_what_a_person_may_not_read_stays_with_the_phenomenon(town, acting):
    """The admin reads nothing secret; the waterworks' own risk is not the education sector's."""
    phenomenon = of(Phenomenon, "PH-02")
    town.change(phenomenon, confidentiality=Confidentiality.INTERNAL, organisation_id=town.organisation_of("EDU").id)
    town.change(phenomenon, risks=[*phenomenon.risks, town.record(type(phenomenon.risks[0]), "R-03")])

    with acting("edu.contact"):
        seen = register.seen_now(phenomenon)
        assert seen.entry.risks == ("R-02",)
        with transaction():
            register.edit(phenomenon, replace(seen.entry, risks=(), evidence="Näyttö"), seen=seen, on=ON)

    assert [one.code for one in of(Phenomenon, "PH-02").risks] == ["R-03"]


def test_an_unknown_measure_a_stale_form_and_a_stranger_are_refused(town, acting):
    with acting("central"):
        seen = register.seen_now(of(Phenomenon, "PH-01"))
        with pytest.raises(RuleBroken) as refused, transaction():
            register.edit(of(Phenomenon, "PH-01"), replace(seen.entry, measures=("M-99",)), seen=seen, on=ON)
        assert refused.value.field == "measures"
        with pytest.raises(StaleEntry), transaction():
            register.edit(of(Phenomenon, "PH-01"), seen.entry, seen=None, on=ON)
    with acting("edu.contact"), pytest.raises(NotPermitted), transaction():
        register.edit(of(Phenomenon, "PH-01"), GANGS, seen=None, on=ON)


def test_a_signal_waits_in_the_inbox_until_it_is_linked(town, sign_in):
    visitor, signal = sign_in("central"), of(Signal, "SG-01")
    address = f"/safety/signals/{signal.ref}/edit"
    assert "Signaali SG-01" in visitor.get("/safety/signals/").text

    visitor.send(address, **filled(visitor.get(address).text) | {"phenomenon": "PH-01", "reliability": "B"})

    assert (of(Signal, "SG-01").phenomenon.code, of(Signal, "SG-01").reliability) == ("PH-01", Reliability.B)
    assert "Signaali SG-01" not in visitor.get("/safety/signals/").text
    assert "Signaali SG-01" in visitor.get("/safety/signals/?show=all").text
    assert "Signaali SG-01" in visitor.get(f"/safety/phenomena/{of(Phenomenon, 'PH-01').ref}").text


def test_a_signal_is_noted_in_one_sentence(town, sign_in):
    visitor = sign_in("wat.contact")
    form = filled(visitor.get("/safety/signals/new").text)

    answer = visitor.send("/safety/signals/new", **form | {"name": "Kaivonkansi auki", "source_role": "Asukas"})

    assert answer.status_code == 302, answer.text
    made = of(Signal, "SG-04")
    assert (made.observed_on, made.organisation.code, made.confidentiality) == (
        today(),
        "WAT",
        Confidentiality.INTERNAL,
    )


def test_a_secret_phenomenon_is_not_told_by_its_signal_and_stays_linked(town, acting, sign_in):
    signal, secret = of(Signal, "SG-01"), of(Phenomenon, "PH-02")
    town.change(signal, phenomenon_id=secret.id)

    page = sign_in("edu.contact").get(f"/safety/signals/{signal.ref}").text
    assert "outside your view" in page
    assert "PH-02" not in page
    with acting("edu.contact"):
        seen = register.signal_now(signal)
        assert seen.entry.phenomenon is None
        with transaction():
            register.edit_signal(signal, replace(seen.entry, description="Lisää"), seen=seen, on=today())
    assert of(Signal, "SG-01").phenomenon_id == secret.id


def test_a_signal_names_organisations_and_phenomena_that_there_are(town, acting):
    with acting("central"):
        for field, wrong in (("source", "NONE"), ("phenomenon", "PH-99")):
            with pytest.raises(RuleBroken) as refused, transaction():
                register.note(town.organisation_of("CITY"), replace(NOISE, **{field: wrong}), on=ON)
            assert refused.value.field == field
        with transaction():
            told = register.note(
                town.organisation_of("CITY"), replace(NOISE, source="P-POL", phenomenon="PH-01"), on=ON
            )
        town.change(told.phenomenon, state=PhenomenonState.CLOSED)
        with transaction():
            again = replace(register.signal_now(told).entry, area="ITA")
            register.edit_signal(told, again, seen=register.signal_now(told), on=ON)
        assert (told.source.code, told.phenomenon.code, told.area) == ("P-POL", "PH-01", "ITA")


def test_signals_are_found_by_word_area_and_reliability(town):
    town.change(of(Signal, "SG-03"), reliability=Reliability.D, area="ITA")

    def codes(**asked):
        return [one.code for one in db.session.scalars(queries.signals(EVERYTHING, **asked))]

    assert codes() == ["SG-03", "SG-02", "SG-01"]
    assert codes(q="sg-02") == ["SG-02"]
    assert codes(areas=("ITA",)) == ["SG-03"]
    assert codes(reliability=Reliability.D) == ["SG-03"]
