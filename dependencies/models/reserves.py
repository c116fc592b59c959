"""Records of what is held in reserve, and of the functions that count on it."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dependencies.reserving.vocabulary import ClaimTrigger, Consent, ReserveKind, ReserveUnit, ReserveUse
from dependencies.vocabulary import DependencyKind
from prepare.audit import Audited
from prepare.db import Base, Code, Key, Ref, Text, Title, Versioned
from prepare.models.functions import Function
from prepare.models.kept import Binding, Findable, Kept, PartOf
from prepare.models.organisations import Organisation
from prepare.vocabulary import Confidentiality


class Reserve(Binding, Kept, Findable, Audited, Versioned, Base):
    """What is held for a disruption: generators, fuel, premises, people, vehicles.

    One that is `shared` is read by the whole city that its owner belongs to, so that its functions can count on it.
    All `_h` are hours; None means unknown, never fine.
    """

    __tablename__ = "reserve"
    __table_args__ = (
        CheckConstraint("quantity >= 0", name="quantity_not_negative"),
        CheckConstraint("ready_h >= 0", name="ready_not_negative"),
        CheckConstraint("lasts_h > 0", name="lasts_some_time"),
    )

    id: Mapped[Key]
    ref: Mapped[Ref]
    code: Mapped[Code] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)  #: its owner
    city_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)  #: the city of the owner
    kind: Mapped[ReserveKind]
    use: Mapped[ReserveUse]
    name_fi: Mapped[Title]
    name_sv: Mapped[Title | None]
    name_en: Mapped[Title | None]
    quantity: Mapped[float | None]  #: how much there is, in `unit`
    unit: Mapped[ReserveUnit]
    location: Mapped[Title | None]
    ready_h: Mapped[float | None]  #: from being called until it is in use
    lasts_h: Mapped[float | None]  #: how long it can be used at full use; None = use does not end it
    contact_role: Mapped[Title | None]  #: who is called, by role
    note: Mapped[Text | None]
    named_as: Mapped[Title | None]  #: the words by which functions named it before it was in the register
    shared: Mapped[bool] = mapped_column(default=True)  #: whether the whole city may count on it
    next_review: Mapped[date | None]  #: when it is looked at next
    retired: Mapped[bool] = mapped_column(default=False)
    confidentiality: Mapped[Confidentiality] = mapped_column(default=Confidentiality.INTERNAL)
    secrecy_basis: Mapped[Title | None]

    organisation: Mapped[Organisation] = relationship(foreign_keys=[organisation_id], lazy="joined", innerjoin=True)
    city: Mapped[Organisation] = relationship(foreign_keys=[city_id], lazy="joined", innerjoin=True)

    @property
    def open_at(self) -> str:
        """The path of the organisation below which it is read, unless it is secret by law."""
        return self.city.path if self.shared else self.organisation.path


class ReserveClaim(PartOf, Audited, Versioned, Base):
    """That a function counts on a reserve in a loss; the owner of the reserve agrees to it or refuses.

    It is of two sides: both the function's and the reserve's organisation read it.
    """

    __tablename__ = "reserve_claim"
    whole = "function"
    __table_args__ = (
        CheckConstraint("quantity >= 0", name="quantity_not_negative"),
        CheckConstraint("from_h >= 0", name="from_not_negative"),
        CheckConstraint("for_h > 0", name="for_some_time"),
        CheckConstraint("priority >= 1", name="priority_from_one"),
    )

    id: Mapped[Key]
    ref: Mapped[Ref]
    code: Mapped[Code] = mapped_column(unique=True)
    function_id: Mapped[int] = mapped_column(ForeignKey("function.id"), index=True)
    reserve_id: Mapped[int] = mapped_column(ForeignKey("reserve.id"), index=True)
    quantity: Mapped[float | None]  #: how much of it, or how much an hour; None = nobody has said
    unit: Mapped[ReserveUnit]
    per_hour: Mapped[bool] = mapped_column(default=False)
    trigger: Mapped[ClaimTrigger]
    lost: Mapped[DependencyKind | None]  #: what is lost, if that is the trigger
    supplier_id: Mapped[int | None] = mapped_column(ForeignKey("function.id"), index=True)  #: who is lost, if that is
    from_h: Mapped[float] = mapped_column(default=0.0)  #: hours after the loss from which it is needed
    for_h: Mapped[float | None]  #: for how many hours; None = as long as the loss lasts
    priority: Mapped[int | None]  #: among functions of one class, 1 first; None = last
    basis: Mapped[Text | None]  #: what the amount rests on
    consent: Mapped[Consent] = mapped_column(default=Consent.ASKED)
    answered_on: Mapped[date | None]
    answered_by: Mapped[Title | None]
    answer: Mapped[Text | None]  #: what the owner said
    retired: Mapped[bool] = mapped_column(default=False)

    function: Mapped[Function] = relationship(foreign_keys=[function_id], lazy="joined", innerjoin=True)
    reserve: Mapped[Reserve] = relationship(lazy="joined", innerjoin=True)
    supplier: Mapped[Function | None] = relationship(foreign_keys=[supplier_id])

    @property
    def reader_paths(self) -> tuple[str, str]:
        """Both sides read it."""
        return self.function.owner_path, self.reserve.owner_path
