"""Reminders: of what a person is told by mail, and when again. A digest, not a flood."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from prepare.vocabulary import Pace
from prepare.workload import Task, TaskKind

REPEATED_AFTER_DAYS = 7
SOON_DAYS = 30  #: what is due later is not yet told


class Gravity(IntEnum):
    """How much a thing presses."""

    SOON = 1  #: it has a day, which has not come
    LATE = 2  #: its day has passed
    URGENT = 3  #: it came back, or somebody waits for a decision


@dataclass(frozen=True)
class Item:
    """Something of which a person may be told: under which key it is remembered, and how much it presses."""

    key: str
    gravity: Gravity
    task: Task


@dataclass(frozen=True)
class Told:
    """When a person was last told of a thing, and how much it pressed then."""

    on: date
    gravity: int


def item_of(task: Task, *, on: date) -> Item | None:
    """The task as something to be told of; None when it can wait until the person looks."""
    if task.kind is TaskKind.MISSING or (task.due and (task.due - on).days > SOON_DAYS):
        return None
    if task.kind in (TaskKind.RETURNED, TaskKind.DECIDE):
        gravity = Gravity.URGENT
    else:
        gravity = Gravity.LATE if task.is_late(on=on) or task.due is None else Gravity.SOON
    return Item(f"{task.kind.value} {task.url.partition('#')[0]}"[:200], gravity, task)


def to_tell(items: Collection[Item], told: Mapping[str, Told], *, pace: Pace, on: date) -> list[Item]:
    """The things of which a person is told today; none when nothing is new, or it is too early.

    `told` is what the person has been told before, by key. A thing is told again after seven days, or as soon as it
    presses more. At most one mail leaves in a day. Weekly: what is urgent leaves at once, the rest with the digest,
    which leaves when seven days have passed since something that is not urgent was told.
    """
    if pace is Pace.NONE or any(one.on >= on for one in told.values()):
        return []
    fresh = [item for item in items if _is_fresh(item, told.get(item.key), on=on)]
    calm = [one.on for one in told.values() if one.gravity < Gravity.URGENT]
    if pace is Pace.DAILY or not calm or (on - max(calm)).days >= REPEATED_AFTER_DAYS:
        return fresh
    return [item for item in fresh if item.gravity is Gravity.URGENT]


def _is_fresh(item: Item, before: Told | None, *, on: date) -> bool:
    if before is None or item.gravity > before.gravity:
        return True
    return (on - before.on).days >= REPEATED_AFTER_DAYS


@dataclass(frozen=True)
class Post:
    """An organisation's contact and deputy, by their accounts, and whether the contact is away."""

    contact: int
    deputy: int | None
    is_away: bool


def is_told(user_id: int, task: Task, posts: Mapping[str, Post]) -> bool:
    """Whether mail tells this person of the task; `posts` are the organisations with a contact, by their paths.

    Everybody is told of what waits for a decision. Of the rest the deputy of the organisation that keeps the record is
    told only while its contact is away: otherwise both would get every letter.
    """
    path = str(getattr(task.about, "owner_path", ""))
    if task.kind is TaskKind.DECIDE:
        return True
    above = [held for held in posts if path.startswith(held)]
    if not above:
        return True
    post = posts[max(above, key=len)]
    return user_id != post.deputy or post.is_away
