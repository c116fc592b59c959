"""Every change to what a version holds beside its texts: strategies, action cards, level tasks and documents.

They are changed alike: only while their version is open, and what is taken away stays in the trail.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from continuity import carding
from continuity.carding import Part
from continuity.entries import contents as entries
from continuity.entries.contents import CardEntry, CardTaskEntry, DocumentEntry, LevelTaskEntry, StrategyEntry
from continuity.models.contents import ActionCard, CardTask, DocumentRef, LevelTask, Strategy
from continuity.models.plans import Plan, PlanVersion
from continuity.register import plans, sections
from prepare import actor, audit
from prepare.access import Action, act
from prepare.db import db
from prepare.errors import RuleBroken, refuse_if
from prepare.merging import Seen, refuse_stale
from prepare.models.functions import Function, Resource
from prepare.queries import functions as function_queries
from prepare.texts import N_
from risks.register import links

Record = Strategy | ActionCard | LevelTask | DocumentRef
#: What is entered → the record that holds it, and how the record is told as an entry.
HELD: dict[type[Part], type[Record]] = {
    StrategyEntry: Strategy,
    CardEntry: ActionCard,
    LevelTaskEntry: LevelTask,
    DocumentEntry: DocumentRef,
}
TOLD: dict[type[Any], Callable[[Any], Any]] = {
    Strategy: entries.of_strategy,
    ActionCard: entries.of_card,
    LevelTask: entries.of_level_task,
    DocumentRef: entries.of_document,
}
COLUMNS: dict[type[Any], tuple[str, ...]] = {
    Strategy: entries.STRATEGY_COLUMNS,
    ActionCard: entries.CARD_COLUMNS,
    LevelTask: entries.LEVEL_COLUMNS,
    DocumentRef: entries.DOCUMENT_COLUMNS,
}


@act(Action.ADD_PLANPART)
def add(plan: Plan, entry: Part, *, at: datetime) -> Record:
    """Give the version that is being prepared a strategy, a card, a level task or a document.

    Raises RuleBroken when no version is open, and with every rule that the entry breaks.
    """
    version = sections.open_version(plan)
    refuse_if(carding.problems(entry))
    part = HELD[type(entry)](plan_version=version)
    if isinstance(part, ActionCard):
        part.place, part.tasks = _next_place(version), []
    _fill(part, entry)
    plans.sign(version, at=at)
    return part


@act(Action.EDIT_PLANPART)
def edit(part: Record, entry: Part, *, seen: Seen[Part] | None, at: datetime) -> Record:
    """Change a part of the version that is being prepared. `seen` is what the person edited.

    Raises StaleEntry if it has changed since, and RuleBroken as `add` does or when it has been taken away.
    """
    _refuse_frozen(part)
    refuse_stale(seen, seen_now(part))
    refuse_if(carding.problems(entry))
    _fill(part, entry)
    plans.sign(part.plan_version, at=at)
    return part


@act(Action.RETIRE_PLANPART)
def retire(part: Record, *, at: datetime) -> None:
    """Take a part away from the version that is being prepared; it stays readable in the trail."""
    _refuse_frozen(part)
    part.retired = True
    plans.sign(part.plan_version, at=at)
    db.session.flush()


def seen_now(part: Record) -> Seen[Part]:
    """What a person sees who edits the part now, without what the person may not read."""
    who, entry = actor.current(), TOLD[type(part)](part)
    if isinstance(part, Strategy):
        entry = replace(entry, resources=tuple(one.code for one in part.resources if actor.readable(who, one)))
    if isinstance(part, ActionCard) and part.function and not actor.readable(who, part.function):
        entry = replace(entry, function=None)
    retired = ("retired",) if part.retired else ()
    return Seen(entry, (part.plan_version.state.value, *retired))


def _refuse_frozen(part: Record) -> None:
    version = sections.open_version(part.plan_version.plan)
    if version is not part.plan_version:
        raise RuleBroken(N_("The approved version is frozen. Begin a new version to change the plan."))
    if part.retired:
        raise RuleBroken(N_("It has been taken away from the plan."))


def _next_place(version: PlanVersion) -> int:
    places = db.session.scalars(select(ActionCard.place).where(ActionCard.plan_version_id == version.id))
    return 1 + max(places, default=0)


def _fill(part: Any, entry: Any) -> None:
    for name in COLUMNS[type(part)]:
        setattr(part, name, getattr(entry, name))
    if isinstance(part, ActionCard):
        _set_function(part, entry.function)
    db.session.add(part)
    db.session.flush()
    if isinstance(part, ActionCard):
        _set_tasks(part, entry.tasks)
    if isinstance(part, Strategy):
        _set_resources(part, entry.resources)


def _set_function(card: ActionCard, code: str | None) -> None:
    """The card's function; one that the acting person may not read stays as it is."""
    who = actor.current()
    if code is None and card.function and not actor.readable(who, card.function):
        return
    rows = function_queries.functions(who.scope).where(Function.code == code)
    found = db.session.scalars(rows).first() if code else None
    if code and found is None:
        raise RuleBroken(N_("There is no such function: %(codes)s."), field="function", codes=code)
    card.function = found


def _set_tasks(card: ActionCard, tasks: Sequence[CardTaskEntry]) -> None:
    before = tuple(entries.of_task(task) for task in card.tasks)
    if before == tuple(tasks):
        return
    card.tasks = [
        CardTask(place=place, what=one.what, who=one.who, within_min=one.within_min)
        for place, one in enumerate(tasks, start=1)
    ]
    db.session.flush()
    audit.note(card, {"tasks": [[_told(one) for one in before], [_told(one) for one in tasks]]})


def _told(task: CardTaskEntry) -> str:
    within = None if task.within_min is None else f"{task.within_min} min"
    return " · ".join(filter(None, [within, task.who, task.what]))


def _set_resources(strategy: Strategy, codes: Sequence[str]) -> None:
    """The resources that the strategy uses, of the plan's functions; hidden ones stay as they are."""
    who = actor.current()
    own = [function.id for function in strategy.plan_version.plan.functions if actor.readable(who, function)]
    in_use = Resource.function_id.in_(own) & Resource.retired.is_(False)
    rows = select(Resource).where(in_use | Resource.id.in_([one.id for one in strategy.resources]))
    chosen = links.named_by(rows, codes, "resources")
    links.relink(strategy, "resources", chosen, hidden=lambda one: not actor.readable(who, one))
