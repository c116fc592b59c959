"""The rows that the fill-in workbook hands out, as the register holds them now and as their reader sees them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import joinedload, selectinload

from dependencies import queries as need_queries
from dependencies.entries.needs import NEED_COLUMNS
from dependencies.models.needs import Dependency, Need
from exports.filling.checks import OF
from exports.filling.rowing import Values
from exports.frames import answering, working
from exports.frames.held import Held, keep
from prepare import registration, resourcing, stored
from prepare.actor import Scope
from prepare.criticality import BANDS
from prepare.db import db
from prepare.models.functions import Function, FunctionRevision, Resource
from prepare.models.organisations import Organisation
from prepare.queries import functions
from prepare.vocabulary import ImpactCategory
from risks.entries.risks import RiskEntry
from risks.entries.risks import of_record as risk_of
from risks.models.risks import Risk
from risks.queries import risks


def held(scope: Scope, organisation: Organisation, on: date) -> Held:
    """The rows of an organisation and everything below it that the scope reads, as they stand on the day `on`."""
    own = scope.below(organisation.path)
    found = Held()
    every = db.session.scalars(functions.functions(own).order_by(Function.code)).all()
    by_id = {one.id: one for one in every}
    waiting = {one.function_id: one for one in db.session.scalars(functions.pending_of(own, by_id))}
    keep(found, "functions", every, lambda one: _function(one, waiting.get(one.id)))
    _keep_impacts(found, own, by_id, waiting)
    needs = db.session.scalars(need_queries.needs(own).options(_interfaces())).unique().all()
    keep(found, "needs", needs, lambda one: _need(one, scope))
    resources = db.session.scalars(functions.resources_of(own, by_id)).all()
    keep(found, "resources", resources, _resource)
    rows = risks.risks(own).options(selectinload(Risk.functions), joinedload(Risk.scenario)).order_by(Risk.code)
    readable = set(found.function_codes)
    keep(found, "risks", db.session.scalars(rows).unique().all(), lambda one: _risk(one, readable))
    working.keep_measures(found, scope, own)
    working.keep_plans(found, own, readable)
    answering.keep_answers(found, scope, organisation, on)
    return found


def _interfaces() -> Any:
    return selectinload(Need.alternatives).joinedload(Dependency.interface)


def _function(one: Function, waiting: FunctionRevision | None) -> Values:
    """A function with the change to it that waits, as its page's form shows it."""
    entry = dict(waiting.entry) if waiting else stored.as_json(registration.of_record(one))
    return {**entry, "code": one.code}


def _need(one: Need, scope: Scope) -> Values:
    values = {name: _plain(getattr(one, name)) for name in NEED_COLUMNS}
    seen = [a for a in one.in_force if scope.names(a.supplier.id, a.supplier.owner_path, a.supplier.confidentiality)]
    suppliers = sorted(a.supplier.code for a in seen)
    kinds = {a.supplier.code: a.kind.value for a in seen}
    first = kinds[suppliers[0]] if suppliers else None
    return {**values, "function": one.consumer.code, "suppliers": suppliers, "kind": first}


def _plain(value: Any) -> Any:
    return getattr(value, "value", value)


def _resource(one: Resource) -> Values:
    return {**stored.as_json(resourcing.of_record(one)), "function": one.function.code}


def _risk(one: Risk, readable: set[str]) -> Values:
    entry: RiskEntry = risk_of(one)
    values = stored.as_json(entry)
    return {**values, "code": one.code, "functions": sorted(code for code in values["functions"] if code in readable)}


def _keep_impacts(
    found: Held, scope: Scope, by_id: Mapping[int, Function], waiting: Mapping[int, FunctionRevision]
) -> None:
    """A row for each function and category, empty where nothing has been assessed."""
    steps = {
        (row.function_id, row.category): (row.steps, row.note)
        for row in db.session.scalars(functions.impacts_of(scope, by_id))
    }
    for number, revision in waiting.items():
        if revision.impacts is not None:
            notes = revision.impact_notes or {}
            for category in ImpactCategory:
                told = revision.impacts.get(category.value)
                steps[number, category] = (tuple(told) if told else (), notes.get(category.value))
    rows: dict[str, Values] = {}
    for number, function in by_id.items():
        for category in ImpactCategory:
            given, note = steps.get((number, category), ((), None))
            values: Values = {band.code: None for band in BANDS}
            values |= {band.code: step or None for band, step in zip(BANDS, given, strict=False)}
            rows[f"{function.ref}{OF}{category.value}"] = {**values, "note": note, "code": function.code}
    found.rows["impacts"], found.records["impacts"] = rows, {str(one.ref): one for one in by_id.values()}
