"""Tokens by which the city's reporting tools read the registers, and when each was used."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from prepare.audit import Audited
from prepare.db import Base, Key, Moment, Ref, Title, Versioned
from prepare.models.kept import Kept
from prepare.models.organisations import Organisation
from prepare.models.users import User
from prepare.vocabulary import Confidentiality


class ApiToken(Kept, Audited, Versioned, Base):
    """A key that a person made for a program: only its hash is kept, so that the table opens no door.

    It reads what its person may read at the moment of the request, within the organisation, the class and the
    registers for which it was made; never more.
    """

    __tablename__ = "api_token"

    id: Mapped[Key]
    ref: Mapped[Ref]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    hint: Mapped[str] = mapped_column(String(12))  #: its first letters, by which its person tells it from others
    purpose: Mapped[Title]
    highest: Mapped[Confidentiality]  #: the highest class that it reads
    registers: Mapped[list[Any]] = mapped_column(JSON)  #: names of the registers that it reads
    made_at: Mapped[Moment]
    expires_on: Mapped[date]  #: the last day on which it opens anything
    ended_at: Mapped[Moment | None]

    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)
    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)

    @property
    def code(self) -> str:
        """What the trail calls it: whose token it is, and how it begins."""
        return f"{self.user.email} {self.hint}"

    @property
    def confidentiality(self) -> Confidentiality:
        """That a program reads an organisation's registers is known to whoever reads the organisation."""
        return Confidentiality.INTERNAL


class ApiTokenUse(Base):
    """That a token read a register within an hour; the trail is told of the first time."""

    __tablename__ = "api_token_use"
    __table_args__ = (UniqueConstraint("token_id", "register", "hour"),)

    id: Mapped[Key]
    token_id: Mapped[int] = mapped_column(ForeignKey("api_token.id"))
    register: Mapped[str] = mapped_column(String(40))
    hour: Mapped[Moment]  #: the beginning of the hour
    used_at: Mapped[Moment]  #: when it was last used in that hour, to the minute
