"""Records of the interfaces between the city and its partners."""

from datetime import date

from sqlalchemy import CheckConstraint, Column, ForeignKey, String, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dependencies.interface_vocabulary import Availability, Direction, FlowLanguage, Part, Side
from dependencies.models.agreements import Agreement, interface_agreement
from dependencies.vocabulary import InterfaceLevel, InterfaceState
from prepare.audit import Audited
from prepare.db import Base, Code, Key, Ref, Text, Title, Versioned
from prepare.models.kept import Findable, Kept, PartOf
from prepare.models.organisations import Organisation
from prepare.vocabulary import Confidentiality, Criticality, Organiser

#: The city's organisations that work across an interface.
interface_sector = Table(
    "interface_sector",
    Base.metadata,
    Column("interface_id", ForeignKey("interface.id"), primary_key=True),
    Column("organisation_id", ForeignKey("organisation.id"), primary_key=True, index=True),
)
#: The interfaces that a risk affects; the register writes each change of the list into the trail.
risk_interface = Table(
    "risk_interface",
    Base.metadata,
    Column("risk_id", ForeignKey("risk.id"), primary_key=True),
    Column("interface_id", ForeignKey("interface.id"), primary_key=True, index=True),
)


class Interface(Kept, Findable, Audited, Versioned, Base):
    """An interface (yhdyspinta): where the city and an outside partner share a chain, with an owner on each side."""

    __tablename__ = "interface"
    __table_args__ = (CheckConstraint("party_id <> organisation_id", name="two_sides"),)
    shared_as = "interfaces"

    id: Mapped[Key]
    ref: Mapped[Ref]
    code: Mapped[Code] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)  #: the city's leading side
    party_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)  #: the outside partner
    state: Mapped[InterfaceState] = mapped_column(default=InterfaceState.IDENTIFIED)
    state_reason: Mapped[Text | None]  #: why it was dissolved
    name_fi: Mapped[Title]
    name_sv: Mapped[Title | None]
    name_en: Mapped[Title | None]
    description_fi: Mapped[Text | None]
    description_sv: Mapped[Text | None]
    description_en: Mapped[Text | None]
    level: Mapped[InterfaceLevel]
    criticality: Mapped[Criticality]  #: at least the highest class of the functions that it carries
    city_owner_role: Mapped[Title | None]
    party_owner_role: Mapped[Title | None]
    alerting_practice: Mapped[Text | None]
    alerting_documented: Mapped[bool | None]  #: None = unknown
    alerting_tested_on: Mapped[date | None]
    agreement: Mapped[str | None] = mapped_column(String(200))  #: reference of one that the register lacks
    joint_plan: Mapped[str | None] = mapped_column(String(200))  #: reference of the joint plan
    exercised_on: Mapped[date | None]  #: the last joint exercise; exercises that test it write it here when held
    organiser: Mapped[Organiser | None]  #: who is responsible for organising what it serves
    transferred: Mapped[bool] = mapped_column(default=False)  #: whether responsibility for organising moved here
    transferred_on: Mapped[date | None]
    reviewed_on: Mapped[date | None]  #: when both sides last looked it through
    next_review: Mapped[date | None]
    confidentiality: Mapped[Confidentiality] = mapped_column(default=Confidentiality.INTERNAL)
    secrecy_basis: Mapped[Title | None]

    organisation: Mapped[Organisation] = relationship(foreign_keys=[organisation_id], lazy="joined", innerjoin=True)
    party: Mapped[Organisation] = relationship(foreign_keys=[party_id])
    sectors: Mapped[list[Organisation]] = relationship(secondary=interface_sector, order_by=Organisation.code)
    agreements: Mapped[list[Agreement]] = relationship(secondary=interface_agreement, order_by=Agreement.code)

    @property
    def reader_paths(self) -> tuple[str, ...]:
        """Whoever leads it and whoever works across it read it."""
        return (self.owner_path, *(one.path for one in self.sectors))


class OfInterface(PartOf):
    """A part of an interface: whoever reads the interface reads it, up to its class."""

    whole = "interface"

    @property
    def reader_paths(self) -> tuple[str, ...]:
        """As the interface."""
        return tuple(getattr(self, self.whole).reader_paths)


class ContactPoint(OfInterface, Audited, Versioned, Base):
    """A duty contact of one side of an interface: a role that can be reached, never a person's name."""

    __tablename__ = "contact_point"
    __table_args__ = (UniqueConstraint("interface_id", "place"),)

    id: Mapped[Key]
    ref: Mapped[Ref]
    interface_id: Mapped[int] = mapped_column(ForeignKey("interface.id"), index=True)
    place: Mapped[int]  #: its number in the interface, from 1
    side: Mapped[Side]
    role_title: Mapped[Title]
    phone: Mapped[str | None] = mapped_column(String(60))  #: of the duty or the office, not of a person
    email: Mapped[Title | None]
    availability: Mapped[Availability | None]  #: None = nobody has said
    channel_fallback: Mapped[Title | None]  #: when the telephone is silent, as a talk group of the authorities' network
    tested_on: Mapped[date | None]  #: when somebody last tried to reach it
    confidentiality: Mapped[Confidentiality] = mapped_column(default=Confidentiality.CONFIDENTIAL)
    retired: Mapped[bool] = mapped_column(default=False)

    interface: Mapped[Interface] = relationship(lazy="joined", innerjoin=True)

    @property
    def code(self) -> str:
        """What the trail calls it: the interface and the contact's number."""
        return f"{self.interface.code} C{self.place}"


class InterfaceTask(OfInterface, Audited, Versioned, Base):
    """A row of the responsibility matrix: what each side does in one task; None = nobody has said."""

    __tablename__ = "interface_task"
    __table_args__ = (UniqueConstraint("interface_id", "place"),)

    id: Mapped[Key]
    ref: Mapped[Ref]
    interface_id: Mapped[int] = mapped_column(ForeignKey("interface.id"), index=True)
    place: Mapped[int]  #: its number in the interface, from 1
    task: Mapped[Text]
    city_normal: Mapped[Part | None]
    party_normal: Mapped[Part | None]
    city_disruption: Mapped[Part | None]
    party_disruption: Mapped[Part | None]
    city_emergency: Mapped[Part | None]  #: in emergency conditions
    party_emergency: Mapped[Part | None]
    remark: Mapped[Text | None]
    retired: Mapped[bool] = mapped_column(default=False)

    interface: Mapped[Interface] = relationship(lazy="joined", innerjoin=True)

    @property
    def code(self) -> str:
        """What the trail calls it: the interface and the row's number."""
        return f"{self.interface.code} T{self.place}"


class InformationFlow(OfInterface, Audited, Versioned, Base):
    """What one side tells the other: by which channel, when, in which language."""

    __tablename__ = "information_flow"
    __table_args__ = (UniqueConstraint("interface_id", "place"),)

    id: Mapped[Key]
    ref: Mapped[Ref]
    interface_id: Mapped[int] = mapped_column(ForeignKey("interface.id"), index=True)
    place: Mapped[int]  #: its number in the interface, from 1
    what: Mapped[Text]
    direction: Mapped[Direction | None]
    channel: Mapped[Title | None]
    trigger: Mapped[Title | None]  #: when it is told
    language: Mapped[FlowLanguage | None]
    retired: Mapped[bool] = mapped_column(default=False)

    interface: Mapped[Interface] = relationship(lazy="joined", innerjoin=True)

    @property
    def code(self) -> str:
        """What the trail calls it: the interface and the flow's number."""
        return f"{self.interface.code} F{self.place}"
