"""Adding and editing records by a form: what every such page answers, alike for every kind of record."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from prepare.db import transaction
from prepare.errors import RuleBroken
from prepare.forms.form import CityForm
from prepare.models.organisations import Organisation
from prepare.texts import _, name_of
from prepare.views.clashes import Clash, Editing

R = TypeVar("R")
Page = Callable[[], ResponseReturnValue]


def offered(some: Sequence[Organisation]) -> list[tuple[str, str]]:
    """Organisations as choices."""
    return [(one.code, name_of(one)) for one in some]


def chosen(some: Sequence[Organisation], code: str) -> Organisation:
    """The organisation with this code among those that were offered."""
    return next(one for one in some if one.code == code)


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
    return done(form, lambda: add(chosen(owners, form.organisation.data), form.entry()))


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


def adding(form: CityForm, add: Callable[[], Any], told: str, endpoint: str, page: Page) -> ResponseReturnValue:
    """Show a form until it is accepted and the register takes its entry; lead then to the new record's page."""
    made = done(form, add)
    if made is None:
        return page()
    flash(_(told))
    return redirect(url_for(endpoint, ref=made.ref))


def editing(edits: Editing[Any], told: str, page: Page) -> ResponseReturnValue:
    """Show a record's form until it is saved; what two people changed at the same time is put together."""
    return edited(edits, _(told)) or page()


def asking(form: CityForm, do: Callable[[], object], told: str, back: str, page: Page) -> ResponseReturnValue:
    """Ask, or show a short form, and do it once the form is accepted."""
    if done(form, lambda: (do(),)) is None:
        return page()
    flash(_(told))
    return redirect(back)
