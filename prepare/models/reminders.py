"""What mail has told to whom, so that it is not told again too soon."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from prepare.db import Base, Key, Moment


class ReminderSent(Base):
    """A thing of which a person was told by mail, the last time that it was."""

    __tablename__ = "reminder_sent"
    __table_args__ = (UniqueConstraint("user_id", "item"),)

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    item: Mapped[str] = mapped_column(String(200))  #: what waits: its kind and the address of its page
    at: Mapped[Moment] = mapped_column(index=True)
    gravity: Mapped[int]  #: how grave it was then; what has grown graver is told again at once
