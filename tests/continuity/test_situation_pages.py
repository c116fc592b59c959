"""A situation from its opening to its lessons, as the unit, the sectors and the leadership see it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from continuity.entries.situations import LogEntry, ObservationEntry
from continuity.models.situations import Observation, PictureEntry, Situation
from continuity.queries import situations as queries
from continuity.register import observations
from continuity.register import situations as register
from continuity.vocabulary.situations import Recipient, SituationState
from prepare import actor
from prepare.clock import now
from prepare.db import db, transaction
from prepare.errors import NotPermitted, RuleBroken
from prepare.texts import moment
from risks.models.measures import Measure
from risks.vocabulary.measures import MeasureSource
from risks.vocabulary.scenarios import Severity
from tests.filled import filled


def situation(code="SI-01"):
    return db.session.scalars(select(Situation).where(Situation.code == code)).one()


def page(code="SI-01"):
    return f"/situations/{situation(code).ref}"


def told(code="SI-01"):
    rows = select(PictureEntry).where(PictureEntry.situation_id == situation(code).id).order_by(PictureEntry.number)
    return [(entry.number, entry.text) for entry in db.session.scalars(rows)]


def test_the_unit_opens_a_situation_from_a_scenario(town, sign_in):
    visitor = sign_in("central")
    form = filled(visitor.get("/situations/new?scenario=S1").text)
    assert form["scenario"] == "S1"

    answer = visitor.send("/situations/new", **form | {"title": "Myrsky", "participants": "Poliisi\nRehtori"})

    assert answer.status_code == 302
    made = situation("SI-03")
    assert (made.scenario.code, made.state, made.present) == ("S1", SituationState.OPEN, ["Poliisi", "Rehtori"])
    assert made.situation_class is Severity.DISRUPTION
    assert "Write the first thing that is known" in visitor.get(answer.headers["Location"]).text


def test_two_people_add_to_the_picture_at_once_and_the_newest_stands_on_top(town, sign_in):
    mine, yours = sign_in("central"), sign_in("edu.contact")
    one, other = filled(mine.get(page()).text, "text"), filled(yours.get(page()).text, "text")

    assert mine.send(f"{page()}/log", **one | {"text": "Koulu auki"}).status_code == 302
    assert yours.send(f"{page()}/log", **other | {"text": "Koulu kiinni", "reliability": "A"}).status_code == 302

    assert told() == [(1, "Havainto SI-01"), (2, "Koulu auki"), (3, "Koulu kiinni")]
    shown = mine.get(page()).text
    assert shown.index("Koulu kiinni") < shown.index("Koulu auki")


def test_an_entry_is_corrected_by_another_and_stays(town, sign_in):
    visitor = sign_in("wat.contact")
    address = f"{page()}/log?corrects=1"
    form = filled(visitor.get(address).text, "text")
    assert form["text"] == "Havainto SI-01"

    assert visitor.send(address, **form | {"text": "Oikea havainto"}).status_code == 302

    assert told() == [(1, "Havainto SI-01"), (2, "Oikea havainto")]
    shown = visitor.get(page()).text
    assert "Corrected by" in shown
    assert "Corrects" in shown
    assert visitor.get(f"{page()}/log?corrects=77").status_code == 200
    assert visitor.get(f"{page()}/log?corrects=x").status_code == 200


def test_an_empty_entry_is_refused_and_what_was_typed_stays(town, sign_in):
    visitor = sign_in("central")
    form = filled(visitor.get(page()).text, "text")

    answer = visitor.send(f"{page()}/log", **form | {"text": "", "source": "Poliisin tilannekeskus"})

    assert answer.status_code == 200
    assert "Poliisin tilannekeskus" in answer.text
    assert len(told()) == 1


def test_sectors_and_leadership_read_but_only_those_who_work_in_it_write(town, acting):
    with acting("leadership"), pytest.raises(NotPermitted):
        register.log(situation(), LogEntry(text="x"), now=now())
    with acting("edu.contact"), pytest.raises(NotPermitted):
        register.log(situation("SI-02"), LogEntry(text="x"), now=now())
    for name, codes in {"edu.contact": ["SI-01"], "leadership": ["SI-01", "SI-02"], "county": []}.items():
        with acting(name):
            found = db.session.scalars(queries.situations(actor.current().scope))
            assert sorted(one.code for one in found) == codes


def test_a_situation_goes_from_shared_to_agreed_presented_closed_and_learned(town, sign_in):
    visitor = sign_in("central")
    visitor.send(f"{page()}/advance")
    assert situation().state is SituationState.PICTURE_SHARED

    agreeing = filled(visitor.get(f"{page()}/agree").text, "owner_role")
    agreed = {"text": "Vesiautot kouluille", "organisation": "WAT", "owner_role": "Käyttöpäällikkö"}
    visitor.send(f"{page()}/agree", **agreeing | agreed)
    made = db.session.scalars(select(Measure).where(Measure.source == MeasureSource.SITUATION)).one()
    assert (made.source_code, made.organisation.code, made.name_fi) == ("SI-01", "WAT", "Vesiautot kouluille")
    assert situation().state is SituationState.MEASURES_AGREED

    presenting = filled(visitor.get(f"{page()}/present").text, "presented_at")
    visitor.send(f"{page()}/present", **presenting | {"presented_to": ["chief_executive", "mayor"]})
    assert situation().presented_to == (Recipient.CHIEF_EXECUTIVE, Recipient.MAYOR)
    assert situation().presented_at is not None

    closing = filled(visitor.get(f"{page()}/close").text, "lessons")
    visitor.send(f"{page()}/close", **closing | {"lessons": "Vesiautoja oli liian vähän"})
    assert situation().state is SituationState.CLOSED
    assert "Write down what is known" not in visitor.get(page()).text
    visitor.send(f"{page()}/advance")
    assert situation().state is SituationState.CLOSED  # a gap is left
    assert "Every gap needs a measure" in visitor.get(page()).text

    seen = db.session.scalars(select(Observation).where(Observation.code == "OB-01")).one()
    mending = f"/observations/{seen.ref}/edit"
    visitor.send(mending, **filled(visitor.get(mending).text) | {"measure": made.code})
    visitor.send(f"{page()}/advance")
    assert situation().state is SituationState.LEARNED
    trail = visitor.get(f"{page()}/trail").text
    assert "Situation presented" in trail
    assert "Mayor" in trail


def test_nothing_is_presented_to_nobody(town, sign_in):
    visitor = sign_in("central")

    answer = visitor.send(f"{page()}/present", **filled(visitor.get(f"{page()}/present").text, "presented_at"))

    assert "Say to whom it was presented" in answer.text


def test_an_observation_is_recorded_with_a_reason_for_doing_nothing(town, sign_in):
    visitor = sign_in("central")
    address = f"{page()}/observations/new"
    form = filled(visitor.get(address).text)

    visitor.send(address, **form | {"text": "Luettelo vanha", "no_action_reason": "Korjattiin heti"})

    made = db.session.scalars(select(Observation).where(Observation.code == "OB-05")).one()
    assert (made.situation.code, made.no_action_reason) == ("SI-01", "Korjattiin heti")
    assert "Luettelo vanha" in visitor.get(f"/observations/{made.ref}/trail").text


def test_an_observation_leads_to_no_measure_that_does_not_exist(town, acting):
    with acting("central"), pytest.raises(RuleBroken, match="no such measure"), transaction():
        observations.add(situation(), ObservationEntry(text="x", measure="M-99"))


def test_the_forecast_of_the_scenario_stands_beside_the_log(town, sign_in):
    town.change(situation(), began_at=now() - timedelta(hours=1))

    shown = sign_in("wat.contact").get(page()).text

    assert "1 h since the situation began" in shown
    assert "F-WAT-01" in shown  # hit from the beginning
    later = moment(situation().began_at + timedelta(hours=2))
    central = sign_in("central").get(page()).text
    assert "Fails next" in central
    assert later in central  # school meals fail two hours after the water
    town.change(situation(), began_at=now() - timedelta(hours=30))
    assert "longer than the scenario" in sign_in("central").get(page()).text


def test_the_pages_of_the_scenario_and_of_its_trace_lead_to_a_situation(town, sign_in):
    storm = town.record(town.Scenario, "S1")

    assert "Tilanne SI-01" in sign_in("edu.contact").get(f"/scenarios/{storm.ref}").text
    for address in (f"/scenarios/{storm.ref}", "/trace/?scenario=S1"):
        assert "/situations/new?scenario=S1" in sign_in("central").get(address).text
        assert "/situations/new" not in sign_in("edu.contact").get(address).text


def test_the_start_page_tells_of_a_situation_that_goes_on_and_of_lessons_to_settle(town, sign_in):
    town.change(situation("SI-02"), state=SituationState.CLOSED)
    contact, central, leader = (sign_in(name).get("/").text for name in ("edu.contact", "central", "leadership"))

    assert "A situation is going on" in contact
    assert "settle the gaps" not in contact
    assert "settle the gaps" in central
    assert "A situation is going on" not in leader


def test_situations_are_found_by_words_and_by_whether_they_go_on(town, sign_in):
    town.change(situation(), state=SituationState.CLOSED)
    visitor = sign_in("central")

    assert "Tilanne SI-02" not in visitor.get("/situations/?live=ended").text
    assert "Tilanne SI-01" not in visitor.get("/situations/?live=live").text
    assert "No situation matches" in visitor.get("/situations/?q=olematon").text


def test_two_people_who_edit_a_situation_lose_nothing(town, sign_in):
    visitor = sign_in("central")
    address = f"{page()}/edit"
    mine = filled(visitor.get(address).text)
    assert visitor.send(address, **mine).status_code == 302
    town.change(situation(), title="Toisen otsikko")

    answer = visitor.send(address, **mine | {"title": "Minun otsikkoni"})

    assert answer.status_code == 409
    assert "Toisen otsikko" in answer.text
