"""The forecast of a scenario beside a situation that goes on: what is down now by it, and what fails next, and when."""

from types import SimpleNamespace
from typing import Any

from flask import url_for

from continuity import foresight
from continuity.models.situations import Situation
from dependencies import course, tracing
from dependencies.reduction import SeenOutcome, Shown
from dependencies.tracing import TooFar
from prepare import actor
from prepare.clock import now
from prepare.errors import RuleBroken
from prepare.texts import _, hours, moment, name_of
from risks.models.scenarios import Scenario

MOST_REACHED = 6_000  #: functions on the way of a disruption that are computed while somebody waits
MOST = 12  #: functions that are named in each list


def forecast(situation: Situation, scenario: Scenario) -> SimpleNamespace | None:
    """What the scenario says of this hour of the situation; None when it cannot be told here."""
    scope = actor.current().scope
    minute = foresight.minute_of(situation.began_at, situation.closed_at or now())
    try:
        seen = tracing.run_near(scope, tracing.hits_of(scenario), most=MOST_REACHED)
    except (TooFar, RuleBroken):
        return None
    found = foresight.standing(seen.outcomes, minute)
    return SimpleNamespace(
        scenario=scenario,
        hour=hours(round(minute / 60, 1)),
        over=minute > scenario.duration_h * 60,
        down=[_down(one) for one in found.down[:MOST]],
        down_count=len(found.down),
        coming=[_coming(situation, one, at, minute) for one, at in found.coming[:MOST]],
        coming_count=len(found.coming),
        next=_coming(situation, *found.coming[0], minute) if found.coming else None,
        trace=url_for("dependencies.trace", scenario=scenario.code, at=f"{minute // 60}"),
    )


def _down(seen: SeenOutcome) -> Any:
    return SimpleNamespace(**_named(seen.function), vital=_is_vital(seen), late=_limit(seen))


def _coming(situation: Situation, seen: SeenOutcome, at: int, minute: int) -> SimpleNamespace:
    return SimpleNamespace(
        **_named(seen.function),
        vital=_is_vital(seen),
        clock=moment(foresight.moment_of(situation.began_at, at)),
        left=hours(round((at - minute) / 60, 1)),
        at_h=hours(round(at / 60, 1)),
    )


def _named(function: Shown) -> dict[str, str | None]:
    name = f"{function.code} {name_of(function.card)}" if function.card else _("a function outside your view")
    url = url_for("prepare.function", ref=function.card.ref) if function.card and function.opens else None
    return {"name": name, "url": url}


def _is_vital(seen: SeenOutcome) -> bool:
    return seen.outcome.function.criticality is not None and seen.outcome.function.criticality.value == "K1"


def _limit(seen: SeenOutcome) -> str | None:
    """The hour after which the outage is intolerable; None while that is unknown or does not come."""
    late = course.intolerable(seen.outcome)
    return hours(round(late[0][0] / 60, 1)) if late else None
