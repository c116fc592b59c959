"""Records of what has been decided about losses."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dependencies.vocabulary import (
    Handling,
)
from prepare.audit import Audited
from prepare.db import Base, Key, Ref, Text, Title, Versioned
from prepare.models.functions import Function
from prepare.models.kept import PartOf


class LossDecision(PartOf, Audited, Versioned, Base):
    """What has been decided about the loss of a function that others cannot do without.

    There is one for a function at most; what stood before is told by the trail. It lapses after its last day.
    """

    __tablename__ = "loss_decision"
    whole = "function"
    __table_args__ = (CheckConstraint("decided_on <= holds_until", name="decision_from_to"),)

    id: Mapped[Key]
    ref: Mapped[Ref]
    function_id: Mapped[int] = mapped_column(ForeignKey("function.id"), unique=True)
    handling: Mapped[Handling]
    measure: Mapped[Text | None]  #: what is done about it
    owner_role: Mapped[Title | None]  #: who answers for the measure, by role
    reason: Mapped[Text | None]  #: why it is accepted, or lies outside what the city can mend
    holds_until: Mapped[date | None]  #: the last day; by it a measure is in force, after it an acceptance has lapsed
    decided_on: Mapped[date]
    decided_by: Mapped[Title]  #: who decided, as known to the trail

    function: Mapped[Function] = relationship(lazy="joined", innerjoin=True)

    @property
    def code(self) -> str:
        """What the trail calls it: the function's code."""
        return self.function.code
