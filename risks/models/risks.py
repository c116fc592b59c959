"""The record of a risk."""

from datetime import date

from sqlalchemy import CheckConstraint, Column, ForeignKey, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from prepare.audit import Audited
from prepare.db import Base, Code, Key, Ref, Text, Title, Versioned
from prepare.models.functions import Function
from prepare.models.kept import Findable, Kept
from prepare.models.organisations import Organisation
from prepare.vocabulary import Confidentiality
from risks import matrix
from risks.models.measures import Measure
from risks.models.scenarios import Scenario
from risks.vocabulary.risks import Confidence, RiskState, Treatment, Trend

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


class Risk(Kept, Findable, Audited, Versioned, Base):
    """A threat to functions, with its latest assessment; None means not said yet, never fine."""

    __tablename__ = "risk"
    named_by = "title"
    __table_args__ = (
        CheckConstraint("likelihood BETWEEN 1 AND 5", name="likelihood_step"),
        CheckConstraint("impact BETWEEN 1 AND 5", name="impact_step"),
        CheckConstraint("residual_likelihood BETWEEN 1 AND 5", name="residual_likelihood_step"),
        CheckConstraint("residual_impact BETWEEN 1 AND 5", name="residual_impact_step"),
        CheckConstraint("accepted_on <= accepted_until", name="acceptance_from_to"),
    )

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
    likelihood: Mapped[int | None]  #: step 1-5, see risks.matrix
    impact: Mapped[int | None]  #: step 1-5, see risks.matrix
    trend: Mapped[Trend | None]
    confidence: Mapped[Confidence | None]
    existing_controls: Mapped[Text | None]
    treatment: Mapped[Treatment | None]
    residual_likelihood: Mapped[int | None]  #: step 1-5 once the treatment works
    residual_impact: Mapped[int | None]  #: step 1-5 once the treatment works
    accepted_by: Mapped[Title | None]  #: who decided, by role or body (E9)
    accepted_on: Mapped[date | None]
    accepted_reason: Mapped[Text | None]
    accepted_until: Mapped[date | None]  #: after this day the acceptance has lapsed
    assessed_on: Mapped[date | None]
    next_review: Mapped[date | None]
    confidentiality: Mapped[Confidentiality] = mapped_column(default=Confidentiality.INTERNAL)
    secrecy_basis: Mapped[Title | None]

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
    scenario: Mapped[Scenario | None] = relationship()
    functions: Mapped[list[Function]] = relationship(secondary=risk_function, order_by=Function.code)
    measures: Mapped[list[Measure]] = relationship(secondary=risk_measure, order_by=Measure.code)

    @property
    def score(self) -> int | None:
        """Likelihood times impact, 1 to 25; None while it is not assessed."""
        return matrix.score_of(self.likelihood, self.impact)

    @property
    def level(self) -> matrix.Level | None:
        """The level on the risk matrix; None while it is not assessed."""
        return matrix.level_of(self.likelihood, self.impact)

    @property
    def residual_score(self) -> int | None:
        """The score that is expected once the treatment works."""
        return matrix.score_of(self.residual_likelihood, self.residual_impact)

    @property
    def residual_level(self) -> matrix.Level | None:
        """The level that is expected once the treatment works."""
        return matrix.level_of(self.residual_likelihood, self.residual_impact)
