"""Fill-in workbooks: what each held when it was handed over, files that wait to be looked at, and what was taken in."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from prepare.db import Base, Key, Moment, Ref
from prepare.models.kept import Kept
from prepare.models.organisations import Organisation
from prepare.models.users import User
from prepare.vocabulary import Confidentiality


class FormExport(Kept, Base):
    """A fill-in workbook that was handed over; what comes back is held against these rows, field by field."""

    __tablename__ = "form_export"
    confidentiality = Confidentiality.CONFIDENTIAL

    id: Mapped[Key]
    ref: Mapped[Ref]  #: stands in the workbook
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    language: Mapped[str] = mapped_column(String(2))
    at: Mapped[Moment]
    revision: Mapped[int]  #: the last entry of the trail when it was made
    rows: Mapped[dict[str, Any]] = mapped_column(JSON)  #: table → key of the row → its values
    made: Mapped[dict[str, Any]] = mapped_column(JSON)  #: provisional key of a new row → the record's own

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)


class HandedIn(Kept, Base):
    """A workbook that somebody has brought and not yet confirmed; only that person sees it, for a day."""

    __tablename__ = "handed_in"
    confidentiality = Confidentiality.CONFIDENTIAL

    id: Mapped[Key]
    ref: Mapped[Ref]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    export_id: Mapped[int] = mapped_column(ForeignKey("form_export.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    told: Mapped[dict[str, Any]] = mapped_column(JSON)  #: what taking it in would do, as it was looked at
    at: Mapped[Moment] = mapped_column(index=True)

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
    export: Mapped[FormExport] = relationship()


class Intake(Kept, Base):
    """A fill-in workbook that was taken in: which file, who, when and how much changed."""

    __tablename__ = "intake"
    confidentiality = Confidentiality.INTERNAL

    id: Mapped[Key]
    ref: Mapped[Ref]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    export_id: Mapped[int] = mapped_column(ForeignKey("form_export.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  #: None = by command
    name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[Moment]
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)  #: new, changed, unchanged, kept, conflicts

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
    user: Mapped[User | None] = relationship()
