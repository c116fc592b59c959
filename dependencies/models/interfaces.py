"""Records of the interfaces between the city and its partners."""

from datetime import date

from sqlalchemy import CheckConstraint, Column, ForeignKey, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dependencies.models.agreements import Agreement, interface_agreement
from dependencies.vocabulary import (
    InterfaceLevel,
    InterfaceState,
)
from prepare.audit import Audited
from prepare.db import Base, Code, Key, Ref, Text, Title, Versioned
from prepare.models.kept import Findable, Kept
from prepare.models.organisations import Organisation
from prepare.vocabulary import Confidentiality, Criticality

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
    duty_contacts: Mapped[bool | None]  #: whether both sides can be reached at any hour; None = unknown
    city_duty_contact: Mapped[Title | None]
    party_duty_contact: Mapped[Title | None]
    alerting_practice: Mapped[Text | None]
    alerting_documented: Mapped[bool | None]  #: None = unknown
    alerting_tested_on: Mapped[date | None]
    responsibilities: Mapped[Text | None]  #: who does what in normal times, in a disruption, in emergency conditions
    information_flows: Mapped[Text | None]  #: what is told to whom, by which channel, in which language
    agreement: Mapped[str | None] = mapped_column(String(200))  #: reference of one that the register lacks
    joint_plan: Mapped[str | None] = mapped_column(String(200))  #: reference of the joint plan
    exercised_on: Mapped[date | None]  #: the last joint exercise
    transferred: Mapped[bool] = mapped_column(default=False)  #: whether responsibility for organising moved here
    transferred_on: Mapped[date | None]
    next_review: Mapped[date | None]
    confidentiality: Mapped[Confidentiality] = mapped_column(default=Confidentiality.INTERNAL)
    secrecy_basis: Mapped[Title | None]

    organisation: Mapped[Organisation] = relationship(foreign_keys=[organisation_id], lazy="joined", innerjoin=True)
    party: Mapped[Organisation] = relationship(foreign_keys=[party_id])
    sectors: Mapped[list[Organisation]] = relationship(secondary=interface_sector, order_by=Organisation.code)
    agreements: Mapped[list[Agreement]] = relationship(secondary=interface_agreement, order_by=Agreement.code)
