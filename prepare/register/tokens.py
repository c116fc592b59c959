"""Tokens of reporting tools: made by a person, used within what that person may read, ended at once."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update

from prepare import actor, audit
from prepare.access import Action, act
from prepare.db import db
from prepare.entries import TokenEntry
from prepare.errors import refuse_if
from prepare.models.organisations import Organisation
from prepare.models.tokens import ApiToken, ApiTokenUse
from prepare.tokens import problems

#: For so long the table tells by the hour when a token was used.
KEPT = timedelta(days=35)


@dataclass(frozen=True)
class Sealed:
    """What is kept of a new token: its hash, and its first letters."""

    token_hash: str
    hint: str


@act(Action.MAKE_TOKEN)
def make(organisation: Organisation, entry: TokenEntry, sealed: Sealed, *, on: date, at: datetime) -> ApiToken:
    """Make a token of one's own for a program that reads the organisation and everything below it.

    Raises RuleBroken if it says no purpose, names no register, or is to last for more than a year.
    """
    refuse_if(problems(entry, on))
    made = ApiToken(
        user_id=actor.current().user_id,
        organisation=organisation,
        token_hash=sealed.token_hash,
        hint=sealed.hint,
        purpose=entry.purpose,
        highest=entry.highest,
        registers=sorted(entry.registers),
        made_at=at,
        expires_on=entry.expires_on,
    )
    db.session.add(made)
    db.session.flush()
    return made


@act(Action.WITHDRAW_TOKEN)
def withdraw(token: ApiToken, *, at: datetime) -> None:
    """End a token: it opens nothing from the next request on."""
    if token.ended_at is None:
        token.ended_at = at
    db.session.flush()


@act(Action.USE_TOKEN)
def use(token: ApiToken, register: str, *, is_secret: bool, at: datetime) -> None:
    """Note that a token reads a register.

    The first time in an hour that it may read what is secret by law, the trail is told; so a tool that reads every
    minute leaves an entry for each hour in which it did, and not one for each page.
    """
    hour = at.replace(minute=0, second=0, microsecond=0)
    of_hour: Any = (ApiTokenUse.token_id == token.id, ApiTokenUse.register == register, ApiTokenUse.hour == hour)
    if db.session.scalar(select(ApiTokenUse.id).where(*of_hour)) is not None:
        db.session.execute(update(ApiTokenUse).where(*of_hour).values(used_at=at))
        return
    db.session.execute(delete(ApiTokenUse).where(ApiTokenUse.token_id == token.id, ApiTokenUse.hour < at - KEPT))
    db.session.add(ApiTokenUse(token_id=token.id, register=register, hour=hour, used_at=at))
    db.session.flush()
    if is_secret:
        audit.note(token, {"register": [None, register], "purpose": [None, token.purpose]})
