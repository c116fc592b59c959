"""The record of a risk, and the history of its assessments."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, String, Table, event, inspect
from sqlalchemy.orm import Mapped, mapped_column, relationship

from prepare.audit import Audited
from prepare.db import Base, Code, Key, Ref, Text, Title, Versioned
from prepare.models.functions import Function
from prepare.models.kept import Findable, Kept
from prepare.models.organisations import Organisation
from prepare.vocabulary import Confidentiality
from risks import matrix
from risks.models.measures import Measure
from risks.models.scales import LevelColumn, known_to
from risks.models.scenarios import Scenario
from risks.treatment import PLACES
from risks.vocabulary.risks import Confidence, Occasion, RiskState, Treatment, Trend

#: The functions that a risk affects; the register writes each change of the list into the trail.
risk_function = Table(
    "risk_function",
    Base.metadata,
    Column("risk_id", ForeignKey("risk.id"), primary_key=True),
    Column("function_id", ForeignKey("function.id"), primary_key=True, index=True),
)
#: The measures that treat a risk; the register writes each change of the list into the trail.
risk_measure = Table(
    "risk_measure",
    Base.metadata,
    Column("risk_id", ForeignKey("risk.id"), primary_key=True),
    Column("measure_id", ForeignKey("measure.id"), primary_key=True, index=True),
)


def _steps() -> list[CheckConstraint]:
    names = [name for pair in PLACES for name in pair]
    return [CheckConstraint(f"{name} BETWEEN 1 AND {matrix.MOST}", name=f"{name}_step") for name in names]


class Risk(Kept, Findable, Audited, Versioned, Base):
    """A threat to functions, with its latest assessment; None means not said yet, never fine."""

    __tablename__ = "risk"
    named_by = "title"
    derived = frozenset({"level", "residual_level"})
    __table_args__ = (*_steps(), CheckConstraint("accepted_on <= accepted_until", name="acceptance_from_to"))

    id: Mapped[Key]
    ref: Mapped[Ref]
    code: Mapped[Code] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    state: Mapped[RiskState] = mapped_column(default=RiskState.IDENTIFIED)
    title_fi: Mapped[Title]
    title_sv: Mapped[Title | None]
    title_en: Mapped[Title | None]
    cause: Mapped[Text | None]
    event: Mapped[Text | None]
    consequence: Mapped[Text | None]
    threat: Mapped[str | None] = mapped_column(String(20))  #: code of the list THREAT
    area: Mapped[str | None] = mapped_column(String(20))  #: code of the list AREA; None = the whole city
    scenario_id: Mapped[int | None] = mapped_column(ForeignKey("scenario.id"), index=True)
    owner_role: Mapped[Title | None]
    inherent_likelihood: Mapped[int | None]  #: step before any controls
    inherent_impact: Mapped[int | None]  #: step before any controls
    likelihood: Mapped[int | None]  #: step now, with the existing controls, see risks.matrix
    impact: Mapped[int | None]  #: step now, with the existing controls, see risks.matrix
    level: Mapped[matrix.Level | None] = mapped_column(LevelColumn)  #: follows from the steps by the scale in force
    grounds: Mapped[Text | None]  #: why these steps
    trend: Mapped[Trend | None]
    confidence: Mapped[Confidence | None]
    existing_controls: Mapped[Text | None]
    treatment: Mapped[Treatment | None]
    residual_likelihood: Mapped[int | None]  #: step once the treatment works
    residual_impact: Mapped[int | None]  #: step once the treatment works
    residual_level: Mapped[matrix.Level | None] = mapped_column(LevelColumn)  #: follows from the residual steps
    target_likelihood: Mapped[int | None]  #: step that is aimed at
    target_impact: Mapped[int | None]  #: step that is aimed at
    accepted_by: Mapped[Title | None]  #: who decided, by role or body (E9)
    accepted_on: Mapped[date | None]
    accepted_reason: Mapped[Text | None]
    accepted_until: Mapped[date | None]  #: after this day the acceptance has lapsed
    state_reason: Mapped[Text | None]  #: why it was closed or reopened
    assessed_on: Mapped[date | None]
    reviewed_on: Mapped[date | None]  #: last day on which somebody looked at it, changed or not
    next_review: Mapped[date | None]
    confidentiality: Mapped[Confidentiality] = mapped_column(default=Confidentiality.INTERNAL)
    secrecy_basis: Mapped[Title | None]

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
    scenario: Mapped[Scenario | None] = relationship()
    functions: Mapped[list[Function]] = relationship(secondary=risk_function, order_by=Function.code)
    measures: Mapped[list[Measure]] = relationship(secondary=risk_measure, order_by=Measure.code)

    @property
    def score(self) -> int | None:
        """Likelihood times impact; None while it is not assessed."""
        return matrix.score_of(self.likelihood, self.impact)

    @property
    def residual_score(self) -> int | None:
        """The score that is expected once the treatment works."""
        return matrix.score_of(self.residual_likelihood, self.residual_impact)


@event.listens_for(Risk, "before_insert")
@event.listens_for(Risk, "before_update")
def place_on_matrix(_mapper: object, connection: Any, risk: Risk) -> None:
    """Keep the levels in step with the assessment and the scale in force."""
    scale = known_to(inspect(risk).session, connection)
    risk.level = scale.level_of(risk.likelihood, risk.impact)
    risk.residual_level = scale.level_of(risk.residual_likelihood, risk.residual_impact)


class RiskAssessment(Base):
    """What a risk was held to be on a day; written by the register, never changed."""

    __tablename__ = "risk_assessment"

    id: Mapped[Key]
    risk_id: Mapped[int] = mapped_column(ForeignKey("risk.id"), index=True)
    assessed_on: Mapped[date]
    assessed_by: Mapped[Title]  #: the person's name as it was then
    occasion: Mapped[Occasion]
    likelihood: Mapped[int | None]
    impact: Mapped[int | None]
    level: Mapped[matrix.Level | None] = mapped_column(LevelColumn)
    residual_likelihood: Mapped[int | None]
    residual_impact: Mapped[int | None]
    residual_level: Mapped[matrix.Level | None] = mapped_column(LevelColumn)
    likelihoods: Mapped[int]  #: how many steps the scale had then
    impacts: Mapped[int]  #: how many steps the scale had then
    trend: Mapped[Trend | None]
    note: Mapped[Text | None]

    risk: Mapped[Risk] = relationship()
