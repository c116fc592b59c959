"""The follow-up of measures (B14): how many stand where, how late, where they came from, and what safety plans have."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from exports.columns import Column, Kind, Tone
from exports.diagrams import Diagram
from exports.frames.reader import frame_of
from exports.frames.readiness.gathered import Gathered
from exports.native import Shape
from exports.spreads import Section, Spread
from prepare.db import db
from prepare.texts import N_, _, name_of
from prepare.vocabulary import CodeList
from risks import measuring, safety_planning
from risks.models.measures import Measure
from risks.models.safety_plans import SafetyPriority
from risks.queries import codelists
from risks.queries import safety_plans as safety_queries
from risks.vocabulary.measures import OPEN_STATES, MeasureState

STATES = (
    MeasureState.PLANNED,
    MeasureState.IN_PROGRESS,
    MeasureState.ON_HOLD,
    MeasureState.DONE,
    MeasureState.VERIFIED,
    MeasureState.CANCELLED,
)
#: Colours of the states in their order; neighbours differ in grey as well.
COLOURS = ("C9D3DE", "3E8FB0", "F0B849", "6FAF82", "1E5B45", "8A94A0")
BY_STATE = (
    *(Column(one.value, one.message, 11, Kind.COUNT) for one in STATES),
    Column("late", N_("Overdue"), 11, Kind.COUNT, tone="late tone"),
)
#: How late, in days: (up to, in words).
AGES = ((30, N_("up to 30 days")), (90, N_("31 to 90 days")), (180, N_("91 to 180 days")), (None, N_("over 180 days")))
AGEING = (
    Column("age", N_("How late"), 30, Kind.CODE),
    Column("count", N_("Measures"), 11, Kind.COUNT),
    Column("codes", N_("Which"), 20),
)
PRIORITIES = (
    Column("name", N_("Priority"), 38, Kind.CODE),
    Column("rank", N_("Number"), 11, Kind.COUNT),
    Column("total", N_("Measures"), 11, Kind.COUNT),
    Column("done", N_("Done or verified"), 11, Kind.COUNT),
    Column("late", N_("Overdue"), 11, Kind.COUNT, tone="late tone"),
    Column("progress", N_("Progress"), 11, Kind.PERCENT),
    Column("level", N_("Level"), 14),
    Column("area", N_("Area"), 16),
    Column("plan", N_("Safety plan"), 30),
)


def spread(held: Gathered) -> Spread:
    """The sheet of the follow-up, of the measures that the variant may hold."""
    admitted, left_out = held.reader.divided(held.held.measures)
    by_sector = _by(admitted, held, lambda one: held.sector_of(one.owner_path))
    by_source = _by(admitted, held, lambda one: one.source.label if one.source else "")
    sector = (Column("name", N_("Sector"), 38, Kind.CODE), *BY_STATE)
    source = (Column("name", N_("What it came from"), 38, Kind.CODE), *BY_STATE)
    series = tuple(one.value for one in STATES)
    chart = Diagram(
        _("Measures by state and sector"), series, Shape.LYING, colours=COLOURS, width_px=1000, height_px=400
    )
    return Spread(
        _("Follow-up of measures"),
        _("How many measures stand where, how late they are and where they came from"),
        [
            Section(_("By sector"), sector, frame_of(by_sector, sector), chart),
            Section(_("By source"), source, frame_of(by_source, source)),
            Section(_("Overdue measures by how late they are"), AGEING, frame_of(_ages(admitted, held), AGEING)),
            Section(_("Priorities of the safety plans in force"), PRIORITIES, frame_of(priorities(held), PRIORITIES)),
        ],
        tab="action",
        left_out=left_out,
    )


def _by(measures: Iterable[Measure], held: Gathered, of: Callable[[Measure], str]) -> list[dict[str, object]]:
    """How many measures of each kind stand in which state, those with most open ones first."""
    groups: dict[str, list[Measure]] = defaultdict(list)
    for one in measures:
        groups[of(one) or _("not said")].append(one)
    found = []
    for name, some in sorted(groups.items(), key=lambda pair: (-_open(pair[1]), pair[0])):
        states = Counter(one.state for one in some)
        late = sum(measuring.is_overdue(one.state, one.due, on=held.reader.on) for one in some)
        row: dict[str, object] = {"name": name, **{one.value: states[one] for one in STATES}}
        found.append(row | {"late": late, "late tone": Tone.HIGH if late else None})
    return found


def _open(some: Sequence[Measure]) -> int:
    return sum(one.state in OPEN_STATES for one in some)


def _ages(measures: Iterable[Measure], held: Gathered) -> list[dict[str, object]]:
    late = [
        (days, one.code)
        for one in measures
        if (days := measuring.overdue_days(one.state, one.due, on=held.reader.on)) is not None
    ]
    rows: list[dict[str, object]] = []
    least = 0
    for most, words in AGES:
        codes = sorted(code for days, code in late if days > least and (most is None or days <= most))
        rows.append({"age": _(words), "count": len(codes), "codes": ", ".join(codes) or None})
        least = most or least
    return rows


def priorities(held: Gathered) -> list[dict[str, object]]:
    """The priorities of the safety plans in force, each with how far its measures have come."""
    scope = held.reader.scope.up_to(held.reader.variant)
    found = list(db.session.scalars(safety_queries.priorities(scope)).unique())
    plans = {one.safety_plan_id for one in found}
    under: dict[int, list[Measure]] = defaultdict(list)
    for measure, priority in db.session.execute(safety_queries.measures(scope, *plans)) if plans else ():
        under[priority].append(measure)
    areas = {item.code: name_of(item) for item in db.session.scalars(codelists.listed(CodeList.AREA))}
    mine = [one for one in found if one.owner_path.startswith(held.reader.path)]
    return [_priority(one, under[one.id], held, areas) for one in mine]


def _priority(
    one: SafetyPriority, measures: Sequence[Measure], held: Gathered, areas: Mapping[str, str]
) -> dict[str, object]:
    progress = safety_planning.progress(measures, on=held.reader.on)
    plan = one.safety_plan
    area = one.area or plan.area
    return {
        "plan": f"{plan.code} {name_of(plan)}",
        "rank": one.rank,
        "name": name_of(one),
        "level": plan.level.label,
        "area": areas.get(area, area) if area else _("Whole city"),
        "total": progress.total,
        "done": progress.states.get(MeasureState.DONE, 0) + progress.states.get(MeasureState.VERIFIED, 0),
        "late": progress.overdue,
        "late tone": Tone.HIGH if progress.overdue else None,
        "progress": progress.progress_pct,
    }
