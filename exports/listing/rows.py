"""What a row of a list says that no form has in one: a need and whose it is, an agreement and with whom.

What is missing is None and told as an error where a new record cannot do without it.
"""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any, TypeVar

from dependencies.vocabulary import AgreementKind, AgreementState, Clause, DependencyKind, Strength, ToleranceBasis
from prepare.vocabulary import Confidentiality, OrganisationKind, RelationBasis

E = TypeVar("E")


@dataclass(frozen=True, kw_only=True)
class OrganisationRow:
    """An organisation, and of which it is a part, by its code."""

    code: str | None = None
    kind: OrganisationKind | None = None
    name_fi: str | None = None
    name_sv: str | None = None
    name_en: str | None = None
    description: str | None = None
    business_id: str | None = None
    relation_basis: RelationBasis | None = None
    cer_designated: bool | None = None
    nis2_scope: bool | None = None
    police_interface_reason: str | None = None
    part_of: str | None = None


@dataclass(frozen=True, kw_only=True)
class NeedRow:
    """What a function needs of which suppliers; all of them by their codes."""

    function: str | None = None
    name: str | None = None
    suppliers: tuple[str, ...] = ()
    kind: DependencyKind | None = None
    strength: Strength | None = None
    tolerance_h: float | None = None
    tolerance_basis: ToleranceBasis | None = None
    workaround: str | None = None
    min_required: int | None = 1
    wished: int | None = None
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class AgreementRow:
    """An agreement, with which partner, and whether it is in force."""

    name_fi: str | None = None
    name_sv: str | None = None
    name_en: str | None = None
    kind: AgreementKind = AgreementKind.COOPERATION
    reference: str | None = None
    owner_role: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    notice_months: int | None = None
    auto_renew: bool = False
    preparedness_clause: Clause | None = None
    recovery_time_stated: bool | None = None
    recovery_h: float | None = None
    capacity: str | None = None
    audit_right: Clause | None = None
    emergency_priority: Clause | None = None
    subcontracting_controlled: Clause | None = None
    functions: tuple[str, ...] = ()
    interfaces: tuple[str, ...] = ()
    note: str | None = None
    confidentiality: Confidentiality = Confidentiality.INTERNAL
    secrecy_basis: str | None = None
    party: str | None = None
    state: AgreementState = AgreementState.DRAFT


def as_entry(row: Any, kind: type[E]) -> E:
    """The row as the entry of the page's form."""
    return kind(**{one.name: getattr(row, one.name) for one in fields(kind)})  # type: ignore[arg-type]
