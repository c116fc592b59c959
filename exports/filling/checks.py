"""The rules that the pages' forms obey, asked of the rows of a workbook: the same entries, the same words."""

from collections.abc import Iterable, Mapping
from typing import Any

from dependencies.entries import needs
from dependencies.entries.needs import AlternativeEntry, NeedEntry
from dependencies.vocabulary import DependencyKind
from exports.filling.rowing import Row, Values
from prepare import registration, resourcing, stored
from prepare.criticality import BANDS, impact_problems
from prepare.entries import FunctionEntry, ResourceEntry
from prepare.errors import RuleBroken
from prepare.vocabulary import ImpactCategory
from risks import treatment
from risks.entries.risks import RiskEntry
from risks.matrix import Scale

#: Between a function's key and the category in the key of a row of impacts.
OF = ":"
#: Rules that a code of their own tells: (field, how its message begins) → code.
CODES = {"rto_h": "RTO_GT_MTPD"}


def _given(values: Values) -> Values:
    """The values that there are; what is missing is what the entry's class says of it."""
    return {name: value for name, value in values.items() if value is not None}


def function_entry(values: Values) -> FunctionEntry:
    """The entry of a row of functions; what the workbook does not show keeps what the values hold."""
    return stored.from_json(FunctionEntry, _given(values))


def risk_entry(values: Values) -> RiskEntry:
    """The entry of a row of risks."""
    return stored.from_json(RiskEntry, _given(values))


def resource_entry(values: Values) -> ResourceEntry:
    """The entry of a row of resources."""
    return stored.from_json(ResourceEntry, _given(values))


def need_entry(values: Values, held: Iterable[AlternativeEntry] = ()) -> NeedEntry:
    """The entry of a row of needs; `held` are the alternatives as they were: what is particular to them stays."""
    before = {one.supplier: one for one in held}
    kind = DependencyKind(values["kind"])
    told = {name: value for name, value in _given(values).items() if name in needs.NEED_COLUMNS}
    entry = stored.from_json(NeedEntry, told)
    changed = kind is not next((one.kind for one in before.values()), None)
    chosen = []
    for code in values.get("suppliers") or ():
        one = before.get(code) or AlternativeEntry(supplier=code, kind=kind)
        chosen.append(AlternativeEntry(**{**vars(one), "kind": kind}) if changed else one)
    return NeedEntry(**{**vars(entry), "alternatives": tuple(chosen)})


def steps_of(rows: Mapping[str, Values]) -> dict[ImpactCategory, tuple[int, ...]]:
    """The impact grid of a function's rows: category → seven steps; a category without any is left out."""
    grid = {}
    for category, values in rows.items():
        steps = tuple(int(values.get(band.code) or 0) for band in BANDS)
        if any(steps):
            grid[ImpactCategory(category)] = steps
    return grid


def problems(row: Row, values: Values, scale: Scale) -> list[tuple[str, str, str]]:
    """Every rule that a row of one record breaks: the field, the issue's code, the words."""
    found = {"functions": _of_function, "needs": _of_need, "resources": _of_resource}
    if row.table.key == "risks":
        return [_told(one) for one in treatment.problems(risk_entry(values), scale)]
    return [_told(one) for one in found[row.table.key](values)]


def _of_function(values: Values) -> list[RuleBroken]:
    return registration.problems(function_entry(values))


def _of_need(values: Values) -> list[RuleBroken]:
    return needs.problems(need_entry(values), values.get("function") or "")


def _of_resource(values: Values) -> list[RuleBroken]:
    return resourcing.problems(resource_entry(values))


def impact_faults(rows: Mapping[str, Values]) -> list[tuple[str, str, str]]:
    """Every rule that a function's impact grid breaks: category and band as LIFE-T3, the issue's code, the words."""
    return [_told(one) for one in impact_problems(steps_of(rows))]


def _told(broken: RuleBroken) -> tuple[str, str, str]:
    name = broken.field or ""
    return name, CODES.get(name, "RULE_BROKEN"), broken.text()


def same_name(row: Row, values: Values) -> str:
    """What the page says of a second need or resource of one name of a function."""
    names = [values.get("name") or ""]
    if row.table.key == "needs":
        found = needs.problems(need_entry(values), values.get("function") or "", others=names)
    else:
        found = resourcing.problems(resource_entry(values), others=names)
    return next(one.text() for one in found if one.field == "name")


def twice(rows: Iterable[tuple[str, Values]]) -> list[str]:
    """Keys of rows whose function has another row of the same name before it."""
    seen: set[tuple[Any, str]] = set()
    found = []
    for key, values in rows:
        named = (values.get("function"), (values.get("name") or "").casefold())
        if named in seen:
            found.append(key)
        seen.add(named)
    return found
