"""The sheets of a disruption over time (A9): how hard each function is hit at each hour, and how many are."""

from collections.abc import Sequence

from continuity.readiness.holdings import Holdings
from dependencies import course
from dependencies.outcome import Outcome
from dependencies.vocabulary import Phase
from exports.columns import Column, Kind
from exports.frames.reader import Reader, frame_of
from exports.frames.scenarios import CHAIN_WIDTH, FUNCTION_COLUMNS, Run, told_h
from exports.sheets import Register
from exports.widths import joined
from prepare.models.functions import Function
from prepare.texts import N_, _, hours, name_of

#: The hours from the beginning at which everybody is looked at.
HOURS = (0, 1, 4, 8, 12, 24, 48, 72, 120, 168)
#: How hard a function is hit; 0 is not at all.
DEGRADED, DOWN, LATE, INTOLERABLE = 1, 2, 3, 4
LEVELS = {
    DEGRADED: N_("Works, but degraded"),
    DOWN: N_("Out of use, within the RTO"),
    LATE: N_("Out for longer than the RTO"),
    INTOLERABLE: N_("Out for longer than the MTPD"),
}
COLOURS = ("6FAF82", "E3B93F", "DD7F35", "B23A3A")
LEFT = (
    Column("scenario", N_("Scenario"), 10, Kind.CODE),
    *FUNCTION_COLUMNS[:1],
    Column("name", N_("Function"), 30),
    *FUNCTION_COLUMNS[2:],
    Column("down_h", N_("Down at h"), 9, Kind.HOURS, note=N_("Hours from the beginning of the scenario.")),
    Column("steps", N_("Steps"), 8, Kind.COUNT, note=N_("How many links the disruption travels to get here.")),
)
CHAIN = Column("chain", N_("Cause chain"), CHAIN_WIDTH)
EXTENT_COLUMNS = (
    Column("hour", N_("From the beginning"), 16),
    *(Column(str(level), message, 18, Kind.COUNT) for level, message in LEVELS.items()),
    Column("all", N_("Affected in all"), 16, Kind.COUNT),
)


def level_at(outcome: Outcome, hour: int) -> int:
    """How hard the function is hit at an hour of the disruption, from 0 (not at all) to 4 (beyond its MTPD)."""
    minute = hour * 60
    stands, rto = course.phase(outcome, minute), outcome.function.rto_min
    if stands is Phase.DOWN:
        since = max(start for start, _end in course.outages(outcome) if start <= minute)
        return LATE if rto is not None and minute - since > rto else DOWN
    return {Phase.LATE: INTOLERABLE, Phase.DEGRADED: DEGRADED}.get(stands, 0)


def register(reader: Reader, held: Holdings, traced: Sequence[Run]) -> Register:
    """One row for every function that a scenario reaches, with how hard it is hit at each hour."""
    by_id = {function.id: function for function in held.functions}
    rows = [
        _row(run, by_id[one], run.outcomes[one].outcome)
        | {"chain": joined([step.function.code or "…" for step in run.outcomes[one].steps], " → ", CHAIN_WIDTH)}
        for run in traced
        for one in sorted(run.outcomes, key=lambda one: (run.outcomes[one].outcome.down_at_min, one))
    ]
    columns = [*LEFT, *(Column(f"h{hour}", hours(hour), 7, Kind.LEVEL) for hour in HOURS), CHAIN]
    frame = frame_of(rows, columns)
    return Register(
        _("Cascade over time"),
        _("How hard each function is hit at each hour of each scenario"),
        reader.shown(columns, frame),
        frame,
        tab="scenario",
        frozen=3,
        hint=" · ".join(f"{level} {_(message)}" for level, message in LEVELS.items()),
        key="bands",
    )


def _row(run: Run, function: Function, outcome: Outcome) -> dict[str, object]:
    return {
        "scenario": run.scenario.code,
        "code": function.code,
        "name": name_of(function),
        "criticality": function.criticality.value if function.criticality else None,
        "rto_h": function.rto_h,
        "mtpd_h": function.mtpd_h,
        "down_h": told_h(outcome.down_at_min),
        "steps": len(run.outcomes[function.id].steps) - 1,
        **{f"h{hour}": level_at(outcome, hour) for hour in HOURS},
    }


def extent(run: Run) -> list[dict[str, object]]:
    """How many functions are hit how hard at each hour of a scenario."""
    found: list[dict[str, object]] = []
    for hour in HOURS:
        levels = [level_at(seen.outcome, hour) for seen in run.outcomes.values()]
        counts = {str(level): levels.count(level) for level in LEVELS}
        found.append({"hour": hours(hour), **counts, "all": sum(counts.values())})
    return found


def extent_in_words(rows: Sequence[dict[str, object]], scenario: str) -> str:
    """The chart in words, for those who cannot see it."""
    told = "; ".join(_("%(hour)s: %(count)s", hour=row["hour"], count=row["all"]) for row in rows)
    return _("Functions affected in %(scenario)s, by hour: %(told)s.", scenario=scenario, told=told)
