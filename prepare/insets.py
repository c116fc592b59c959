"""What other packages show on a record's page and on the start page, without this package knowing them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import current_app, render_template, request, url_for
from markupsafe import Markup

from prepare import actor
from prepare.access import Action, may
from prepare.checks import Check, Checked, CheckSource
from prepare.entries import FunctionEntry
from prepare.registration import Gap, GapSource
from prepare.rounds import Step
from prepare.texts import _
from prepare.workload import Task, TaskKind

__all__ = [
    "Inset",
    "Link",
    "MenuItem",
    "StartPage",
    "Task",
    "TaskKind",
    "counted",
    "gaps_elsewhere",
    "insets",
    "menu",
    "steps",
    "tasks_elsewhere",
]


class StartPage:
    """Stands for the start page, so that insets can name it like a record."""


@dataclass(frozen=True)
class Inset:
    """A section of a page: its place, the class of record it belongs to, its template and its facts.

    `facts` is called with the record and gives the template's variables; None leaves the section out.
    """

    place: int
    record: type
    template: str
    facts: Callable[[Any], dict[str, Any] | None]


@dataclass(frozen=True)
class MenuItem:
    """An entry of the main menu: its place, its label and the page it opens, shown to whom `action` is open."""

    place: int
    label: str
    endpoint: str
    action: Action


@dataclass(frozen=True)
class Link:
    """A menu entry as it is drawn."""

    label: str
    url: str
    current: bool


def insets(record: object) -> Iterator[Markup]:
    """The rendered sections that belong to this record, in their order."""
    for inset in current_app.extensions["insets"]:
        if isinstance(record, inset.record):
            facts = inset.facts(record)
            if facts is not None:
                yield Markup(render_template(inset.template, record=record, **facts))  # noqa: S704 - our own templates


def menu() -> list[Link]:
    """The main menu for the acting person."""
    who = actor.current()
    if not who.is_signed_in:
        return []
    items = [item for item in current_app.extensions["menu"] if may(who, item.action)]
    here = _home(request.path)
    urls = [(item, url_for(item.endpoint)) for item in items]
    return [Link(_(item.label), url, _home(url) == here) for item, url in urls]


def _home(path: str) -> str:
    return path.split("/")[1] if "/" in path else ""


def tasks_elsewhere() -> list[Task]:
    """What waits for the acting person in other packages."""
    sources: list[Callable[[], list[Task]]] = current_app.extensions["tasks"]
    return [task for source in sources for task in source()]


def steps() -> list[Step]:
    """The steps of the round that the packages describe, in their order."""
    found: list[Step] = current_app.extensions["steps"]
    return found


def gaps_elsewhere(entries: Mapping[int, FunctionEntry]) -> dict[int, list[Gap]]:
    """What other packages find missing in functions: id → gaps. `entries` are the functions as they stand, by id."""
    sources: list[GapSource] = current_app.extensions["gaps"]
    found: dict[int, list[Gap]] = {one: [] for one in entries}
    for source in sources:
        for one, gaps in source(entries).items():
            found[one] += gaps
    return found


def counted(organisations: Sequence[Any], requirements: Sequence[Any], on: date) -> dict[int, dict[Check, Checked]]:
    """What other packages count for requirements of the guidance: id of the organisation → check → what was counted."""
    wanted = {one.automatic for one in requirements if one.automatic}
    found: dict[int, dict[Check, Checked]] = {one.id: {} for one in organisations}
    sources: list[CheckSource] = current_app.extensions["checks"] if wanted and organisations else []
    for source in sources:
        for one, told in source(actor.current().scope, organisations, wanted, on).items():
            found[one] |= told
    return found
