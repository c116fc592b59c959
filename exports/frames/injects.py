"""The sheet of an exercise's injects: one row for each, with room to tick and to write by hand."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from continuity import injects as rules
from continuity import tracing
from continuity.entries.exercises import InjectEntry, of_inject
from continuity.models.exercises import Exercise, ExerciseInject
from dependencies import tracing as cascades
from exports.columns import Column, Kind, Tone
from exports.cover import Cover
from exports.frames.reader import frame_of
from exports.properties import Imprint
from exports.sheets import Register
from prepare.actor import Scope
from prepare.errors import RuleBroken
from prepare.texts import N_, _, moment, name_of
from prepare.vocabulary import Criticality

COLUMNS = (
    Column("number", N_("Number"), 6, Kind.COUNT),
    Column("hour", N_("Hour"), 8, Kind.HOURS, note=N_("Hours from the start of the scenario.")),
    Column("clock", N_("Clock"), 16, optional=True),
    Column("happens", N_("What happens?"), 46, tone="tone"),
    Column("function", N_("Function"), 26),
    Column("organisation", N_("Organisation"), 22),
    Column("noticed_by", N_("Who notices it?"), 26),
    Column("decision", N_("Expected decision"), 50),
    Column("channel", N_("Channel"), 18),
    Column("done", N_("Done?"), 9),
    Column("note", N_("Note"), 30),
)


def register(exercise: Exercise, rows: Sequence[ExerciseInject], scope: Scope) -> Register:
    """The sheet of the injects in the language in use, in the order of their hours."""
    told = in_this_language(exercise, rows, scope)
    lines = [_row(exercise, place, *pair) for place, pair in enumerate(zip(rows, told, strict=True), start=1)]
    frame = frame_of(lines, COLUMNS)
    shown = [column for column in COLUMNS if not column.optional or frame[column.key].notna().any()]
    return Register(_("Injects"), _("What is put before those who take part, hour by hour"), shown, frame, "action", 2)


def _row(exercise: Exercise, place: int, inject: ExerciseInject, told: InjectEntry) -> dict[str, object]:
    function, starts = inject.function, exercise.starts_at
    vital = function is not None and function.criticality is Criticality.K1
    return {
        "number": place,
        "hour": told.at_h,
        "clock": moment(starts + timedelta(hours=told.at_h)) if starts else None,
        "happens": told.happens,
        "tone": Tone.HIGH if vital else None,
        "function": f"{function.code} {name_of(function)}" if function else None,
        "organisation": name_of(function.organisation) if function else None,
        "noticed_by": told.noticed_by,
        "decision": told.decision,
        "channel": told.channel,
        "done": None,
        "note": None,
    }


def in_this_language(exercise: Exercise, rows: Sequence[ExerciseInject], scope: Scope) -> list[InjectEntry]:
    """The injects, those that nobody has edited in the language in use, if they can be made anew just as they were.

    They can as long as the scenario and what the registers say are the same and the reader sees as much as whoever
    made them; else they are told as they are written.
    """
    kept = [of_inject(row) for row in rows]
    scenario = tracing.scenario_of(scope, exercise)
    if scenario is None or exercise.injects_scenario != scenario.code:
        return kept
    if exercise.injects_revision != cascades.revision():
        return kept
    try:
        fresh = rules.made(*tracing.rehearsed(scope, exercise, scenario))
    except RuleBroken:
        return kept
    made = [row for row in rows if row.generated and not row.touched]
    if any(not _is_same(row, fresh) for row in made):
        return kept
    return [fresh[row.place] if row in made else entry for row, entry in zip(rows, kept, strict=True)]


def _is_same(row: ExerciseInject, fresh: Sequence[InjectEntry]) -> bool:
    if row.place >= len(fresh):
        return False
    code = row.function.code if row.function else None
    return (fresh[row.place].function, fresh[row.place].at_h) == (code, row.at_h)


def cover_of(exercise: Exercise, rows: Sequence[ExerciseInject], imprint: Imprint) -> Cover:
    """The cover: which exercise it is, how many injects there are, and how to use the sheet."""
    facts: list[tuple[str, Any]] = [
        (_("Exercise"), f"{exercise.code} {name_of(exercise)}"),
        (_("Kind of exercise"), exercise.kind.label),
        (_("Day"), exercise.day or _("not set yet")),
        (_("Scenario"), f"{exercise.scenario.code} {name_of(exercise.scenario)}" if exercise.scenario else _("none")),
        (_("Leader (role)"), exercise.lead_role or _("not named")),
        (_("Participants"), ", ".join(name_of(one) for one in exercise.participants) or _("not named")),
        (_("Taken from the register"), moment(imprint.made_at)),
    ]
    vital = sum(1 for row in rows if row.function and row.function.criticality is Criticality.K1)
    advice = [
        _("Put the injects before those who take part in their order; tick what was done and note what was decided."),
        _("The expected decision is for the leader of the exercise, not for those who take part."),
        _("Keep the file where only those who lead the exercise may open it; destroy it when it is replaced."),
    ]
    figures = [(_("Injects"), len(rows)), (_("Of these on K1 functions"), vital)]
    return Cover(facts, figures, [(Tone.HIGH, _("A vital function (K1) fails"))], advice)
