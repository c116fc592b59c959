"""Records of readiness: snapshots of the score, and what the KUJA assessments of a city found."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from continuity.vocabulary.readiness import KujaTool
from prepare.audit import Audited
from prepare.db import Base, Code, Key, Moment, Ref, Text, Title, Versioned
from prepare.models.kept import Kept
from prepare.models.lists import Several
from prepare.models.organisations import Organisation
from prepare.vocabulary import Confidentiality, Dimension


class Inside:
    """Known inside the house: read by whoever reads the city's registers."""

    @property
    def confidentiality(self) -> Confidentiality:
        """Internal."""
        return Confidentiality.INTERNAL


class ReadinessSnapshot(Inside, Kept, Audited, Base):
    """How ready a city was on a day, as the rules counted it then; it is never changed."""

    __tablename__ = "readiness_snapshot"

    id: Mapped[Key]
    ref: Mapped[Ref]
    code: Mapped[Code] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)  #: the city
    as_of: Mapped[date] = mapped_column(index=True)  #: the day on which the figures stood so
    taken_at: Mapped[Moment]
    taken_by: Mapped[Title]  #: as the person was called then
    guidance: Mapped[str | None] = mapped_column(String(20))  #: number of the guidance in force; None = there was none
    method: Mapped[str] = mapped_column(String(20))  #: version of the formulas
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)  #: as `scoring.snapshots` writes them
    figures_sha256: Mapped[str] = mapped_column(String(64))
    data_sha256: Mapped[str] = mapped_column(String(64))  #: of the rows that were counted: alike data, alike print

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)


@event.listens_for(ReadinessSnapshot, "before_update")
def refuse_change(_mapper: object, _connection: object, snapshot: ReadinessSnapshot) -> None:
    """A snapshot stays as it was taken."""
    raise RuntimeError(f"a snapshot is never changed: {snapshot.code}")


class KujaPart(Inside, Kept, Audited, Versioned, Base):
    """A part of the KUJA model as the city calls it, and the sides of readiness that tell about the same things."""

    __tablename__ = "kuja_part"
    __table_args__ = (
        UniqueConstraint("organisation_id", "number"),
        CheckConstraint("number BETWEEN 1 AND 5", name="one_of_five"),
    )

    id: Mapped[Key]
    ref: Mapped[Ref]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)  #: the city
    number: Mapped[int]
    label_fi: Mapped[Title | None]  #: None = the city has not labelled it from its own workbook
    label_sv: Mapped[Title | None]
    label_en: Mapped[Title | None]
    dimensions: Mapped[tuple[Dimension, ...]] = mapped_column(Several(Dimension), default=())

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)

    @property
    def code(self) -> str:
        """What the trail calls it."""
        return f"KUJA {self.number}"


class KujaResult(Inside, Kept, Audited, Versioned, Base):
    """What an assessment by KUJA's own tools gave; entered by hand, and never converted."""

    __tablename__ = "kuja_result"

    id: Mapped[Key]
    ref: Mapped[Ref]
    code: Mapped[Code] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)  #: the city
    assessed_on: Mapped[date]
    tool: Mapped[KujaTool]
    tool_version: Mapped[Title]
    part: Mapped[int | None]  #: None = the whole
    points: Mapped[float | None]
    result: Mapped[Text | None]  #: in the tool's own words
    comment: Mapped[Text | None]
    assessed_by: Mapped[Title]  #: who assessed, by role or as a group

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
