"""Records of safety and wellbeing networks, their members and what they ask the unit for."""

from datetime import date

from sqlalchemy import CheckConstraint, Column, ForeignKey, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from prepare.audit import Audited
from prepare.db import Base, Code, Key, Ref, Text, Title, Versioned
from prepare.models.kept import Binding, Findable, Kept, PartOf
from prepare.models.lists import Several
from prepare.models.organisations import Organisation
from prepare.vocabulary import Confidentiality
from risks.models.measures import Measure
from risks.vocabulary.levels import SteeringLevel
from risks.vocabulary.networks import NetworkState
from risks.vocabulary.safety import TargetGroup, Theme

#: The measures that a network carries out; the register writes each change of the list into the trail.
network_measure = Table(
    "network_measure",
    Base.metadata,
    Column("network_id", ForeignKey("network.id"), primary_key=True),
    Column("measure_id", ForeignKey("measure.id"), primary_key=True, index=True),
)


class Network(Binding, Kept, Findable, Audited, Versioned, Base):
    """Those who work together for safety in some areas, across sectors and with partners and residents."""

    __tablename__ = "network"
    __table_args__ = (CheckConstraint("merged_into_id <> id", name="not_merged_into_itself"),)

    id: Mapped[Key]
    ref: Mapped[Ref]
    code: Mapped[Code] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name_fi: Mapped[Title]
    name_sv: Mapped[Title | None]
    name_en: Mapped[Title | None]
    purpose: Mapped[Text | None]
    level: Mapped[SteeringLevel] = mapped_column(default=SteeringLevel.AREA)
    areas: Mapped[tuple[str, ...]] = mapped_column(Several(), default=())  #: codes of AREA; none = the whole city
    themes: Mapped[tuple[Theme, ...]] = mapped_column(Several(Theme), default=())
    target_groups: Mapped[tuple[TargetGroup, ...]] = mapped_column(Several(TargetGroup), default=())
    coordinator_role: Mapped[Title | None]
    begun_on: Mapped[date | None]
    state: Mapped[NetworkState] = mapped_column(default=NetworkState.FORMING)
    state_reason: Mapped[Text | None]  #: why it was closed, merged or begun anew
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("network.id"), index=True)
    confidentiality: Mapped[Confidentiality] = mapped_column(default=Confidentiality.INTERNAL)
    secrecy_basis: Mapped[Title | None]

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
    merged_into: Mapped["Network | None"] = relationship(remote_side="Network.id")
    members: Mapped[list["NetworkMember"]] = relationship(back_populates="network", order_by="NetworkMember.id")
    measures: Mapped[list[Measure]] = relationship(secondary=network_measure, order_by=Measure.code)

    @property
    def in_force(self) -> list["NetworkMember"]:
        """Those who belong to it now."""
        return [member for member in self.members if not member.retired]


class NetworkMember(Binding, PartOf, Audited, Base):
    """A member of a network: an organisation, a role that no organisation of the register has, or both."""

    __tablename__ = "network_member"
    __table_args__ = (CheckConstraint("organisation_id IS NOT NULL OR role IS NOT NULL", name="organisation_or_role"),)
    whole = "network"

    id: Mapped[Key]
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    role: Mapped[Title | None]
    retired: Mapped[bool] = mapped_column(default=False)

    network: Mapped[Network] = relationship(back_populates="members")
    organisation: Mapped[Organisation | None] = relationship()

    @property
    def code(self) -> str:
        """What the trail calls it."""
        return self.network.code


class NetworkRequest(Binding, PartOf, Audited, Versioned, Base):
    """What a network asks the security and preparedness unit for, and what the unit answered."""

    __tablename__ = "network_request"
    whole = "network"

    id: Mapped[Key]
    ref: Mapped[Ref]
    code: Mapped[Code] = mapped_column(unique=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"), index=True)
    request: Mapped[Text]
    asked_on: Mapped[date]
    asked_by: Mapped[Title]  #: who asked, as the person was called then
    answer: Mapped[Text | None]
    answered_on: Mapped[date | None]

    network: Mapped[Network] = relationship()
