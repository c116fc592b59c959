"""What is missing in functions, why it matters, and the address at which it is mended."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from prepare import actor, missing, registration, workload
from prepare.access import Action, may
from prepare.criticality import Impacts
from prepare.db import db
from prepare.entries import FunctionEntry, ResourceEntry
from prepare.insets import gaps_elsewhere
from prepare.models.functions import Function, FunctionRevision, Resource
from prepare.queries import functions as queries
from prepare.registration import Gap, Weight
from prepare.resourcing import of_record
from prepare.stored import from_json
from prepare.texts import _
from prepare.vocabulary import FunctionState, ImpactCategory


@dataclass(frozen=True)
class Missing:
    """One thing that a function lacks; `url` leads to where it is mended, None for those who may not.

    `minutes` is about how long that takes.
    """

    what: str
    why: str
    weight: Weight
    url: str | None = None
    minutes: int = workload.ONE_FIELD

    @property
    def is_must(self) -> bool:
        """Whether a sector is expected to fill it in."""
        return self.weight < Weight.HELPFUL


def may_see() -> bool:
    """Whether the acting person is told what is missing: everybody who reads the registers, but no partner."""
    return may(actor.current(), Action.VIEW_FUNCTION)


def missing_of(
    functions: Sequence[Function], *, revisions: Sequence[FunctionRevision] | None = None, whole: bool = True
) -> dict[int, list[Missing]]:
    """What each of these functions lacks with the changes that wait, the gravest first: id → what is missing.

    `revisions` are the changes that wait, if they have been read already; without `whole` resources are not looked at.
    """
    scope, kept = actor.current().scope, [one for one in functions if one.state is not FunctionState.RETIRED]
    ids = [one.id for one in kept]
    entries, impacts = {one.id: registration.of_record(one) for one in kept}, _impacts(ids)
    waiting = db.session.scalars(queries.pending_of(scope, ids)) if revisions is None else revisions
    for revision in waiting:
        entries[revision.function_id] = from_json(FunctionEntry, revision.entry)
        if revision.impacts is not None:
            changed = {ImpactCategory(one): tuple(steps) for one, steps in revision.impacts.items()}
            impacts[revision.function_id] = changed
    resources: dict[int, list[Resource]] = {one: [] for one in ids}
    for resource in db.session.scalars(queries.resources_of(scope, ids)) if whole else ():
        resources[resource.function_id].append(resource)
    further = gaps_elsewhere(entries)
    return {
        one.id: _of_function(one, entries[one.id], impacts.get(one.id, {}), resources[one.id], further[one.id])
        for one in kept
    }


def _impacts(ids: list[int]) -> dict[int, Impacts]:
    found: dict[int, dict[ImpactCategory, tuple[int, ...]]] = {}
    for row in db.session.scalars(queries.impacts_of(actor.current().scope, ids)):
        found.setdefault(row.function_id, {})[row.category] = row.steps
    return dict(found)


def _of_function(
    function: Function, entry: FunctionEntry, impacts: Impacts, resources: list[Resource], further: list[Gap]
) -> list[Missing]:
    mends = may(actor.current(), Action.EDIT_FUNCTION, function)
    if not function.owner_is_own:
        return _told(function, missing.of_service(entry), mends=mends)
    kept: list[tuple[object, ResourceEntry]] = [(one.ref, of_record(one)) for one in resources]
    gaps = [*missing.of_own(entry, assessed=bool(impacts), resources=kept), *further]  # type: ignore[arg-type]
    return [*_contradictions(function, entry, impacts, mends=mends), *_told(function, gaps, mends=mends)]


def _told(function: Function, gaps: Sequence[Gap], *, mends: bool) -> list[Missing]:
    return [
        Missing(gap.what, gap.why, gap.weight, _address(function, gap) if mends else None, workload.minutes_for(gap))
        for gap in missing.by_weight(gaps)
    ]


def _contradictions(function: Function, entry: FunctionEntry, impacts: Impacts, *, mends: bool) -> list[Missing]:
    """Rules that the data breaks as it stands: nothing is missing there, but something must be mended."""
    found = []
    for rule in registration.contradictions(entry, impacts):
        page = "prepare.assess_impacts" if rule.field and "-" in rule.field else "prepare.edit_function"
        url = url_for(page, ref=function.ref, _anchor=rule.field)
        found.append(Missing(_("A rule is broken"), rule.text(), Weight.REQUIRED, url if mends else None))
    return found


def _address(function: Function, gap: Gap) -> str:
    if gap.by_code:
        return url_for(gap.page, function=function.code, _anchor=gap.field)
    return url_for(gap.page, ref=gap.ref or function.ref, _anchor=gap.field)
