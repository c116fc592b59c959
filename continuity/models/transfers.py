"""Records of what must not be lost when responsibility for organising services moves."""

from datetime import date

from sqlalchemy import CheckConstraint, Column, ForeignKey, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from continuity.vocabulary.transfers import TransferKind, TransferState
from dependencies.models.interfaces import Interface
from prepare.audit import Audited
from prepare.db import Base, Code, Key, Ref, Text, Title, Versioned
from prepare.models.functions import Function
from prepare.models.kept import Findable, Kept
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


class TransferItem(Kept, Findable, Audited, Versioned, Base):
    """One operating model, agreement, resource or piece of information in a transfer, and what became of it (S004)."""

    __tablename__ = "transfer_item"
    __table_args__ = (CheckConstraint("from_id <> to_id", name="two_sides"),)

    id: Mapped[Key]
    ref: Mapped[Ref]
    code: Mapped[Code] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)  #: who sees to it
    kind: Mapped[TransferKind]
    state: Mapped[TransferState] = mapped_column(default=TransferState.NOT_ASSESSED)
    name_fi: Mapped[Title]
    name_sv: Mapped[Title | None]
    name_en: Mapped[Title | None]
    from_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    to_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    effective: Mapped[date | None]  #: the day on which the responsibility moves
    evidence: Mapped[Text | None]  #: decision, agreement or exercise that shows what became of it
    note: Mapped[Text | None]
    interface_id: Mapped[int | None] = mapped_column(ForeignKey("interface.id"), index=True)
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("measure.id"), index=True)  #: what is done about it
    confidentiality: Mapped[Confidentiality] = mapped_column(default=Confidentiality.INTERNAL)
    secrecy_basis: Mapped[Title | None]

    organisation: Mapped[Organisation] = relationship(foreign_keys=[organisation_id], lazy="joined", innerjoin=True)
    from_organisation: Mapped[Organisation] = relationship(foreign_keys=[from_id])
    to_organisation: Mapped[Organisation] = relationship(foreign_keys=[to_id])
    interface: Mapped[Interface | None] = relationship()
    measure: Mapped[Measure | None] = relationship()
    functions: Mapped[list[Function]] = relationship(secondary=transfer_function, order_by=Function.code)
