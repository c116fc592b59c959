"""Records of the agreements by which others are bound to deliver, and of what they cover."""

from datetime import date

from sqlalchemy import CheckConstraint, Column, ForeignKey, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dependencies.vocabulary import AgreementKind, AgreementState, Clause
from prepare.audit import Audited
from prepare.db import Base, Code, Key, Ref, Text, Title, Versioned
from prepare.models.functions import Function
from prepare.models.kept import Findable, Kept
from prepare.models.organisations import Organisation
from prepare.vocabulary import Confidentiality

#: The interfaces that rest on an agreement; the register writes each change of the list into the trail.
interface_agreement = Table(
    "interface_agreement",
    Base.metadata,
    Column("interface_id", ForeignKey("interface.id"), primary_key=True),
    Column("agreement_id", ForeignKey("agreement.id"), primary_key=True, index=True),
)
#: The partner's services that an agreement covers, whether or not an interface carries them.
agreement_function = Table(
    "agreement_function",
    Base.metadata,
    Column("agreement_id", ForeignKey("agreement.id"), primary_key=True),
    Column("function_id", ForeignKey("function.id"), primary_key=True, index=True),
)


class Agreement(Kept, Findable, Audited, Versioned, Base):
    """What has been agreed with a partner; None means not said yet, which is never the same as fine.

    It covers its `functions` and everything that runs over the interfaces that rest on it. That it expires soon or
    has expired is told by its dates (`dependencies.agreements`), never stored.
    """

    __tablename__ = "agreement"
    __table_args__ = (
        CheckConstraint("party_id <> organisation_id", name="two_sides"),
        CheckConstraint("valid_from <= valid_to", name="agreement_from_to"),
        CheckConstraint("notice_months >= 0", name="notice_not_negative"),
        CheckConstraint("recovery_h >= 0", name="promise_not_negative"),
        CheckConstraint("recovery_h IS NULL OR recovery_time_stated", name="promise_is_stated"),
    )

    id: Mapped[Key]
    ref: Mapped[Ref]
    code: Mapped[Code] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)  #: the city's side
    party_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)  #: the other side
    kind: Mapped[AgreementKind]
    state: Mapped[AgreementState] = mapped_column(default=AgreementState.DRAFT)
    name_fi: Mapped[Title]
    name_sv: Mapped[Title | None]
    name_en: Mapped[Title | None]
    reference: Mapped[str | None] = mapped_column(String(200))  #: case number in the system that holds the document
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]  #: the last day; None = until further notice
    notice_months: Mapped[int | None]  #: how long before the end either side must say that it leaves
    auto_renew: Mapped[bool] = mapped_column(default=False)  #: goes on unless somebody gives notice
    reviewed_on: Mapped[date | None]  #: when somebody last looked whether it still says what it must
    preparedness_clause: Mapped[Clause | None]  #: whether it binds the other side to prepare
    recovery_time_stated: Mapped[bool | None]  #: whether it promises when the service is back
    recovery_h: Mapped[float | None]  #: within how many hours, as it promises; None = not promised or not recorded
    capacity: Mapped[Text | None]  #: how much is delivered in a disruption, in words
    audit_right: Mapped[Clause | None]  #: whether the city may audit, or exercise together
    emergency_priority: Mapped[Clause | None]  #: whether the city is served first in a disruption
    subcontracting_controlled: Mapped[Clause | None]  #: whether subcontractors are bound by the same
    owner_role: Mapped[Title | None]  #: who looks after it on the city's side
    note: Mapped[Text | None]
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("agreement.id"))  #: what it was renewed by
    noticed_on: Mapped[date | None]  #: when one side told the other that it leaves
    ended_on: Mapped[date | None]  #: the last day on which it binds, once it has been ended or replaced
    end_reason: Mapped[Text | None]  #: why it was ended
    confidentiality: Mapped[Confidentiality] = mapped_column(default=Confidentiality.INTERNAL)
    secrecy_basis: Mapped[Title | None]

    organisation: Mapped[Organisation] = relationship(foreign_keys=[organisation_id], lazy="joined", innerjoin=True)
    party: Mapped[Organisation] = relationship(foreign_keys=[party_id])
    successor: Mapped["Agreement | None"] = relationship(remote_side="Agreement.id")
    functions: Mapped[list[Function]] = relationship(secondary=agreement_function, order_by=Function.code)
