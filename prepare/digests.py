"""The letter that tells a person what waits: plain text, with links, and nothing that is confidential."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from prepare.mail import Letter
from prepare.reminding import Item
from prepare.texts import _, day, ngettext
from prepare.vocabulary import Confidentiality
from prepare.workload import Task, TaskKind

MOST_NAMED = 10  #: of a kind; the page shows the others


@dataclass(frozen=True)
class Addressee:
    """To whom a letter goes, the address of the service, and for whom the person stands in."""

    name: str
    email: str
    base_url: str
    city: str
    stands_in: tuple[str, ...] = ()


def letter(to: Addressee, items: Sequence[Item], *, on: date) -> Letter:
    """The letter that tells these things, in the current language."""
    count = len(items)
    subject = ngettext("%(n)s thing waits for you", "%(n)s things wait for you", count)
    opening = ngettext(
        "This waits for you in %(city)s's continuity management:",
        "These wait for you in %(city)s's continuity management:",
        count,
        city=to.city,
    )
    parts = [_("Good day, %(name)s", name=to.name), opening]
    for kind in TaskKind:
        if tasks := [item.task for item in items if item.task.kind is kind]:
            parts.append(_part(kind, tasks, to.base_url, on))
    if to.stands_in:
        parts.append(_("You stand in for: %(names)s", names=", ".join(to.stands_in)))
    parts.append(_("Everything that waits: %(url)s", url=f"{to.base_url}/"))
    told = _(
        "The same thing is not told again within a week. How often mail comes, you choose here: %(url)s",
        url=f"{to.base_url}/account",
    )
    return Letter(to.name, to.email, f"{to.city}: {subject}", "\n\n".join([*parts, f"-- \n{told}"]) + "\n")


def _part(kind: TaskKind, tasks: Sequence[Task], base_url: str, on: date) -> str:
    lines = [f"{kind.label} ({len(tasks)})"]
    lines += [f"- {told_of(task, on=on)}\n  {base_url}{task.url}" for task in tasks[:MOST_NAMED]]
    if (more := len(tasks) - MOST_NAMED) > 0:
        lines.append(ngettext("- and %(n)s other", "- and %(n)s others", more))
    return "\n".join(lines)


def told_of(task: Task, *, on: date) -> str:
    """What a letter says of a task: mail leaves the house, so of what is confidential only the code."""
    what = ": ".join(words for words in (task.text, task.detail) if words) if _is_open(task) else _code(task)
    if task.due is None:
        return what
    late = task.is_late(on=on)
    when = _("was due on %(day)s", day=day(task.due)) if late else _("due on %(day)s", day=day(task.due))
    return f"{what} ({when})"


def _code(task: Task) -> str:
    return str(getattr(task.about, "code", "") or task.kind.label)


def _is_open(task: Task) -> bool:
    """Whether the words may leave the house: they name no record, or one that is known and not confidential."""
    confidentiality = getattr(task.about, "confidentiality", Confidentiality.CONFIDENTIAL)
    return task.plain or confidentiality is not Confidentiality.CONFIDENTIAL
