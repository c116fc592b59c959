"""An exercise from its plan to its close: injects from the cascade, a measured time, what was observed."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from continuity.entries.exercises import HoldingEntry, InjectEntry, MeasurementEntry
from continuity.models.exercises import Exercise, ExerciseInject, ExerciseMeasurement
from continuity.models.plans import Plan
from continuity.models.situations import Observation
from continuity.queries import exercised
from continuity.queries import exercises as queries
from continuity.register import exercises as register
from continuity.register import injects, measurements
from continuity.views.exercise_insets import exercises_to_see_to
from continuity.vocabulary.exercises import ExerciseKind, ExerciseState
from dependencies.analysing import recovery, view
from dependencies.models.interfaces import Interface
from dependencies.vocabulary import InterfaceState
from prepare import actor
from prepare.actor import EVERYTHING
from prepare.audit import AuditEntry
from prepare.clock import today
from prepare.db import db, transaction
from prepare.errors import NotPermitted, RuleBroken
from prepare.models.functions import Function
from prepare.register import functions as function_register
from prepare.vocabulary import CapabilityBasis, Criticality
from tests.filled import filled


def exercise(code="EX-01"):
    return db.session.scalars(select(Exercise).where(Exercise.code == code)).one()


def page(code="EX-01"):
    return f"/exercises/{exercise(code).ref}"


def function(code):
    return db.session.scalars(select(Function).where(Function.code == code)).one()


def listed(code="EX-01"):
    rows = db.session.scalars(queries.injects(EVERYTHING, exercise(code)))
    return [(one.at_h, one.function.code if one.function else None, one.generated) for one in rows]


def test_a_contact_plans_an_exercise_and_whose_plans_are_tested_takes_part(town, sign_in):
    visitor = sign_in("edu.contact")
    form = filled(visitor.get("/exercises/new?scenario=S1&interface=I-01").text, "name_fi")
    assert (form["scenario"], form["interfaces"]) == ("S1", "I-01")

    answer = visitor.send(
        "/exercises/new", **form | {"name_fi": "Sähkökatko", "plans": "P-01", "participants": ["WAT"]}
    )

    made = exercise("EX-03")
    assert answer.headers["Location"].endswith(f"/exercises/{made.ref}")
    assert (made.organisation.code, made.kind, made.state) == ("EDU", ExerciseKind.TABLETOP, ExerciseState.PLANNED)
    # the interface's partner comes along without being ticked
    assert sorted(one.code for one in made.participants) == ["P-CTY", "WAT"]
    assert [one.code for one in made.plans] == ["P-01"]


def test_whoever_takes_part_reads_an_exercise_and_a_partner_does_not(town, sign_in):
    assert "Harjoitus EX-01" in sign_in("wat.contact").get("/exercises/").text
    assert "Harjoitus EX-02" not in sign_in("wat.contact").get("/exercises/").text
    assert sign_in("county").get(page()).status_code == 404


def test_injects_are_made_from_the_cascade_and_what_people_wrote_stays(town, sign_in, acting):
    visitor = sign_in("edu.contact")

    assert visitor.send(f"{page()}/injects/make").status_code == 302
    # S1 strikes the waterworks; what EX-01 tests, the meals, fails for want of water
    made = listed()
    assert (0, None, True) in made
    assert (2, "F-EDU-01", False) in made  # written by hand in the town
    assert any(code == "F-EDU-01" and generated for _at, code, generated in made)

    meals = next(
        one for one in db.session.scalars(queries.injects(EVERYTHING, exercise())) if one.generated and one.function
    )
    address = f"/exercises/injects/{meals.ref}/edit"
    form = filled(visitor.get(address).text)
    assert visitor.send(address, **form | {"decision": "Kuka keittää?"}).status_code == 302
    count = db.session.scalar(select(func.count(ExerciseInject.id)))
    assert visitor.send(f"{page()}/injects/make").status_code == 302

    # made again: the same rows are used, nothing twice, and the edited one is kept
    assert db.session.scalar(select(func.count(ExerciseInject.id))) == count
    assert listed() == made
    shown = visitor.get(f"{page()}/injects").text
    assert "Kuka keittää?" in shown
    assert "edited by hand" in shown


def test_an_inject_that_was_removed_does_not_come_back(town, sign_in):
    visitor = sign_in("edu.contact")
    visitor.send(f"{page()}/injects/make")
    before = listed()
    opening = next(one for one in db.session.scalars(queries.injects(EVERYTHING, exercise())) if one.generated)

    assert visitor.send(f"/exercises/injects/{opening.ref}/remove").status_code == 302
    visitor.send(f"{page()}/injects/make")

    assert len(listed()) == len(before) - 1


def test_an_exercise_without_a_scenario_has_no_cascade_to_be_made_from(town, sign_in, acting):
    with acting("edu.contact"), transaction():
        now = register.seen_now(exercise())
        register.edit(exercise(), now.entry.__class__(name_fi="Ilman"), seen=now)
    visitor = sign_in("edu.contact")

    visitor.send(f"{page()}/injects/make")

    assert "Choose first the scenario" in visitor.get(f"{page()}/injects").text
    assert listed() == [(2, "F-EDU-01", False)]


def test_an_inject_names_a_function_that_exists(town, acting):
    with acting("edu.contact"), transaction(), pytest.raises(RuleBroken, match="F-XXX-99"):
        injects.add(exercise(), InjectEntry(at_h=1, happens="Pimeää", function="F-XXX-99"))


def test_holding_an_exercise_tells_its_plans_and_interfaces_the_day(town, acting):
    plan = db.session.scalars(select(Plan).where(Plan.code == "P-01")).one()
    interface = db.session.scalars(select(Interface).where(Interface.code == "I-01")).one()
    with acting("central"), transaction():
        interface = db.session.merge(interface)
    day = today() - timedelta(days=3)

    with acting("edu.contact"), transaction():
        register.hold(exercise(), HoldingEntry(held_on=day, headcount=12), on=today())

    assert (exercise().state, exercise().headcount) == (ExerciseState.HELD, 12)
    assert {version.last_exercised_on for version in plan.versions} == {day}
    assert interface.exercised_on == day
    assert interface.state is not InterfaceState.EXERCISED  # it was not agreed yet

    with acting("edu.contact"), transaction():
        register.hold(exercise(), HoldingEntry(held_on=day - timedelta(days=9)), on=today())

    assert {version.last_exercised_on for version in plan.versions} == {day}  # the latest day stays


def _recovery(code):
    seen = view.view(EVERYTHING)
    return {one.function.code: one for one in recovery.told(seen, recovery.places(seen))}[code]


def test_a_measured_time_changes_what_the_function_and_its_consumers_can_achieve(town, sign_in, acting):
    with acting("edu.contact"), transaction():
        change = function_register.seen_now(function("F-EDU-01"))
        entry = change.entry.__class__(**{**vars(change.entry), "recovery_capability_h": 1.0})
        function_register.edit(function("F-EDU-01"), entry, seen=change, at=exercise_at())
    with acting("edu.contact"), transaction():
        register.hold(exercise(), HoldingEntry(held_on=today()), on=today())
        measurements.keep(exercise(), MeasurementEntry(function="F-EDU-01", achieved_recovery_h=1.0))
    with acting("central"), transaction():
        measurements.keep(exercise(), MeasurementEntry(function="F-WAT-01", achieved_recovery_h=9.5))
    water, meals = _recovery("F-WAT-01"), _recovery("F-EDU-01")
    assert (water.as_json()["own_h"], water.as_json()["status"]) == (5, "ok")
    before = meals.as_json()["achievable_h"]

    measured = db.session.scalars(select(ExerciseMeasurement).join(Function).where(Function.code == "F-WAT-01")).one()
    assert sign_in("edu.contact").send(f"/exercises/measurements/{measured.ref}/take-over").status_code == 403
    answer = sign_in("wat.contact").send(f"/exercises/measurements/{measured.ref}/take-over")

    assert answer.status_code == 302
    tower = function("F-WAT-01")
    assert (tower.recovery_capability_h, tower.capability_basis) == (9.5, CapabilityBasis.EXERCISED)
    assert tower.capability_on == today()
    water, meals = _recovery("F-WAT-01"), _recovery("F-EDU-01")
    # RTO 6 h: what took 5 h by estimate took 9.5 h in the exercise, and the meals wait for it
    assert (water.as_json()["own_h"], water.as_json()["status"]) == (9.5, "gap")
    assert meals.as_json()["achievable_h"] == before + 4.5
    trail = db.session.scalars(select(AuditEntry.action).where(AuditEntry.subject_code == "F-WAT-01")).all()
    assert "measurement:take" in trail
    with acting("wat.contact"), transaction(), pytest.raises(RuleBroken, match="taken over already"):
        measurements.take_over(db.session.get_one(ExerciseMeasurement, measured.id), on=today())


def exercise_at():
    return db.session.scalars(select(AuditEntry.at).order_by(AuditEntry.id.desc())).first()


def test_a_measured_time_stands_in_a_change_that_waits_too(town, acting):
    with acting("edu.contact"), transaction():
        schooling = function("F-EDU-03")
        seen = function_register.seen_now(schooling)
        function_register.edit(schooling, seen.entry, seen=seen, at=exercise_at())
        register.hold(exercise(), HoldingEntry(held_on=today()), on=today())
        measured = measurements.keep(exercise(), MeasurementEntry(function="F-EDU-03", achieved_recovery_h=7.0))
        measurements.take_over(measured, on=today())

    waiting = function_register.pending(function("F-EDU-03"))
    assert (waiting.entry["recovery_capability_h"], waiting.entry["capability_basis"]) == (7.0, "exercised")


def test_a_time_is_not_taken_over_by_another_sector(town, acting):
    with acting("edu.contact"), transaction():
        register.hold(exercise(), HoldingEntry(held_on=today()), on=today())
    measured = db.session.scalars(select(ExerciseMeasurement)).first()
    with acting("wat.contact"), transaction(), pytest.raises(NotPermitted):
        measurements.take_over(measured, on=today())


def test_an_exercise_is_closed_when_its_gaps_are_answered(town, sign_in):
    visitor = sign_in("edu.contact")
    visitor.send(f"{page()}/hold", held_on=today().isoformat(), headcount="12")
    visitor.send(f"{page()}/evaluate", conclusion="Opittiin paljon.")
    assert exercise().state is ExerciseState.EVALUATED

    visitor.send(f"{page()}/advance")
    shown = visitor.get(page()).text
    assert "Every gap needs a measure" in shown
    assert "1 gap needs a measure, or the reason why nothing is done." in shown
    gap = db.session.scalars(select(Observation).where(Observation.exercise_id == exercise().id)).one()
    mending = f"/observations/{gap.ref}/edit"
    form = filled(visitor.get(mending).text)
    answer = visitor.send(mending, **form | {"no_action_reason": "Avain löytyi."})
    assert answer.headers["Location"].endswith(f"{page()}#observed")

    visitor.send(f"{page()}/observations/new", text="Ruoka riitti", kind="strength", severity="minor")
    visitor.send(f"{page()}/advance")

    assert exercise().state is ExerciseState.CLOSED
    assert "Ruoka riitti" in visitor.get(page()).text
    assert visitor.send(f"{page()}/hold", held_on=today().isoformat()).status_code == 200


def test_nothing_is_observed_in_an_exercise_that_lies_ahead(town, sign_in):
    visitor = sign_in("edu.contact")

    shown = visitor.send(f"{page()}/observations/new", text="Liian aikaisin", kind="gap", severity="minor").text

    assert "The exercise has not been held." in shown


def test_an_exercise_is_called_off_for_a_reason_and_stays_in_the_programme(town, sign_in):
    visitor = sign_in("edu.contact")

    visitor.send(f"{page()}/cancel", state_reason="Henkilöstö sairaana")

    assert exercise().state is ExerciseState.CANCELLED
    assert "Henkilöstö sairaana" in visitor.get(page()).text
    assert "Exercise cancelled" in visitor.get("/exercises/year?year=2026").text


def test_the_year_and_the_filters_show_what_is_asked_for(town, sign_in):
    visitor = sign_in("central")

    assert "Harjoitus EX-01" in visitor.get("/exercises/year?year=2026").text
    assert "No exercises in 2031" in visitor.get("/exercises/year?year=2031").text
    assert "No exercise matches" in visitor.get("/exercises/?q=olematon").text
    assert "Harjoitus EX-01" in visitor.get("/exercises/?kind=tabletop&state=planned&scenario=S1&organisation=EDU").text


def test_the_coverage_counts_what_was_exercised_by_itself_or_through_a_plan(town, sign_in, acting):
    visitor = sign_in("central")
    assert "0 of 2" in visitor.get("/exercises/coverage").text  # the two K1 functions of the waterworks

    with acting("central"), transaction():
        now = register.seen_now(exercise())
        entry = now.entry.__class__(**{**vars(now.entry), "functions": ("F-WAT-01",)})
        register.edit(exercise(), entry, seen=now)
        register.hold(exercise(), HoldingEntry(held_on=today()), on=today())

    rows = dict(db.session.execute(exercised.functions(EVERYTHING)).all())
    days = {one.code: last_on for one, last_on in rows.items() if one.criticality is Criticality.K1}
    assert days == {"F-WAT-01": today(), "F-WAT-02": None}
    shown = visitor.get("/exercises/coverage?show=K1-done").text
    assert "1 of 2" in shown
    assert "Talousvesi" in shown
    for show in ("K1-lacking", "K2-done", "interfaces", "plans"):
        assert visitor.get(f"/exercises/coverage?show={show}").status_code == 200


def test_what_waits_because_of_exercises_is_told_to_whoever_keeps_them(app, town, acting):
    with acting("edu.contact"), transaction():
        now = register.seen_now(exercise())
        near = now.entry.__class__(**{**vars(now.entry), "planned_on": today() + timedelta(days=20)})
        register.edit(exercise(), near, seen=now)
    with app.test_request_context():
        with acting("edu.contact"):
            assert "Prepare the exercise" in [task.detail for task in exercises_to_see_to()]
        with acting("wat.contact"):
            assert exercises_to_see_to() == []
        with acting("leadership"):
            assert exercises_to_see_to() == []
    with acting("edu.contact"), transaction():
        register.hold(exercise(), HoldingEntry(held_on=today() - timedelta(days=40)), on=today())
    with app.test_request_context(), acting("edu.contact"):
        told = [task.detail for task in exercises_to_see_to()]
    assert "Evaluate the exercise" in told
    assert any("a measure, or say why nothing is done" in one for one in told)
    held_on = today() - timedelta(days=40)
    assert not db.session.scalars(queries.open_gaps(EVERYTHING, until=held_on)).all()
    assert db.session.scalars(queries.open_gaps(EVERYTHING, until=held_on + timedelta(days=1))).all()


def test_the_exercises_stand_on_the_pages_of_what_they_test(town, sign_in):
    visitor = sign_in("central")
    plan = db.session.scalars(select(Plan).where(Plan.code == "P-01")).one()
    interface = db.session.scalars(select(Interface).where(Interface.code == "I-01")).one()
    meals, water = function("F-EDU-01"), function("F-WAT-01")

    for address in (f"/plans/{plan.ref}", f"/interfaces/{interface.ref}", f"/functions/{meals.ref}"):
        assert "Harjoitus EX-01" in visitor.get(address).text
    assert "It has not been exercised" in visitor.get(f"/functions/{water.ref}").text
    assert "Plan an exercise" in visitor.get(f"/scenarios/{exercise().scenario.ref}").text


def test_an_unknown_scope_reads_no_exercise(town, acting):
    with acting("newcomer"):
        assert db.session.scalars(queries.exercises(actor.current().scope)).unique().all() == []
