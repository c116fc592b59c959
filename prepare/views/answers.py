"""What an act of one button answers when a rule refuses it."""

from collections.abc import Callable

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from prepare.db import transaction
from prepare.errors import RuleBroken


def refused(broken: RuleBroken, back: str) -> ResponseReturnValue:
    """Tell every broken rule on the page from which the act was sent."""
    for rule in broken.every:
        flash(rule.text(), "error")
    return redirect(back)


def done(doing: Callable[[], object], told: str, back: str) -> ResponseReturnValue:
    """Carry the act out in a transaction of its own, tell that it was done, and go back."""
    try:
        with transaction():
            doing()
    except RuleBroken as broken:
        return refused(broken, back)
    flash(told)
    return redirect(back)
