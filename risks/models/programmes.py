"""The record of a programme across sectors."""

from datetime import date

from sqlalchemy import CheckConstraint, Column, ForeignKey, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from prepare.audit import Audited
from prepare.db import Base, Code, Key, Ref, Text, Title, Versioned
from prepare.models.kept import Binding, Findable, Kept
from prepare.models.lists import Several
from prepare.models.organisations import Organisation
from prepare.vocabulary import Confidentiality
from risks.vocabulary.safety import ProgrammeState, SafetyEffect, TargetGroup, Theme

#: The organisations that carry out a programme; the register writes each change of the list into the trail.
programme_organisation = Table(
    "programme_organisation",
    Base.metadata,
    Column("programme_id", ForeignKey("programme.id"), primary_key=True),
    Column("organisation_id", ForeignKey("organisation.id"), primary_key=True, index=True),
)


class Programme(Binding, Kept, Findable, Audited, Versioned, Base):
    """A programme of the city or of a sector that affects safety, directly or on the way."""

    __tablename__ = "programme"
    __table_args__ = (CheckConstraint("period_from <= period_to", name="period_from_to"),)

    id: Mapped[Key]
    ref: Mapped[Ref]
    code: Mapped[Code] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    state: Mapped[ProgrammeState] = mapped_column(default=ProgrammeState.PLANNED)
    name_fi: Mapped[Title]
    name_sv: Mapped[Title | None]
    name_en: Mapped[Title | None]
    description: Mapped[Text | None]
    themes: Mapped[tuple[Theme, ...]] = mapped_column(Several(Theme), default=())
    areas: Mapped[tuple[str, ...]] = mapped_column(Several(), default=())  #: codes of AREA; none = the whole city
    target_groups: Mapped[tuple[TargetGroup, ...]] = mapped_column(Several(TargetGroup), default=())
    owner_role: Mapped[Title | None]
    period_from: Mapped[date | None]
    period_to: Mapped[date | None]
    effect: Mapped[SafetyEffect | None]
    budget_ref: Mapped[Title | None]
    document_ref: Mapped[Title | None]
    confidentiality: Mapped[Confidentiality] = mapped_column(default=Confidentiality.INTERNAL)
    secrecy_basis: Mapped[Title | None]

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
    organisations: Mapped[list[Organisation]] = relationship(
        secondary=programme_organisation, order_by=Organisation.sort_name
    )
