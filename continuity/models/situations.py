"""Records of situations of fast reaction: what is known of them, and what is learnt from them."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from continuity.models.exercises import Exercise
from continuity.vocabulary.situations import (
    LIVE,
    ObservationKind,
    ObservationSeverity,
    Recipient,
    Reliability,
    SituationState,
)
from prepare.audit import Audited
from prepare.db import Base, Code, Key, Moment, Ref, Text, Title, Versioned
from prepare.models.kept import Binding, Findable, Kept, PartOf
from prepare.models.lists import Several
from prepare.models.organisations import Organisation
from prepare.models.users import User
from prepare.vocabulary import Confidentiality
from risks.models.measures import Measure
from risks.models.scenarios import Scenario
from risks.vocabulary.scenarios import Severity


class Situation(Kept, Findable, Binding, Audited, Versioned, Base):
    """A situation that needs a fast reaction: who gathered, what was known and agreed, and to whom it was presented.

    Its class is recorded as somebody has stated it; nothing here declares it.
    """

    __tablename__ = "situation"
    named_by = "title"

    id: Mapped[Key]
    ref: Mapped[Ref]
    code: Mapped[Code] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    state: Mapped[SituationState] = mapped_column(default=SituationState.OPEN)
    title: Mapped[Title]
    situation_class: Mapped[Severity] = mapped_column(default=Severity.DISRUPTION)
    began_at: Mapped[Moment]  #: when it began; the hours of a forecast count from here
    opened_at: Mapped[Moment]
    area: Mapped[str | None] = mapped_column(String(20))  #: code of the list AREA; None = the whole city
    phenomenon: Mapped[Text | None]  #: what it is about
    scenario_id: Mapped[int | None] = mapped_column(ForeignKey("scenario.id"), index=True)
    participants: Mapped[Text | None]  #: roles and organisations, one on each line
    presented_to: Mapped[tuple[Recipient, ...]] = mapped_column(Several(Recipient), default=())
    presented_at: Mapped[Moment | None]
    closed_at: Mapped[Moment | None]
    lessons: Mapped[Text | None]
    confidentiality: Mapped[Confidentiality] = mapped_column(default=Confidentiality.INTERNAL)
    secrecy_basis: Mapped[Title | None]

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
    scenario: Mapped[Scenario | None] = relationship()

    title_sv = title_en = None  #: it is written in one language

    @property
    def title_fi(self) -> str:
        """The title in whatever language it was written."""
        return self.title

    @property
    def is_live(self) -> bool:
        """Whether the picture is still being formed."""
        return self.state in LIVE

    @property
    def present(self) -> list[str]:
        """Who takes part."""
        return [line.strip() for line in (self.participants or "").splitlines() if line.strip()]


class PictureEntry(PartOf, Audited, Base):
    """One entry of the picture; it is never changed, and what was wrong is corrected by a further entry."""

    __tablename__ = "picture_entry"
    whole = "situation"
    __table_args__ = (UniqueConstraint("situation_id", "number"),)

    id: Mapped[Key]
    situation_id: Mapped[int] = mapped_column(ForeignKey("situation.id"), index=True)
    number: Mapped[int]  #: 1, 2, … in the order in which they were written
    at: Mapped[Moment]  #: when it was so
    written_at: Mapped[Moment]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    source: Mapped[Title | None]
    text: Mapped[Text]
    reliability: Mapped[Reliability | None]
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("picture_entry.id"))  #: the entry that this one corrects

    situation: Mapped[Situation] = relationship(lazy="joined", innerjoin=True)
    author: Mapped[User | None] = relationship()

    @property
    def code(self) -> str:
        """What the trail calls it: the situation's code and the number."""
        return f"{self.situation.code} {self.number}"


class Observation(Kept, Binding, Audited, Versioned, Base):
    """What worked or was lacking, in a situation or an exercise; a gap leads to a measure, or says why not."""

    __tablename__ = "observation"
    __table_args__ = (CheckConstraint("situation_id IS NULL OR exercise_id IS NULL", name="situation_or_exercise"),)

    id: Mapped[Key]
    ref: Mapped[Ref]
    code: Mapped[Code] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    situation_id: Mapped[int | None] = mapped_column(ForeignKey("situation.id"), index=True)
    exercise_id: Mapped[int | None] = mapped_column(ForeignKey("exercise.id"), index=True)
    text: Mapped[Text]
    kind: Mapped[ObservationKind] = mapped_column(default=ObservationKind.GAP)
    severity: Mapped[ObservationSeverity] = mapped_column(default=ObservationSeverity.NOTABLE)
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("measure.id"), index=True)
    no_action_reason: Mapped[Text | None]
    closed_on: Mapped[date | None]
    confidentiality: Mapped[Confidentiality] = mapped_column(default=Confidentiality.INTERNAL)

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
    situation: Mapped[Situation | None] = relationship()
    exercise: Mapped[Exercise | None] = relationship()
    measure: Mapped[Measure | None] = relationship()

    @property
    def reader_paths(self) -> tuple[str, ...]:
        """What was observed in an exercise is read as the exercise is."""
        return self.exercise.reader_paths if self.exercise else (self.owner_path,)

    @property
    def noted_on(self) -> date | None:
        """The day of the exercise or the situation in which it was observed."""
        if self.exercise:
            return self.exercise.day
        return self.situation.began_at.date() if self.situation else None
