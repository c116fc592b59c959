"""A scenario for those who lead: what fails when, until when to decide, what to do first, what comes back when."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import SimpleNamespace

from dependencies import course, tracing
from dependencies.analysing import recovery_words, worded
from dependencies.analysing import scenarios as courses
from dependencies.analysing.recovery_order import MOST_TRIES, RecoveryOrder, recovery_order
from dependencies.outcome import Outcome, in_hours
from dependencies.recovery_order import Return, Source
from dependencies.reduction import SeenOutcome, SeenTrace, Shown
from dependencies.tracing import TooFar
from dependencies.vocabulary import State, Verdict
from exports.package.gathered import Gathered
from exports.timelines import BAND, BANDS_H, BAR, HEAD, NAMES, ROW, TIMES, Spell, bars, marks, place
from prepare.texts import _, hours, name_of, named
from prepare.vocabulary import Criticality
from risks.models.scenarios import Scenario

#: Rows of the picture and of the order of returns; the table of what fails has all of them.
MOST_DRAWN, MOST_RETURNS, MOST_FAULTS = 60, 60, 12
#: Letters of a name before its line.
LONGEST_NAME = 34
TONES = {
    Verdict.MTPD_EXCEEDED: "bad",
    Verdict.RTO_EXCEEDED: "warn",
    Verdict.OK: "ok",
    Verdict.DEGRADED: "info",
    Verdict.UNKNOWN: "none",
}


@dataclass(frozen=True)
class Told:
    """A scenario as its page shows it, and in short as the list and the first page do."""

    scenario: Scenario
    summary: str
    begins: list[str]
    rows: list[SimpleNamespace]
    deadlines: list[tuple[str, str]]
    drawing: SimpleNamespace | None
    sources: list[SimpleNamespace]
    returns: list[SimpleNamespace]
    further_returns: int
    not_computed: str
    first_vital: str
    first_deadline: str


def told(found: Gathered, scenario: Scenario) -> Told:
    """What a scenario does to the functions that the audience may read."""
    hits = tracing.hits_of(scenario)
    seen = tracing.run_near(found.who.scope, hits)
    outcomes = [one.outcome for one in seen.outcomes]
    order, problem = _order(found, scenario)
    vital = course.first_vital(outcomes)
    due = course.deadlines(outcomes)
    return Told(
        scenario,
        worded.summary(seen),
        [_hit(seen, number) for number in range(len(seen.hits))],
        [_row(found, one) for one in seen.outcomes],
        [(worded.at(minute), _names(outcomes_, seen)) for minute, outcomes_ in due],
        _drawing(seen) if seen.outcomes else None,
        [_source(found, order, one) for one in order.sources[:MOST_FAULTS]] if order else [],
        [_return(found, order, one) for one in order.returns[:MOST_RETURNS]] if order else [],
        max(0, len(order.returns) - MOST_RETURNS) if order else 0,
        problem,
        f"{worded.at(vital.down_at_min)}: {worded.name(seen.shown[vital.function.id])}" if vital else "",
        worded.at(due[0][0]) if due else "",
    )


def _order(found: Gathered, scenario: Scenario) -> tuple[RecoveryOrder | None, str]:
    """The order of repairs, or why there is none."""
    try:
        now = courses.graph()
        chosen = courses.courses(found.who.scope, now, [scenario.code])[0]
        return recovery_order(found.who.scope, now, chosen, most=MOST_TRIES), ""
    except TooFar as far:
        return None, far.text()


def _hit(seen: SeenTrace, number: int) -> str:
    function, hit = seen.hits[number]
    state = State.DEGRADED if hit.degrades else State.DOWN
    lasts = _("for %(time)s", time=hours(in_hours(hit.end_min - hit.start_min)))
    return f"{worded.name(function)} ({state.label}, {worded.at(hit.start_min)}, {lasts})"


def _names(outcomes: Iterable[Outcome], seen: SeenTrace) -> str:
    return ", ".join(worded.name(seen.shown[one.function.id]) for one in outcomes)


def _row(found: Gathered, seen: SeenOutcome) -> SimpleNamespace:
    outcome, function = seen.outcome, seen.function
    last = seen.steps[-1].need
    needs = {need.id: need for need in found.needs.get(outcome.function.id, ())}
    plans = found.covering.get(outcome.function.id, ())
    back = outcome.up_at_min
    return SimpleNamespace(
        name=worded.name(function),
        page=found.pages.get(("Function", outcome.function.id)),
        organisation=named(function.card, "organisation"),
        criticality=outcome.function.criticality,
        state=outcome.state.label,
        down_at=worded.at(outcome.down_at_min),
        back=_("not within a year") if back is None else worded.at(back),
        lasts=hours(in_hours(outcome.longest_min)),
        verdict=outcome.verdict.label,
        tone=TONES[outcome.verdict],
        until="" if outcome.mtpd_at_min is None else worded.at(outcome.mtpd_at_min),
        why=worded.reason(seen.steps),
        workaround=needs[last.id].workaround if last and last.id in needs else None,
        plans=[(f"{one.plan.code} {name_of(one.plan)}", found.page(one.plan)) for one in plans],
        is_vital=outcome.function.criticality in (Criticality.K1, Criticality.K2),
    )


def _drawing(seen: SeenTrace) -> SimpleNamespace:
    """The time line: a row for each function, in the order in which they fail."""
    rows = [_line(one, HEAD + place_ * ROW) for place_, one in enumerate(seen.outcomes[:MOST_DRAWN])]
    width = NAMES + (len(BANDS_H) - 1) * BAND + TIMES
    return SimpleNamespace(
        rows=rows,
        hidden=max(0, len(seen.outcomes) - MOST_DRAWN),
        marks=[(NAMES + x, text) for x, text in marks()],
        width=width,
        height=HEAD + len(rows) * ROW + 8,
        head=HEAD,
        bar=BAR,
        foot=HEAD + len(rows) * ROW,
        times=NAMES + (len(BANDS_H) - 1) * BAND + 10,
    )


def _line(seen: SeenOutcome, y: int) -> SimpleNamespace:
    outcome, name = seen.outcome, worded.name(seen.function)
    back = _("not within a year") if outcome.up_at_min is None else worded.at(outcome.up_at_min)
    spells = sorted(_spells(outcome), key=lambda one: one.start)
    return SimpleNamespace(
        y=y,
        text_y=y + 12,
        name=name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip() + "…",
        bars=[SimpleNamespace(look=bar.look, x=NAMES + bar.x, width=bar.width) for bar in bars(spells)],
        due=None if outcome.mtpd_at_min is None else NAMES + place(outcome.mtpd_at_min),
        told=f"{worded.at(outcome.down_at_min)} → {back}",
        words=f"{name}: {outcome.state.label}, {worded.at(outcome.down_at_min)} – {back}. {outcome.verdict.label}",
    )


def _spells(outcome: Outcome) -> Iterator[Spell]:
    """When it is out, out for longer than is tolerable, or degraded."""
    for look, intervals in (
        ("down", course.outages(outcome)),
        ("late", course.intolerable(outcome)),
        ("weak", outcome.degraded),
    ):
        for start, end in intervals:
            is_open = outcome.up_at_min is None and (start, end) == tuple(intervals)[-1]
            yield Spell(look, start, None if is_open else end)


def _source(found: Gathered, order: RecoveryOrder, source: Source) -> SimpleNamespace:
    function: Shown = order.shown(source.hit.place)
    latest, planned = source.latest, source.hit.end
    return SimpleNamespace(
        name=worded.name(function),
        page=found.pages.get(("Function", function.card.id)) if function.card else None,
        planned=worded.to_the_minute(planned),
        latest=worded.to_the_minute(latest.minute) if latest else "",
        is_too_late=source.is_too_late,
        why=recovery_words.why(order, latest),
    )


def _return(found: Gathered, order: RecoveryOrder, one: Return) -> SimpleNamespace:
    function = order.shown(one.place)
    back = one.back_min
    return SimpleNamespace(
        name=worded.name(function),
        page=found.pages.get(("Function", function.card.id)) if function.card else None,
        back=_("not within a year") if back is None else worded.to_the_minute(back),
        why=recovery_words.waited(order, one),
        by_hand=", ".join(worded.name(supplier) for supplier in order.suppliers(one)),
    )
