"""Sign-in links: made for a person, handed over by whoever made them, used once."""

from datetime import datetime, timedelta

from prepare import passwords
from prepare.access import Action, act
from prepare.db import db
from prepare.errors import RuleBroken
from prepare.models.invitations import Invitation
from prepare.models.users import User
from prepare.register.endings import end_sessions, end_tokens, withdraw_links
from prepare.texts import N_

VALID_FOR = timedelta(days=7)


@act(Action.INVITE_USER)
def invite(user: User, *, token_hash: str, at: datetime) -> Invitation:
    """Make a link by which the person chooses a password; links made before open nothing any more.

    Raises RuleBroken if the account is disabled.
    """
    if user.disabled_at is not None:
        raise RuleBroken(N_("The account is disabled. Enable it first."))
    withdraw_links(user, at=at)
    made = Invitation(user=user, token_hash=token_hash, expires_at=at + VALID_FOR)
    db.session.add(made)
    db.session.flush()
    return made


@act(Action.ACCEPT_INVITATION)
def accept(user: User, invitation: Invitation, password: str, *, at: datetime) -> None:
    """Take up a link: the chosen password replaces any earlier one, and every session and token of the person ends.

    Raises RuleBroken if the password does not do.
    """
    user.password_hash = passwords.hashed(password)
    invitation.used_at = at
    withdraw_links(user, at=at)
    end_sessions(user, at=at)
    end_tokens(user, at=at)
    db.session.flush()
