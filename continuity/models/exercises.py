"""Records of exercises: what is rehearsed with whom, what is put before those who take part, and what was measured."""

from datetime import date

from sqlalchemy import CheckConstraint, Column, ForeignKey, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from continuity.models.plans import Plan
from continuity.vocabulary.exercises import HELD, ExerciseKind, ExerciseState
from dependencies.models.interfaces import Interface
from prepare.audit import Audited
from prepare.db import Base, Code, Key, Moment, Ref, Text, Title, Versioned
from prepare.models.functions import Function
from prepare.models.kept import Binding, Findable, Kept, PartOf
from prepare.models.organisations import Organisation
from prepare.vocabulary import Confidentiality
from risks.models.scenarios import Scenario

#: Who takes part in an exercise beside its keeper, partners too; the register writes each change into the trail.
exercise_organisation = Table(
    "exercise_organisation",
    Base.metadata,
    Column("exercise_id", ForeignKey("exercise.id"), primary_key=True),
    Column("organisation_id", ForeignKey("organisation.id"), primary_key=True, index=True),
)
#: The plans that an exercise tests.
exercise_plan = Table(
    "exercise_plan",
    Base.metadata,
    Column("exercise_id", ForeignKey("exercise.id"), primary_key=True),
    Column("plan_id", ForeignKey("plan.id"), primary_key=True, index=True),
)
#: The functions that an exercise tests.
exercise_function = Table(
    "exercise_function",
    Base.metadata,
    Column("exercise_id", ForeignKey("exercise.id"), primary_key=True),
    Column("function_id", ForeignKey("function.id"), primary_key=True, index=True),
)
#: The interfaces that an exercise tests, together with their partner.
exercise_interface = Table(
    "exercise_interface",
    Base.metadata,
    Column("exercise_id", ForeignKey("exercise.id"), primary_key=True),
    Column("interface_id", ForeignKey("interface.id"), primary_key=True, index=True),
)


class Exercise(Kept, Findable, Binding, Audited, Versioned, Base):
    """A rehearsal of what is to be done in a disruption; its keeper and whoever takes part read it."""

    __tablename__ = "exercise"
    __table_args__ = (CheckConstraint("headcount >= 0", name="headcount_not_negative"),)

    id: Mapped[Key]
    ref: Mapped[Ref]
    code: Mapped[Code] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)  #: who arranges it
    name_fi: Mapped[Title]
    name_sv: Mapped[Title | None]
    name_en: Mapped[Title | None]
    kind: Mapped[ExerciseKind]
    state: Mapped[ExerciseState] = mapped_column(default=ExerciseState.PLANNED)
    state_reason: Mapped[Text | None]  #: why it was cancelled
    planned_on: Mapped[date | None] = mapped_column(index=True)
    held_on: Mapped[date | None]
    starts_at: Mapped[Moment | None]  #: hour 0 on the clock of the exercise
    scenario_id: Mapped[int | None] = mapped_column(ForeignKey("scenario.id"), index=True)
    objectives: Mapped[Text | None]
    lead_role: Mapped[Title | None]
    headcount: Mapped[int | None]  #: how many people took part; None = not known
    conclusion: Mapped[Text | None]  #: what was learnt, in a few sentences
    report_ref: Mapped[Title | None]  #: where the report is kept
    injects_made_at: Mapped[Moment | None]  #: when the list of injects was last made from the cascade
    injects_revision: Mapped[int | None]  #: the state of the needs and functions from which it was made
    injects_scenario: Mapped[Code | None]  #: code of the scenario from which it was made
    confidentiality: Mapped[Confidentiality] = mapped_column(default=Confidentiality.INTERNAL)
    secrecy_basis: Mapped[Title | None]

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
    scenario: Mapped[Scenario | None] = relationship()
    participants: Mapped[list[Organisation]] = relationship(secondary=exercise_organisation, order_by=Organisation.code)
    plans: Mapped[list[Plan]] = relationship(secondary=exercise_plan, order_by=Plan.code)
    functions: Mapped[list[Function]] = relationship(secondary=exercise_function, order_by=Function.code)
    interfaces: Mapped[list[Interface]] = relationship(secondary=exercise_interface, order_by=Interface.code)

    @property
    def reader_paths(self) -> tuple[str, ...]:
        """Whoever arranges it and whoever takes part read it."""
        return (self.owner_path, *(one.path for one in self.participants))

    @property
    def day(self) -> date | None:
        """When it was held, or else is planned."""
        return self.held_on or self.planned_on

    @property
    def was_held(self) -> bool:
        """Whether it has taken place."""
        return self.state in HELD


class OfExercise(PartOf, Binding):
    """A part of an exercise: whoever reads the exercise reads it."""

    whole = "exercise"

    @property
    def reader_paths(self) -> tuple[str, ...]:
        """As the exercise."""
        return tuple(getattr(self, self.whole).reader_paths)


class ExerciseInject(OfExercise, Audited, Versioned, Base):
    """What is put before those who take part at one hour, and what they are expected to decide or do."""

    __tablename__ = "exercise_inject"
    __table_args__ = (
        UniqueConstraint("exercise_id", "number"),
        CheckConstraint("at_h >= 0", name="hour_not_negative"),
    )

    id: Mapped[Key]
    ref: Mapped[Ref]
    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercise.id"), index=True)
    number: Mapped[int]  #: which of the exercise's injects it is, in the order in which they were written
    at_h: Mapped[float]  #: hours from the start of the scenario
    place: Mapped[int] = mapped_column(default=0)  #: order among those of one hour
    happens: Mapped[Text]  #: what happens or fails
    function_id: Mapped[int | None] = mapped_column(ForeignKey("function.id"), index=True)  #: the function that fails
    noticed_by: Mapped[Text | None]  #: who notices it first
    decision: Mapped[Text | None]  #: what is to be decided or done
    channel: Mapped[Title | None]  #: how it is told to those who take part
    generated: Mapped[bool] = mapped_column(default=False)  #: made from the cascade
    touched: Mapped[bool] = mapped_column(default=False)  #: edited by hand since it was made
    retired: Mapped[bool] = mapped_column(default=False)

    exercise: Mapped[Exercise] = relationship(lazy="joined", innerjoin=True)
    function: Mapped[Function | None] = relationship()

    @property
    def code(self) -> str:
        """What the trail calls it: the exercise's code and the number."""
        return f"{self.exercise.code} {self.number}"


class ExerciseMeasurement(OfExercise, Audited, Versioned, Base):
    """In how many hours a function was really running again in the exercise."""

    __tablename__ = "exercise_measurement"
    __table_args__ = (
        UniqueConstraint("exercise_id", "function_id"),
        CheckConstraint("achieved_recovery_h >= 0", name="hours_not_negative"),
    )

    id: Mapped[Key]
    ref: Mapped[Ref]
    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercise.id"), index=True)
    function_id: Mapped[int] = mapped_column(ForeignKey("function.id"), index=True)
    achieved_recovery_h: Mapped[float]  #: hours from the failure until it runs at its minimum level again
    how_measured: Mapped[Text | None]
    taken_over_on: Mapped[date | None]  #: when it became the function's recovery capability

    exercise: Mapped[Exercise] = relationship(lazy="joined", innerjoin=True)
    function: Mapped[Function] = relationship()

    @property
    def code(self) -> str:
        """What the trail calls it: the exercise and the function."""
        return f"{self.exercise.code} {self.function.code}"
