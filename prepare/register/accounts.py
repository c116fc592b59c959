"""Every change to accounts, roles and sessions."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select

from prepare import audit, passwords
from prepare.access import Action, act
from prepare.db import db
from prepare.entries import UserEntry
from prepare.errors import RuleBroken, refuse_if
from prepare.models.organisations import Organisation
from prepare.models.users import RoleGrant, SignIn, SignInFailure, User
from prepare.queries import organisations as queries
from prepare.texts import LANGUAGES, N_
from prepare.vocabulary import Role

IDLE = timedelta(minutes=60)
LONGEST = timedelta(hours=12)
ACCOUNT_WINDOW, ACCOUNT_FAILURES = timedelta(minutes=15), 5
ADDRESS_WINDOW, ADDRESS_FAILURES, ALL_FAILURES = timedelta(minutes=5), 100, 1000


@act(Action.ADD_USER)
def add_user(organisation: Organisation, entry: UserEntry, *, password: str | None) -> User:
    """Give a person an account; without a password the account cannot sign in by one.

    Raises RuleBroken if the address is taken or malformed, or the password does not do.
    """
    email = folded(entry.email)
    problems = []
    if "@" not in email.strip("@") or " " in email:
        problems.append(RuleBroken(N_("Give an e-mail address, as name@example.fi."), field="email"))
    if db.session.scalars(queries.account(email)).first():
        problems.append(RuleBroken(N_("There is an account with this e-mail address already."), field="email"))
    if entry.language not in LANGUAGES:
        problems.append(RuleBroken(N_("The language must be fi, sv or en."), field="language"))
    refuse_if(problems)
    kept = passwords.hashed(password) if password else None
    user = User(email=email, name=entry.name, language=entry.language, password_hash=kept)
    db.session.add(user)
    db.session.flush()
    return user


@act(Action.GRANT_ROLE)
def grant(organisation: Organisation, user: User, role: Role) -> RoleGrant:
    """Let a person hold a role over the organisation and everything below it."""
    held = db.session.scalars(
        select(RoleGrant).where(
            RoleGrant.user_id == user.id, RoleGrant.role == role, RoleGrant.organisation_id == organisation.id
        )
    ).first()
    if held:
        held.ended_at = None
    else:
        held = RoleGrant(user=user, role=role, organisation_id=organisation.id)
        db.session.add(held)
    db.session.flush()
    return held


@act(Action.DISABLE_USER)
def disable(user: User, *, at: datetime) -> None:
    """Close an account; its sessions end with the next request."""
    user.disabled_at = at
    for session in db.session.scalars(select(SignIn).where(SignIn.user_id == user.id, SignIn.ended_at.is_(None))):
        session.ended_at = at
    db.session.flush()


@dataclass(frozen=True)
class Attempt:
    """A try to sign in: the account's address, the network address and the browser's name."""

    email: str
    address: str
    browser: str

    @property
    def account_hash(self) -> str:
        """What the throttle counts by; failed tries may name anybody, so the address itself is not kept."""
        return hashlib.sha256(folded(self.email).encode("utf-8", "replace")).hexdigest()


def folded(email: str) -> str:
    """An e-mail address as it is compared."""
    return email.strip().casefold()[:254]


def is_throttled(attempt: Attempt, *, at: datetime) -> bool:
    """Whether the account, the address or the whole installation has seen too many failures lately."""
    counts = queries.failures(attempt.account_hash, attempt.address, at - ACCOUNT_WINDOW, at - ADDRESS_WINDOW)
    account, address, everywhere = db.session.execute(counts).one()
    return account >= ACCOUNT_FAILURES or address >= ADDRESS_FAILURES or everywhere >= ALL_FAILURES


def recognised(attempt: Attempt, password: str) -> User | None:
    """The person whom address and password name; the answer takes as long whether or not there is one."""
    user = db.session.scalars(queries.account(folded(attempt.email))).first()
    active = user if user and user.disabled_at is None else None
    return active if passwords.matches(password, active.password_hash if active else None) else None


@act(Action.REFUSE_SESSION)
def refuse(attempt: Attempt, *, at: datetime) -> None:
    """Count a refused sign-in and tell it to the trail."""
    failure = SignInFailure(at=at, account=attempt.account_hash, address=attempt.address)
    db.session.add(failure)
    audit.note(failure, {"account": attempt.account_hash[:12]})


@act(Action.BEGIN_SESSION)
def begin(user: User, attempt: Attempt, *, token_hash: str, content: dict[str, Any], at: datetime) -> SignIn:
    """Begin a session; earlier failures of the account are forgotten and worn-out rows are swept."""
    db.session.execute(delete(SignInFailure).where(SignInFailure.account == attempt.account_hash))
    db.session.execute(delete(SignInFailure).where(SignInFailure.at < at - timedelta(days=1)))
    db.session.execute(delete(SignIn).where(SignIn.begun_at < at - timedelta(days=30)))
    session = SignIn(
        token_hash=token_hash,
        user_id=user.id,
        begun_at=at,
        seen_at=at,
        address=attempt.address,
        browser=attempt.browser[:200],
        content=content,
    )
    db.session.add(session)
    audit.note(user, {"session": token_hash[:12]})
    return session


@act(Action.END_SESSION)
def end(session: SignIn, *, at: datetime) -> None:
    """End a session on the server, so that its cookie opens nothing any more."""
    session.ended_at = at
    audit.note(session, {"session": session.token_hash[:12]})
