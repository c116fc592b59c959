"""Records of what functions need, and who provides it."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dependencies.models.interfaces import Interface
from dependencies.vocabulary import (
    DependencyKind,
    Standing,
    Strength,
    ToleranceBasis,
)
from prepare.audit import Audited
from prepare.db import Base, Code, InGraph, Key, Ref, Text, Title, Versioned
from prepare.models.functions import Function
from prepare.models.kept import PartOf
from prepare.vocabulary import Confidentiality

IN_FORCE = text("NOT retired")


class Need(PartOf, Audited, Versioned, InGraph, Base):
    """What a function cannot do without: at least `min_required` of its alternatives.

    The function carries on for `tolerance_h` hours when too few alternatives are left;
    `workaround` says what makes that tolerance true.
    """

    __tablename__ = "need"
    whole = "consumer"
    __table_args__ = (
        Index(
            "one_name_in_force", "consumer_id", "name", unique=True, sqlite_where=IN_FORCE, postgresql_where=IN_FORCE
        ),
        CheckConstraint("tolerance_h >= 0", name="tolerance_not_negative"),
        CheckConstraint("min_required >= 1", name="at_least_one"),
        CheckConstraint("wished >= min_required", name="wished_not_below_required"),
    )

    id: Mapped[Key]
    ref: Mapped[Ref]
    consumer_id: Mapped[int] = mapped_column(ForeignKey("function.id"), index=True)
    name: Mapped[Title]
    strength: Mapped[Strength]
    min_required: Mapped[int] = mapped_column(default=1)  #: k of the n alternatives
    wished: Mapped[int | None]  #: with fewer alternatives the function is degraded; None = not said
    tolerance_h: Mapped[float]  #: hours; 0 = felt at once
    tolerance_basis: Mapped[ToleranceBasis | None]
    workaround: Mapped[Text | None]  #: what makes the tolerance true; asked for when it is not 0 (W7)
    note: Mapped[Text | None]
    retired: Mapped[bool] = mapped_column(default=False)

    consumer: Mapped[Function] = relationship(lazy="joined", innerjoin=True)
    alternatives: Mapped[list["Dependency"]] = relationship(back_populates="need", order_by="Dependency.id")

    @property
    def code(self) -> str:
        """What the trail calls it."""
        return f"{self.consumer.code} {self.name}"

    @property
    def in_force(self) -> list["Dependency"]:
        """The alternatives that are in use."""
        return [alternative for alternative in self.alternatives if not alternative.retired]


class Dependency(PartOf, Audited, Versioned, InGraph, Base):
    """One way to satisfy a need: a supplier, and what the supplier says of it.

    An unconfirmed or disputed dependency counts in every calculation and is marked.
    """

    __tablename__ = "dependency"
    whole = "need"
    __table_args__ = (
        Index(
            "one_supplier_in_force",
            "need_id",
            "supplier_id",
            unique=True,
            sqlite_where=IN_FORCE,
            postgresql_where=IN_FORCE,
        ),
        CheckConstraint("extra_tolerance_h >= 0", name="extra_tolerance_not_negative"),
    )

    id: Mapped[Key]
    ref: Mapped[Ref]
    code: Mapped[Code] = mapped_column(unique=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), index=True)
    supplier_id: Mapped[int] = mapped_column(ForeignKey("function.id"), index=True)
    kind: Mapped[DependencyKind]
    workaround: Mapped[Text | None]  #: what is done when this supplier is lost
    extra_tolerance_h: Mapped[float] = mapped_column(default=0.0)  #: hours beyond the need's own tolerance
    interface_id: Mapped[int | None] = mapped_column(ForeignKey("interface.id"), index=True)
    standing: Mapped[Standing] = mapped_column(default=Standing.PROPOSED)
    answered_on: Mapped[date | None]  #: when the supplier confirmed or disputed
    answered_by: Mapped[Title | None]
    answer: Mapped[Text | None]  #: what the supplier said
    note: Mapped[Text | None]
    confidentiality: Mapped[Confidentiality] = mapped_column(default=Confidentiality.INTERNAL)
    retired: Mapped[bool] = mapped_column(default=False)

    need: Mapped[Need] = relationship(back_populates="alternatives", lazy="joined", innerjoin=True)
    supplier: Mapped[Function] = relationship()
    interface: Mapped[Interface | None] = relationship()
