"""What people enter about an interface, its parts and its life cycle (domain.md 2.3)."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from dependencies.interface_vocabulary import Availability, Direction, FlowLanguage, Part, Side
from dependencies.vocabulary import InterfaceLevel
from prepare.vocabulary import Confidentiality, Criticality, Organiser


@dataclass(frozen=True, kw_only=True)
class InterfaceEntry:
    """An interface with both sides; partner, sectors and agreements stand by their codes.

    `agreement` is the reference of one that the register of agreements lacks.
    """

    name_fi: str
    name_sv: str | None = None
    name_en: str | None = None
    party: str | None = None
    sectors: tuple[str, ...] = ()
    description_fi: str | None = None
    description_sv: str | None = None
    description_en: str | None = None
    level: InterfaceLevel = InterfaceLevel.CITY
    criticality: Criticality | None = None
    city_owner_role: str | None = None
    party_owner_role: str | None = None
    alerting_practice: str | None = None
    alerting_documented: bool | None = None
    alerting_tested_on: date | None = None
    agreements: tuple[str, ...] = ()
    agreement: str | None = None
    joint_plan: str | None = None
    organiser: Organiser | None = None
    transferred: bool = False
    transferred_on: date | None = None
    next_review: date | None = None
    confidentiality: Confidentiality = Confidentiality.INTERNAL
    secrecy_basis: str | None = None


@dataclass(frozen=True, kw_only=True)
class ContactEntry:
    """A duty contact of one side: a role and the ways to reach it."""

    side: Side = Side.CITY
    role_title: str
    phone: str | None = None
    email: str | None = None
    availability: Availability | None = None
    channel_fallback: str | None = None
    tested_on: date | None = None
    confidentiality: Confidentiality = Confidentiality.CONFIDENTIAL


@dataclass(frozen=True, kw_only=True)
class TaskEntry:
    """A row of the responsibility matrix: what each side does in normal times, a disruption, emergency conditions."""

    task: str
    city_normal: Part | None = None
    party_normal: Part | None = None
    city_disruption: Part | None = None
    party_disruption: Part | None = None
    city_emergency: Part | None = None
    party_emergency: Part | None = None
    remark: str | None = None


@dataclass(frozen=True, kw_only=True)
class FlowEntry:
    """What one side tells the other."""

    what: str
    direction: Direction | None = None
    channel: str | None = None
    trigger: str | None = None
    language: FlowLanguage | None = None


@dataclass(frozen=True, kw_only=True)
class InterfaceReviewEntry:
    """That both sides have agreed or looked it through, and when they do so again."""

    next_review: date | None = None


@dataclass(frozen=True, kw_only=True)
class PoliceEntry:
    """Why an organisation has no interface with the police."""

    police_interface_reason: str | None = None


PartEntry = ContactEntry | TaskEntry | FlowEntry
#: Fields that name other records; all the others are columns.
NAMING_RECORDS = frozenset({"party", "sectors", "agreements"})
INTERFACE_COLUMNS = tuple(field.name for field in fields(InterfaceEntry) if field.name not in NAMING_RECORDS)


def of_interface(record: Any) -> InterfaceEntry:
    """The entry that an interface's record holds."""
    columns = {name: getattr(record, name) for name in INTERFACE_COLUMNS}
    sectors, agreements = (tuple(one.code for one in some) for some in (record.sectors, record.agreements))
    return InterfaceEntry(**columns, party=record.party.code, sectors=sectors, agreements=agreements)


def of_part(record: Any, entry: type[PartEntry]) -> PartEntry:
    """The entry of this kind that a part's record holds."""
    return entry(**{field.name: getattr(record, field.name) for field in fields(entry)})
