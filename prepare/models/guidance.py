"""Records of the preparedness guidance: its versions with chapters and requirements, and organisations' answers."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from prepare.audit import Audited
from prepare.checks import Check, CheckResult
from prepare.db import Base, Code, Key, Ref, Text, Title, Versioned
from prepare.models.kept import Binding, Kept, PartOf
from prepare.models.lists import Several
from prepare.models.organisations import Organisation
from prepare.models.users import User
from prepare.vocabulary import AnswerStatus, Confidentiality, Criticality, Dimension


class GuidanceVersion(Binding, Kept, Audited, Versioned, Base):
    """A version of the guidance (valmiusohje) by which a city steers the preparedness of everything below it.

    It is a draft until it is issued. Whether it waits, is in force or is superseded follows from the days from which
    the city's issued versions are valid: see `prepare.guiding.states`.
    """

    __tablename__ = "guidance_version"
    __table_args__ = (
        UniqueConstraint("organisation_id", "number"),
        UniqueConstraint("organisation_id", "valid_from"),
        CheckConstraint("(issued_on IS NULL) = (valid_from IS NULL)", name="issued_with_a_day"),
    )

    id: Mapped[Key]
    ref: Mapped[Ref]
    code: Mapped[Code] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)  #: the city that issues it
    number: Mapped[str] = mapped_column(String(20))  #: as people write it: "2.0"
    summary: Mapped[Text | None]  #: what is new in it
    predecessor_id: Mapped[int | None] = mapped_column(ForeignKey("guidance_version.id"), index=True)
    valid_from: Mapped[date | None]
    issued_on: Mapped[date | None]  #: None = a draft
    issued_by: Mapped[Title | None]  #: as the person was called then
    offered_on: Mapped[date | None]  #: since when other municipalities may have what is public in it; None = not
    catalogue_id: Mapped[int | None] = mapped_column(ForeignKey("guidance_version.id"), index=True)  #: it began from

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
    predecessor: Mapped["GuidanceVersion | None"] = relationship(
        remote_side="GuidanceVersion.id", foreign_keys=[predecessor_id]
    )
    catalogue: Mapped["GuidanceVersion | None"] = relationship(
        remote_side="GuidanceVersion.id", foreign_keys=[catalogue_id]
    )
    chapters: Mapped[list["GuidanceChapter"]] = relationship(
        back_populates="guidance_version", order_by=lambda: (GuidanceChapter.rank, GuidanceChapter.id)
    )
    requirements: Mapped[list["Requirement"]] = relationship(
        back_populates="guidance_version", order_by=lambda: Requirement.mark
    )

    @property
    def confidentiality(self) -> Confidentiality:
        """That a version exists is known inside the house; chapters and requirements have classes of their own."""
        return Confidentiality.INTERNAL


class GuidanceChapter(Binding, PartOf, Audited, Versioned, Base):
    """A chapter of the guidance: for everybody, for the house, or only for those who may read what is secret."""

    __tablename__ = "guidance_chapter"
    __table_args__ = (UniqueConstraint("guidance_version_id", "key"),)
    whole = "guidance_version"
    open_below = Confidentiality.CONFIDENTIAL

    id: Mapped[Key]
    ref: Mapped[Ref]
    guidance_version_id: Mapped[int] = mapped_column(ForeignKey("guidance_version.id"), index=True)
    key: Mapped[int]  #: the same chapter has the same number in every version
    rank: Mapped[int]  #: its place in the text
    taken_key: Mapped[int | None]  #: its number in the catalogue of another municipality from which it was taken
    title_fi: Mapped[Title]
    title_sv: Mapped[Title | None]
    title_en: Mapped[Title | None]
    text_fi: Mapped[Text | None]
    text_sv: Mapped[Text | None]
    text_en: Mapped[Text | None]
    confidentiality: Mapped[Confidentiality] = mapped_column(default=Confidentiality.PUBLIC)
    secrecy_basis: Mapped[Title | None]
    out_of_use: Mapped[bool] = mapped_column(default=False)  #: left out of the version

    guidance_version: Mapped[GuidanceVersion] = relationship(lazy="joined", innerjoin=True, back_populates="chapters")

    @property
    def code(self) -> str:
        """What the trail calls it: the version's code and the chapter's number."""
        return f"{self.guidance_version.code} {self.key}"


class Requirement(Binding, PartOf, Audited, Versioned, Base):
    """A requirement of the guidance, which organisations answer and of which the register may count something."""

    __tablename__ = "requirement"
    __table_args__ = (
        UniqueConstraint("guidance_version_id", "mark"),
        CheckConstraint("cycle_months >= 1", name="cycle_of_months"),
    )
    whole = "guidance_version"
    open_below = Confidentiality.CONFIDENTIAL

    id: Mapped[Key]
    ref: Mapped[Ref]
    guidance_version_id: Mapped[int] = mapped_column(ForeignKey("guidance_version.id"), index=True)
    mark: Mapped[Code]  #: "VO-07": the same requirement has the same one in every version
    taken_mark: Mapped[Code | None]  #: its code in the catalogue of another municipality from which it was taken
    dimension: Mapped[Dimension]
    text_fi: Mapped[Text]
    text_sv: Mapped[Text | None]
    text_en: Mapped[Text | None]
    classes: Mapped[tuple[Criticality, ...]] = mapped_column(Several(Criticality), default=())  #: () = all
    sectors: Mapped[tuple[str, ...]] = mapped_column(Several(), default=())  #: codes of organisations; () = all
    automatic: Mapped[Check | None]  #: what the register counts; None = only an answer tells
    basis: Mapped[Title | None]  #: the law, standard or decision behind it
    cycle_months: Mapped[int | None]  #: how often the answer is looked at again; None = once
    confidentiality: Mapped[Confidentiality] = mapped_column(default=Confidentiality.PUBLIC)
    secrecy_basis: Mapped[Title | None]
    out_of_use: Mapped[bool] = mapped_column(default=False)  #: left out of the version

    guidance_version: Mapped[GuidanceVersion] = relationship(
        lazy="joined", innerjoin=True, back_populates="requirements"
    )

    @property
    def code(self) -> str:
        """What the trail calls it: the version's code and its own."""
        return f"{self.guidance_version.code} {self.mark}"


class RequirementAnswer(Kept, Audited, Versioned, Base):
    """What an organisation says of a requirement of one version, beside what the register counted then.

    An answer that was carried over stands as it was given to the version before, until the organisation looks at it.
    """

    __tablename__ = "requirement_answer"
    __table_args__ = (
        UniqueConstraint("organisation_id", "requirement_id"),
        CheckConstraint("counted_good <= counted_of", name="good_among_all"),
    )

    id: Mapped[Key]
    ref: Mapped[Ref]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    requirement_id: Mapped[int] = mapped_column(ForeignKey("requirement.id"), index=True)
    status: Mapped[AnswerStatus]
    evidence: Mapped[Text | None]
    comment: Mapped[Text | None]
    answered_on: Mapped[date]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    carried_from_id: Mapped[int | None] = mapped_column(ForeignKey("guidance_version.id"))  #: None = given to this one
    counted_result: Mapped[CheckResult | None]  #: what the register said when it was answered
    counted_good: Mapped[int | None]
    counted_of: Mapped[int | None]

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
    requirement: Mapped[Requirement] = relationship(lazy="joined", innerjoin=True)
    answered_by: Mapped[User | None] = relationship()
    carried_from: Mapped[GuidanceVersion | None] = relationship(foreign_keys=[carried_from_id])

    @property
    def code(self) -> str:
        """What the trail calls it: the requirement and who answers it."""
        return f"{self.requirement.code} {self.organisation.code}"

    @property
    def confidentiality(self) -> Confidentiality:
        """At least what the house knows; as secret as the requirement."""
        return max(self.requirement.confidentiality, Confidentiality.INTERNAL, key=lambda one: one.rank)
