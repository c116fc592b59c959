"""Measures and exercises (C6): what is in time and what is late, what exercises taught, what comes in twelve months."""

from collections import defaultdict
from collections.abc import Sequence

from continuity.models.exercises import Exercise
from continuity.vocabulary.exercises import AHEAD
from exports.columns import Column, Kind, Tone
from exports.diagrams import Diagram
from exports.frames import exercises
from exports.frames.reader import frame_of
from exports.frames.readiness.gathered import Gathered
from exports.native import Shape
from exports.spreads import Section, Spread
from prepare.months import months_after
from prepare.texts import N_, _, name_of
from risks import measuring
from risks.models.measures import Measure
from risks.vocabulary.measures import OPEN_STATES, MeasureState

YEAR = 12
#: What is drawn of the measures, and in which colours; they differ in grey as well.
DRAWN, COLOURS = ("late", "timely", "undated"), ("8F2020", "5FB0A5", "C9D3DE")
SECTORS = (
    Column("name", N_("Sector"), 46, Kind.CODE),
    Column("timely", N_("In time"), 14, Kind.COUNT),
    Column("undated", N_("Without a due date"), 14, Kind.COUNT),
    Column("late", N_("Overdue"), 14, Kind.COUNT, tone="tone"),
    Column("done", N_("Done or verified"), 14, Kind.COUNT),
)
LATE = (
    Column("name", N_("Overdue measure"), 46, Kind.CODE),
    Column("due", N_("Due date"), 14, Kind.DATE, tone="tone"),
    Column("days", N_("Days late"), 14, Kind.COUNT),
    Column("cost", N_("Cost, €"), 14, Kind.COUNT),
    Column("owner", N_("Owner (role)"), 22),
    Column("reason", N_("Why it is late"), 60),
)
EXERCISES = (
    Column("name", N_("Exercise"), 46, Kind.CODE),
    Column("day", N_("Day"), 14, Kind.DATE),
    Column("kind", N_("Kind of exercise"), 14),
    Column("state", N_("Status"), 14),
    Column("organisation", N_("Arranged by"), 22),
    Column("lesson", N_("What was learnt"), 60),
)


def spread(held: Gathered) -> Spread:
    """The sheet of measures and exercises, as far as the variant may hold them."""
    reader = held.reader
    measures, left_out = reader.divided(held.held.measures)
    found, more = reader.divided(exercises.found(reader))
    sectors = _sectors(held, measures)
    since, until = months_after(reader.on, -YEAR), months_after(reader.on, YEAR)
    past = [one for one in found if one.was_held and one.held_on and since <= one.held_on <= reader.on]
    ahead = [one for one in found if one.state in AHEAD and one.planned_on and reader.on <= one.planned_on <= until]
    bars = Diagram(_("Measures by sector"), DRAWN, Shape.LYING, colours=COLOURS, width_px=1000)
    return Spread(
        _("Measures and exercises"),
        _("What is in time and what is late, what exercises taught, and what comes within a year"),
        [
            Section(_("Measures by sector"), SECTORS, frame_of(sectors, SECTORS), bars),
            Section(_("Overdue measures"), LATE, frame_of(_late(held, measures), LATE)),
            Section(_("Exercises of the last twelve months"), EXERCISES, frame_of(_told(past), EXERCISES)),
            Section(_("Exercises of the next twelve months"), EXERCISES, frame_of(_told(ahead), EXERCISES)),
        ],
        tab="action",
        left_out=left_out + more,
    )


def _sectors(held: Gathered, measures: Sequence[Measure]) -> list[dict[str, object]]:
    groups: dict[str, list[Measure]] = defaultdict(list)
    for one in measures:
        groups[held.sector_of(one.owner_path) or name_of(one.organisation)].append(one)
    rows: list[dict[str, object]] = []
    for name, some in sorted(groups.items()):
        active = [one for one in some if one.state in OPEN_STATES]
        late = sum(measuring.is_overdue(one.state, one.due, on=held.reader.on) for one in active)
        undated = sum(one.due is None for one in active)
        done = sum(one.state in (MeasureState.DONE, MeasureState.VERIFIED) for one in some)
        timely = len(active) - late - undated
        row: dict[str, object] = {"name": name, "timely": timely, "undated": undated, "late": late, "done": done}
        rows.append(row | {"tone": Tone.HIGH if late else None})
    return rows


def _late(held: Gathered, measures: Sequence[Measure]) -> list[dict[str, object]]:
    """The overdue measures, the latest first."""
    late = [(measuring.overdue_days(one.state, one.due, on=held.reader.on), one) for one in measures]
    rows = sorted(((days, one) for days, one in late if days), key=lambda pair: (-pair[0], pair[1].code))
    return [
        {
            "name": f"{one.code} {name_of(one)}",
            "due": one.due,
            "tone": Tone.HIGH,
            "days": days,
            "cost": _("not estimated") if one.cost_eur is None else one.cost_eur,
            "owner": one.owner_role or _("nobody named"),
            "reason": one.overdue_reason or _("no reason given"),
        }
        for days, one in rows
    ]


def _told(some: Sequence[Exercise]) -> list[dict[str, object]]:
    return [
        {
            "name": f"{one.code} {name_of(one)}",
            "day": one.day,
            "kind": one.kind.label,
            "state": one.state.label,
            "organisation": name_of(one.organisation),
            "lesson": one.conclusion if one.was_held else None,
        }
        for one in sorted(some, key=lambda one: (str(one.day), one.code))
    ]
