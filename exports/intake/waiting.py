"""Files that were handed in and wait for their person to confirm them: one for each person, for a day."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import undefer

from exports.intake.taking import Looked
from exports.models.forms import HandedIn
from prepare.db import db

KEPT_FOR = timedelta(hours=24)


def keep(user: int, name: str, content: bytes, looked: Looked, told: dict[str, Any], *, at: datetime) -> None:
    """Keep the file until its person confirms it; an earlier one of the same person goes."""
    let_go(user, at=at)
    export = looked.export
    row = HandedIn(organisation=export.organisation, export=export, user_id=user, name=name[:200], at=at)
    row.content, row.told = content, told
    db.session.add(row)
    db.session.flush()


def waiting(user: int, *, at: datetime) -> HandedIn | None:
    """The file that waits for this person, unless its day is over."""
    rows = select(HandedIn).where(HandedIn.user_id == user, HandedIn.at > at - KEPT_FOR)
    return db.session.scalars(rows.order_by(HandedIn.id.desc()).limit(1)).first()


def content_of(row: HandedIn) -> bytes:
    """What the file holds."""
    rows = select(HandedIn).where(HandedIn.id == row.id).options(undefer(HandedIn.content))
    return db.session.scalars(rows.execution_options(populate_existing=True)).one().content


def let_go(user: int, *, at: datetime) -> None:
    """Let the person's file go, and every file whose day is over."""
    db.session.execute(delete(HandedIn).where((HandedIn.user_id == user) | (HandedIn.at <= at - KEPT_FOR)))
