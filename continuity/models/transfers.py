"""Records of transfers of responsibility: what moves to whom, what was moved, and what must not be lost on the way."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, String, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from continuity.vocabulary.transfers import Moving, TransferKind, TransferStage, TransferState
from dependencies.models.interfaces import Interface
from prepare.audit import Audited
from prepare.db import Base, Code, Key, Moment, Ref, Text, Title, Versioned
from prepare.models.functions import Function
from prepare.models.kept import Binding, Findable, Kept
from prepare.models.organisations import Organisation
from prepare.vocabulary import Confidentiality
from risks.models.measures import Measure

#: The functions for which what is transferred is critical; the register writes each change of the list into the trail.
transfer_function = Table(
    "transfer_function",
    Base.metadata,
    Column("transfer_item_id", ForeignKey("transfer_item.id"), primary_key=True),
    Column("function_id", ForeignKey("function.id"), primary_key=True, index=True),
)

#: The functions whose organising moves; the register writes each change of the list into the trail.
moving_function = Table(
    "moving_function",
    Base.metadata,
    Column("transfer_id", ForeignKey("transfer.id"), primary_key=True),
    Column("function_id", ForeignKey("function.id"), primary_key=True, index=True),
)


class Transfer(Kept, Findable, Binding, Audited, Versioned, Base):
    """Responsibility for organising functions goes from one organisation to another on a day (S004).

    Whoever works below the organisation that gives reads it, and so does the organisation that receives.
    """

    __tablename__ = "transfer"
    __table_args__ = (CheckConstraint("receiver_id <> organisation_id", name="two_sides"),)

    id: Mapped[Key]
    ref: Mapped[Ref]
    code: Mapped[Code] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)  #: who gives
    receiver_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    state: Mapped[TransferStage] = mapped_column(default=TransferStage.PLANNED)
    name_fi: Mapped[Title]
    name_sv: Mapped[Title | None]
    name_en: Mapped[Title | None]
    effective: Mapped[date | None]  #: the day on which the responsibility moves; None = not decided yet
    whole: Mapped[bool] = mapped_column(default=False)  #: everything that the giver organises, not only some functions
    reason: Mapped[Text | None]  #: the act, reform or decision behind it
    decision_ref: Mapped[Title | None]  #: the decision to move, by its case number
    state_reason: Mapped[Text | None]  #: why it was taken back or cancelled
    past: Mapped[bool] = mapped_column(default=False)  #: it took place before this register; only its items are kept
    moved_at: Mapped[Moment | None]
    moved_by: Mapped[Title | None]  #: as the person was called then
    confidentiality: Mapped[Confidentiality] = mapped_column(default=Confidentiality.INTERNAL)
    secrecy_basis: Mapped[Title | None]

    organisation: Mapped[Organisation] = relationship(foreign_keys=[organisation_id], lazy="joined", innerjoin=True)
    receiver: Mapped[Organisation] = relationship(foreign_keys=[receiver_id], lazy="joined", innerjoin=True)
    functions: Mapped[list[Function]] = relationship(secondary=moving_function, order_by=Function.code)

    @property
    def reader_paths(self) -> tuple[str, ...]:
        """Both sides read it."""
        return (self.owner_path, self.receiver.path)

    def in_force(self, on: date) -> bool:
        """Whether the responsibility has moved for good by this day."""
        return self.state is TransferStage.MOVED and self.effective is not None and self.effective <= on


class TransferMove(Base):
    """One record that a transfer gave to its receiver, and what stood in it before; written by the register only."""

    __tablename__ = "transfer_move"

    id: Mapped[Key]
    transfer_id: Mapped[int] = mapped_column(ForeignKey("transfer.id"), index=True)
    kind: Mapped[Moving]
    record_id: Mapped[int]
    record_code: Mapped[Code]
    from_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    to_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    before: Mapped[dict[str, Any]] = mapped_column(JSON)  #: column → what stood there before
    record_version: Mapped[int]  #: version of the record right after the move
    moved_at: Mapped[Moment]
    undone_at: Mapped[Moment | None]  #: when it was given back

    transfer: Mapped[Transfer] = relationship()
    giver: Mapped[Organisation] = relationship(foreign_keys=[from_id])


class TransferItem(Kept, Findable, Audited, Versioned, Base):
    """One operating model, agreement, resource or piece of information in a transfer, and what became of it (S004)."""

    __tablename__ = "transfer_item"
    __table_args__ = (
        CheckConstraint("from_id <> to_id", name="two_sides"),
        UniqueConstraint("transfer_id", "origin"),
    )

    id: Mapped[Key]
    ref: Mapped[Ref]
    code: Mapped[Code] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)  #: who sees to it
    transfer_id: Mapped[int] = mapped_column(ForeignKey("transfer.id"), index=True)
    origin: Mapped[str | None] = mapped_column(String(80))  #: which line of the preview it was made from
    kind: Mapped[TransferKind]
    state: Mapped[TransferState] = mapped_column(default=TransferState.NOT_ASSESSED)
    name_fi: Mapped[Title]
    name_sv: Mapped[Title | None]
    name_en: Mapped[Title | None]
    from_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    to_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    evidence: Mapped[Text | None]  #: decision, agreement or exercise that shows what became of it
    note: Mapped[Text | None]
    interface_id: Mapped[int | None] = mapped_column(ForeignKey("interface.id"), index=True)
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("measure.id"), index=True)  #: what is done about it
    confidentiality: Mapped[Confidentiality] = mapped_column(default=Confidentiality.INTERNAL)
    secrecy_basis: Mapped[Title | None]

    organisation: Mapped[Organisation] = relationship(foreign_keys=[organisation_id], lazy="joined", innerjoin=True)
    transfer: Mapped[Transfer] = relationship()
    from_organisation: Mapped[Organisation] = relationship(foreign_keys=[from_id])
    to_organisation: Mapped[Organisation] = relationship(foreign_keys=[to_id])
    interface: Mapped[Interface | None] = relationship()
    measure: Mapped[Measure | None] = relationship()
    functions: Mapped[list[Function]] = relationship(secondary=transfer_function, order_by=Function.code)

    @property
    def reader_paths(self) -> tuple[str, ...]:
        """Whoever sees to it and both sides read it."""
        return (self.owner_path, self.from_organisation.path, self.to_organisation.path)
