"""Records of what functions need, who provides it, the interfaces between organisations, and stored runs."""

from datetime import date

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, LargeBinary, String, Table, event, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dependencies.vocabulary import (
    DependencyKind,
    Handling,
    InterfaceLevel,
    InterfaceState,
    Standing,
    Strength,
    ToleranceBasis,
)
from prepare.audit import Audited
from prepare.db import Base, Code, InGraph, Key, Moment, Ref, Text, Title, Versioned
from prepare.models.functions import Function
from prepare.models.kept import Findable, Kept, PartOf
from prepare.models.organisations import Organisation
from prepare.vocabulary import Confidentiality, Criticality
from risks.models.scenarios import Scenario

IN_FORCE = text("NOT retired")

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
    agreement: Mapped[str | None] = mapped_column(String(200))  #: reference of the agreement, in its own register
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


class Need(PartOf, Audited, Versioned, InGraph, Base):
    """What a function cannot do without: at least `min_required` of its alternatives.

    The function carries on for `tolerance_h` hours when too few alternatives are left;
    `workaround` says what makes that tolerance true.
    """

    __tablename__ = "need"
    whole = "consumer"
    __table_args__ = (
        Index(
            "one_name_in_force", "consumer_id", "name", unique=True, sqlite_where=IN_FORCE, postgresql_where=IN_FORCE
        ),
        CheckConstraint("tolerance_h >= 0", name="tolerance_not_negative"),
        CheckConstraint("min_required >= 1", name="at_least_one"),
        CheckConstraint("wished >= min_required", name="wished_not_below_required"),
    )

    id: Mapped[Key]
    ref: Mapped[Ref]
    consumer_id: Mapped[int] = mapped_column(ForeignKey("function.id"), index=True)
    name: Mapped[Title]
    strength: Mapped[Strength]
    min_required: Mapped[int] = mapped_column(default=1)  #: k of the n alternatives
    wished: Mapped[int | None]  #: with fewer alternatives the function is degraded; None = not said
    tolerance_h: Mapped[float]  #: hours; 0 = felt at once
    tolerance_basis: Mapped[ToleranceBasis | None]
    workaround: Mapped[Text | None]  #: what makes the tolerance true; asked for when it is not 0 (W7)
    note: Mapped[Text | None]
    retired: Mapped[bool] = mapped_column(default=False)

    consumer: Mapped[Function] = relationship(lazy="joined", innerjoin=True)
    alternatives: Mapped[list["Dependency"]] = relationship(back_populates="need", order_by="Dependency.id")

    @property
    def code(self) -> str:
        """What the trail calls it."""
        return f"{self.consumer.code} {self.name}"

    @property
    def in_force(self) -> list["Dependency"]:
        """The alternatives that are in use."""
        return [alternative for alternative in self.alternatives if not alternative.retired]


class Dependency(PartOf, Audited, Versioned, InGraph, Base):
    """One way to satisfy a need: a supplier, and what the supplier says of it.

    An unconfirmed or disputed dependency counts in every calculation and is marked.
    """

    __tablename__ = "dependency"
    whole = "need"
    __table_args__ = (
        Index(
            "one_supplier_in_force",
            "need_id",
            "supplier_id",
            unique=True,
            sqlite_where=IN_FORCE,
            postgresql_where=IN_FORCE,
        ),
        CheckConstraint("extra_tolerance_h >= 0", name="extra_tolerance_not_negative"),
    )

    id: Mapped[Key]
    ref: Mapped[Ref]
    code: Mapped[Code] = mapped_column(unique=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), index=True)
    supplier_id: Mapped[int] = mapped_column(ForeignKey("function.id"), index=True)
    kind: Mapped[DependencyKind]
    workaround: Mapped[Text | None]  #: what is done when this supplier is lost
    extra_tolerance_h: Mapped[float] = mapped_column(default=0.0)  #: hours beyond the need's own tolerance
    interface_id: Mapped[int | None] = mapped_column(ForeignKey("interface.id"), index=True)
    standing: Mapped[Standing] = mapped_column(default=Standing.PROPOSED)
    answered_on: Mapped[date | None]  #: when the supplier confirmed or disputed
    answered_by: Mapped[Title | None]
    answer: Mapped[Text | None]  #: what the supplier said
    note: Mapped[Text | None]
    confidentiality: Mapped[Confidentiality] = mapped_column(default=Confidentiality.INTERNAL)
    retired: Mapped[bool] = mapped_column(default=False)

    need: Mapped[Need] = relationship(back_populates="alternatives", lazy="joined", innerjoin=True)
    supplier: Mapped[Function] = relationship()
    interface: Mapped[Interface | None] = relationship()


class LossDecision(PartOf, Audited, Versioned, Base):
    """What has been decided about the loss of a function that others cannot do without.

    There is one for a function at most; what stood before is told by the trail. It lapses after its last day.
    """

    __tablename__ = "loss_decision"
    whole = "function"
    __table_args__ = (CheckConstraint("decided_on <= holds_until", name="decision_from_to"),)

    id: Mapped[Key]
    ref: Mapped[Ref]
    function_id: Mapped[int] = mapped_column(ForeignKey("function.id"), unique=True)
    handling: Mapped[Handling]
    measure: Mapped[Text | None]  #: what is done about it
    owner_role: Mapped[Title | None]  #: who answers for the measure, by role
    reason: Mapped[Text | None]  #: why it is accepted, or lies outside what the city can mend
    holds_until: Mapped[date | None]  #: the last day; by it a measure is in force, after it an acceptance has lapsed
    decided_on: Mapped[date]
    decided_by: Mapped[Title]  #: who decided, as known to the trail

    function: Mapped[Function] = relationship(lazy="joined", innerjoin=True)

    @property
    def code(self) -> str:
        """What the trail calls it: the function's code."""
        return self.function.code


class ScenarioRun(PartOf, Audited, Base):
    """A trace of a scenario that was stored for a report: what went in, and the fingerprint of what came out.

    It is shown by computing it again from what went in (`dependencies.stored`), and is never changed.
    """

    __tablename__ = "scenario_run"
    whole = "scenario"

    id: Mapped[Key]
    ref: Mapped[Ref]
    code: Mapped[Code] = mapped_column(unique=True)  #: the scenario's code and the number of the run: "S1 3"
    scenario_id: Mapped[int] = mapped_column(ForeignKey("scenario.id"), index=True)
    made_at: Mapped[Moment]
    made_by: Mapped[Title]  #: as the person was called then
    purpose: Mapped[Title]
    graph_revision: Mapped[int]
    engine: Mapped[str] = mapped_column(String(40))
    program: Mapped[str] = mapped_column(String(40))  #: the version of this program
    method: Mapped[str] = mapped_column(String(40))
    horizon_h: Mapped[float]
    function_count: Mapped[int]
    need_count: Mapped[int]
    missed: Mapped[int]  #: hits that were left out, since their functions were no longer in force
    inputs: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    inputs_sha256: Mapped[str] = mapped_column(String(64))
    result_sha256: Mapped[str] = mapped_column(String(64))

    scenario: Mapped[Scenario] = relationship(lazy="joined", innerjoin=True)


@event.listens_for(ScenarioRun, "before_update")
def refuse_change(_mapper: object, _connection: object, run: ScenarioRun) -> None:
    """A stored run stays as it was stored."""
    raise RuntimeError(f"a stored run is never changed: {run.code}")
