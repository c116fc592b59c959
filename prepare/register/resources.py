"""Every change to what functions need of staff, premises, systems and stocks.

A resource is a record of its own with a version of its own: a change takes effect at once, also when its function
has been confirmed, and stands in the trail. What waits for confirmation (domain.md 2.4) is what others plan by: the
function's class, times and impacts. Rosters, vehicles and stocks change with the week, nobody else's figures rest on
them, and a register that showed last month's stock until somebody confirmed it would mislead in a disruption.
"""

from dataclasses import fields

from sqlalchemy import select

from prepare.access import Action, act
from prepare.db import db
from prepare.entries import ResourceEntry
from prepare.errors import RuleBroken, refuse_if
from prepare.merging import Seen, refuse_stale
from prepare.models.functions import Function, Resource
from prepare.resourcing import of_record, problems
from prepare.texts import N_
from prepare.vocabulary import FunctionState


@act(Action.ADD_RESOURCE)
def add(function: Function, entry: ResourceEntry) -> Resource:
    """Say what a function needs. Raises RuleBroken with every rule that the entry breaks."""
    _refuse_retired(function)
    refuse_if(problems(entry, others=_names(function)))
    resource = Resource(function=function)
    _fill(resource, entry)
    db.session.add(resource)
    db.session.flush()
    return resource


@act(Action.EDIT_RESOURCE)
def edit(resource: Resource, entry: ResourceEntry, *, seen: Seen[ResourceEntry] | None) -> None:
    """Change a resource. `seen` is what the person edited.

    Raises StaleEntry if the resource has changed since, and RuleBroken with every rule that the entry breaks.
    """
    _refuse_retired(resource.function)
    if resource.retired:
        raise RuleBroken(N_("The resource has been removed."))
    refuse_stale(seen, seen_now(resource))
    refuse_if(problems(entry, others=_names(resource.function, but=resource)))
    _fill(resource, entry)
    db.session.flush()


@act(Action.RETIRE_RESOURCE)
def retire(resource: Resource) -> None:
    """Take a resource off the function's list; it stays readable in the trail."""
    _refuse_retired(resource.function)
    if resource.retired:
        raise RuleBroken(N_("The resource has been removed."))
    resource.retired = True
    db.session.flush()


def seen_now(resource: Resource) -> Seen[ResourceEntry]:
    """What a person sees who edits the resource now."""
    return Seen(of_record(resource), ("retired",) if resource.retired else ())


def _fill(resource: Resource, entry: ResourceEntry) -> None:
    for field in fields(entry):
        setattr(resource, field.name, getattr(entry, field.name))


def _names(function: Function, *, but: Resource | None = None) -> list[str]:
    """The names of the function's resources in use."""
    rows = select(Resource.name).where(Resource.function_id == function.id, Resource.retired.is_(False))
    return list(db.session.scalars(rows.where(Resource.id != but.id) if but else rows))


def _refuse_retired(function: Function) -> None:
    if function.state is FunctionState.RETIRED:
        raise RuleBroken(N_("A retired function cannot be changed."))
