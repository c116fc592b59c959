"""Records of what residents said."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from prepare.audit import Audited
from prepare.db import Base, Code, Key, Ref, Text, Title, Versioned
from prepare.models.kept import Binding, Findable, Kept
from prepare.models.organisations import Organisation
from prepare.vocabulary import Confidentiality
from risks.vocabulary.inputs import InputSource
from risks.vocabulary.safety import Theme


class ResidentInput(Binding, Kept, Findable, Audited, Versioned, Base):
    """What residents said in a survey, a hearing, on a map or at an event, and what became of it."""

    __tablename__ = "resident_input"
    __table_args__ = (CheckConstraint("participants >= 0", name="participants_not_negative"),)

    id: Mapped[Key]
    ref: Mapped[Ref]
    code: Mapped[Code] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[Title]
    source: Mapped[InputSource]
    held_on: Mapped[date] = mapped_column(index=True)
    area: Mapped[str | None] = mapped_column(String(20))  #: code of the list AREA; None = the whole city
    theme: Mapped[Theme | None]
    participants: Mapped[int | None]  #: how many answered or took part; None = unknown
    question: Mapped[Title | None]  #: the same words each time, so that answers can be compared
    value: Mapped[float | None]
    unit: Mapped[Title | None]  #: as "of 5" or "%"
    description: Mapped[Text | None]
    latitude: Mapped[float | None]  #: degrees
    longitude: Mapped[float | None]  #: degrees
    used_in: Mapped[Code | None]  #: code of the plan, priority, phenomenon or measure; None = not yet
    used_how: Mapped[Text | None]
    confidentiality: Mapped[Confidentiality] = mapped_column(default=Confidentiality.INTERNAL)
    secrecy_basis: Mapped[Title | None]

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
