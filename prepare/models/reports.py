"""Records of reports that were stored, and of the schedules by which they are made."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from prepare.audit import Audited
from prepare.db import Base, Code, Key, Moment, Ref, Text, Title, Versioned
from prepare.models.files import KeptFile
from prepare.models.kept import Kept
from prepare.models.lists import Several
from prepare.models.organisations import Organisation
from prepare.models.users import User
from prepare.scheduling import Rhythm
from prepare.vocabulary import Confidentiality


class StoredReport(Kept, Base):
    """A report that was handed over, kept as it was: what it told, of which day, to whom and what for.

    The trail tells that it was stored; it is never changed.
    """

    __tablename__ = "stored_report"

    id: Mapped[Key]
    ref: Mapped[Ref]
    kind: Mapped[str] = mapped_column(String(60))  #: what it is, as "guidance"
    number: Mapped[int]  #: of this kind about this organisation
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    language: Mapped[str] = mapped_column(String(2))
    confidentiality: Mapped[Confidentiality]  #: its variant
    as_of: Mapped[date]
    made_at: Mapped[Moment]
    made_by: Mapped[Title]
    revision: Mapped[int]  #: the last entry of the trail when it was made
    purpose: Mapped[Text]
    recipients: Mapped[Text]  #: names, roles or addresses, as whoever asked wrote them
    rows: Mapped[int]
    left_out: Mapped[int]
    #: A dozen figures and the gravest weak points as it told them, to hold the next one against.
    figures: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    file_id: Mapped[int] = mapped_column(ForeignKey("kept_file.id"))
    part: Mapped[str | None] = mapped_column(String(200), unique=True)  #: of which job it is which part

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
    file: Mapped[KeptFile] = relationship(lazy="joined", innerjoin=True)

    @property
    def code(self) -> str:
        """What the trail calls it."""
        return f"{self.kind} {self.organisation.code} {self.number}"


@event.listens_for(StoredReport, "before_update")
def refuse_change(_mapper: object, _connection: object, report: StoredReport) -> None:
    """A stored report stays as it was stored."""
    raise RuntimeError(f"a stored report is never changed: {report.code}")


class Schedule(Kept, Audited, Versioned, Base):
    """What is made by itself again and again, and with whose rights."""

    __tablename__ = "schedule"
    __table_args__ = (CheckConstraint("day BETWEEN 1 AND 28", name="day_of_every_month"),)
    #: What follows from running it.
    derived = frozenset({"run_on"})
    confidentiality = Confidentiality.INTERNAL

    id: Mapped[Key]
    ref: Mapped[Ref]
    code: Mapped[Code]
    name: Mapped[Title]
    kind: Mapped[str] = mapped_column(String(60))  #: the kind of job that it asks for
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    languages: Mapped[tuple[str, ...]] = mapped_column(Several())  #: "fi", "sv"
    variant: Mapped[Confidentiality]
    rhythm: Mapped[Rhythm]
    day: Mapped[int]  #: of the month, of which every one has 28, or of the week
    purpose: Mapped[Text]
    recipients: Mapped[Text]
    is_on: Mapped[bool] = mapped_column(default=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  #: with whose rights; None: the system
    since: Mapped[date]  #: days before that are not caught up
    run_on: Mapped[date | None]  #: the day of the last run that was due

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
    user: Mapped[User | None] = relationship()
