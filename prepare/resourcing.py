"""What a resource must satisfy, what it leaves open, and common resources to begin from.

Source: domain.md 2.3 (resource requirements over time, ISO 22317) and 2.5 (E13).
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from prepare.criticality import BANDS
from prepare.entries import ResourceEntry
from prepare.errors import RuleBroken
from prepare.texts import N_, _, number
from prepare.vocabulary import ResourceKind

#: Kinds whose loss usually stops a function, so that something must be able to stand in for them.
STOPPING = frozenset({ResourceKind.STAFF, ResourceKind.PREMISES, ResourceKind.EQUIPMENT, ResourceKind.ICT_SYSTEM})
#: Kinds that are used up.
USED_UP = frozenset({ResourceKind.MATERIAL})


@dataclass(frozen=True)
class Common:
    """A resource that most functions have, to begin from: `key` names it in an address."""

    key: str
    kind: ResourceKind
    name_message: str
    unit_message: str

    @property
    def entry(self) -> ResourceEntry:
        """The resource as it stands in the form, in the language in use."""
        return ResourceEntry(name=_(self.name_message), kind=self.kind, unit=_(self.unit_message) or None)


COMMON = (
    Common("staff", ResourceKind.STAFF, N_("Staff on a shift"), N_("persons")),
    Common("premises", ResourceKind.PREMISES, N_("Premises"), N_("sites")),
    Common("ict", ResourceKind.ICT_SYSTEM, N_("Information system"), ""),
    Common("vehicle", ResourceKind.VEHICLE, N_("Vehicles"), N_("pcs")),
    Common("power", ResourceKind.EQUIPMENT, N_("Backup generator"), N_("pcs")),
    Common("fuel", ResourceKind.MATERIAL, N_("Fuel for the backup generator"), N_("litres")),
    Common("supplies", ResourceKind.MATERIAL, N_("Supplies in stock"), N_("pcs")),
)


def of_record(record: Any) -> ResourceEntry:
    """The entry that a resource's row holds."""
    return ResourceEntry(**{field.name: getattr(record, field.name) for field in fields(ResourceEntry)})


def problems(entry: ResourceEntry, *, others: Iterable[str] = ()) -> list[RuleBroken]:
    """Every rule that the entry breaks; `others` are the names of the function's other resources."""
    found = []
    name = (entry.name or "").strip()
    if not name:
        found.append(RuleBroken(N_("Say what the resource is."), field="name"))
    if name.casefold() in {other.casefold() for other in others}:
        found.append(RuleBroken(N_("The function has a resource of this name already."), field="name"))
    if entry.kind is None:
        found.append(RuleBroken(N_("Say what kind of resource it is."), field="kind"))
    if entry.needed_from_band is not None and entry.needed_from_band not in {band.code for band in BANDS}:
        found.append(RuleBroken(N_("There is no such time band."), field="needed_from_band"))
    return found + _quantity_problems(entry)


def _quantity_problems(entry: ResourceEntry) -> list[RuleBroken]:
    """No quantity and no time is negative (E13), and the minimum is not more than the normal quantity."""
    found = []
    for name in ("normal_qty", "minimum_qty", "stock_lasts_h"):
        value = getattr(entry, name)
        if value is not None and value < 0:
            found.append(RuleBroken(N_("The value cannot be negative."), field=name))
    normal, minimum = entry.normal_qty, entry.minimum_qty
    if normal is not None and minimum is not None and minimum > normal:
        message = N_("The minimum %(minimum)s is more than the normal quantity %(normal)s. Correct one of the two.")
        found.append(RuleBroken(message, field="minimum_qty", minimum=number(minimum, 3), normal=number(normal, 3)))
    return found


def has_no_stand_in(entry: ResourceEntry) -> bool:
    """Whether the loss of the resource would usually stop the function and nothing is said to stand in for it."""
    return entry.kind in STOPPING and not (entry.alternative or "").strip()


def has_unknown_stock(entry: ResourceEntry) -> bool:
    """Whether the resource is used up and nobody has said how long it lasts."""
    return entry.kind in USED_UP and entry.stock_lasts_h is None
