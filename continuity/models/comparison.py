"""Records of which municipalities compare their readiness with each other, anonymously."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from continuity.models.readiness import Inside
from prepare.audit import Audited
from prepare.db import Base, Code, Key, Ref, Title, Versioned
from prepare.models.kept import Kept
from prepare.models.organisations import Organisation

OPEN = text("left_on IS NULL")


class ReadinessParticipation(Inside, Kept, Audited, Versioned, Base):
    """That a municipality takes part in the anonymous comparison of readiness, from a day until it leaves."""

    __tablename__ = "readiness_participation"
    __table_args__ = (
        Index("once_at_a_time", "organisation_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
        CheckConstraint("left_on >= joined_on", name="left_after_joining"),
    )

    id: Mapped[Key]
    ref: Mapped[Ref]
    code: Mapped[Code] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)  #: the municipality
    joined_on: Mapped[date]
    joined_by: Mapped[Title]  #: as the person was called then
    left_on: Mapped[date | None]  #: None = takes part

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
