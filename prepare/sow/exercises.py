"""The demo city's exercises: what was tested with whom, what was measured, and what was observed."""

from typing import Any

from continuity.models.exercises import (
    Exercise,
    ExerciseMeasurement,
    exercise_function,
    exercise_interface,
    exercise_organisation,
    exercise_plan,
)
from continuity.models.plans import Plan
from continuity.models.situations import Observation, Situation
from continuity.vocabulary.exercises import HELD, ExerciseKind, ExerciseState
from continuity.vocabulary.situations import ObservationKind, ObservationSeverity
from dependencies import tracing as cascades
from dependencies.models.interfaces import Interface
from prepare.clock import now
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.sow.files import Row, codes, names
from prepare.sow.functions import SECRECY_BASIS
from prepare.sow.sowing import Sowing, folded
from prepare.sow.users import CITY
from prepare.vocabulary import Confidentiality
from risks.models.measures import Measure
from risks.models.scenarios import Scenario

#: Who arranges an exercise that tests plans of several.
UNIT = "KES"
#: The exercise that comes next, whose injects have been made.
NEXT = "EX-11"


def sow_exercises(sowing: Sowing) -> None:
    """Exercises with those who take part and what they test, and the recovery times that were measured."""
    rows, plans = sowing.files.rows("exercises"), {row["id"]: row for row in sowing.files.rows("plans")}
    open_ones = {row["exercise"] for row in sowing.files.rows("observations") if _is_open(row)}
    sowing.write(Exercise, [_exercise(sowing, row, plans, row["id"] in open_ones) for row in rows])
    owners = {row["id"]: row["sector"] for row in sowing.files.rows("functions")}
    for row in rows:
        tested = [*(plans[code]["sector"] for code in codes(row["plans"])), *map(owners.get, codes(row["functions"]))]
        taking_part = {*codes(row["parties"]), *filter(None, tested)} - {_keeper(row, plans)}
        _link(sowing, exercise_organisation, row, Organisation, sorted(taking_part))
        _link(sowing, exercise_plan, row, Plan, codes(row["plans"]))
        _link(sowing, exercise_function, row, Function, codes(row["functions"]))
        _link(sowing, exercise_interface, row, Interface, codes(row["interfaces"]))
    measured = sowing.files.rows("exercise_measurements")
    sowing.write(ExerciseMeasurement, [_measurement(sowing, row) for row in measured])


def sow_observations(sowing: Sowing) -> None:
    """What was observed in situations and exercises, kept by whoever keeps these."""
    rows, plans = sowing.files.rows("observations"), {row["id"]: row for row in sowing.files.rows("plans")}
    keepers = {row["id"]: _keeper(row, plans) for row in sowing.files.rows("exercises")}
    secret = {row["id"] for row in sowing.files.rows("exercises") if _class(row, plans) is Confidentiality.CONFIDENTIAL}
    sowing.write(Observation, [_observation(sowing, row, keepers, secret) for row in rows])


def _exercise(sowing: Sowing, row: Row, plans: dict[str, Row], is_open: bool) -> dict[str, Any]:
    texts, state, confidentiality = names(row), _state(row, is_open), _class(row, plans)
    day = sowing.files.day(row["date"])
    return {
        "code": row["id"],
        "organisation_id": sowing.id_of(Organisation, _keeper(row, plans)),
        **texts,
        **folded(row["id"], texts),
        "kind": ExerciseKind(row["type"]),
        "state": state,
        "planned_on": day,
        "held_on": day if state in HELD else None,
        "scenario_id": sowing.id_of(Scenario, row["scenario"]) if row["scenario"] else None,
        "objectives": row["objectives"],
        "lead_role": row["lead_role"],
        "headcount": int(row["headcount"]) if row["headcount"] else None,
        "report_ref": row["report"] or None,
        "injects_made_at": now() if row["id"] == NEXT else None,
        "injects_scenario": row["scenario"] if row["id"] == NEXT else None,
        # the loading raises the number of the graph once, when all is written
        "injects_revision": cascades.revision() + 1 if row["id"] == NEXT else None,
        "confidentiality": confidentiality,
        "secrecy_basis": SECRECY_BASIS if confidentiality is Confidentiality.CONFIDENTIAL else None,
    }


def _state(row: Row, is_open: bool) -> ExerciseState:
    """As the file says; but what has a gap without a measure or a reason is evaluated, and not closed."""
    state = ExerciseState(row["status"])
    return ExerciseState.EVALUATED if state is ExerciseState.CLOSED and is_open else state


def _is_open(row: Row) -> bool:
    return row["kind"] == ObservationKind.GAP and not row["measure"] and not row["no_action_reason"]


def _keeper(row: Row, plans: dict[str, Row]) -> str:
    """The sector whose plans are tested; where there are several, central administration."""
    sectors = {plans[code]["sector"] for code in codes(row["plans"])}
    return sectors.pop() if len(sectors) == 1 else UNIT


def _class(row: Row, plans: dict[str, Row]) -> Confidentiality:
    """As confidential as the most confidential plan that is tested, but never public."""
    tested = [Confidentiality(plans[code]["confidentiality"]) for code in codes(row["plans"])]
    return max([Confidentiality.INTERNAL, *tested], key=lambda one: one.rank)


def _link(sowing: Sowing, table: Any, row: Row, model: Any, chosen: list[str]) -> None:
    column = next(one.name for one in table.columns if one.name != "exercise_id")
    exercise = sowing.id_of(Exercise, row["id"])
    sowing.link(table, [{"exercise_id": exercise, column: sowing.id_of(model, code)} for code in chosen])


def _measurement(sowing: Sowing, row: Row) -> dict[str, Any]:
    return {
        "exercise_id": sowing.id_of(Exercise, row["exercise"]),
        "function_id": sowing.id_of(Function, row["function"]),
        "achieved_recovery_h": float(row["achieved_recovery_h"]),
        "how_measured": row["how_measured"],
        "taken_over_on": sowing.files.day(row["taken_over"]),
    }


def _observation(sowing: Sowing, row: Row, keepers: dict[str, str], secret: set[str]) -> dict[str, Any]:
    exercise, situation = row["exercise"], row["situation"]
    keeper = sowing.id_of(Organisation, keepers[exercise]) if exercise else sowing.id_of(Organisation, CITY)
    return {
        "code": row["id"],
        "organisation_id": keeper,
        "situation_id": sowing.id_of(Situation, situation) if situation else None,
        "exercise_id": sowing.id_of(Exercise, exercise) if exercise else None,
        "kind": ObservationKind(row["kind"]),
        "severity": ObservationSeverity(row["severity"]),
        "text": row["text"],
        "measure_id": sowing.id_of(Measure, row["measure"]) if row["measure"] else None,
        "no_action_reason": row["no_action_reason"] or None,
        "closed_on": sowing.files.day(row["closed"]),
        "confidentiality": Confidentiality.CONFIDENTIAL if exercise in secret else Confidentiality.INTERNAL,
    }
