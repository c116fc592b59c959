"""Records of plain lists that are taken in: how a list's columns are read, and a list that is being taken in."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from prepare.audit import Audited
from prepare.db import Base, Key, Moment, Title, Versioned
from prepare.models.kept import Kept
from prepare.models.organisations import Organisation
from prepare.vocabulary import Confidentiality


class ListMapping(Kept, Audited, Versioned, Base):
    """How an organisation reads lists with the same headings: which column is which field, which word which value."""

    __tablename__ = "list_mapping"
    __table_args__ = (UniqueConstraint("organisation_id", "register", "headings_hash"),)

    id: Mapped[Key]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    register: Mapped[str] = mapped_column(String(40))
    headings_hash: Mapped[str] = mapped_column(String(64))  #: tells one set of headings from another
    columns: Mapped[dict[str, Any]] = mapped_column(JSON)  #: heading → field
    words: Mapped[dict[str, Any]] = mapped_column(JSON)  #: field → word of the list → stored word
    kept_at: Mapped[Moment]

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)

    @property
    def code(self) -> str:
        """What the trail calls it: whose lists of which register it reads."""
        return f"{self.organisation.code} {self.register}"

    @property
    def confidentiality(self) -> Confidentiality:
        """Headings and words of lists are known inside the house."""
        return Confidentiality.INTERNAL


class ListUpload(Base):
    """A list between its upload and its taking in, for a day; only the person who brought it reads it."""

    __tablename__ = "list_upload"

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    register: Mapped[str] = mapped_column(String(40))
    name: Mapped[Title]  #: of the file
    sha256: Mapped[str] = mapped_column(String(64))  #: of the file
    content: Mapped[dict[str, Any]] = mapped_column(JSON)  #: headings and rows as they were read
    columns: Mapped[dict[str, Any]] = mapped_column(JSON)  #: heading → field, as chosen so far
    words: Mapped[dict[str, Any]] = mapped_column(JSON)  #: field → word of the list → stored word, as chosen so far
    at: Mapped[Moment] = mapped_column(index=True)

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
