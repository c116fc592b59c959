"""What was sent by forms: where each saved form led, texts that wait for their writer, and unfinished drafts."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from prepare.db import Base, Key, Moment, Text


class FormPost(Base):
    """A form that was saved: sent again with the same key it leads to the same place and saves nothing."""

    __tablename__ = "form_post"
    __table_args__ = (UniqueConstraint("user_id", "key"),)

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    key: Mapped[str] = mapped_column(String(40))  #: drawn when the form was shown
    digest: Mapped[str] = mapped_column(String(64))  #: SHA-256 of the address and of what was sent
    led_to: Mapped[Text | None]  #: the address to which the answer redirected
    at: Mapped[Moment] = mapped_column(index=True)


class KeptText(Base):
    """What a person typed into a form after the session had ended; only that person gets it back, for a day."""

    __tablename__ = "kept_text"
    __table_args__ = (UniqueConstraint("user_id", "key"),)

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    key: Mapped[str] = mapped_column(String(40))  #: that of the form
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)  #: name → the values that were sent
    at: Mapped[Moment] = mapped_column(index=True)


class Draft(Base):
    """What a person is typing into a form and has not saved; nobody else reads it, and it is no record of the city."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("user_id", "address"),)

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    address: Mapped[str] = mapped_column(String(300), index=True)  #: path of the form's page
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)  #: name → the values that were typed
    at: Mapped[Moment] = mapped_column(index=True)  #: when it was last kept
