"""Records of what the two sides of a dependency have signed."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dependencies.models.needs import Dependency
from dependencies.vocabulary import DependencyKind, StatementKind, Strength
from prepare.audit import Audited
from prepare.db import Base, Key, Ref, Text, Title
from prepare.models.kept import PartOf
from prepare.models.organisations import Organisation

LATEST = text("NOT replaced")


class Statement(PartOf, Audited, Base):
    """What one side of a dependency has put on record: asked, needs (the consumer) or delivers (the provider).

    Nothing of it is ever changed; a later statement of its kind replaces it, and both stay. It is signed by a role
    of an organisation on a day: the person stands in the trail. Which of two statements match, and until when they
    hold, is told by `dependencies.confirming`, never stored.
    """

    __tablename__ = "statement"
    whole = "dependency"
    __table_args__ = (
        Index(
            "one_latest_statement", "dependency_id", "kind", unique=True, sqlite_where=LATEST, postgresql_where=LATEST
        ),
        CheckConstraint("hours >= 0", name="hours_not_negative"),
        CheckConstraint("capacity_pct BETWEEN 0 AND 100", name="capacity_is_percentage"),
    )

    id: Mapped[Key]
    ref: Mapped[Ref]
    dependency_id: Mapped[int] = mapped_column(ForeignKey("dependency.id"), index=True)
    kind: Mapped[StatementKind]
    delivers: Mapped[bool | None]  #: of a delivery: whether it is provided at all
    hours: Mapped[float | None]  #: needed back within, or delivered within; None = not known
    capacity_pct: Mapped[float | None]  #: of the usual: at least needed, or delivered; None = not said
    words: Mapped[Text | None]  #: how much is needed; by which alternative or on what condition it is delivered
    reason: Mapped[Text | None]  #: why other hours are needed than the register suggests
    role: Mapped[Title]  #: who signs
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))  #: for which organisation
    told_by: Mapped[Title | None]  #: who of the partner said it, when the unit writes it down on its behalf
    stated_on: Mapped[date]
    tolerance_h: Mapped[float]  #: what it rests on: the dependency as it was then, here and in the next three
    strength: Mapped[Strength]
    min_required: Mapped[int]
    flow: Mapped[DependencyKind]
    replaced: Mapped[bool] = mapped_column(default=False)  #: whether a later one of its kind stands in its place

    dependency: Mapped[Dependency] = relationship()
    organisation: Mapped[Organisation] = relationship()

    @property
    def code(self) -> str:
        """What the trail calls it."""
        return f"{self.dependency.code} {self.kind.value}"
