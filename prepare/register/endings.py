"""What ends with something else: sessions and links that close when an account or its password changes."""

from datetime import datetime

from sqlalchemy import select

from prepare.db import db
from prepare.models.users import SignIn, User
from prepare.queries import people as queries


def end_sessions(user: User, *, at: datetime, but: SignIn | None = None) -> int:
    """End every session of a person, but for one; gives how many ended."""
    rows = select(SignIn).where(SignIn.user_id == user.id, SignIn.ended_at.is_(None))
    ended = [session for session in db.session.scalars(rows) if but is None or session.id != but.id]
    for session in ended:
        session.ended_at = at
    return len(ended)


def withdraw_links(user: User, *, at: datetime) -> None:
    """Close a person's links that have not been used."""
    for link in db.session.scalars(queries.unused_links(user)):
        link.withdrawn_at = at
