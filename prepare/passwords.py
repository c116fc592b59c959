"""Passwords: argon2id, never more than two at once, and what a password must be (trust.md P9)."""

from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from prepare.errors import RuleBroken
from prepare.texts import N_

SHORTEST = 12
LONGEST_BYTES = 1024
_hasher = PasswordHasher(time_cost=1, memory_cost=46 * 1024, parallelism=1)
_two_at_once = BoundedSemaphore(2)
#: Compared when there is no such account, so that its absence takes as long as a wrong password.
NO_ACCOUNT = _hasher.hash("there is no such account")


def hashed(password: str) -> str:
    """The hash to keep. Raises RuleBroken if the password is too short or too long."""
    if len(password) < SHORTEST:
        raise RuleBroken(N_("A password has at least %(least)s characters."), field="password", least=SHORTEST)
    if len(password.encode("utf-8", "replace")) > LONGEST_BYTES:
        raise RuleBroken(N_("A password has at most %(most)s bytes."), field="password", most=LONGEST_BYTES)
    with _two_at_once:
        return _hasher.hash(password)


def matches(password: str, kept: str | None) -> bool:
    """Whether this is the password behind the hash; without a hash the answer takes as long and is no."""
    if len(password.encode("utf-8", "replace")) > LONGEST_BYTES:
        return False
    try:
        with _two_at_once:
            return _hasher.verify(kept or NO_ACCOUNT, password) and kept is not None
    except (VerifyMismatchError, InvalidHashError):
        return False
