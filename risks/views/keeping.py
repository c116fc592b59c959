"""Adding and editing records by a form: what every such page answers."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from prepare.db import transaction
from prepare.errors import RuleBroken
from prepare.forms.form import CityForm
from prepare.models.organisations import Organisation
from prepare.texts import _, name_of
from prepare.views.clashes import Clash, Editing

Page = Callable[[], ResponseReturnValue]


def offered(some: Sequence[Organisation]) -> list[tuple[str, str]]:
    """Organisations as choices."""
    return [(one.code, name_of(one)) for one in some]


def chosen(some: Sequence[Organisation], code: str) -> Organisation:
    """The organisation with this code among those that were offered."""
    return next(one for one in some if one.code == code)


def adding(form: CityForm, add: Callable[[], Any], told: str, endpoint: str, page: Page) -> ResponseReturnValue:
    """Show a form until it is accepted and the register takes its entry; lead then to the new record's page."""
    if form.accepted():
        try:
            with transaction():
                made = add()
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash(_(told))
            return redirect(url_for(endpoint, ref=made.ref))
    return page()


def editing(edited: Editing[Any], told: str, page: Page) -> ResponseReturnValue:
    """Show a record's form until it is saved; what two people changed at the same time is put together."""
    if edited.form.accepted():
        try:
            edited.saved()
        except RuleBroken as broken:
            edited.form.refuse(broken)
        except Clash as clash:
            return clash.page()
        else:
            flash(_(told))
            return redirect(edited.back)
    return page()


def asking(form: CityForm, do: Callable[[], object], told: str, back: str, page: Page) -> ResponseReturnValue:
    """Ask, or show a short form, and do it once the form is accepted."""
    if form.accepted():
        try:
            with transaction():
                do()
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash(_(told))
            return redirect(back)
    return page()
