"""Jobs: work that is done beside the pages, told by name, with progress and an end on demand.

A package lists its kinds as `JOBS` beside its blueprint, and the roof offers them here. Whoever wants one done names
it (`prepare.register.jobs.enqueue`), so that an approval may ask for what only a package to the right can do.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeAlias

from prepare.actions import Action
from prepare.errors import PrepareError, RuleBroken
from prepare.files import FileEntry
from prepare.texts import N_
from prepare.vocabulary import Labelled

MOST_ATTEMPTS = 3  #: a job that was interrupted so often is given up
MOST_HEAVY = 2  #: heavy jobs of one person at a time
LEASE = timedelta(seconds=30)  #: after that a job whose worker is silent goes back to the queue
#: After that a worker that is silent is taken to be gone.
SILENT = timedelta(seconds=45)
LONGEST_TEXT = 300


class JobState(Labelled):
    """How far a job is."""

    QUEUED = "queued", N_("Waits for its turn")
    RUNNING = "running", N_("Being done")
    DONE = "done", N_("Done")
    FAILED = "failed", N_("Failed")
    CANCELLED = "cancelled", N_("Called off")

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens to it."""
        return self not in UNFINISHED


UNFINISHED = frozenset({JobState.QUEUED, JobState.RUNNING})


class Progress(Protocol):
    """What a job in hand tells, and how it writes."""

    ref: str  #: the job's
    organisation_id: int | None  #: for which it is done; None: the whole installation

    def step(self, done: int, of: int, text: str = "") -> None:
        """Tell how far it has come, at most every second or so. Raises Cancelled when nobody wants it any more.

        It is told at once and leaves what is being read as it is; inside `writing` it tells nothing.
        """

    def writing(self) -> AbstractContextManager[None]:
        """A transaction for a part of the result that shall stay whatever becomes of the rest.

        A job that was interrupted is done again from its beginning: it looks first which parts stand already.
        """


@dataclass(frozen=True, kw_only=True)
class Done:
    """What a job has come to.

    `write` runs in the transaction that ends the job, with the kept file if there is one: the result stands and the
    job is done, or neither. What it returns, if anything, is the address of the page of the result.
    """

    text: str = ""  #: a sentence for whoever asked
    url: str = ""  #: page of the result
    file: FileEntry | None = None  #: kept, and offered on the job's page
    write: Callable[[Any], str | None] | None = None


Run: TypeAlias = Callable[[Mapping[str, Any], Progress], Done]


@dataclass(frozen=True)
class JobKind:
    """Something that can be done as a job.

    `run` is called with the job's parameters, in the language of whoever asked. Whoever asked acts, with the roles
    held when the job begins, and must then be allowed `action` over the organisation of the job. With `by_system`
    the system acts instead, for what is made for others than who asked; `run` then answers for the scope.
    """

    name: str  #: noun:verb, as an action
    label: str
    run: Run
    action: Action
    is_heavy: bool = True
    by_system: bool = False
    by_schedule: bool = False  #: a schedule may ask for it: its parameters are those of `Recurring`
    memory_mb: int = 1500  #: that it may take beside what every worker takes
    cpu_s: int = 900


@dataclass(frozen=True, kw_only=True)
class Recurring:
    """The parameters of a kind that a schedule may ask for, and that a page asks for alike."""

    organisation: str  #: code
    languages: tuple[str, ...]
    variant: str  #: a class of confidentiality
    purpose: str
    recipients: str = ""
    all_below: bool = True  #: everything below the organisation too

    def params(self) -> dict[str, Any]:
        """As a job keeps them."""
        return {**vars(self), "languages": list(self.languages)}

    @classmethod
    def of(cls, params: Mapping[str, Any]) -> "Recurring":
        """As a job gives them."""
        return cls(**{**params, "languages": tuple(params["languages"])})


class Cancelled(PrepareError):
    """Nobody wants the job any more."""


class Lost(PrepareError):
    """Another worker does the job now; whatever this one has not written is thrown away."""


class UnknownJob(PrepareError):
    """There is no such kind of job."""


class TooManyJobs(RuleBroken):
    """Somebody has asked for more than can be done at a time."""


@dataclass
class _Offered:
    kinds: dict[str, JobKind] = field(default_factory=dict)


_offered = _Offered()


def offer(kinds: Iterable[JobKind]) -> None:
    """Let these kinds of jobs be asked for, and no others."""
    _offered.kinds = {kind.name: kind for kind in kinds}


def kind(name: str) -> JobKind:
    """The kind of this name. Raises UnknownJob."""
    if found := _offered.kinds.get(name):
        return found
    raise UnknownJob(N_("There is no kind of job called %(name)s."), name=name)


def scheduled() -> list[JobKind]:
    """The kinds that a schedule may ask for."""
    return [kind for kind in _offered.kinds.values() if kind.by_schedule]


def label_of(name: str) -> str:
    """What a kind is called, as a message; one that is no longer offered goes by its name."""
    found = _offered.kinds.get(name)
    return found.label if found else name


def is_silent(seen_at: datetime | None, *, at: datetime) -> bool:
    """Whether a worker that was last seen then is taken to be gone."""
    return seen_at is None or at - seen_at > SILENT


def next_state(attempts: int) -> JobState:
    """What becomes of a job that was interrupted: it is tried again, but not for ever."""
    return JobState.QUEUED if attempts < MOST_ATTEMPTS else JobState.FAILED


def percent(done: int, of: int) -> int | None:
    """How much of the work is done; None when nobody knows how much there is."""
    return min(100, done * 100 // of) if of > 0 else None


def refuse_more(unfinished: int) -> None:
    """Raise TooManyJobs when somebody with so many unfinished heavy jobs asks for another."""
    if unfinished >= MOST_HEAVY:
        message = N_("You have %(n)s large jobs under way. Wait until one is done or call one off, then try again.")
        raise TooManyJobs(message, n=unfinished)
