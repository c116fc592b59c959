"""The sheet of exercises and training (A15): what lies ahead, what was held, and what was learnt and measured."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import or_
from sqlalchemy.orm import selectinload

from continuity.coverage import MONTHS
from continuity.models.exercises import Exercise
from continuity.models.plans import Plan
from continuity.queries import exercises as queries
from continuity.vocabulary.exercises import AHEAD, ExerciseState
from exports.columns import Column, Kind, Tone
from exports.frames.reader import Reader, frame_of
from exports.sheets import Register
from prepare.db import db
from prepare.models.organisations import Organisation
from prepare.months import months_after
from prepare.queries.scopes import below
from prepare.texts import N_, _, name_of, number

CODES_WIDTH = 13
COLUMNS = (
    Column("code", N_("Code"), 8, Kind.CODE),
    Column("name", N_("Exercise"), 30),
    Column("kind", N_("Kind of exercise"), 15),
    Column("organisation", N_("Arranged by"), 18),
    Column("day", N_("Day"), 11, Kind.DATE, tone="day_tone"),
    Column("state", N_("Status"), 13, tone="state_tone"),
    Column("scenario", N_("Scenario"), 20),
    Column("parties", N_("Participants"), 24),
    Column("plans", N_("Plans tested"), CODES_WIDTH),
    Column("functions", N_("Functions tested"), CODES_WIDTH),
    Column("interfaces", N_("Interfaces tested"), CODES_WIDTH, optional=True),
    Column("measured", N_("Measured recovery"), 16, optional=True, note=N_("Hours until it ran again, by function.")),
    Column("open", N_("Gaps still open"), 9, Kind.COUNT, tone="open_tone"),
    Column("closed", N_("Observations settled"), 12, Kind.COUNT),
    Column("conclusion", N_("What was learnt"), 34, optional=True),
    Column(
        "again",
        N_("Exercise again by"),
        11,
        Kind.DATE,
        tone="again_tone",
        optional=True,
        note=N_("By the strictest class of what was tested: K1 within 24 months, K2 within 36."),
    ),
)
TONES = {
    ExerciseState.CLOSED: Tone.GOOD,
    ExerciseState.HELD: Tone.MODERATE,
    ExerciseState.EVALUATED: Tone.MODERATE,
}


def found(reader: Reader) -> list[Exercise]:
    """The exercises that the organisation arranges or takes part in: those ahead first, then the newest."""
    taking_part = Exercise.participants.any(below(reader.path))
    rows = queries.exercises(reader.scope).where(or_(below(reader.path), taking_part))
    loaded = (
        selectinload(Exercise.plans).selectinload(Plan.functions),
        selectinload(Exercise.functions),
        selectinload(Exercise.interfaces),
    )
    return list(db.session.scalars(queries.newest_first(rows).options(*loaded)))


def register(reader: Reader, exercises: Sequence[Exercise]) -> Register:
    """The sheet of the exercises, in the order given."""
    admitted, left_out = reader.divided(exercises)
    ids = [one.id for one in admitted]
    observed = {one: (open_, every) for one, open_, every in db.session.execute(queries.observed(reader.scope, ids))}
    measured = _measured(reader, ids)
    frame = frame_of([_row(reader, one, observed.get(one.id, (0, 0)), measured) for one in admitted], COLUMNS)
    return Register(
        _("Exercises and training"),
        _("What is exercised with whom, what was measured and learnt, and what is due again"),
        reader.shown(COLUMNS, frame),
        frame,
        tab="action",
        frozen=2,
        left_out=left_out,
    )


def _measured(reader: Reader, ids: Sequence[int]) -> Mapping[int, list[str]]:
    told: dict[int, list[str]] = defaultdict(list)
    for one in db.session.scalars(queries.measured_in(reader.scope, ids)):
        if reader.names(one.function):
            told[one.exercise_id].append(f"{one.function.code} {number(one.achieved_recovery_h)} h")
    return told


def _row(
    reader: Reader, one: Exercise, observed: tuple[int, int], measured: Mapping[int, list[str]]
) -> dict[str, object]:
    scenario, (still_open, every) = one.scenario, observed
    late = one.state in AHEAD and one.planned_on is not None and one.planned_on < reader.on
    again = _again(one)
    return {
        "code": one.code,
        "name": name_of(one),
        "kind": one.kind.label,
        "organisation": name_of(one.organisation),
        "day": one.day,
        "day_tone": Tone.HIGH if late else None,
        "state": one.state.label,
        "state_tone": TONES.get(one.state),
        "scenario": f"{scenario.code} {name_of(scenario)}"
        if scenario and reader.admits(scenario.confidentiality)
        else None,
        "parties": ", ".join(name_of(party) for party in _parties(one)) or None,
        "plans": reader.codes_of(one.plans, CODES_WIDTH) or None,
        "functions": reader.codes(one.functions, CODES_WIDTH) or None,
        "interfaces": reader.codes_of(one.interfaces, CODES_WIDTH) or None,
        "measured": "\n".join(measured.get(one.id, ())) or None,
        "open": still_open if one.was_held else None,
        "open_tone": Tone.HIGH if still_open else None,
        "closed": every - still_open if one.was_held else None,
        "conclusion": one.conclusion,
        "again": again,
        "again_tone": Tone.HIGH if again and again < reader.on else None,
    }


def _parties(one: Exercise) -> list[Organisation]:
    return [party for party in one.participants if party.id != one.organisation_id]


def _again(one: Exercise) -> date | None:
    """When what it tested is exercised again at the latest; nothing for what is neither vital nor held."""
    tested = {f.criticality for f in [*one.functions, *(f for plan in one.plans for f in plan.functions)]}
    months = [MONTHS[criticality] for criticality in tested if criticality in MONTHS]
    return months_after(one.held_on, min(months)) if one.was_held and one.held_on and months else None
