"""Functions: what must run. A city's critical function or a service that a partner provides."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from prepare.audit import Audited
from prepare.db import Base, Code, InGraph, Key, Moment, Ref, Text, Title, Versioned
from prepare.models.kept import Findable, Kept, PartOf
from prepare.models.organisations import Organisation
from prepare.models.users import User
from prepare.vocabulary import (
    CapabilityBasis,
    Confidentiality,
    Criticality,
    FunctionState,
    ImpactCategory,
    Organiser,
    Production,
    RelationBasis,
    ResourceKind,
    RevisionState,
)


class Function(Kept, Findable, Audited, Versioned, InGraph, Base):
    """A critical function of a sector, or a service that an outside partner provides.

    It is the node of the dependency graph. The row holds what is in force; a change to a confirmed
    function waits in a FunctionRevision. All `_h` are hours; None means unknown, never fine.
    """

    __tablename__ = "function"
    __table_args__ = (
        CheckConstraint("rto_h >= 0 AND mtpd_h > 0 AND rto_h <= mtpd_h", name="rto_within_mtpd"),
        CheckConstraint("mbco_pct BETWEEN 0 AND 100", name="mbco_is_percentage"),
        CheckConstraint("rpo_h >= 0", name="rpo_not_negative"),
        CheckConstraint("restart_h >= 0", name="restart_not_negative"),
        CheckConstraint("recovery_capability_h >= 0", name="capability_not_negative"),
    )
    shared_as = "functions"

    id: Mapped[Key]
    ref: Mapped[Ref]
    code: Mapped[Code] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    state: Mapped[FunctionState] = mapped_column(default=FunctionState.DRAFT)
    name_fi: Mapped[Title]
    name_sv: Mapped[Title | None]
    name_en: Mapped[Title | None]
    description_fi: Mapped[Text | None]
    description_sv: Mapped[Text | None]
    description_en: Mapped[Text | None]
    organiser: Mapped[Organiser | None]
    production: Mapped[Production | None]
    owner_role: Mapped[Title | None]
    deputy_role: Mapped[Title | None]
    statutory_basis: Mapped[Text | None]
    vital_function: Mapped[str | None] = mapped_column(String(20))  #: code of the list VITAL_FUNCTION
    customers: Mapped[Text | None]
    vulnerable_groups: Mapped[bool | None]  #: whether vulnerable groups suffer; None = not said
    area_scope: Mapped[str | None] = mapped_column(String(200))  #: None = whole city, else codes of the list AREA
    criticality: Mapped[Criticality | None]
    criticality_reason: Mapped[Text | None]  #: asked for when the class differs from the suggested one
    rto_h: Mapped[float | None]  #: recovery time objective
    mtpd_h: Mapped[float | None]  #: maximum tolerable period of disruption
    rpo_h: Mapped[float | None]  #: recovery point objective: hours of data that may be lost
    mbco_pct: Mapped[float | None]  #: minimum service level, 0-100
    mbco_text: Mapped[Text | None]  #: minimum service level in words
    recovery_capability_h: Mapped[float | None]  #: what is achieved, not the target
    capability_basis: Mapped[CapabilityBasis | None]
    capability_on: Mapped[date | None]  #: when the capability was last known
    restart_h: Mapped[float | None]  #: from all needs met to running again
    min_staff: Mapped[int | None]
    key_skills: Mapped[Text | None]
    peak_periods: Mapped[Text | None]
    no_dependencies: Mapped[bool] = mapped_column(default=False)  #: confirmed: it needs nobody (E11)
    commodity: Mapped[bool] = mapped_column(default=False)  #: needs no interface across organisations (W0)
    committed_recovery_h: Mapped[float | None]  #: a partner's promise; None = unknown
    commitment_basis: Mapped[RelationBasis | None]
    confirmed_on: Mapped[date | None]
    confirmed_by: Mapped[Title | None]
    confidentiality: Mapped[Confidentiality] = mapped_column(default=Confidentiality.INTERNAL)
    secrecy_basis: Mapped[Title | None]
    reviewed_on: Mapped[date | None]
    next_review: Mapped[date | None]
    return_reason: Mapped[Text | None]  #: why it was last returned for completion
    submitted_at: Mapped[Moment | None]  #: since when it waits for confirmation; None = it does not, or unknown

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)


class FunctionRevision(PartOf, Audited, Versioned, Base):
    """A change to a confirmed function that waits for confirmation; the function stays in force meanwhile."""

    __tablename__ = "function_revision"
    whole = "function"

    id: Mapped[Key]
    ref: Mapped[Ref]
    function_id: Mapped[int] = mapped_column(ForeignKey("function.id"), index=True)
    state: Mapped[RevisionState] = mapped_column(default=RevisionState.DRAFT)
    entry: Mapped[dict[str, Any]] = mapped_column(JSON)  #: the FunctionEntry as it was typed
    impacts: Mapped[dict[str, Any] | None] = mapped_column(JSON)  #: category → seven steps; None = as in force
    impact_notes: Mapped[dict[str, Any] | None] = mapped_column(JSON)  #: category → note; with the impacts
    base_version: Mapped[int]  #: version of the function that the change was made to
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    begun_at: Mapped[Moment]
    submitted_at: Mapped[Moment | None]  #: since when it waits for confirmation
    return_reason: Mapped[Text | None]

    function: Mapped[Function] = relationship(lazy="joined", innerjoin=True)
    author: Mapped[User | None] = relationship()

    @property
    def code(self) -> str:
        """What the trail calls it: the function's code."""
        return self.function.code


class BiaImpact(PartOf, Audited, Base):
    """Harm of an outage in one category, step 1-5, as it lasts longer (bands T1-T7, domain.md 2.2)."""

    __tablename__ = "bia_impact"
    whole = "function"
    __table_args__ = (UniqueConstraint("function_id", "category"),)

    id: Mapped[Key]
    function_id: Mapped[int] = mapped_column(ForeignKey("function.id"))
    category: Mapped[ImpactCategory]
    t1: Mapped[int]
    t2: Mapped[int]
    t3: Mapped[int]
    t4: Mapped[int]
    t5: Mapped[int]
    t6: Mapped[int]
    t7: Mapped[int]
    note: Mapped[Text | None]

    function: Mapped[Function] = relationship()

    @property
    def steps(self) -> tuple[int, ...]:
        """The seven steps in order of time."""
        return (self.t1, self.t2, self.t3, self.t4, self.t5, self.t6, self.t7)

    @property
    def code(self) -> str:
        """What the trail calls it."""
        return f"{self.function.code} {self.category.value}"


class Resource(PartOf, Audited, Versioned, Base):
    """What a function needs of staff, premises, data …, in normal times and at its minimum level."""

    __tablename__ = "resource"
    whole = "function"

    id: Mapped[Key]
    ref: Mapped[Ref]
    function_id: Mapped[int] = mapped_column(ForeignKey("function.id"), index=True)
    kind: Mapped[ResourceKind]
    name: Mapped[Title]
    normal_qty: Mapped[float | None]
    minimum_qty: Mapped[float | None]
    unit: Mapped[str | None] = mapped_column(String(40))
    needed_from_band: Mapped[str | None] = mapped_column(String(2))  #: T1-T7
    stock_lasts_h: Mapped[float | None]
    alternative: Mapped[Text | None]
    retired: Mapped[bool] = mapped_column(default=False)

    function: Mapped[Function] = relationship()

    @property
    def code(self) -> str:
        """What the trail calls it."""
        return f"{self.function.code} {self.name}"
