"""The sheets of the scenarios (A9): what each does to which function, when, why, and what to do first."""

from collections.abc import Sequence
from dataclasses import dataclass

from continuity.readiness.holdings import Holdings
from dependencies import tracing
from dependencies.outcome import in_hours
from dependencies.reduction import SeenOutcome, SeenStep
from dependencies.vocabulary import State, Verdict
from exports.columns import Column, Kind, Tone
from exports.frames.reader import OUTSIDE, Reader, frame_of
from exports.sheets import Register
from exports.widths import joined
from prepare.db import db
from prepare.models.functions import Function
from prepare.texts import N_, _, hours, name_of
from risks.models.scenarios import Scenario
from risks.queries import scenarios as scenario_queries

TONES = {
    Verdict.MTPD_EXCEEDED: Tone.CRITICAL,
    Verdict.RTO_EXCEEDED: Tone.HIGH,
    Verdict.DEGRADED: Tone.MODERATE,
    Verdict.OK: Tone.GOOD,
    Verdict.UNKNOWN: Tone.UNKNOWN,
}
#: The verdict in a word that fits beside the hour in a cell of the heat map.
WORDS = {
    Verdict.MTPD_EXCEEDED: N_("MTPD"),
    Verdict.RTO_EXCEEDED: N_("RTO"),
    Verdict.DEGRADED: N_("weak"),
    Verdict.OK: N_("OK"),
    Verdict.UNKNOWN: N_("?"),
}
FUNCTION_COLUMNS = (
    Column("code", N_("Code"), 10, Kind.CODE),
    Column("name", N_("Function"), 38),
    Column("criticality", N_("Class"), 7, Kind.CODE),
    Column("rto_h", N_("RTO h"), 8, Kind.HOURS),
    Column("mtpd_h", N_("MTPD h"), 8, Kind.HOURS),
)
CHAIN_WIDTH = 34
CHAIN_COLUMNS = (
    Column("scenario", N_("Scenario"), 9, Kind.CODE),
    Column("scenario_name", N_("Name of the scenario"), 20),
    Column("code", N_("Function"), 10, Kind.CODE),
    Column("name", N_("Name of the function"), 26),
    Column("state", N_("What happens"), 12),
    Column("down_h", N_("Down at h"), 9, Kind.HOURS, note=N_("Hours from the beginning of the scenario.")),
    Column("outage_h", N_("Outage h"), 9, Kind.HOURS, note=N_("The longest outage.")),
    Column("up_h", N_("Back at h"), 9, Kind.HOURS, note=N_("Empty means not back within a year.")),
    Column("verdict", N_("Verdict"), 14, tone="verdict_tone"),
    Column("mtpd_at_h", N_("MTPD reached at h"), 11, Kind.HOURS, note=N_("Decide before this hour."), optional=True),
    Column("cause", N_("First cause"), 24),
    Column("chain", N_("Cause chain"), CHAIN_WIDTH),
    Column("workaround", N_("Workaround"), 20, optional=True),
    Column("first", N_("What to do first"), 30),
)


@dataclass(frozen=True)
class Run:
    """A scenario and what it does to the organisation's functions, by their id."""

    scenario: Scenario
    outcomes: dict[int, SeenOutcome]

    @property
    def weight(self) -> tuple[int, int, float]:
        """How hard it hits: functions beyond their MTPD, functions down, and how soon the first goes down."""
        down = [seen.outcome for seen in self.outcomes.values() if seen.outcome.state is State.DOWN]
        beyond = sum(outcome.verdict is Verdict.MTPD_EXCEEDED for outcome in down)
        return beyond, len(down), -min((outcome.down_at_min for outcome in down), default=0)


def runs(reader: Reader, functions: Sequence[Function]) -> list[Run]:
    """Every scenario of the city, traced over the whole graph and cut to these functions."""
    ids = {function.id for function in functions}
    found = []
    for scenario in db.session.scalars(scenario_queries.scenarios(reader.scope)).all():
        seen = tracing.run_near(reader.scope, tracing.hits_of(scenario))
        outcomes = {one.outcome.function.id: one for one in seen.outcomes if one.outcome.function.id in ids}
        found.append(Run(scenario, outcomes))
    return found


def heat_map(held: Holdings, traced: Sequence[Run]) -> Register:
    """Functions by scenarios: in how many hours each goes down, and how that stands against its objectives."""
    columns = [*FUNCTION_COLUMNS, *(_scenario_column(run) for run in traced)]
    rows = [_heat_row(function, traced) for function in held.functions]
    return Register(
        _("Scenarios"),
        _("In how many hours each scenario stops or weakens each function"),
        columns,
        frame_of(rows, columns),
        tab="scenario",
        frozen=2,
        hint=_("12 h · MTPD: down after 12 hours and out for longer than the MTPD. Empty: not affected."),
    )


def _scenario_column(run: Run) -> Column:
    code = run.scenario.code
    told = f"{name_of(run.scenario)}: {hours(run.scenario.duration_h)}"
    return Column(code, f"{code} {name_of(run.scenario)}", 15, Kind.HEAT, told, f"{code} tone", f"{code} word")


def _heat_row(function: Function, traced: Sequence[Run]) -> dict[str, object]:
    row: dict[str, object] = {
        "code": function.code,
        "name": name_of(function),
        "criticality": function.criticality.value if function.criticality else None,
        "rto_h": function.rto_h,
        "mtpd_h": function.mtpd_h,
    }
    for run in traced:
        if seen := run.outcomes.get(function.id):
            code, verdict = run.scenario.code, seen.outcome.verdict
            row |= {
                code: told_h(seen.outcome.down_at_min),
                f"{code} tone": TONES[verdict],
                f"{code} word": _(WORDS[verdict]),
            }
    return row


def chains(reader: Reader, held: Holdings, traced: Sequence[Run]) -> Register:
    """One row for every function that a scenario reaches, in the order in which they go down."""
    by_id = {function.id: function for function in held.functions}
    rows = [
        _chain_row(held, run, by_id[function_id], seen)
        for run in traced
        for function_id, seen in sorted(run.outcomes.items(), key=lambda item: (item[1].outcome.down_at_min, item[0]))
    ]
    frame = frame_of(rows, CHAIN_COLUMNS)
    return Register(
        _("Cause chains"),
        _("Why each function goes down in each scenario, until when to decide, and what to do first"),
        reader.shown(CHAIN_COLUMNS, frame),
        frame,
        tab="scenario",
        frozen=4,
        key="chains",
    )


def _chain_row(held: Holdings, run: Run, function: Function, seen: SeenOutcome) -> dict[str, object]:
    outcome = seen.outcome
    last = seen.steps[-1].need
    needs = {need.id: need for need in held.needs[function.id]}
    plan = held.approved.get(function.id)
    return {
        "scenario": run.scenario.code,
        "scenario_name": name_of(run.scenario),
        "code": function.code,
        "name": name_of(function),
        "state": outcome.state.label,
        "down_h": told_h(outcome.down_at_min),
        "outage_h": told_h(outcome.longest_min),
        "up_h": told_h(outcome.up_at_min),
        "verdict": outcome.verdict.label,
        "verdict_tone": TONES[outcome.verdict],
        "mtpd_at_h": told_h(outcome.mtpd_at_min),
        "cause": told(seen.steps[0]),
        "chain": joined([step.function.code or "…" for step in seen.steps], " → ", CHAIN_WIDTH),
        "workaround": needs[last.id].workaround if last and last.id in needs else None,
        "first": _first_step(plan[0].code if plan else None, outcome.down_at_min),
    }


def told_h(minutes: int | None) -> float | None:
    """Minutes as hours the way people tell them: in hundredths below one hour, then tenths."""
    exact = in_hours(minutes)
    return None if exact is None else round(exact, 2 if exact < 1 else 1)


def told(step: SeenStep) -> str:
    """Code and name of a step's function, or that it lies outside the reader's view."""
    card = step.function.card
    return f"{card.code} {name_of(card)}" if card else _(OUTSIDE)


def _first_step(plan: str | None, down_at_min: int) -> str:
    """What the duty officer does first: the plan, and until when."""
    when = _("at once") if down_at_min == 0 else _("within %(hours)s", hours=hours(told_h(down_at_min)))
    if plan is None:
        return _("No approved plan: agree %(when)s who leads and what is kept running.", when=when)
    return _("Take the plan %(plan)s into use %(when)s.", plan=plan, when=when)
