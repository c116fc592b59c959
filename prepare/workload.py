"""What waits for a person: how it is told, grouped, ordered, counted in minutes and cut to what a page can hold."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from prepare.registration import Gap
from prepare.texts import N_, _, number
from prepare.vocabulary import Labelled


class TaskKind(Labelled):
    """Why something waits for a person, the most pressing first."""

    RETURNED = "returned", N_("Came back to you")
    DECIDE = "decide", N_("Waits for your decision")
    DUE = "due", N_("Has a deadline")
    MISSING = "missing", N_("Still missing")

    @property
    def rank(self) -> int:
        """0 for what presses most."""
        return tuple(TaskKind).index(self)


@dataclass(frozen=True)
class Task:
    """Something that waits for the acting person: what it is, what is to be done, and the page on which to do it.

    `why` tells why it matters, `due` by which day it is to be done, `since` from which day it has waited, `minutes`
    about how long it takes; `said` are the words with which somebody gave it back. `about` is the record: mail names
    it unless it is confidential, and says nothing but the kind of a task that is about no record.
    """

    text: str
    detail: str
    url: str
    kind: TaskKind = TaskKind.MISSING
    why: str = ""
    due: date | None = None
    minutes: int | None = None
    since: date | None = None
    said: str = ""
    about: Any = field(default=None, compare=False)
    plain: bool = False

    def is_late(self, *, on: date) -> bool:
        """Whether the day by which it was to be done has passed."""
        return self.due is not None and self.due < on


@dataclass(frozen=True)
class Group:
    """The tasks of one kind: those that are shown, how many there are in all, and about how long they all take."""

    kind: TaskKind
    tasks: tuple[Task, ...]
    total: int
    minutes: int

    @property
    def hidden(self) -> int:
        """How many are not shown."""
        return self.total - len(self.tasks)


#: In which order the kinds stand: those who decide see first what waits for a decision.
WORKING = tuple(TaskKind)
DECIDING = (TaskKind.DECIDE, TaskKind.RETURNED, TaskKind.DUE, TaskKind.MISSING)
SHOWN = 5  #: of a kind, before the page offers all of them
MOST_SHOWN = 200  #: of the kind of which all are asked for
#: About how many minutes it takes to find out and write down a fact: field, or page on which it is mended.
FIELD_MINUTES: Mapping[str, int] = {
    "capability_basis": 5,
    "criticality": 5,
    "mbco_text": 10,
    "min_staff": 5,
    "mtpd_h": 10,
    "recovery_capability_h": 10,
    "rto_h": 5,
    "workaround": 10,
}
PAGE_MINUTES: Mapping[str, int] = {
    "continuity.add_plan": 60,
    "dependencies.add_need": 30,
    "prepare.add_resource": 15,
    "prepare.assess_impacts": 20,
}
ONE_FIELD = 2  #: minutes for a field that is known without asking anybody
STEP_MINUTES = 5  #: spoken of in steps of five minutes from ten on: nobody knows it better


def minutes_for(gap: Gap) -> int:
    """About how many minutes it takes to mend the gap."""
    if gap.field is None:
        return PAGE_MINUTES.get(gap.page, ONE_FIELD)
    return FIELD_MINUTES.get(gap.field, ONE_FIELD)


def grouped(
    tasks: Iterable[Task], *, kinds: Sequence[TaskKind] = WORKING, whole: TaskKind | None = None
) -> list[Group]:
    """The tasks by kind in the order of `kinds`, each once; of the kind `whole` all are shown, of others the first.

    Within a kind what has a day comes first, the earliest before the later ones; the rest stays as it was given.
    """
    of_kind: dict[TaskKind, dict[tuple[str, str], Task]] = {kind: {} for kind in kinds}
    for task in tasks:
        of_kind[task.kind].setdefault((task.url, task.text), task)
    return [_group(kind, list(found.values()), whole=kind is whole) for kind, found in of_kind.items() if found]


def _group(kind: TaskKind, tasks: list[Task], *, whole: bool) -> Group:
    tasks.sort(key=_day)
    most = MOST_SHOWN if whole else SHOWN
    shown = tasks if len(tasks) == SHOWN + 1 else tasks[:most]  # a line that offers one more would be as long
    return Group(kind, tuple(shown), len(tasks), total_minutes(tasks))


def _day(task: Task) -> tuple[bool, date]:
    day = task.due or task.since
    return day is None, day or date.max


def total_minutes(tasks: Collection[Task]) -> int:
    """About how many minutes the tasks take together, as far as that is known."""
    return sum(task.minutes or 0 for task in tasks)


def in_words(minutes: int) -> str:
    """A length of work as people say it: "10 min", "2 h 40 min"; from ten minutes on in steps of five."""
    if minutes >= 2 * STEP_MINUTES:
        minutes = -(-minutes // STEP_MINUTES) * STEP_MINUTES
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(count)s min", count=number(rest))
    if not rest:
        return _("%(count)s h", count=number(hours))
    return _("%(h)s h %(min)s min", h=number(hours), min=number(rest))
