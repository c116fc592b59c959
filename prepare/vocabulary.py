"""Words that are stored: the vocabularies that every package shares (domain.md 2.1-2.4)."""

from enum import StrEnum
from typing import Self

from prepare.texts import N_, _


class Labelled(StrEnum):
    """A stored word with a label that people read.

    A member is written `PUBLIC = "public", N_("Public")`: the stored value, then the label's message.
    """

    message: str

    def __new__(cls, value: str, message: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.message = message
        return member

    @property
    def label(self) -> str:
        """The label in the current language."""
        return _(self.message)

    @property
    def option(self) -> str:
        """The word where it stands without its code: in a choice, in the trail."""
        return self.label


class Role(Labelled):
    """What a person is to the city's preparedness work."""

    SECTOR_CONTACT = "sector_contact", N_("Preparedness contact")
    SECTOR_DIRECTOR = "sector_director", N_("Executive director")
    CENTRAL = "central", N_("Security and preparedness unit")
    LEADERSHIP = "leadership", N_("City leadership")
    PARTNER = "partner", N_("Partner")
    AUDITOR = "auditor", N_("Auditor")
    ADMIN = "admin", N_("System administrator")


class Pace(Labelled):
    """How often mail may tell a person what waits."""

    WEEKLY = "weekly", N_("Once a week; what came back or waits for my decision without delay")
    DAILY = "daily", N_("On every day on which something new waits")
    NONE = "none", N_("Never")


class OrganisationKind(Labelled):
    """What an organisation is; the kinds from WELLBEING_COUNTY on are outside the city group."""

    CITY = "city", N_("City or municipality")
    CENTRAL = "central", N_("Central administration")
    SECTOR = "sector", N_("Sector")
    ENTERPRISE = "enterprise", N_("Municipal enterprise")
    SUBSIDIARY = "subsidiary", N_("Subsidiary")
    WELLBEING_COUNTY = "wellbeing_county", N_("Wellbeing services county")
    POLICE = "police", N_("Police department")
    RESCUE = "rescue", N_("Rescue department")
    STATE = "state", N_("State authority")
    DEFENCE = "defence", N_("Defence forces")
    MUNICIPALITY = "municipality", N_("Other municipality")
    JOINT_AUTHORITY = "joint_authority", N_("Joint authority")
    COMPANY = "company", N_("Company")
    INHOUSE_COMPANY = "inhouse_company", N_("In-house company")
    NGO = "ngo", N_("Non-governmental organisation")
    PARISH = "parish", N_("Parish")
    RESIDENTS = "residents", N_("Residents")
    OTHER = "other", N_("Other")

    @property
    def is_own(self) -> bool:
        """Whether the organisation belongs to the city group, so that the city's rules bind it."""
        return self in OWN_KINDS


OWN_KINDS = frozenset(
    {
        OrganisationKind.CITY,
        OrganisationKind.CENTRAL,
        OrganisationKind.SECTOR,
        OrganisationKind.ENTERPRISE,
        OrganisationKind.SUBSIDIARY,
    }
)


class RelationBasis(Labelled):
    """What an outside organisation's relation to the city rests on."""

    STATUTORY = "statutory", N_("Law")
    AGREEMENT = "agreement", N_("Agreement")
    CONTRACT = "contract", N_("Contract")
    NONE = "none", N_("None")


class Confidentiality(Labelled):
    """Who may see a record, from the most open to the most closed."""

    PUBLIC = "public", N_("Public")
    INTERNAL = "internal", N_("Internal")
    CONFIDENTIAL = "confidential", N_("Confidential (secret by law)")

    @property
    def rank(self) -> int:
        """0 for public, 1 for internal, 2 for confidential."""
        return RANKS[self]


#: Asked for every value that is shown, so it is looked up and not counted anew.
RANKS = {one: place for place, one in enumerate(Confidentiality)}


class Criticality(Labelled):
    """How soon the loss of a function becomes intolerable."""

    K1 = "K1", N_("Vital")
    K2 = "K2", N_("Critical")
    K3 = "K3", N_("Important")
    K4 = "K4", N_("Other class")

    @property
    def option(self) -> str:
        """The class with its code, as people speak of it."""
        return f"{self.value} {self.label}"


class FunctionState(Labelled):
    """A function's life cycle."""

    DRAFT = "draft", N_("Draft")
    SUBMITTED = "submitted", N_("Submitted")
    CONFIRMED = "confirmed", N_("Confirmed")
    RETIRED = "retired", N_("Retired")


class RevisionState(Labelled):
    """The life cycle of a change to a confirmed function."""

    DRAFT = "draft", N_("Draft")
    SUBMITTED = "submitted", N_("Submitted")
    RETURNED = "returned", N_("Returned")
    APPLIED = "applied", N_("Taken into force")
    DISCARDED = "discarded", N_("Discarded")


class Organiser(Labelled):
    """Who is responsible for organising the service (järjestämisvastuu)."""

    CITY = "city", N_("City")
    WELLBEING_COUNTY = "wellbeing_county", N_("Wellbeing services county")
    STATE = "state", N_("State")
    SHARED = "shared", N_("Shared")


class Production(Labelled):
    """How the service is produced."""

    OWN = "own", N_("Own production")
    INHOUSE = "inhouse", N_("In-house company")
    BOUGHT = "bought", N_("Bought service")
    JOINT = "joint", N_("Joint production")


class CapabilityBasis(Labelled):
    """What the recovery capability is known from."""

    ESTIMATED = "estimated", N_("Estimated")
    EXERCISED = "exercised", N_("Exercised")
    REAL_EVENT = "real_event", N_("Real event")
    UNKNOWN = "unknown", N_("Unknown")


class ResourceKind(Labelled):
    """What kind of resource a function needs."""

    STAFF = "staff", N_("Staff")
    PREMISES = "premises", N_("Premises")
    EQUIPMENT = "equipment", N_("Equipment")
    ICT_SYSTEM = "ict_system", N_("ICT system")
    DATA = "data", N_("Data")
    VEHICLE = "vehicle", N_("Vehicle")
    MATERIAL = "material", N_("Material")
    FINANCE = "finance", N_("Finance")


class ImpactCategory(Labelled):
    """What an outage harms."""

    LIFE = "LIFE", N_("Life and health")
    SERVICE = "SERVICE", N_("Services and vulnerable groups")
    LEGAL = "LEGAL", N_("Statutory duties")
    ECON = "ECON", N_("Economy")
    ENV = "ENV", N_("Environment and property")
    TRUST = "TRUST", N_("Trust and resilience")


class CodeList(Labelled):
    """A list of codes that the city keeps as data."""

    AREA = "area", N_("Areas")
    AREA_LEVEL = "area_level", N_("Levels of areas")
    THREAT = "threat", N_("Threats")
    VITAL_FUNCTION = "vital_function", N_("Vital functions of society")


class Dimension(Labelled):
    """A side of readiness: requirements of the guidance and indicators are told under it (domain.md 4)."""

    LEAD = "lead", N_("Leadership")
    KNOW = "know", N_("Knowledge of functions and risks")
    PLAN = "plan", N_("Planning")
    COOP = "coop", N_("Cooperation")
    EXER = "exer", N_("Exercises and training")
    IMPR = "impr", N_("Improvement")


class GuidanceState(Labelled):
    """A version of the guidance: all but the draft follow from the days from which versions are valid."""

    DRAFT = "draft", N_("Draft")
    ISSUED = "issued", N_("Issued")
    IN_FORCE = "in_force", N_("In force")
    SUPERSEDED = "superseded", N_("Superseded")


class AnswerStatus(Labelled):
    """What an organisation says of a requirement."""

    MET = "met", N_("Met")
    PARTLY = "partly", N_("Partly met")
    NOT_MET = "not_met", N_("Not met")
    NA = "na", N_("Does not concern us")


class Shared(Labelled):
    """What a share opens to a partner."""

    FUNCTION = "function", N_("A function")
    INTERFACE = "interface", N_("An interface")
