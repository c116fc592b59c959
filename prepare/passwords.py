"""Passwords: argon2id, never more than two at once, and what a password must be (trust.md P9)."""

from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from prepare.errors import RuleBroken
from prepare.texts import N_

SHORTEST = 12
LONGEST_BYTES = 1024
_hasher = PasswordHasher(time_cost=1, memory_cost=46 * 1024, parallelism=1)
_two_at_once = BoundedSemaphore(2)
#: Compared when there is no such account, so that its absence takes as long as a wrong password.
NO_ACCOUNT = _hasher.hash("there is no such account")


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")


def hashed(password: str) -> str:
    """The hash to keep. Raises RuleBroken if the password is too short or too long."""
    if len(password) < SHORTEST:
        raise RuleBroken(N_("A password has at least %(least)s characters."), field="password", least=SHORTEST)
    if len(_bytes(password)) > LONGEST_BYTES:
        raise RuleBroken(N_("A password has at most %(most)s bytes."), field="password", most=LONGEST_BYTES)
    with _two_at_once:
        return _hasher.hash(_bytes(password))


def matches(password: str, kept: str | None) -> bool:
    """Whether this is the password behind the hash; without a hash the answer takes as long and is no."""
    if len(_bytes(password)) > LONGEST_BYTES:
        return False
    try:
        with _two_at_once:
            return _hasher.verify(kept or NO_ACCOUNT, _bytes(password)) and kept is not None
    except (VerificationError, InvalidHashError):
        return False
