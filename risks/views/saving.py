"""Saving what a form holds: alike for every kind of record of local safety planning."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from prepare.db import transaction
from prepare.errors import RuleBroken
from prepare.forms.form import CityForm
from prepare.models.organisations import Organisation
from prepare.views.clashes import Clash, Editing

R = TypeVar("R")


def done(form: CityForm, act: Callable[[], R]) -> R | None:
    """What the register made of an accepted form, in a transaction; None where the form is not sent, or is refused."""
    if form.accepted():
        try:
            with transaction():
                return act()
        except RuleBroken as broken:
            form.refuse(broken)
    return None


def added(form: Any, owners: Sequence[Organisation], add: Callable[[Organisation, Any], R]) -> R | None:
    """The record that was added for the organisation that the form names; None as in `done`."""
    return done(form, lambda: add(next(o for o in owners if o.code == form.organisation.data), form.entry()))


def edited(editing: Editing[Any], told: str) -> ResponseReturnValue | None:
    """The answer to a form that was saved, or that clashed with another's save; None where its page is to be shown."""
    if editing.form.accepted():
        try:
            editing.saved()
        except RuleBroken as broken:
            editing.form.refuse(broken)
        except Clash as clash:
            return clash.page()
        else:
            flash(told)
            return redirect(editing.back)
    return None
