"""A traced disruption in words: sentences, figures and table rows in the current language."""

from types import SimpleNamespace

from flask import url_for

from dependencies import course
from dependencies.analysing import worded
from dependencies.outcome import Hit, Outcome, in_hours
from dependencies.reduction import Bridge, SeenOutcome, SeenStep, SeenTrace, SeenWhy, Shown
from dependencies.views.address import here
from dependencies.vocabulary import Phase, Standing, State, Verdict
from prepare.errors import RuleBroken
from prepare.texts import _, hours, named, number, typed_number
from prepare.vocabulary import Criticality

#: Words that stand in files too.
name, at, after, reason, summary = worded.name, worded.at, worded.after, worded.reason, worded.summary
#: How a verdict looks: the tone of its badge and the mark in the picture.
TONES = {
    Verdict.MTPD_EXCEEDED: "bad",
    Verdict.RTO_EXCEEDED: "warn",
    Verdict.OK: "ok",
    Verdict.DEGRADED: "info",
    Verdict.UNKNOWN: None,
}


def url(function: Shown) -> str | None:
    """The function's page, if the reader may open it."""
    return url_for("prepare.function", ref=function.card.ref) if function.card and function.opens else None


def why_url(seen: SeenOutcome, at_min: int | None = None) -> str:
    """Where the page says why the function is affected at the minute, or (None) when it first is."""
    minute = seen.outcome.down_at_min if at_min is None else at_min
    return here(why=seen.function.code, at=typed_number(in_hours(minute) or 0))


def figures(seen: SeenTrace) -> list[SimpleNamespace]:
    """The key figures of the trace."""
    down = seen.down()
    late = len(seen.down(Verdict.RTO_EXCEEDED)) + len(seen.down(Verdict.MTPD_EXCEEDED))
    over = len(seen.down(Verdict.MTPD_EXCEEDED))
    vital = [s for s in down if s.outcome.function.criticality is Criticality.K1]
    early = [s for s in vital if s.outcome.down_at_min <= 24 * 60]
    unknown = len(seen.down(Verdict.UNKNOWN))
    found = [
        _figure(
            len(down), _("Functions go down"), _("of which %(count)s vital (K1)", count=number(len(vital), 0)), "info"
        ),
        _figure(late, _("Exceed their RTO"), _("out for longer than the objective"), "warn" if late else "ok"),
        _figure(over, _("Exceed their MTPD"), _("out for longer than is tolerable"), "bad" if over else "ok"),
        _figure(len(early), _("K1 within 24 h"), _("vital functions down within a day"), "bad" if early else "ok"),
        _figure(len(seen.degraded()), _("Degraded"), _("work, but not fully"), "info"),
    ]
    if partners := len(seen.down(own=False)):
        found.append(_figure(partners, _("Partners' services"), _("go down as well"), "info"))
    if unknown:
        found.append(_figure(unknown, _("Objective unknown"), _("nobody can say whether it is tolerable"), None))
    return found


def _figure(value: int, label: str, detail: str, tone: str | None) -> SimpleNamespace:
    return SimpleNamespace(value=number(value, 0), label=label, detail=detail, tone=tone)


def row(seen: SeenOutcome, at_min: int | None = None) -> SimpleNamespace:
    """What happens to one function, as a row of the table, with its state at the minute if one is given."""
    outcome = seen.outcome
    open_ended = _("not within a year")
    earliest = open_ended if outcome.up_at_min is None else at(outcome.up_at_min)
    guaranteed = None
    if outcome.guaranteed_up_at_min != outcome.up_at_min:
        late = outcome.guaranteed_up_at_min
        guaranteed = _("not by itself") if late is None else at(late)
    return SimpleNamespace(
        name=name(seen.function),
        url=url(seen.function),
        organisation=named(seen.function.card, "organisation"),
        is_down=outcome.state is State.DOWN,
        state=outcome.state.label,
        down_at=at(outcome.down_at_min),
        outages=len(outcome.intervals),
        longest=hours(in_hours(outcome.longest_min)),
        earliest=earliest,
        guaranteed=guaranteed,
        verdict=outcome.verdict,
        tone=TONES[outcome.verdict],
        mtpd_at=None if outcome.mtpd_at_min is None else at(outcome.mtpd_at_min),
        steps=[step(one) for one in seen.steps],
        reason=reason(seen.steps),
        standing=_standing(seen),
        phase=None if at_min is None else course.phase(outcome, at_min),
        why=why_url(seen, _felt(outcome, at_min)),
    )


def _felt(outcome: Outcome, at_min: int | None) -> int | None:
    """The minute, if the function is affected at it."""
    if at_min is None or course.phase(outcome, at_min) in (Phase.WAITING, Phase.BACK):
        return None
    return at_min


def step(seen: SeenStep) -> SimpleNamespace:
    """One step of a chain."""
    when = None if seen.at_min is None else at(seen.at_min)
    code = seen.function.code or _("outside your view")
    return SimpleNamespace(code=code, name=name(seen.function), url=url(seen.function), at=when)


def why(seen: SeenWhy) -> SimpleNamespace:
    """Why a function is down or degraded at a moment: the chain as sentences, and the sum of its times."""
    found = seen.why
    named_so = {"function": name(seen.function), "when": at(found.minute)}
    if found.interval is None:
        title = _("%(function)s is neither down nor degraded at %(when)s", **named_so)
        return SimpleNamespace(title=title, steps=[])
    title = _("Why is %(function)s degraded at %(when)s?", **named_so)
    if found.state is State.DOWN:
        title = _("Why is %(function)s down at %(when)s?", **named_so)
    since, until = found.interval
    return SimpleNamespace(
        title=title,
        since=at(since),
        until=at(until) if found.is_over else _("not within a year"),
        steps=[
            SimpleNamespace(step=step(one), reason=reason(seen.steps[: number + 1]))
            for number, one in enumerate(seen.steps)
        ],
        sum=_sum(seen),
    )


def no_why(broken: RuleBroken) -> SimpleNamespace:
    """That there is nothing to explain."""
    return SimpleNamespace(title=broken.text(), steps=[])


def _sum(seen: SeenWhy) -> str | None:
    """The start of the hit and the tolerances on the way, which add up to the beginning; None if some are unknown."""
    first, *others = seen.steps
    parts = [first.at_min, *(step.tolerance_min for step in others)]
    if not others or any(part is None for part in parts):
        return None
    total = hours(in_hours(seen.steps[-1].at_min))
    return " + ".join(hours(in_hours(part)) for part in parts) + f" = {total}"


def _standing(seen: SeenOutcome) -> Standing | None:
    """What the supplier has said of the link that decided; None when the function is hit itself."""
    need, supplier = seen.outcome.chain[-1].need, seen.outcome.chain[-2:][0].function.id
    found = need.alternatives if need else ()
    return next((alternative.standing for alternative in found if alternative.supplier == supplier), None)


def hit(function: Shown, what: Hit) -> SimpleNamespace:
    """What the disruption hits first."""
    lasts = hours(in_hours(what.end_min - what.start_min))
    state = State.DEGRADED if what.degrades else State.DOWN
    return SimpleNamespace(
        name=name(function), url=url(function), at=at(what.start_min), lasts=lasts, state=state.label
    )


def bridge(seen: Bridge) -> str:
    """A circular dependency that somebody must bridge by hand."""
    return _(
        "%(consumer)s is started without %(supplier)s (%(need)s).",
        consumer=name(seen.consumer),
        supplier=name(seen.supplier),
        need=seen.need.name,
    )
