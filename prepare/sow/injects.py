"""The injects of the demo city's next exercise, made from its cascade as a person would make them."""

from typing import Any

from sqlalchemy import select

from continuity import injects as rules
from continuity import tracing
from continuity.models.exercises import Exercise, ExerciseInject
from prepare.actor import EVERYTHING
from prepare.db import db
from prepare.models.functions import Function
from prepare.sow.exercises import NEXT
from prepare.sow.sowing import Sowing
from prepare.texts import DEFAULT_LANGUAGE, speaking


def sow_injects(sowing: Sowing) -> None:
    """The injects of the exercise that comes next, in Finnish."""
    exercise = db.session.scalars(select(Exercise).where(Exercise.code == NEXT)).one()
    scenario = exercise.scenario
    if scenario is None:
        return
    with speaking(DEFAULT_LANGUAGE):
        entries = rules.made(*tracing.rehearsed(EVERYTHING, exercise, scenario))
    rows = [_inject(sowing, exercise, place, entry) for place, entry in enumerate(entries)]
    sowing.write(ExerciseInject, rows, by="number")


def _inject(sowing: Sowing, exercise: Exercise, place: int, entry: Any) -> dict[str, Any]:
    return {
        "exercise_id": exercise.id,
        "number": place + 1,
        "place": place,
        "at_h": entry.at_h,
        "happens": entry.happens,
        "function_id": sowing.id_of(Function, entry.function) if entry.function else None,
        "noticed_by": entry.noticed_by,
        "decision": entry.decision,
        "channel": entry.channel,
        "generated": True,
    }
