"""Bodies, their meetings and decisions as the unit keeps them and others read them."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from prepare import actor
from prepare.audit import AuditEntry, AuditPayload
from prepare.clock import today
from prepare.db import db, transaction
from prepare.errors import NotPermitted, RuleBroken, StaleEntry
from prepare.merging import Seen
from prepare.texts import day
from risks import meetings
from risks.entries.bodies import BodyEntry, DecisionEntry, MemberEntry
from risks.models.bodies import Body, Decision, Meeting
from risks.models.measures import Measure
from risks.queries import agenda as facts_queries
from risks.queries import bodies as queries
from risks.register import bodies as register
from risks.register import decided
from risks.vocabulary.bodies import DecisionState, MeetingState, Position
from risks.vocabulary.measures import MeasureSource, MeasureState
from risks.vocabulary.risks import Trend
from tests.filled import filled


def body(code="B-01"):
    return db.session.scalars(select(Body).where(Body.code == code)).one()


def meeting(code="MT-01"):
    return db.session.scalars(select(Meeting).where(Meeting.code == code)).one()


def decision(code="DE-01"):
    return db.session.scalars(select(Decision).where(Decision.code == code)).one()


def test_the_unit_founds_a_body_with_its_seats(town, sign_in):
    visitor = sign_in("central")
    form = filled(visitor.get("/safety/bodies/new").text)

    told = {"name_fi": "Johtoryhmä", "kind": "steering", "level": "strategic", "cadence_months": "12"}
    seats = {
        "members-0-role_title": "Kaupunginjohtaja",
        "members-0-position": "chair",
        "members-2-role_title": "Komentaja",
    }
    answer = visitor.send("/safety/bodies/new", **form | told | seats | {"members-2-organisation": "P-POL"})

    assert answer.status_code == 302, answer.text
    made = body("B-03")
    assert (made.name_fi, made.cadence_months, made.organisation.code) == ("Johtoryhmä", 12, "CITY")
    assert [(m.role_title, m.position) for m in made.members] == [
        ("Kaupunginjohtaja", Position.CHAIR),
        ("Komentaja", Position.MEMBER),
    ]
    page = visitor.get(answer.headers["Location"]).text
    assert "Coast police" in page or "Rannan poliisi" in page
    assert "A meeting has been missed" in page  # neither a meeting nor the appointment is known


def test_a_seat_is_removed_by_emptying_its_row_and_the_trail_tells_both_lists(town, sign_in):
    visitor = sign_in("central")
    address = f"/safety/bodies/{body().ref}/edit"
    form = filled(visitor.get(address).text)
    assert form["members-0-role_title"] == "Rehtori"

    answer = visitor.send(address, **form | {"members-0-role_title": "", "members-1-role_title": "Johtaja"})

    assert answer.status_code == 302
    assert [m.role_title for m in body().members] == ["Johtaja"]
    rows = select(AuditPayload.changes).join(AuditEntry).where(AuditEntry.subject_code == "B-01")
    assert {"members": [["Rehtori (EDU, Puheenjohtaja)"], ["Johtaja"]]} in db.session.scalars(rows).all()
    assert "Johtaja" in visitor.get(f"/safety/bodies/{body().ref}/trail").text


def test_two_people_who_edit_a_body_see_each_others_seats(town, acting):
    seen = register.seen_now(body())
    one = BodyEntry(**{**vars(seen.entry), "members": (MemberEntry(role_title="A"),)})

    with acting("central"), transaction():
        register.edit(body(), one, seen=seen, on=today())
    with acting("central"), pytest.raises(StaleEntry), transaction():
        register.edit(body(), one, seen=seen, on=today())


def test_a_seat_of_an_unknown_organisation_is_refused(town, acting):
    entry = BodyEntry(name_fi="x", cadence_months=1, members=(MemberEntry(role_title="A", organisation="NONE"),))

    with acting("central"), pytest.raises(RuleBroken, match="no such organisation"), transaction():
        register.add(town.organisation_of("CITY"), entry, on=today())


def test_everybody_in_the_city_reads_an_internal_body_and_only_the_city_a_secret_one(town, acting):
    for name, codes in {"edu.contact": ["B-01"], "leadership": ["B-01", "B-02"], "police": []}.items():
        with acting(name):
            assert [one.code for one in db.session.scalars(queries.bodies(actor.current().scope))] == codes
            found = db.session.scalars(queries.meetings(actor.current().scope)).all()
            assert len(found) == len(codes)
            assert len(db.session.scalars(queries.decisions(actor.current().scope)).all()) == len(codes)


def test_a_sector_changes_nothing(town, acting):
    with acting("edu.director"), pytest.raises(NotPermitted):
        register.add_decision(meeting(), DecisionEntry(text="x"))


def test_an_agenda_is_proposed_from_what_the_registers_say(town, sign_in):
    late, risk = town.record(Measure, "M-01"), town.record(town.Risk, "R-01")
    town.change(late, due=today() - timedelta(days=1))
    town.change(town.record(Measure, "M-03"), state=MeasureState.ON_HOLD)
    town.change(town.record(Measure, "M-02"), due=today() - timedelta(days=1))  # secret: not told in an internal body
    town.change(risk, likelihood=5, impact=5, trend=Trend.RISING)

    page = sign_in("central").get(f"/safety/bodies/{body().ref}/meetings/new").text
    points = filled(page)["agenda"].splitlines()

    assert f"Overdue measure: M-01 Toimenpide M-01 ({day(late.due)})" in points
    assert any(point.startswith("Measure on hold: M-03") for point in points)
    assert "Decision not carried out yet: DE-01 Päätös B-01" in points
    assert "Critical risk that grows: R-01 Keittiö ei toimi" in points
    assert "M-02" not in page


def test_a_secret_body_hears_of_secret_measures(town, acting):
    town.change(town.record(Measure, "M-02"), due=today() - timedelta(days=1))

    with acting("central"):
        facts = facts_queries.facts(actor.current().scope, body("B-02"), on=today())

    assert [text[:4] for text in facts.overdue] == ["M-02"]
    assert facts.decisions == ["DE-02 Päätös B-02"]


def test_a_meeting_is_called_held_and_decides_and_a_measure_is_made(town, sign_in):
    visitor = sign_in("central")
    address = f"/safety/bodies/{body().ref}/meetings/new"
    form = filled(visitor.get(address).text)
    called = visitor.send(
        address, **form | {"meets_on": today().isoformat(), "place": "Sali", "agenda": "Yksi\n\nKaksi"}
    )
    page = called.headers["Location"]
    assert "Record who was there" in visitor.get(page).text

    record = f"{page}/record"
    answer = visitor.send(record, **filled(visitor.get(record).text) | {"participants": "Rehtori\nPoliisi"})
    assert answer.status_code == 302
    made = meeting("MT-03")
    assert (made.state, made.points, made.present) == (MeetingState.HELD, ["Yksi", "Kaksi"], ["Rehtori", "Poliisi"])

    deciding = f"{page}/decisions/new"
    told = {"text": "Lisätään valoja.\nHeti.", "organisation": "EDU", "owner_role": "Rehtori", "due": "2027-01-31"}
    assert visitor.send(deciding, **filled(visitor.get(deciding).text) | told).status_code == 302
    decided_on = decision("DE-03")
    assert visitor.send(f"/safety/decisions/{decided_on.ref}/measure").status_code == 302
    measure = decision("DE-03").measure
    assert (measure.name_fi, measure.source, measure.source_code) == (
        "Lisätään valoja.",
        MeasureSource.MEETING,
        "MT-03",
    )
    assert (measure.organisation.code, measure.owner_role, str(measure.due)) == ("EDU", "Rehtori", "2027-01-31")
    assert measure.code in visitor.get(page).text
    visitor.send(f"/safety/decisions/{decided_on.ref}/measure")
    assert "has led to a measure already" in visitor.get(page).text


def test_a_partner_carries_out_a_decision_and_the_city_follows_the_measure(town, acting):
    with acting("central"), transaction():
        entry = DecisionEntry(text="Partioidaan", organisation="P-POL")
        measure = decided.make_measure(register.add_decision(meeting(), entry))
        assert measure.organisation.code == "CITY"


def test_a_long_decision_is_cut_where_a_name_ends():
    assert meetings.name_from("x" * 200) == "x" * 200
    assert meetings.name_from("x" * 201) == "x" * 199 + "…"


def test_a_meeting_that_lies_ahead_cannot_be_held_and_nothing_typed_is_lost(town, sign_in):
    visitor = sign_in("central")
    town.change(meeting(), meets_on=today() + timedelta(days=3), state=MeetingState.PLANNED)
    address = f"/safety/meetings/{meeting().ref}/record"

    answer = visitor.send(address, **filled(visitor.get(address).text) | {"state": "held", "minutes": "Sovittiin näin"})

    assert answer.status_code == 200
    assert "The meeting lies ahead" in answer.text
    assert "Sovittiin näin" in answer.text


def test_further_points_are_offered_when_the_registers_have_changed(town, sign_in):
    visitor = sign_in("central")
    address = f"/safety/meetings/{meeting().ref}/edit"

    page = visitor.get(address)
    assert "The registers propose further points" in page.text
    proposed = filled(visitor.get(f"{address}?propose=1").text)["agenda"]
    assert proposed.splitlines()[0] == "Tilannekatsaus"
    assert "Proposals to the steering group" in proposed
    assert meeting().points == ["Tilannekatsaus"]
    visitor.send(address, **filled(page.text) | {"agenda": proposed})
    assert "The registers propose further points" not in visitor.get(address).text


def test_two_people_who_record_a_meeting_lose_nothing(town, sign_in):
    visitor = sign_in("central")
    address = f"/safety/meetings/{meeting().ref}/record"
    mine = filled(visitor.get(address).text)
    town.change(meeting(), minutes="Toisen muistio")

    answer = visitor.send(address, **mine | {"minutes": "Minun muistioni"})

    assert answer.status_code == 409
    assert "Toisen muistio" in answer.text
    assert "Minun muistioni" in answer.text


def test_the_start_page_tells_the_unit_of_meetings_that_were_missed_or_not_recorded(town, sign_in):
    town.change(body(), appointed_on=None)
    town.change(meeting(), state=MeetingState.PLANNED)
    central, leadership = (sign_in(name).get("/").text for name in ("central", "leadership"))

    assert "No meeting has been held in time" in central
    assert "has not been recorded" in central
    assert "No meeting has been held in time" not in leadership


def test_the_calendar_shows_each_meeting_in_its_month(town, sign_in):
    town.change(meeting(), meets_on=today(), state=MeetingState.HELD)
    page = sign_in("edu.contact").get("/safety/bodies/").text

    assert f"{day(today())} Held" in page
    assert re.search(r"A meeting falls due by \d", page)
    assert "Meeting missed" not in page
    assert "No body matches" in sign_in("edu.contact").get("/safety/bodies/?q=olematon").text
    assert "Ryhmä B-01" in sign_in("edu.contact").get("/safety/bodies/?kind=experts&level=city").text


@pytest.mark.parametrize(
    ("months", "on_demand", "words"),
    [(None, True, "when it is called"), (12, True, "once a year, when it is called"), (5, False, "every 5 months")],
)
def test_how_often_a_body_meets_is_told_in_words(town, sign_in, months, on_demand, words):
    town.change(body(), cadence_months=months, on_demand=on_demand)

    assert words in sign_in("leadership").get(f"/safety/bodies/{body().ref}").text


def test_decisions_are_listed_by_state(town, sign_in):
    visitor = sign_in("edu.contact")
    town.change(decision(), due=today() - timedelta(days=1))
    assert "Overdue" in visitor.get("/safety/decisions/").text

    town.change(decision(), state=DecisionState.DONE)
    assert "Päätös B-01" not in visitor.get("/safety/decisions/").text
    assert "Päätös B-01" in visitor.get("/safety/decisions/?state=done").text
    assert "Päätös B-01" in visitor.get("/safety/decisions/?state=all").text


def test_a_decision_is_edited_and_its_history_told(town, sign_in):
    visitor = sign_in("central")
    address = f"/safety/decisions/{decision().ref}/edit"

    answer = visitor.send(address, **filled(visitor.get(address).text) | {"state": "done", "resources": "2 partiota"})

    assert answer.status_code == 302
    assert decision().state is DecisionState.DONE
    assert "2 partiota" in visitor.get(f"/safety/decisions/{decision().ref}/trail").text


def test_what_is_seen_of_a_decision_is_what_it_holds(town):
    assert register.decision_now(decision()) == Seen(DecisionEntry(text="Päätös B-01", owner_role="Rehtori"))
