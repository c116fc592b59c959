"""Records of the bodies of safety work: their seats, meetings and decisions."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from prepare.audit import Audited
from prepare.db import Base, Code, Key, Ref, Text, Title, Versioned
from prepare.models.kept import Binding, Findable, Kept, PartOf
from prepare.models.organisations import Organisation
from prepare.vocabulary import Confidentiality
from risks.models.measures import Measure
from risks.vocabulary.bodies import BodyKind, DecisionState, MeetingState, Position
from risks.vocabulary.levels import SteeringLevel


class Body(Kept, Findable, Binding, Audited, Versioned, Base):
    """A group that steers, follows or carries out safety work and meets at intervals or when it is called."""

    __tablename__ = "body"
    __table_args__ = (CheckConstraint("cadence_months BETWEEN 1 AND 120", name="cadence_in_months"),)

    id: Mapped[Key]
    ref: Mapped[Ref]
    code: Mapped[Code] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name_fi: Mapped[Title]
    name_sv: Mapped[Title | None]
    name_en: Mapped[Title | None]
    kind: Mapped[BodyKind] = mapped_column(default=BodyKind.OTHER)
    level: Mapped[SteeringLevel] = mapped_column(default=SteeringLevel.CITY)
    purpose: Mapped[Text | None]
    cadence_months: Mapped[int | None]  #: at most so many months from one meeting to the next
    on_demand: Mapped[bool] = mapped_column(default=False)  #: meets when it is called
    secretariat: Mapped[Title | None]
    appointed_by: Mapped[Title | None]
    appointed_on: Mapped[date | None]
    active: Mapped[bool] = mapped_column(default=True)
    confidentiality: Mapped[Confidentiality] = mapped_column(default=Confidentiality.INTERNAL)
    secrecy_basis: Mapped[Title | None]

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
    members: Mapped[list["BodyMember"]] = relationship(
        back_populates="body", order_by="BodyMember.id", cascade="all, delete-orphan"
    )


class BodyMember(Base):
    """A seat in a body; the register writes each change of the list into the body's trail."""

    __tablename__ = "body_member"

    id: Mapped[Key]
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    role_title: Mapped[Title]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    position: Mapped[Position] = mapped_column(default=Position.MEMBER)

    body: Mapped[Body] = relationship(back_populates="members")
    organisation: Mapped[Organisation | None] = relationship()


class Meeting(PartOf, Binding, Audited, Versioned, Base):
    """A meeting of a body: its agenda before, its minutes and decisions after."""

    __tablename__ = "meeting"
    whole = "body"

    id: Mapped[Key]
    ref: Mapped[Ref]
    code: Mapped[Code] = mapped_column(unique=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    state: Mapped[MeetingState] = mapped_column(default=MeetingState.PLANNED)
    meets_on: Mapped[date] = mapped_column(index=True)
    starts: Mapped[str | None] = mapped_column(String(20))  #: time of day as people write it
    place: Mapped[Title | None]
    remote: Mapped[bool] = mapped_column(default=False)
    agenda: Mapped[Text | None]  #: one point on each line
    participants: Mapped[Text | None]  #: roles and organisations, one on each line
    minutes: Mapped[Text | None]
    minutes_ref: Mapped[Title | None]  #: where the signed minutes are kept

    body: Mapped[Body] = relationship(lazy="joined", innerjoin=True)

    @property
    def points(self) -> list[str]:
        """The points of the agenda in their order."""
        return _lines(self.agenda)

    @property
    def present(self) -> list[str]:
        """Who took part."""
        return _lines(self.participants)


class Decision(PartOf, Binding, Audited, Versioned, Base):
    """What a meeting decided; it may lead to a measure, whose id it holds."""

    __tablename__ = "decision"
    whole = "meeting"

    id: Mapped[Key]
    ref: Mapped[Ref]
    code: Mapped[Code] = mapped_column(unique=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    text: Mapped[Text]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    owner_role: Mapped[Title | None]
    due: Mapped[date | None]
    resources: Mapped[Text | None]  #: what the city and its partners direct at it (S002)
    state: Mapped[DecisionState] = mapped_column(default=DecisionState.OPEN)
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("measure.id"), index=True)

    meeting: Mapped[Meeting] = relationship(lazy="joined", innerjoin=True)
    organisation: Mapped[Organisation | None] = relationship()
    measure: Mapped[Measure | None] = relationship()


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]
