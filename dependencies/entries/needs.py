"""What people enter about needs, as values: the same from a page, a workbook or a command."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from dependencies.vocabulary import DependencyKind, Handling, Strength, ToleranceBasis
from prepare.errors import RuleBroken
from prepare.texts import N_
from prepare.vocabulary import Confidentiality


@dataclass(frozen=True, kw_only=True)
class AlternativeEntry:
    """One supplier of a need; supplier and interface stand by their codes."""

    supplier: str
    kind: DependencyKind
    workaround: str | None = None
    extra_tolerance_h: float = 0.0
    interface: str | None = None
    note: str | None = None
    confidentiality: Confidentiality = Confidentiality.INTERNAL


@dataclass(frozen=True, kw_only=True)
class NeedEntry:
    """What a function needs, how long it manages without, and who can provide it.

    At least `min_required` of the alternatives are needed; with fewer than `wished` the function is degraded.
    """

    name: str
    strength: Strength | None = None
    tolerance_h: float | None = None
    tolerance_basis: ToleranceBasis | None = None
    workaround: str | None = None
    min_required: int | None = 1
    wished: int | None = None
    note: str | None = None
    alternatives: tuple[AlternativeEntry, ...] = ()


@dataclass(frozen=True, kw_only=True)
class HandlingEntry:
    """What the unit decides about the loss of a function: that it is mended, lies at the boundary, or neither."""

    handling: Handling | None = None
    measure: str | None = None
    owner_role: str | None = None
    reason: str | None = None
    holds_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class AcceptanceEntry:
    """That the city leadership accepts the loss of a function as it is: why, and until when."""

    reason: str | None = None
    holds_until: date | None = None


#: Fields that name other records; all the others are columns.
NAMING_RECORDS = frozenset({"alternatives", "supplier", "interface"})
NEED_COLUMNS = tuple(field.name for field in fields(NeedEntry) if field.name not in NAMING_RECORDS)
ALTERNATIVE_COLUMNS = tuple(field.name for field in fields(AlternativeEntry) if field.name not in NAMING_RECORDS)


def of_record(need: Any) -> NeedEntry:
    """The entry that a need's record holds, alternatives in use by the code of their supplier."""
    columns = {name: getattr(need, name) for name in NEED_COLUMNS}
    alternatives = sorted((of_alternative(a) for a in need.in_force), key=lambda entry: entry.supplier)
    return NeedEntry(**columns, alternatives=tuple(alternatives))


def of_alternative(dependency: Any) -> AlternativeEntry:
    """The entry that a dependency's record holds."""
    columns = {name: getattr(dependency, name) for name in ALTERNATIVE_COLUMNS}
    interface = dependency.interface.code if dependency.interface else None
    return AlternativeEntry(supplier=dependency.supplier.code, interface=interface, **columns)


def problems(entry: NeedEntry, consumer: str, *, others: Iterable[str] = ()) -> list[RuleBroken]:
    """Every rule that the entry breaks as a need of the function with code `consumer` (E4, E5, E13).

    `others` are the names of the function's other needs.
    """
    found = _need_problems(entry, others) + _count_problems(entry)
    suppliers = [alternative.supplier for alternative in entry.alternatives]
    if not suppliers:
        found.append(RuleBroken(N_("Choose at least one supplier."), field="suppliers"))
    if consumer in suppliers:
        found.append(RuleBroken(N_("A function cannot be its own supplier."), field="suppliers"))
    if twice := sorted({code for code in suppliers if suppliers.count(code) > 1}):
        found.append(RuleBroken(N_("Chosen twice: %(codes)s."), field="suppliers", codes=", ".join(twice)))
    if any(alternative.extra_tolerance_h < 0 for alternative in entry.alternatives):
        found.append(RuleBroken(N_("A duration cannot be negative."), field="extra_tolerance_h"))
    return found


def _need_problems(entry: NeedEntry, others: Iterable[str]) -> list[RuleBroken]:
    found = []
    if not (entry.name or "").strip():
        found.append(RuleBroken(N_("Say what is needed."), field="name"))
    if entry.name in others:
        found.append(RuleBroken(N_("The function has a need of this name already."), field="name"))
    if entry.strength is None:
        found.append(RuleBroken(N_("Say what happens when it is missing."), field="strength"))
    if entry.tolerance_h is None:
        message = N_("Say how long you manage without it; 0 when its loss is felt at once.")
        found.append(RuleBroken(message, field="tolerance_h"))
    elif entry.tolerance_h < 0:
        found.append(RuleBroken(N_("A duration cannot be negative."), field="tolerance_h"))
    return found


def _count_problems(entry: NeedEntry) -> list[RuleBroken]:
    count, required = len(entry.alternatives), entry.min_required
    if required is None or required < 1:
        return [RuleBroken(N_("At least one supplier must be enough."), field="min_required")]
    found = []
    if count and required > count:
        message = N_("%(required)s are needed, but only %(count)s are chosen.")
        found.append(RuleBroken(message, field="min_required", required=required, count=count))
    if entry.wished is not None and not required <= entry.wished <= max(count, required):
        message = N_("The wished number lies between the number that is enough and the number of suppliers.")
        found.append(RuleBroken(message, field="wished"))
    return found


@dataclass(frozen=True, kw_only=True)
class RunEntry:
    """What a person says of a run that is stored."""

    purpose: str


@dataclass(frozen=True, kw_only=True)
class AffectedEntry:
    """The interfaces that a risk affects, by their codes."""

    interfaces: tuple[str, ...] = ()
