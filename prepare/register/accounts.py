"""Every change to accounts, roles and sessions."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select

from prepare import actor, audit, passwords
from prepare.access import Action, act
from prepare.db import db
from prepare.entries import UserEntry
from prepare.errors import RuleBroken, refuse_if
from prepare.merging import Seen, refuse_stale
from prepare.models.organisations import Organisation
from prepare.models.posts import FormPost, KeptText
from prepare.models.users import SignIn, SignInFailure, User
from prepare.queries import organisations as queries
from prepare.register.endings import end_sessions, end_tokens, withdraw_links
from prepare.register.roles import keep_an_administrator
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
    refuse_if(_problems(entry, None))
    kept = passwords.hashed(password) if password else None
    user = User(email=folded(entry.email), name=entry.name, language=entry.language, password_hash=kept)
    db.session.add(user)
    db.session.flush()
    return user


def seen_now(user: User) -> Seen[UserEntry]:
    """What a person sees who edits the account now."""
    return Seen(UserEntry(email=user.email, name=user.name, language=user.language))


def _problems(entry: UserEntry, user: User | None) -> list[RuleBroken]:
    """The rules that an account's entry breaks; `user` is the account that it is for, None for a new one."""
    email, problems = folded(entry.email), []
    if "@" not in email.strip("@") or " " in email:
        problems.append(RuleBroken(N_("Give an e-mail address, as name@example.fi."), field="email"))
    held = db.session.scalars(queries.account(email)).first()
    if held and held is not user:
        problems.append(RuleBroken(N_("There is an account with this e-mail address already."), field="email"))
    if not (entry.name or "").strip():
        problems.append(RuleBroken(N_("Give the person's name."), field="name"))
    if entry.language not in LANGUAGES:
        problems.append(RuleBroken(N_("The language must be fi, sv or en."), field="language"))
    return problems


@act(Action.EDIT_USER)
def edit(user: User, entry: UserEntry, *, seen: Seen[UserEntry] | None) -> None:
    """Change a person's name, address or language.

    `seen` is what the person edited. Raises StaleEntry if the account has changed since,
    and RuleBroken if the address is taken or malformed.
    """
    refuse_stale(seen, seen_now(user))
    refuse_if(_problems(entry, user))
    user.email, user.name, user.language = folded(entry.email), entry.name, entry.language
    db.session.flush()


@act(Action.DISABLE_USER)
def disable(user: User, *, at: datetime) -> None:
    """Close an account; its sessions end with the next request, and its links and tokens open nothing any more.

    Raises RuleBroken if it is one's own, or the last by which the accounts can be kept.
    """
    if user.id == actor.current().user_id:
        raise RuleBroken(N_("You cannot disable your own account. Ask another administrator."))
    for grant in user.grants:
        if grant.role is Role.ADMIN and grant.ended_at is None:
            keep_an_administrator(grant.organisation.path, user)
    user.disabled_at = at
    end_sessions(user, at=at)
    withdraw_links(user, at=at)
    end_tokens(user, at=at)
    db.session.flush()


@act(Action.ENABLE_USER)
def enable(user: User) -> None:
    """Open an account again, with the roles and the password that it had."""
    user.disabled_at = None
    db.session.flush()


@act(Action.CHANGE_USER_PASSWORD)
def change_password(user: User, password: str, *, kept: SignIn | None, at: datetime) -> None:
    """Choose a new password for oneself; every session but `kept` ends, and every token.

    Raises RuleBroken if the password does not do.
    """
    user.password_hash = passwords.hashed(password)
    ended = end_sessions(user, at=at, but=kept)
    withdraw_links(user, at=at)
    end_tokens(user, at=at)
    audit.note(user, {"sessions": ended})


@act(Action.SPEAK_USER_LANGUAGE)
def choose_language(user: User, language: str) -> None:
    """Choose the language in which one is spoken to from the next sign-in on."""
    user.language = language
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
    """Whether the account, the address or the whole installation is locked.

    So many failures within a window lock it for as long again. Tries during a lock are not counted, so that a lock
    ends however eagerly somebody goes on trying.
    """
    return (
        _locked(attempt.account_hash, None, ACCOUNT_FAILURES, ACCOUNT_WINDOW, at)
        or _locked(None, attempt.address, ADDRESS_FAILURES, ADDRESS_WINDOW, at)
        or _locked(None, None, ALL_FAILURES, ADDRESS_WINDOW, at)
    )


def _locked(account: str | None, address: str | None, most: int, window: timedelta, at: datetime) -> bool:
    """Whether the newest `most` failures lie within one window, and the newest of them less than a window back."""
    counts = queries.failures(account, address, most, since=at - 2 * window)
    newest, first = db.session.execute(counts).one()
    return bool(newest and first and at - newest <= window and newest - first <= window)


def recognised(attempt: Attempt, password: str) -> User | None:
    """The person whom address and password name; the answer takes as long whether or not there is one."""
    user = db.session.scalars(queries.account(folded(attempt.email))).first()
    active = user if user and user.disabled_at is None else None
    return active if passwords.matches(password, active.password_hash if active else None) else None


@act(Action.REFUSE_SESSION)
def refuse(attempt: Attempt, *, at: datetime) -> None:
    """Tell a refused sign-in to the trail, and count it unless it came during a lock."""
    failure = SignInFailure(at=at, account=attempt.account_hash, address=attempt.address)
    locked = is_throttled(attempt, at=at)
    if not locked:
        db.session.add(failure)
    audit.note(failure, {"account": attempt.account_hash[:12], **({"locked": True} if locked else {})})


@act(Action.BEGIN_SESSION)
def begin(user: User, attempt: Attempt, *, token_hash: str, content: dict[str, Any], at: datetime) -> SignIn:
    """Begin a session; earlier failures of the account are forgotten and worn-out rows are swept."""
    db.session.execute(delete(SignInFailure).where(SignInFailure.account == attempt.account_hash))
    db.session.execute(delete(SignInFailure).where(SignInFailure.at < at - timedelta(days=1)))
    newest = select(func.max(SignIn.id)).group_by(SignIn.user_id)  # tells when a person last signed in
    db.session.execute(delete(SignIn).where(SignIn.begun_at < at - timedelta(days=30), SignIn.id.not_in(newest)))
    for sent in (FormPost, KeptText):
        db.session.execute(delete(sent).where(sent.at < at - timedelta(days=1)))
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
    """End a session of one's own on the server, so that its cookie opens nothing any more."""
    session.ended_at = at
    audit.note(session, {"session": session.token_hash[:12]})


@act(Action.REVOKE_SESSION)
def revoke(session: SignIn, user: User, *, at: datetime) -> None:
    """End a session of somebody else."""
    session.ended_at = at
    audit.note(user, {"session": session.token_hash[:12]})
