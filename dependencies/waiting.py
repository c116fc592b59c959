"""How long somebody waits for an answer: progress of long work, its end on demand, and a limit of time.

Long work calls `step` now and then. Whoever waits may listen, and may raise to stop the work there.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeAlias

from prepare.clock import elapsed_s
from prepare.errors import RuleBroken
from prepare.texts import N_

Progress: TypeAlias = Callable[[int, int], None]  #: told how many parts of the work are done, and of how many

_listening: ContextVar[tuple[Progress, ...]] = ContextVar("listening", default=())


class TooLong(RuleBroken):
    """The answer takes longer than somebody is willing to wait."""


@contextmanager
def listening(progress: Progress) -> Iterator[None]:
    """Tell `progress` how far the work in the block has come; what it raises ends the work."""
    token = _listening.set((*_listening.get(), progress))
    try:
        yield
    finally:
        _listening.reset(token)


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Let the work in the block last so long. Raises TooLong at its next step after that."""
    ends = elapsed_s() + seconds

    def look(_done: int, _total: int) -> None:
        if elapsed_s() > ends:
            raise TooLong(N_("The computation takes more than %(seconds)s seconds."), seconds=round(seconds))

    with listening(look):
        yield


def step(done: int, total: int) -> None:
    """Tell whoever listens that `done` of `total` parts of the work are done."""
    for progress in _listening.get():
        progress(done, total)
