"""The page that tells how sure one can be of what the traces say."""

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

from flask import current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from dependencies.analysing import sampling
from dependencies.analysing.sampling import Seen
from dependencies.doubts import PRESENT
from dependencies.draws import CERTAIN, DURATION, RESTART, SPREADS, TIGHT, WIDE, WIDEST
from dependencies.models.needs import Dependency
from dependencies.reduction import Card
from dependencies.sureness import Chance, Influence, Picture, Range, Yearly
from dependencies.uncertainty import PER_HOUR
from dependencies.views.blueprint import bp
from dependencies.views.shown import shown
from dependencies.vocabulary import Standing
from prepare import actor
from prepare.access import Action, may
from prepare.gate.opening import opens_page
from prepare.texts import _, name_of, named, number, percent
from risks.frequency import bands, step_of
from risks.models import scales
from risks.models.scenarios import Scenario

MOST_ROWS = 50  #: functions that the page names one by one
CHART = SimpleNamespace(width=220, height=28, edge=6)


@bp.get("/uncertainty/")
@opens_page(Action.VIEW_ANALYSIS)
def uncertainty() -> ResponseReturnValue:
    """How sure one can be."""
    seen = sampling.on_page(actor.current().scope, Path(current_app.config["SETTINGS"].instance))
    return render_template("dependencies/uncertainty.html", sure=_told(seen) if seen else None)


def _told(seen: Seen) -> SimpleNamespace:
    effort, furthest = seen.sample.effort, _furthest(seen)
    return SimpleNamespace(
        draws=number(effort.draws),
        seed=effort.seed,
        engine=seen.sample.engine,
        revision=seen.revision,
        forced=number(effort.in_both),
        tried=number(len(seen.sample.links)),
        scenarios=[_scenario(*row, furthest) for row in seen.scenarios],
        chart=CHART,
        functions=[_function(seen, *row) for row in seen.functions[:MOST_ROWS]],
        hidden=max(0, len(seen.functions) - MOST_ROWS),
        without_mtpd=seen.unknown,
        links=[_link(*row) for row in seen.links],
        assumed=_assumed(),
    )


def _furthest(seen: Seen) -> int:
    """The largest number of functions that any chart shows: all of them share one scale."""
    return max((max(picture.down.high, picture.down.recorded) for _, picture, _ in seen.scenarios), default=0) or 1


def _scenario(scenario: Scenario, picture: Picture, year: Yearly, furthest: int) -> SimpleNamespace:
    low, middle, high, recorded = (
        CHART.edge + (CHART.width - 2 * CHART.edge) * value / furthest
        for value in (picture.down.low, picture.down.middle, picture.down.high, picture.down.recorded)
    )
    return SimpleNamespace(
        name=f"{scenario.code} {name_of(scenario)}",
        url=url_for("dependencies.trace", scenario=scenario.code),
        happens=picture.down.recorded or picture.down.mean,
        low=round(low, 1),
        length=round(max(2.0, high - low), 1),
        middle=round(middle, 1),
        recorded=round(recorded, 1),
        down=_range(picture.down, 1),
        hours=_range(picture.minutes, 60),
        weighted=_range(picture.weighted, PER_HOUR),
        over=_range(picture.over, 1),
        year=_likely(year.probability, year.error),
    )


def _range(of: Range, unit: int) -> SimpleNamespace:
    digits = 0 if of.high >= 10 * unit else 1
    return SimpleNamespace(
        **{name: number(getattr(of, name) / unit, digits) for name in ("low", "middle", "high", "recorded")},
        mean=number(of.mean / unit),
        error=number(of.error / unit),
    )


def _likely(probability: float | None, error: float, *, at_least: bool = False) -> SimpleNamespace:
    """A probability in words of the likelihood scale, and in per cent with its standard error."""
    if probability is None:
        return SimpleNamespace(known=False, step=None, words=_("unknown"), told="")
    told = _("%(share)s (± %(error)s)", share=_share(probability), error=number(max(error * 100, 0.1)))
    if at_least:
        told = _("at least %(share)s", share=told)
    scale = scales.in_force()
    step = step_of(probability, bands(scale))
    words = scale.likelihoods[step - 1].label if step else ""
    return SimpleNamespace(known=True, step=step, words=words, told=told)


def _share(probability: float) -> str:
    return f"{number(probability * 100, 0 if probability >= 0.1 else 1)}\N{NO-BREAK SPACE}%"


def _function(seen: Seen, card: Card, chance: Chance) -> SimpleNamespace:
    most = max(range(len(chance.passed)), key=lambda case: chance.passed[case])
    return SimpleNamespace(
        name=f"{card.code} {name_of(card)}",
        url=url_for("prepare.function", ref=card.ref),
        organisation=named(card, "organisation"),
        criticality=card.criticality,
        year=_likely(chance.probability, chance.error, at_least=chance.at_least),
        scenario=seen.codes[most],
        share=_share(chance.passed[most] / seen.sample.effort.draws),
    )


def _link(dependency: Dependency, influence: Influence, scenario: Scenario | None) -> SimpleNamespace:
    need, supplier = dependency.need, shown(dependency.supplier)
    answers = may(actor.current(), Action.DELIVER_CONFIRMATION, dependency)
    return SimpleNamespace(
        need=need,
        consumer=need.consumer,
        supplier=supplier.label,
        standing=dependency.standing,
        worse=influence.mean > 0,
        hours=number(abs(influence.mean) / PER_HOUR, 0),
        error=number(influence.error / PER_HOUR, 0),
        scenario=scenario and scenario.code,
        answer=url_for("dependencies.state_delivery", ref=dependency.ref) if answers else None,
    )


def _assumed() -> list[str]:
    """What is taken for granted, one sentence each."""
    spreads = {row: [percent(int(share)) for share in SPREADS[row]] for row in range(len(SPREADS))}
    return [
        _of(_("A tolerance that has been measured or exercised"), spreads[TIGHT]),
        _of(_("An estimated tolerance"), spreads[WIDE]),
        _of(_("A tolerance of which nobody has said what it is known from"), spreads[WIDEST]),
        _of(_("How long the scenario lasts, by one factor for all that it hits"), spreads[DURATION]),
        _of(_("A restart time, where it is known; an unknown one counts as one minute"), spreads[RESTART]),
        _(
            "A dependency that its supplier has not confirmed is there in %(proposed)s of the draws, a disputed one in "
            "%(disputed)s, a confirmed one always.",
            proposed=percent(PRESENT[Standing.PROPOSED] * 100 / CERTAIN),
            disputed=percent(PRESENT[Standing.DISPUTED] * 100 / CERTAIN),
        ),
        _(
            "How often a scenario comes is taken from the likelihood of the risks that are linked to it: each draw "
            "takes one of them and a frequency within its step; an open end of the scale is taken to reach ten times "
            "further. Without such a risk it is unknown."
        ),
        _("Scenarios are taken to come independently of each other, and nothing else is taken to happen."),
    ]


def _of(what: str, shares: Sequence[str]) -> str:
    least, low, _middle, high, most = shares
    return _(
        "%(what)s: nine draws of ten lie between %(low)s and %(high)s of what is recorded, "
        "all of them between %(least)s and %(most)s.",
        what=what,
        low=low,
        high=high,
        least=least,
        most=most,
    )
