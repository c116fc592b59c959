"""What people enter about an interface and its parts, and what must be true of it (domain.md 2.3, 2.5: E7, E12)."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from dependencies.interface_vocabulary import Availability, Direction, FlowLanguage, Part, Side
from dependencies.vocabulary import InterfaceLevel
from prepare.errors import RuleBroken
from prepare.texts import N_
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
#: Conditions → the columns of both sides.
CONDITIONS = (
    ("city_normal", "party_normal"),
    ("city_disruption", "party_disruption"),
    ("city_emergency", "party_emergency"),
)
ANSWERS_FOR_IT = frozenset({Part.ACCOUNTABLE, Part.BOTH})


def of_interface(record: Any) -> InterfaceEntry:
    """The entry that an interface's record holds."""
    columns = {name: getattr(record, name) for name in INTERFACE_COLUMNS}
    sectors, agreements = (tuple(one.code for one in some) for some in (record.sectors, record.agreements))
    return InterfaceEntry(**columns, party=record.party.code, sectors=sectors, agreements=agreements)


def of_part(record: Any, entry: type[PartEntry]) -> PartEntry:
    """The entry of this kind that a part's record holds."""
    return entry(**{field.name: getattr(record, field.name) for field in fields(entry)})


def problems(entry: InterfaceEntry, *, on: date) -> list[RuleBroken]:
    """Every rule that an interface's entry breaks on the day `on`."""
    asked = (
        ("name_fi", N_("Give the interface a name.")),
        ("party", N_("Choose the partner.")),
        ("sectors", N_("Choose at least one organisation of the city that works across it.")),
        ("criticality", N_("Choose the class: at least that of the most vital function that it serves.")),
    )
    found = [RuleBroken(message, field=name) for name, message in asked if not getattr(entry, name)]
    if entry.alerting_tested_on and entry.alerting_tested_on > on:
        found.append(RuleBroken(N_("The test cannot lie ahead."), field="alerting_tested_on"))
    if entry.alerting_documented and not entry.alerting_practice:
        message = N_("Write the practice down here in short, or say where it stands.")
        found.append(RuleBroken(message, field="alerting_practice"))
    if entry.transferred_on and not entry.transferred:
        message = N_("A day of transfer belongs to responsibility that was transferred.")
        found.append(RuleBroken(message, field="transferred_on"))
    if entry.confidentiality is Confidentiality.CONFIDENTIAL and not entry.secrecy_basis:
        message = N_("State the legal basis of secrecy, for example “Openness Act 24 § 1 mom. 8”.")
        found.append(RuleBroken(message, field="secrecy_basis"))
    return found


def part_problems(entry: PartEntry, *, on: date) -> list[RuleBroken]:
    """Every rule that the entry of a part breaks on the day `on`."""
    if isinstance(entry, ContactEntry):
        return _contact_problems(entry, on)
    if isinstance(entry, TaskEntry):
        return _task_problems(entry)
    found = [] if (entry.what or "").strip() else [RuleBroken(N_("Say what is told."), field="what")]
    if entry.direction is None:
        found.append(RuleBroken(N_("Say who tells whom."), field="direction"))
    return found


def _contact_problems(entry: ContactEntry, on: date) -> list[RuleBroken]:
    found = []
    if not (entry.role_title or "").strip():
        found.append(RuleBroken(N_("Say which role answers; a person's name is not kept."), field="role_title"))
    if not (entry.phone or entry.email or entry.channel_fallback):
        message = N_("Give at least one way to reach it: a number, an address or another channel.")
        found.append(RuleBroken(message, field="phone"))
    if entry.phone and not any(sign.isdecimal() for sign in entry.phone):
        found.append(RuleBroken(N_("A telephone number has figures."), field="phone"))
    if entry.email and "@" not in entry.email:
        found.append(RuleBroken(N_("An address has the sign @."), field="email"))
    if entry.tested_on and entry.tested_on > on:
        found.append(RuleBroken(N_("The test cannot lie ahead."), field="tested_on"))
    return found


def _task_problems(entry: TaskEntry) -> list[RuleBroken]:
    found = [] if (entry.task or "").strip() else [RuleBroken(N_("Say what the task is."), field="task")]
    for city, party in CONDITIONS:
        if {getattr(entry, city), getattr(entry, party)} <= ANSWERS_FOR_IT:
            message = N_("Only one side answers for a task; the other one does it, is asked or is told.")
            found.append(RuleBroken(message, field=party))
    return found
