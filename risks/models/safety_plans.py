"""The records of safety plans and their priorities."""

from datetime import date

from sqlalchemy import CheckConstraint, Column, ForeignKey, String, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from prepare.audit import Audited
from prepare.db import Base, Code, Key, Ref, Text, Title, Versioned
from prepare.models.kept import Binding, Findable, Kept, PartOf
from prepare.models.lists import Several
from prepare.models.organisations import Organisation
from prepare.vocabulary import Confidentiality
from risks.models.measures import Measure
from risks.models.national_programmes import NationalLine
from risks.models.objectives import Objective
from risks.vocabulary.levels import SteeringLevel
from risks.vocabulary.safety import SafetyPlanKind, SafetyPlanState, TargetGroup, Theme


def _links(name: str, owner: str, other: str) -> Table:
    """A table that links two kinds of records; the register writes each change of such a list into the trail."""
    return Table(
        name,
        Base.metadata,
        Column(f"{owner}_id", ForeignKey(f"{owner}.id"), primary_key=True),
        Column(f"{other}_id", ForeignKey(f"{other}.id"), primary_key=True, index=True),
    )


safety_plan_participant = _links("safety_plan_participant", "safety_plan", "organisation")
safety_priority_participant = _links("safety_priority_participant", "safety_priority", "organisation")
safety_priority_measure = _links("safety_priority_measure", "safety_priority", "measure")


class SafetyPlan(Binding, Kept, Findable, Audited, Versioned, Base):
    """A plan of local safety planning: of the council, of the city, of an area, or of residents themselves.

    Its period is free, and either end may be open. An old plan stays and is found from the one that replaced it.
    """

    __tablename__ = "safety_plan"
    __table_args__ = (CheckConstraint("period_from <= period_to", name="period_from_to"),)

    id: Mapped[Key]
    ref: Mapped[Ref]
    code: Mapped[Code] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    state: Mapped[SafetyPlanState] = mapped_column(default=SafetyPlanState.DRAFT)
    name_fi: Mapped[Title]
    name_sv: Mapped[Title | None]
    name_en: Mapped[Title | None]
    kind: Mapped[SafetyPlanKind | None]
    level: Mapped[SteeringLevel] = mapped_column(default=SteeringLevel.CITY)
    area: Mapped[str | None] = mapped_column(String(20))  #: code of the list AREA; None = the whole city
    period_from: Mapped[date | None]
    period_to: Mapped[date | None]
    predecessor_id: Mapped[int | None] = mapped_column(ForeignKey("safety_plan.id"), index=True)
    purpose_fi: Mapped[Text | None]
    purpose_sv: Mapped[Text | None]
    purpose_en: Mapped[Text | None]
    owner_role: Mapped[Title | None]  #: who answers for it: a role, or the residents of an area
    support_role: Mapped[Title | None]  #: who supports residents in their own plan
    other_participants: Mapped[Text | None]  #: roles and groups that are no organisation of the register
    prepared_by: Mapped[Title | None]
    approved_by: Mapped[Title | None]  #: the body that approved it
    approved_on: Mapped[date | None]
    document_ref: Mapped[Title | None]
    wellbeing_ref: Mapped[Title | None]  #: the welfare report or plan with which it belongs together
    ended_on: Mapped[date | None]
    state_reason: Mapped[Text | None]  #: why it ended
    confidentiality: Mapped[Confidentiality] = mapped_column(default=Confidentiality.INTERNAL)
    secrecy_basis: Mapped[Title | None]

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
    predecessor: Mapped["SafetyPlan | None"] = relationship(remote_side="SafetyPlan.id")
    participants: Mapped[list[Organisation]] = relationship(
        secondary=safety_plan_participant, order_by=Organisation.sort_name
    )
    priorities: Mapped[list["SafetyPriority"]] = relationship(
        back_populates="safety_plan", order_by="SafetyPriority.rank"
    )

    @property
    def open_priorities(self) -> list["SafetyPriority"]:
        """The priorities that belong to it now."""
        return [priority for priority in self.priorities if not priority.out_of_use]


class SafetyPriority(Binding, PartOf, Audited, Versioned, Base):
    """One thing that a plan puts first: about what, where, for whom, who takes part, and by which measures."""

    __tablename__ = "safety_priority"
    __table_args__ = (UniqueConstraint("safety_plan_id", "rank"),)
    whole = "safety_plan"

    id: Mapped[Key]
    ref: Mapped[Ref]
    safety_plan_id: Mapped[int] = mapped_column(ForeignKey("safety_plan.id"), index=True)
    rank: Mapped[int]  #: its number in the plan
    name_fi: Mapped[Title]
    name_sv: Mapped[Title | None]
    name_en: Mapped[Title | None]
    description: Mapped[Text | None]
    theme: Mapped[Theme | None]
    area: Mapped[str | None] = mapped_column(String(20))  #: code of the list AREA; None = the plan's own area
    target_groups: Mapped[tuple[TargetGroup, ...]] = mapped_column(Several(TargetGroup), default=())
    objective_id: Mapped[int | None] = mapped_column(ForeignKey("objective.id"), index=True)
    national_line_id: Mapped[int | None] = mapped_column(ForeignKey("national_line.id"), index=True)
    other_participants: Mapped[Text | None]
    out_of_use: Mapped[bool] = mapped_column(default=False)

    safety_plan: Mapped[SafetyPlan] = relationship(back_populates="priorities")
    objective: Mapped[Objective | None] = relationship()
    national_line: Mapped[NationalLine | None] = relationship()
    participants: Mapped[list[Organisation]] = relationship(
        secondary=safety_priority_participant, order_by=Organisation.sort_name
    )
    measures: Mapped[list[Measure]] = relationship(secondary=safety_priority_measure, order_by=Measure.code)

    @property
    def code(self) -> str:
        """Plan and number, as "SP-04 2"."""
        return f"{self.safety_plan.code} {self.rank}"
