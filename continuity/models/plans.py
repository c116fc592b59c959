"""Records of plans: a plan, its versions and the sections of each version."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Index, String, Table, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from continuity.vocabulary.plans import PlanKind, PlanState, Section
from prepare.audit import Audited
from prepare.db import Base, Code, Key, Moment, Ref, Text, Title, Versioned
from prepare.models.functions import Function
from prepare.models.kept import Findable, Kept, PartOf
from prepare.models.organisations import Organisation
from prepare.models.users import User
from prepare.vocabulary import Confidentiality

#: The functions that a plan covers; the register writes each change of the list into the trail.
plan_function = Table(
    "plan_function",
    Base.metadata,
    Column("plan_id", ForeignKey("plan.id"), primary_key=True),
    Column("function_id", ForeignKey("function.id"), primary_key=True, index=True),
)
#: Everybody who wrote in a version: none of them may approve it (E8).
plan_author = Table(
    "plan_author",
    Base.metadata,
    Column("plan_version_id", ForeignKey("plan_version.id"), primary_key=True),
    Column("user_id", ForeignKey("user.id"), primary_key=True),
)
APPROVED = text("state = 'approved'")
PENDING = text("state IN ('draft', 'submitted', 'in_review', 'returned')")


class Plan(Kept, Findable, Audited, Versioned, Base):
    """A plan of an organisation; what it says stands in its versions."""

    __tablename__ = "plan"

    id: Mapped[Key]
    ref: Mapped[Ref]
    code: Mapped[Code] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[PlanKind]
    name_fi: Mapped[Title]
    name_sv: Mapped[Title | None]
    name_en: Mapped[Title | None]
    confidentiality: Mapped[Confidentiality] = mapped_column(default=Confidentiality.INTERNAL)
    secrecy_basis: Mapped[Title | None]
    retired: Mapped[bool] = mapped_column(default=False)

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
    functions: Mapped[list[Function]] = relationship(secondary=plan_function, order_by=Function.code)
    versions: Mapped[list["PlanVersion"]] = relationship(back_populates="plan", order_by=lambda: PlanVersion.id.desc())


class PlanVersion(PartOf, Audited, Versioned, Base):
    """One version of a plan; at most one is approved and at most one is being prepared."""

    __tablename__ = "plan_version"
    whole = "plan"
    __table_args__ = (
        UniqueConstraint("plan_id", "number"),
        Index("one_approved_version", "plan_id", unique=True, sqlite_where=APPROVED, postgresql_where=APPROVED),
        Index("one_pending_version", "plan_id", unique=True, sqlite_where=PENDING, postgresql_where=PENDING),
        CheckConstraint("approver_id <> author_id", name="approver_is_not_author"),
        CheckConstraint("approved_on <= next_review", name="approval_before_review"),
    )

    id: Mapped[Key]
    ref: Mapped[Ref]
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    number: Mapped[str] = mapped_column(String(20))  #: as people write it: "2.1"
    state: Mapped[PlanState] = mapped_column(default=PlanState.DRAFT)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  #: who wrote in it last
    edited_at: Mapped[Moment | None]
    submitted_at: Mapped[Moment | None]
    reviewed_by_central_on: Mapped[date | None]
    return_reason: Mapped[Text | None]  #: why it was last returned
    state_reason: Mapped[Text | None]  #: why it was withdrawn
    approver_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    approved_on: Mapped[date | None]
    next_review: Mapped[date | None]
    valid_until: Mapped[date | None]  #: None = until further notice
    document_ref: Mapped[Title | None]  #: where the document itself is kept
    last_exercised_on: Mapped[date | None]
    #: What its functions were when it was approved, as `frozen.Figures`; None = approved before such were kept.
    figures: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), deferred=True)
    figures_sha256: Mapped[str | None] = mapped_column(String(64))  #: the trail tells by it that they were frozen

    plan: Mapped[Plan] = relationship(lazy="joined", innerjoin=True, back_populates="versions")
    author: Mapped[User | None] = relationship(foreign_keys=[author_id])
    approver: Mapped[User | None] = relationship(foreign_keys=[approver_id])
    authors: Mapped[list[User]] = relationship(secondary=plan_author)
    sections: Mapped[list["PlanSection"]] = relationship(back_populates="plan_version")

    @property
    def code(self) -> str:
        """What the trail calls it: the plan's code and the version's number."""
        return f"{self.plan.code} {self.number}"


class PlanSection(PartOf, Audited, Versioned, Base):
    """The text of one section of a version; two people may write in different sections at once."""

    __tablename__ = "plan_section"
    whole = "plan_version"
    __table_args__ = (UniqueConstraint("plan_version_id", "section"),)

    id: Mapped[Key]
    plan_version_id: Mapped[int] = mapped_column(ForeignKey("plan_version.id"), index=True)
    section: Mapped[Section]
    text: Mapped[Text]
    finished: Mapped[bool] = mapped_column(default=False)  #: its writers say that nothing is missing
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  #: who wrote in it last
    edited_at: Mapped[Moment | None]

    plan_version: Mapped[PlanVersion] = relationship(lazy="joined", innerjoin=True, back_populates="sections")
    author: Mapped[User | None] = relationship()

    @property
    def code(self) -> str:
        """What the trail calls it: the version and the section."""
        return f"{self.plan_version.code} {self.section.value}"
