"""One-time links by which somebody of a partner without an account answers for one interface."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dependencies.models.interfaces import Interface
from prepare.audit import Audited
from prepare.db import Base, Key, Moment, Ref, Title
from prepare.models.kept import PartOf


class ConfirmationLink(PartOf, Audited, Base):
    """A link to the form of one interface; only its token's hash is kept, so that the table opens no door.

    Looking at the form leaves it as it is; sending the form uses it up. It opens until `expires_at`, unless it is
    withdrawn. To whom it was mailed is not kept: it is made for a role.
    """

    __tablename__ = "confirmation_link"
    whole = "interface"

    id: Mapped[Key]
    ref: Mapped[Ref]
    interface_id: Mapped[int] = mapped_column(ForeignKey("interface.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    recipient: Mapped[Title]  #: the role for which it was made
    language: Mapped[str] = mapped_column(String(2))
    expires_at: Mapped[Moment]
    used_at: Mapped[Moment | None]
    used_by: Mapped[Title | None]  #: the role that signed
    withdrawn_at: Mapped[Moment | None]

    interface: Mapped[Interface] = relationship(lazy="joined", innerjoin=True)

    @property
    def code(self) -> str:
        """What the trail calls it: the interface and the role."""
        return f"{self.interface.code} {self.recipient}"[:200]
