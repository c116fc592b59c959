"""The rules that the pages' forms obey, asked of the rows of a workbook: the same entries, the same words."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from dependencies.entries import needs
from dependencies.entries.needs import AlternativeEntry, NeedEntry
from dependencies.vocabulary import DependencyKind
from exports.filling import works
from exports.filling.rowing import Row, Values
from prepare import guiding, registration, resourcing, stored
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


def function_entry(values: Values) -> FunctionEntry:
    """The entry of a row of functions; what the workbook does not show keeps what the values hold."""
    return stored.from_json(FunctionEntry, works.given(values))


def risk_entry(values: Values) -> RiskEntry:
    """The entry of a row of risks."""
    return stored.from_json(RiskEntry, works.given(values))


def resource_entry(values: Values) -> ResourceEntry:
    """The entry of a row of resources."""
    return stored.from_json(ResourceEntry, works.given(values))


def need_entry(values: Values, held: Iterable[AlternativeEntry] = ()) -> NeedEntry:
    """The entry of a row of needs; `held` are the alternatives as they were: what is particular to them stays."""
    before = {one.supplier: one for one in held}
    kind = DependencyKind(values["kind"])
    told = {name: value for name, value in works.given(values).items() if name in needs.NEED_COLUMNS}
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


def problems(row: Row, values: Values, scale: Scale, on: date) -> list[tuple[str, str, str]]:
    """Every rule that a row of one record breaks on the day `on`: the field, the issue's code, the words."""
    found: Mapping[str, Callable[[], list[RuleBroken]]] = {
        "answers": lambda: guiding.answer_problems(works.answer_entry(values)),
        "functions": lambda: registration.problems(function_entry(values)),
        "measures": lambda: works.measure_problems(values),
        "needs": lambda: needs.problems(need_entry(values), values.get("function") or ""),
        "plans": lambda: works.plan_problems(values, on=on),
        "resources": lambda: resourcing.problems(resource_entry(values)),
        "risks": lambda: treatment.problems(risk_entry(values), scale),
    }
    return [_told(one) for one in found[row.table.key]()]


def removal_faults(table: str, now: Values) -> list[str]:
    """Why the record of a row cannot be taken out of use as it stands now."""
    return [one.text() for one in works.withdrawal_problems(now)] if table == "plans" else []


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
