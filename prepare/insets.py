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
from prepare.models.organisations import Organisation
from prepare.registration import Gap, GapSource
from prepare.rounds import Step
from prepare.texts import N_, _
from prepare.vocabulary import Labelled
from prepare.workload import Task, TaskKind

__all__ = [
    "Inset",
    "Link",
    "MenuGroup",
    "MenuItem",
    "MenuPart",
    "SharedPage",
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
class SharedPage:
    """Stands for the page of what municipalities share, as seen from one of them.

    `home` is that one, None for who works in none; `alone` is whether there is no other one in the installation.
    """

    home: Organisation | None
    alone: bool


@dataclass(frozen=True)
class Inset:
    """A section of a page: its place, the class of record it belongs to, its template and its facts.

    `facts` is called with the record and gives the template's variables; None leaves the section out.
    """

    place: int
    record: type
    template: str
    facts: Callable[[Any], dict[str, Any] | None]


class MenuGroup(Labelled):
    """What the main menu is divided into, in its order."""

    WORK = "work", N_("My work")
    FUNCTIONS = "functions", N_("Functions")
    RISKS = "risks", N_("Risks")
    DISRUPTIONS = "disruptions", N_("Disruptions")
    COOPERATION = "cooperation", N_("Cooperation")
    PLANS = "plans", N_("Plans")
    READINESS = "readiness", N_("Readiness")
    REPORTS = "reports", N_("Reports")
    UPKEEP = "upkeep", N_("Administration")


@dataclass(frozen=True)
class MenuItem:
    """An entry of the main menu: its group and place, its label and the page it opens, for whom `action` is open.

    `under` names further first words of addresses whose pages belong to the entry.
    """

    group: MenuGroup
    place: int
    label: str
    endpoint: str
    action: Action
    under: tuple[str, ...] = ()


@dataclass(frozen=True)
class Link:
    """A menu entry as it is drawn."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class MenuPart:
    """A group of the menu as it is drawn: its label, and the entries that the acting person may open."""

    label: str
    links: tuple[Link, ...]

    @property
    def current(self) -> bool:
        """Whether the page belongs to it."""
        return any(link.current for link in self.links)


def insets(record: object) -> Iterator[Markup]:
    """The rendered sections that belong to this record, in their order."""
    for inset in current_app.extensions["insets"]:
        if isinstance(record, inset.record):
            facts = inset.facts(record)
            if facts is not None:
                yield Markup(render_template(inset.template, record=record, **facts))  # noqa: S704 - our own templates


def menu() -> list[MenuPart]:
    """The main menu for the acting person; a group in which nothing may be opened is left out."""
    who = actor.current()
    if not who.is_signed_in:
        return []
    groups: dict[MenuGroup, list[MenuItem]] = {}
    for item in current_app.extensions["menu"]:
        if may(who, item.action):
            groups.setdefault(item.group, []).append(item)
    return [_part(group, groups[group]) for group in MenuGroup if group in groups]


def _part(group: MenuGroup, items: Sequence[MenuItem]) -> MenuPart:
    """A group of which only one page may be opened is called by that page's name."""
    links = tuple(map(_link, items))
    return MenuPart(group.label if len(links) > 1 else links[0].label, links)


def _link(item: MenuItem) -> Link:
    url, here = url_for(item.endpoint), _home(request.path)
    return Link(_(item.label), url, here == _home(url) or here in item.under)


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
