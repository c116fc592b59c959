"""What ends with something else: sessions, links and tokens that close when an account or its password changes."""

from datetime import datetime

from sqlalchemy import select

from prepare.db import db
from prepare.models.users import SignIn, User
from prepare.queries import people as queries
from prepare.queries import tokens


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


def end_tokens(user: User, *, at: datetime) -> None:
    """End a person's tokens: no program reads by them from the next request on."""
    for token in db.session.scalars(tokens.unended(user)):
        token.ended_at = at
