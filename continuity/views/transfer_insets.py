"""What transfers show on the pages of organisations and functions, and what waits because of them."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from flask import url_for

from continuity import transferring as rules
from continuity.models.transfers import Transfer
from continuity.queries import transfers as queries
from continuity.vocabulary.transfers import AHEAD
from prepare import actor
from prepare.access import Action, may
from prepare.clock import today
from prepare.db import db
from prepare.insets import Task, TaskKind
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.texts import _, name_of

MOST = 8  #: transfers that a page shows
MOST_WAITING = 5


def of_organisation(organisation: Organisation) -> dict[str, Any] | None:
    """The transfers in which an organisation gives or receives: its share of each."""
    who = actor.current()
    if not may(who, Action.VIEW_TRANSFER):
        return None
    found = db.session.scalars(queries.concerning(who.scope, organisation).limit(MOST)).all()
    return {"transfers": [_told(one, organisation) for one in found]} if found else None


def of_function(function: Function) -> dict[str, Any] | None:
    """The transfers that move a function or have moved it."""
    who = actor.current()
    if not may(who, Action.VIEW_TRANSFER):
        return None
    found = db.session.scalars(queries.of_function(who.scope, function).limit(MOST)).all()
    return {"transfers": [_told(one, None) for one in found]} if found else None


def _told(transfer: Transfer, seen_from: Organisation | None) -> SimpleNamespace:
    names = {"giver": name_of(transfer.organisation), "receiver": name_of(transfer.receiver)}
    if seen_from is None:
        text = _("from %(giver)s to %(receiver)s", **names)
    elif seen_from.id == transfer.receiver_id:
        text = _("arrives from %(giver)s", **names)
    else:
        text = _("leaves to %(receiver)s", **names)
    return SimpleNamespace(record=transfer, text=text, in_force=transfer.in_force(today()))


def transfers_to_see_to() -> list[Task]:
    """Transfers whose day is near and that are not decided, for the unit that decides them."""
    who, on = actor.current(), today()
    if not may(who, Action.MOVE_TRANSFER):
        return []
    rows = queries.transfers(who.scope).where(
        Transfer.state.in_(AHEAD), Transfer.effective <= on + timedelta(days=rules.NEAR_DAYS)
    )
    found = db.session.scalars(rows.limit(MOST_WAITING)).all()
    return [_task(one) for one in found if may(who, Action.MOVE_TRANSFER, one)]


def _task(transfer: Transfer) -> Task:
    text = f"{transfer.code} {name_of(transfer)}"
    url = url_for("continuity.transfer", ref=transfer.ref)
    detail, why = _("Prepare and decide the transfer"), _("What is not looked at before the day gets lost on it.")
    return Task(text, detail, url, TaskKind.DUE, why, transfer.effective, 60)
