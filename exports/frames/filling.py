"""The rows that the fill-in workbook hands out, as the register holds them now and as their reader sees them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import joinedload, selectinload

from dependencies import queries as need_queries
from dependencies.entries.needs import NEED_COLUMNS
from dependencies.models.needs import Dependency, Need
from exports.filling.checks import OF
from exports.filling.rowing import Rows, Values
from exports.filling.values import Lists, provisional_code
from prepare import registration, resourcing, stored
from prepare.actor import EVERYTHING, Scope, top
from prepare.criticality import BANDS
from prepare.db import db
from prepare.models.functions import Function, FunctionRevision, Resource
from prepare.models.organisations import Organisation
from prepare.queries import functions, organisations
from prepare.queries.scopes import below
from prepare.texts import name_of
from prepare.vocabulary import CodeList, ImpactCategory
from risks.entries.risks import RiskEntry
from risks.entries.risks import of_record as risk_of
from risks.models import scales
from risks.models.risks import Risk
from risks.queries import risks


@dataclass
class Held:
    """What an organisation's registers hold: values by table and key, and the records behind them."""

    rows: dict[str, dict[str, Values]] = field(default_factory=dict)
    records: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def function_codes(self) -> dict[str, str]:
        """Code of each function → its name."""
        return {one.code: name_of(one) for one in self.records["functions"].values()}


def held(scope: Scope, organisation: Organisation) -> Held:
    """The rows of an organisation and everything below it that the scope reads."""
    own = scope.below(organisation.path)
    found = Held()
    every = db.session.scalars(functions.functions(own).order_by(Function.code)).all()
    by_id = {one.id: one for one in every}
    waiting = {one.function_id: one for one in db.session.scalars(functions.pending_of(own, by_id))}
    _keep(found, "functions", every, lambda one: _function(one, waiting.get(one.id)))
    _keep_impacts(found, own, by_id, waiting)
    needs = db.session.scalars(need_queries.needs(own).options(_interfaces())).unique().all()
    _keep(found, "needs", needs, lambda one: _need(one, scope))
    resources = db.session.scalars(functions.resources_of(own, by_id)).all()
    _keep(found, "resources", resources, _resource)
    rows = risks.risks(own).options(selectinload(Risk.functions), joinedload(Risk.scenario)).order_by(Risk.code)
    readable = set(found.function_codes)
    _keep(found, "risks", db.session.scalars(rows).unique().all(), lambda one: _risk(one, readable))
    return found


def _interfaces() -> Any:
    return selectinload(Need.alternatives).joinedload(Dependency.interface)


def _keep(found: Held, table: str, records: Iterable[Any], values_of: Any) -> None:
    found.records[table] = {str(one.ref): one for one in records}
    found.rows[table] = {key: values_of(one) for key, one in found.records[table].items()}


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


def lists_of(scope: Scope, organisation: Organisation, found: Held, spare: Iterable[str], kept: Rows) -> Lists:
    """What the workbook's fields are chosen from, in the language in use.

    `spare` are the provisional keys of functions; `kept` are rows of needs whose suppliers stay in the list even when
    they are out of use.
    """
    own = found.function_codes | {provisional_code(key): "" for key in spare}
    every = functions.directory(scope)
    if scope == EVERYTHING:
        every = every.where(below(top(organisation.path)))
    named = {one.code: name_of(one) for one in db.session.scalars(every)}
    lost = {code: code for values in kept.values() for code in values.get("suppliers") or () if code not in named}
    scale = scales.in_force()
    return Lists(
        {
            "own": own,
            "every": lost | dict(sorted(named.items())) | {provisional_code(key): "" for key in spare},
            "vital": _codes(CodeList.VITAL_FUNCTION),
            "threat": _codes(CodeList.THREAT),
            "band": {band.code: band.label for band in BANDS},
            "likelihood": {str(step): scale.likelihoods[step - 1].label for step in scale.likelihood_steps},
            "impact": {str(step): scale.impacts[step - 1].label for step in scale.impact_steps},
        }
    )


def _codes(kind: CodeList) -> dict[str, str]:
    return {item.code: name_of(item) for item in db.session.scalars(organisations.codes(kind))}
