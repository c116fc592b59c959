"""Choices that several pages offer."""

from collections.abc import Callable

from prepare import actor
from prepare.db import db
from prepare.models.organisations import Organisation
from prepare.queries import organisations as queries
from prepare.texts import name_of


def organisations(fits: Callable[[Organisation], bool]) -> dict[str, Organisation]:
    """Organisations in use that the acting person reads and that fit: code → organisation, the top ones first."""
    every = db.session.scalars(queries.organisations(actor.current().scope, own=None)).all()
    ordered = sorted(every, key=lambda one: (one.parent_id is not None, not one.owner_is_own))
    return {one.code: one for one in ordered if fits(one)}


def labels(organisations: dict[str, Organisation]) -> list[tuple[str, str]]:
    """The choices as a form offers them."""
    return [(code, f"{name_of(one)} ({code})") for code, one in organisations.items()]
