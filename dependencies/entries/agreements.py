"""What people enter about agreements with partners, and about how they begin, end and are renewed."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from dependencies.vocabulary import AgreementKind, Clause
from prepare.vocabulary import Confidentiality


@dataclass(frozen=True, kw_only=True)
class AgreementEntry:
    """What has been agreed with a partner; the services and the interfaces that it covers stand by their codes."""

    name_fi: str
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


@dataclass(frozen=True, kw_only=True)
class EndEntry:
    """That an agreement is ended: when notice was given, the last day on which it binds, and why."""

    noticed_on: date | None = None
    ended_on: date | None = None
    end_reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class LaidAsideEntry:
    """Why a draft is not taken into force."""

    end_reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class RenewalEntry:
    """From when until when the agreement that replaces another is to be in force."""

    valid_from: date | None = None
    valid_to: date | None = None


#: Fields that name other records; all the others are columns.
NAMING_RECORDS = frozenset({"functions", "interfaces"})
AGREEMENT_COLUMNS = tuple(field.name for field in fields(AgreementEntry) if field.name not in NAMING_RECORDS)
#: What a renewed agreement takes over from the one before: all but its days, its case number and what it covers.
RENEWED_COLUMNS = tuple(one for one in AGREEMENT_COLUMNS if one not in ("valid_from", "valid_to", "reference"))


def of_agreement(agreement: Any, interfaces: tuple[str, ...]) -> AgreementEntry:
    """The entry that an agreement's record holds; `interfaces` are the codes of those that rest on it."""
    columns = {name: getattr(agreement, name) for name in AGREEMENT_COLUMNS}
    functions = tuple(one.code for one in agreement.functions)
    return AgreementEntry(**columns, functions=functions, interfaces=interfaces)
