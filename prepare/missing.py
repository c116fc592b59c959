"""What a function's data still lacks beside what submitting it requires (domain.md 2.7: must and optional)."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from prepare.entries import FunctionEntry, ResourceEntry
from prepare.registration import VITAL, Gap, Weight, gaps
from prepare.resourcing import has_no_stand_in, has_unknown_stock
from prepare.texts import N_
from prepare.vocabulary import Criticality

#: field → (classes for which it helps; None = all), what is missing, why it matters
HELPFUL: tuple[tuple[str, frozenset[Criticality] | None, str, str], ...] = (
    (
        "capability_on",
        VITAL,
        N_("When the capability was known"),
        N_("A recovery time that was measured years ago may no longer hold."),
    ),
    ("deputy_role", VITAL, N_("Deputy (role)"), N_("The owner is not always there when it happens.")),
    ("key_skills", VITAL, N_("Key skills"), N_("It shows whose absence stops the function.")),
    ("customers", None, N_("Customers"), N_("It tells whom to inform, and who suffers first.")),
    ("statutory_basis", None, N_("Statutory basis"), N_("It tells what may not be left undone, whatever happens.")),
    ("name_sv", None, N_("Name in Swedish"), N_("The guidance is read in both national languages.")),
)
#: What a partner's service should tell: field → what is missing, why it matters.
OF_SERVICE = (
    (
        "committed_recovery_h",
        N_("Promised recovery time"),
        N_("An unknown recovery time counts as one that never ends, for everybody who needs the service."),
    ),
    ("commitment_basis", N_("Basis of the promise"), N_("A promise without law, agreement or contract binds nobody.")),
)
NO_RESOURCES = Gap(
    None,
    N_("Resources"),
    N_("Without them nobody knows which people, places and stocks the minimum level takes."),
    Weight.HELPFUL,
    "prepare.add_resource",
)
NO_STAND_IN = Gap(
    "alternative",
    N_("What stands in for “%(name)s”"),
    N_("If it is lost, the function stops until somebody invents a way."),
    Weight.HELPFUL,
    "prepare.edit_resource",
)
UNKNOWN_STOCK = Gap(
    "stock_lasts_h",
    N_("How long “%(name)s” lasts"),
    N_("The hours of the stock tell when the next delivery must have come."),
    Weight.HELPFUL,
    "prepare.edit_resource",
)


def of_own(entry: FunctionEntry, *, assessed: bool, resources: Iterable[tuple[UUID, ResourceEntry]]) -> list[Gap]:
    """What one of the city's own functions lacks by itself; `resources` are those in use, each with its `ref`."""
    found = gaps(entry, assessed=assessed) + [
        Gap(name, what, why, Weight.HELPFUL)
        for name, classes, what, why in HELPFUL
        if (classes is None or entry.criticality in classes) and _lacks(entry, name)
    ]
    return found + (_of_resources(list(resources)) if entry.criticality in VITAL else [])


def of_service(entry: FunctionEntry) -> list[Gap]:
    """What a partner's service lacks by itself; nothing of it stops anybody."""
    found = [Gap(name, what, why, Weight.EXPECTED) for name, what, why in OF_SERVICE if _lacks(entry, name)]
    name, _classes, what, why = HELPFUL[-1]
    return [*found, Gap(name, what, why, Weight.HELPFUL)] if _lacks(entry, name) else found


def by_weight(found: Iterable[Gap]) -> list[Gap]:
    """The gravest first, otherwise in the order given."""
    return sorted(found, key=lambda gap: gap.weight)


def _lacks(entry: FunctionEntry, name: str) -> bool:
    return getattr(entry, name) in (None, "")


def _of_resources(resources: list[tuple[UUID, ResourceEntry]]) -> list[Gap]:
    if not resources:
        return [NO_RESOURCES]
    alone = [replace(NO_STAND_IN, ref=ref, name=one.name) for ref, one in resources if has_no_stand_in(one)]
    return alone + [replace(UNKNOWN_STOCK, ref=ref, name=one.name) for ref, one in resources if has_unknown_stock(one)]
