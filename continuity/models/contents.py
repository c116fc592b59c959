"""What a version of a plan holds beside its texts: strategies, action cards, level tasks and documents.

They belong to one version: they are copied when the next one is begun, and are frozen with it.
"""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from continuity.models.plans import PlanVersion
from continuity.vocabulary.contents import LostResource, PreparednessLevel
from dependencies.models.reserves import Reserve
from prepare.audit import Audited
from prepare.db import Base, Key, Ref, Text, Title, Versioned
from prepare.models.functions import Function, Resource
from prepare.models.kept import PartOf

#: The resources of the register that a strategy uses; the register writes each change into the trail.
strategy_resource = Table(
    "strategy_resource",
    Base.metadata,
    Column("strategy_id", ForeignKey("strategy.id"), primary_key=True),
    Column("resource_id", ForeignKey("resource.id"), primary_key=True, index=True),
)


class Strategy(PartOf, Audited, Versioned, Base):
    """How the plan's functions carry on when one kind of resource is lost."""

    __tablename__ = "strategy"
    __table_args__ = (CheckConstraint("covers_h >= 0", name="covers_not_negative"),)
    whole = "plan_version"

    id: Mapped[Key]
    ref: Mapped[Ref]
    plan_version_id: Mapped[int] = mapped_column(ForeignKey("plan_version.id"), index=True)
    lost_resource: Mapped[LostResource]
    text: Mapped[Text]
    covers_h: Mapped[float | None]  #: hours that it lasts; None = nobody has said
    reference: Mapped[Title | None]  #: the dependency or agreement on which it rests, as people name it
    reserve_id: Mapped[int | None] = mapped_column(ForeignKey("reserve.id"), index=True)  #: of the register
    retired: Mapped[bool] = mapped_column(default=False)

    plan_version: Mapped[PlanVersion] = relationship(lazy="joined", innerjoin=True)
    reserve: Mapped[Reserve | None] = relationship()
    resources: Mapped[list[Resource]] = relationship(secondary=strategy_resource, order_by=Resource.id)

    @property
    def code(self) -> str:
        """What the trail calls it: the version and what is lost."""
        return f"{self.plan_version.code} {self.lost_resource.value}"


class ActionCard(PartOf, Audited, Versioned, Base):
    """What is done in the first hour by those who hold the card, in order."""

    __tablename__ = "action_card"
    whole = "plan_version"

    id: Mapped[Key]
    ref: Mapped[Ref]
    plan_version_id: Mapped[int] = mapped_column(ForeignKey("plan_version.id"), index=True)
    place: Mapped[int]  #: the card's number in its version, from 1
    title: Mapped[Title]
    lost_resource: Mapped[LostResource | None]  #: None = whatever has happened
    function_id: Mapped[int | None] = mapped_column(ForeignKey("function.id"), index=True)  #: None = all of the plan's
    role: Mapped[Title | None]  #: who holds the card
    retired: Mapped[bool] = mapped_column(default=False)

    plan_version: Mapped[PlanVersion] = relationship(lazy="joined", innerjoin=True)
    function: Mapped[Function | None] = relationship()
    tasks: Mapped[list["CardTask"]] = relationship(
        back_populates="card", order_by="CardTask.place", cascade="all, delete-orphan"
    )

    @property
    def code(self) -> str:
        """What the trail calls it: the version and the card's number."""
        return f"{self.plan_version.code} C{self.place}"


class CardTask(Base):
    """One step of a card; the register writes each change of the steps into the card's trail."""

    __tablename__ = "card_task"
    __table_args__ = (CheckConstraint("within_min >= 0", name="within_not_negative"),)

    id: Mapped[Key]
    card_id: Mapped[int] = mapped_column(ForeignKey("action_card.id"), index=True)
    place: Mapped[int]  #: the order in which the steps are taken, from 1
    what: Mapped[Text]
    who: Mapped[Title | None]  #: a role; None = whoever holds the card
    within_min: Mapped[int | None]  #: minutes from the alarm; None = not said

    card: Mapped[ActionCard] = relationship(back_populates="tasks")


class LevelTask(PartOf, Audited, Versioned, Base):
    """What is done when preparedness is raised to a level."""

    __tablename__ = "level_task"
    __table_args__ = (CheckConstraint("within_h >= 0", name="within_not_negative"),)
    whole = "plan_version"

    id: Mapped[Key]
    ref: Mapped[Ref]
    plan_version_id: Mapped[int] = mapped_column(ForeignKey("plan_version.id"), index=True)
    level: Mapped[PreparednessLevel]
    task: Mapped[Text]
    role: Mapped[Title | None]  #: who answers for it
    trigger: Mapped[Text | None]  #: what starts it, if not the level alone
    within_h: Mapped[float | None]  #: hours from the decision; None = not said
    retired: Mapped[bool] = mapped_column(default=False)

    plan_version: Mapped[PlanVersion] = relationship(lazy="joined", innerjoin=True)

    @property
    def code(self) -> str:
        """What the trail calls it: the version and the level."""
        return f"{self.plan_version.code} {self.level.value}"


class DocumentRef(PartOf, Audited, Versioned, Base):
    """A document that belongs to the plan, by the place where it is kept; the file itself is never stored here."""

    __tablename__ = "plan_document"
    whole = "plan_version"

    id: Mapped[Key]
    ref: Mapped[Ref]
    plan_version_id: Mapped[int] = mapped_column(ForeignKey("plan_version.id"), index=True)
    title: Mapped[Title]
    kept_at: Mapped[Title]  #: archive, system or room
    case_number: Mapped[Title | None]
    retired: Mapped[bool] = mapped_column(default=False)

    plan_version: Mapped[PlanVersion] = relationship(lazy="joined", innerjoin=True)

    @property
    def code(self) -> str:
        """What the trail calls it: the version and the document's title."""
        return f"{self.plan_version.code} {self.title}"
