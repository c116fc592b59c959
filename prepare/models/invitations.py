"""One-time links by which a person signs in for the first time or chooses a new password."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from prepare.audit import Audited
from prepare.db import Base, Key, Moment
from prepare.models.users import User


class Invitation(Audited, Base):
    """A link that was given to a person; only its token's hash is kept, so that the table opens no door.

    It opens once, until `expires_at`, and only while no newer link has been made.
    """

    __tablename__ = "invitation"

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[Moment]
    used_at: Mapped[Moment | None]
    withdrawn_at: Mapped[Moment | None]  #: a newer link took its place, or the account was disabled

    user: Mapped[User] = relationship()

    @property
    def code(self) -> str:
        """What the trail calls it: whose link it is."""
        return self.user.email

    @property
    def trail_path(self) -> str:
        """The city in whose trail it is told: the account's."""
        return self.user.trail_path
