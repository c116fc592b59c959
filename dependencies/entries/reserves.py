"""What people enter about reserves and about who counts on them, as values."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from dependencies.reserving.vocabulary import ClaimTrigger, ReserveKind, ReserveUnit, ReserveUse
from dependencies.vocabulary import DependencyKind
from prepare.vocabulary import Confidentiality


@dataclass(frozen=True, kw_only=True)
class ReserveEntry:
    """What is held in reserve: how much of it, where, how soon it is in use and for how long. All `_h` are hours."""

    name_fi: str
    name_sv: str | None = None
    name_en: str | None = None
    kind: ReserveKind | None = None
    use: ReserveUse | None = None
    quantity: float | None = None
    unit: ReserveUnit | None = None
    location: str | None = None
    ready_h: float | None = None
    lasts_h: float | None = None
    contact_role: str | None = None
    note: str | None = None
    named_as: str | None = None
    shared: bool = True
    next_review: date | None = None
    retired: bool = False
    confidentiality: Confidentiality = Confidentiality.INTERNAL
    secrecy_basis: str | None = None


@dataclass(frozen=True, kw_only=True)
class ClaimEntry:
    """That a function counts on a reserve: on how much of it, in which loss, from when and for how long.

    Reserve and supplier stand by their codes.
    """

    reserve: str | None = None
    quantity: float | None = None
    unit: ReserveUnit | None = None
    per_hour: bool = False
    trigger: ClaimTrigger | None = None
    lost: DependencyKind | None = None
    supplier: str | None = None
    from_h: float = 0.0
    for_h: float | None = None
    priority: int | None = None
    basis: str | None = None


RESERVE_COLUMNS = tuple(field.name for field in fields(ReserveEntry))
CLAIM_COLUMNS = tuple(field.name for field in fields(ClaimEntry) if field.name not in ("reserve", "supplier"))


def of_reserve(record: Any) -> ReserveEntry:
    """The entry that a reserve's record holds."""
    return ReserveEntry(**{name: getattr(record, name) for name in RESERVE_COLUMNS})


def of_claim(record: Any) -> ClaimEntry:
    """The entry that a claim's record holds."""
    own = {name: getattr(record, name) for name in CLAIM_COLUMNS}
    return ClaimEntry(reserve=record.reserve.code, supplier=record.supplier.code if record.supplier else None, **own)
