"""Uncertainty on the records: what each reader sees of it, what is kept, and the page that tells it."""

import pytest
from lxml import html
from sqlalchemy import select

from dependencies import samples, tracing
from dependencies.analysing import sampling
from dependencies.models.needs import Dependency, Need
from dependencies.uncertainty import Effort
from dependencies.vocabulary import Standing, ToleranceBasis
from dependencies.workers import Here
from prepare.access import Action
from prepare.actor import EVERYTHING, SYSTEM, acting_as
from prepare.db import db, transaction
from prepare.errors import RuleBroken
from prepare.vocabulary import Confidentiality
from risks.models.risks import Risk
from risks.models.scenarios import Scenario, ScenarioHit
from risks.vocabulary.risks import RiskState
from risks.vocabulary.scenarios import Effect

SMALL = Effort(draws=30, seed=7, tried=9, forced=12)


def quiet(*_told):
    """Nobody listens."""


def change(town, act):
    """Change records past the register's rules."""
    with acting_as(SYSTEM), town.doing(Action.SOW), transaction():
        act()


def by_command(tmp_path, *codes, effort=SMALL):
    return sampling.by_command(effort, codes, Here(), quiet, tmp_path)


def shorten(function):
    """An outage of 6 h is already too long for it."""
    function.rto_h, function.mtpd_h = 4.0, 6.0


def text_of(page):
    return " ".join(html.fromstring(page).find(".//main").text_content().split())


def test_every_scenario_function_and_dependency_is_told(town, tmp_path):
    seen = by_command(tmp_path)

    ((scenario, picture, year),) = seen.scenarios
    assert scenario.code == "S1"
    # as recorded: both waterworks functions, meals and shelter after 2 h, the school 2 h later
    assert picture.down.recorded == 5
    assert 2 <= picture.down.low <= picture.down.high <= 5
    assert 1 / 100 < year.probability < 1 / 30
    assert {dependency.code for dependency, _influence, _scenario in seen.links} >= {"D-01", "D-02"}
    assert seen.codes == ("S1",)


def test_a_contact_sees_own_functions_and_needs_only_and_the_same_probabilities(town, acting, tmp_path):
    change(town, lambda: shorten(town.function("F-EDU-01")))
    whole = by_command(tmp_path)
    with acting("edu.contact") as who:
        own = sampling.seen(who.scope, whole.sample)

    assert own.scenarios[0][1].down.recorded == 3
    assert [card.code for card, _chance in own.functions] == ["F-EDU-01"]
    everybody = {card.code: chance for card, chance in whole.functions}
    assert all(everybody[card.code] == chance for card, chance in own.functions)
    assert {dependency.need.consumer.code[:5] for dependency, _i, _s in own.links} == {"F-EDU"}


def test_a_scenario_that_may_not_be_read_counts_and_is_not_named(town, acting, tmp_path):
    def secret():
        db.session.scalars(select(Scenario)).one().confidentiality = Confidentiality.CONFIDENTIAL

    change(town, secret)
    whole = by_command(tmp_path)
    with acting("admin") as who:
        seen = sampling.seen(who.scope, whole.sample)

    assert seen.scenarios == ()
    assert seen.codes == (None,)
    assert seen.functions
    assert all(scenario is None for _dependency, _influence, scenario in seen.links)
    assert sampling.as_json(seen)["functions"][0]["by_scenario"] == {}


def test_a_scenario_without_an_open_and_assessed_risk_is_unknown(town, tmp_path):
    def close():
        db.session.scalars(select(Risk).where(Risk.code == "R-03")).one().state = RiskState.CLOSED

    change(town, close)
    seen = by_command(tmp_path)

    assert seen.scenarios[0][2].probability is None
    assert {chance.probability for _card, chance in seen.functions} == {None}
    assert sampling.as_json(seen)["scenarios"][0]["in_a_year"] is None


def test_an_unassessed_risk_says_nothing_of_how_often(town, tmp_path):
    def forget():
        db.session.scalars(select(Risk).where(Risk.code == "R-03")).one().likelihood = None

    change(town, forget)

    assert by_command(tmp_path).scenarios[0][2].probability is None


def test_bases_and_confirmations_reach_the_draws(town, tmp_path):
    before = by_command(tmp_path)

    def confirm():
        for dependency in db.session.scalars(select(Dependency)):
            dependency.standing = Standing.CONFIRMED
        for need in db.session.scalars(select(Need)):
            need.tolerance_basis = ToleranceBasis.MEASURED

    change(town, confirm)
    after = by_command(tmp_path)

    assert before.scenarios[0][1].down.low < before.scenarios[0][1].down.high
    assert set(after.scenarios[0][1].down[:4]) == {5}
    assert after.links == ()


def test_a_hit_that_only_degrades_or_is_on_a_retired_function_stops_nothing(town, tmp_path):
    def weaken():
        for hit in db.session.scalars(select(ScenarioHit)):
            hit.effect = Effect.DEGRADED
        storm = db.session.scalars(select(Scenario)).one()
        gone = {"start_h": 0.0, "duration_h": 5.0, "effect": Effect.DOWN, "capacity_pct": 0.0}
        db.session.add(ScenarioHit(scenario=storm, function=town.function("F-EDU-05"), **gone))

    change(town, weaken)
    seen = by_command(tmp_path)

    assert seen.scenarios[0][1].down.recorded == seen.scenarios[0][1].down.high == 0
    assert seen.functions == ()


def test_a_scenario_that_does_not_exist_is_refused(town, tmp_path):
    with pytest.raises(RuleBroken, match="S9, X"):
        by_command(tmp_path, "X", "S1", "S9")


def test_what_a_command_has_drawn_is_kept_for_the_page_only_when_it_is_of_everything(town, tmp_path):
    by_command(tmp_path, "S1")
    assert sampling.on_page(EVERYTHING, tmp_path).sample.effort == sampling.ON_A_PAGE

    drawn = by_command(tmp_path)

    kept = sampling.on_page(EVERYTHING, tmp_path)
    assert kept.sample.effort == SMALL
    assert sampling.as_json(kept) == sampling.as_json(drawn)
    assert (tmp_path / sampling.FILE).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [sampling.FILE]


def test_the_page_of_a_large_graph_shows_what_a_command_has_drawn_without_loading_it(town, tmp_path, monkeypatch):
    drawn = by_command(tmp_path)
    monkeypatch.setattr(sampling, "WHOLE", 3)
    monkeypatch.setattr(tracing, "loaded", None)

    assert sampling.as_json(sampling.on_page(EVERYTHING, tmp_path)) == sampling.as_json(drawn)
    change(town, lambda: setattr(db.session.scalars(select(Need)).first(), "tolerance_h", 7.0))
    assert sampling.on_page(EVERYTHING, tmp_path) is None


def test_what_was_drawn_of_other_records_is_not_shown(town, tmp_path):
    by_command(tmp_path)
    change(town, lambda: setattr(db.session.scalars(select(Need)).first(), "tolerance_h", 7.0))

    assert sampling.on_page(EVERYTHING, tmp_path).sample.effort == sampling.ON_A_PAGE


def test_a_page_draws_once_as_long_as_the_records_stay(town, tmp_path, monkeypatch, statements):
    first = sampling.on_page(EVERYTHING, tmp_path)
    monkeypatch.setattr(sampling, "sample", None)

    with statements() as seen:
        again = sampling.on_page(EVERYTHING, tmp_path)

    assert again.sample is first.sample
    assert len(seen) <= 6


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04 torn"])
def test_a_file_that_cannot_be_read_is_no_sample(content, tmp_path):
    path = tmp_path / sampling.FILE
    path.write_bytes(content)

    assert samples.read(path, "key") is None
    assert samples.read(tmp_path / "none", "key") is None


def test_the_page_tells_reach_chances_and_what_to_confirm(town, sign_in):
    page = sign_in("central").get("/uncertainty/")

    told = text_of(page.text)
    assert page.status_code == 200
    assert "S1 Myrsky" in told
    assert "Unlikely" in told
    assert "What to confirm first" in told
    assert "100 draws of each scenario, seed 1" in told
    assert "on average" in told


def test_the_page_says_what_to_do_when_nobody_knows_how_often(town, sign_in):
    def unlink():
        db.session.scalars(select(Risk).where(Risk.code == "R-03")).one().scenario = None
        shorten(town.function("F-EDU-01"))

    change(town, unlink)

    told = text_of(sign_in("central").get("/uncertainty/").text)

    assert "unknown" in told


def test_the_page_of_a_large_graph_asks_for_the_command(town, sign_in, monkeypatch):
    monkeypatch.setattr(sampling, "WHOLE", 3)

    assert "This has to be drawn by a command" in text_of(sign_in("central").get("/uncertainty/").text)


def test_the_page_without_a_scenario_says_what_to_do(town, sign_in):
    change(town, lambda: setattr(db.session.scalars(select(Scenario)).one(), "retired", True))

    assert "There is no scenario to draw" in text_of(sign_in("central").get("/uncertainty/").text)


def test_the_supplier_may_answer_where_it_stands(town, sign_in):
    links = html.fromstring(sign_in("central").get("/uncertainty/").text).xpath("//main//a/@href")

    assert not [
        href for href in links if href.startswith("/confirmations/") and href.endswith("/delivery")
    ]  # the unit answers for partners only
