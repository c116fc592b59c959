"""Why the function that the address names is down or degraded, on any page that shows a traced disruption."""

from collections.abc import Callable
from types import SimpleNamespace

from flask import request

from dependencies.forms.disruptions import MomentForm
from dependencies.reduction import SeenTrace, SeenWhy
from dependencies.views import told
from prepare.errors import RuleBroken


def asked(seen: SeenTrace, explain: Callable[[str, int], SeenWhy]) -> SimpleNamespace | None:
    """What `?why=CODE` asks, at the hour `?at=` or when the function is first affected; None when nothing is asked.

    `explain` gives the answer for a code and a minute, or raises RuleBroken.
    """
    code = request.args.get("why", "").strip().upper()
    if not code:
        return None
    minute = MomentForm(formdata=request.args).minute()
    if minute is None:
        firsts = (outcome.outcome.down_at_min for outcome in seen.outcomes if outcome.function.code == code)
        minute = next(firsts, 0)
    try:
        return told.why(explain(code, minute))
    except RuleBroken as broken:
        return told.no_why(broken)
