"""Records of the disruption scenarios."""

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from prepare.audit import Audited
from prepare.db import Base, Code, InGraph, Key, Ref, Text, Title, Versioned
from prepare.models.functions import Function
from prepare.models.kept import Kept
from prepare.models.organisations import Organisation
from prepare.vocabulary import Confidentiality
from risks.vocabulary.scenarios import Effect, Severity


class Scenario(Kept, Audited, Versioned, InGraph, Base):
    """A disruption to be traced: a hazard, how long it lasts and which functions fail first.

    It belongs to the city, and every organisation below the city reads it.
    """

    __tablename__ = "scenario"
    __table_args__ = (CheckConstraint("duration_h > 0", name="duration_positive"),)

    id: Mapped[Key]
    ref: Mapped[Ref]
    code: Mapped[Code] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name_fi: Mapped[Title]
    name_sv: Mapped[Title | None]
    name_en: Mapped[Title | None]
    description_fi: Mapped[Text | None]
    description_sv: Mapped[Text | None]
    description_en: Mapped[Text | None]
    threat: Mapped[str | None] = mapped_column(String(20))  #: code of the list THREAT
    duration_h: Mapped[float]  #: hours from the beginning to the end of the hazard
    severity: Mapped[Severity]
    area: Mapped[str | None] = mapped_column(String(20))  #: code of the list AREA; None = the whole city
    season: Mapped[Title | None]
    confidentiality: Mapped[Confidentiality] = mapped_column(default=Confidentiality.INTERNAL)
    secrecy_basis: Mapped[Title | None]
    retired: Mapped[bool] = mapped_column(default=False)

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
    hits: Mapped[list["ScenarioHit"]] = relationship(back_populates="scenario", order_by="ScenarioHit.id")

    @property
    def in_force(self) -> list["ScenarioHit"]:
        """The hits that belong to it now."""
        return [hit for hit in self.hits if not hit.retired]


class ScenarioHit(Audited, InGraph, Base):
    """A function that the scenario takes out by itself: from when, for how long, how much is left."""

    __tablename__ = "scenario_hit"
    __table_args__ = (
        UniqueConstraint("scenario_id", "function_id", "start_h"),
        CheckConstraint("start_h >= 0", name="start_not_negative"),
        CheckConstraint("duration_h > 0", name="duration_positive"),
        CheckConstraint("capacity_pct BETWEEN 0 AND 100", name="capacity_is_percentage"),
    )

    id: Mapped[Key]
    scenario_id: Mapped[int] = mapped_column(ForeignKey("scenario.id"), index=True)
    function_id: Mapped[int] = mapped_column(ForeignKey("function.id"), index=True)
    start_h: Mapped[float]  #: hours from the beginning of the scenario
    duration_h: Mapped[float]  #: hours; includes the function's own repair
    effect: Mapped[Effect]
    capacity_pct: Mapped[float]  #: how much of the service is left, 0-100
    retired: Mapped[bool] = mapped_column(default=False, server_default=false())

    scenario: Mapped[Scenario] = relationship(back_populates="hits")
    function: Mapped[Function] = relationship()

    @property
    def code(self) -> str:
        """What the trail calls it."""
        return f"{self.scenario.code} {self.function.code}"

    @property
    def owner_path(self) -> str:
        """Path of the scenario's organisation."""
        return self.scenario.owner_path

    @property
    def confidentiality(self) -> Confidentiality:
        """As confidential as the function that is hit, for it names that function."""
        return max(self.scenario.confidentiality, self.function.confidentiality, key=lambda c: c.rank)
