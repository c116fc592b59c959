"""Records of scenarios that a municipality offers to others, and of copies that were taken of such ones."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from prepare.audit import Audited
from prepare.db import Base, Key, Title, Versioned
from prepare.models.kept import PartOf
from risks.models.scenarios import Scenario


class ScenarioOffer(PartOf, Audited, Versioned, Base):
    """That the owner lets other municipalities have the public texts of a scenario; what it hits is never offered."""

    __tablename__ = "scenario_offer"
    whole = "scenario"

    id: Mapped[Key]
    scenario_id: Mapped[int] = mapped_column(ForeignKey("scenario.id"), unique=True)
    offered_on: Mapped[date | None]  #: None = withdrawn

    scenario: Mapped[Scenario] = relationship(lazy="joined", innerjoin=True)

    @property
    def code(self) -> str:
        """What the trail calls it: as the scenario."""
        return self.scenario.code


class ScenarioCopy(PartOf, Audited, Versioned, Base):
    """That a scenario began as a copy of what another municipality offers, and what that one said then.

    The copy is the copying municipality's own: it stays when the offer is withdrawn.
    """

    __tablename__ = "scenario_copy"
    whole = "scenario"

    id: Mapped[Key]
    scenario_id: Mapped[int] = mapped_column(ForeignKey("scenario.id"), unique=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("scenario.id"), index=True)
    source_name: Mapped[Title]  #: the municipality that offered it, as it was called then
    taken_on: Mapped[date]  #: when it was copied, or its source last looked at
    taken: Mapped[dict[str, Any]] = mapped_column(JSON)  #: what the source said then, by column

    scenario: Mapped[Scenario] = relationship(foreign_keys=[scenario_id], lazy="joined", innerjoin=True)
    source: Mapped[Scenario] = relationship(foreign_keys=[source_id])

    @property
    def code(self) -> str:
        """What the trail calls it: as the scenario."""
        return self.scenario.code
