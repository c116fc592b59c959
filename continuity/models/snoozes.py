"""Records of findings that have been put aside until a day."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from continuity.findings.finding import Severity, Subject
from prepare.audit import Audited
from prepare.db import Base, Code, Key, Moment, Ref, Text, Title, Versioned
from prepare.models.kept import Kept
from prepare.models.organisations import Organisation
from prepare.vocabulary import Confidentiality

IN_FORCE = text("woken_at IS NULL")


class FindingSnooze(Kept, Audited, Versioned, Base):
    """A finding that is put aside until a day, with the reason; it comes back earlier if it grows graver.

    The finding is known by its rule and the record that it is about; there is one in force for it at most.
    """

    __tablename__ = "finding_snooze"
    __table_args__ = (
        Index(
            "one_snooze_in_force",
            "rule",
            "subject",
            "subject_ref",
            unique=True,
            sqlite_where=IN_FORCE,
            postgresql_where=IN_FORCE,
        ),
        CheckConstraint("snoozed_on <= until", name="snooze_from_to"),
    )

    id: Mapped[Key]
    ref: Mapped[Ref]
    rule: Mapped[str] = mapped_column(String(10))  #: code of the rule: "W10"
    subject: Mapped[Subject]  #: kind of the record that the finding is about
    subject_ref: Mapped[str] = mapped_column(String(36))
    subject_code: Mapped[Code]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)  #: owner of that record
    severity: Mapped[Severity]  #: how much it weighed when it was put aside
    reason: Mapped[Text]
    until: Mapped[date]  #: the last day on which it stays aside
    snoozed_on: Mapped[date]
    snoozed_at: Mapped[Moment]
    snoozed_by: Mapped[Title]  #: as the person was called then
    woken_at: Mapped[Moment | None]  #: taken back before its day
    confidentiality: Mapped[Confidentiality] = mapped_column(default=Confidentiality.INTERNAL)  #: of that record

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)

    @property
    def code(self) -> str:
        """What the trail calls it: the rule and the record."""
        return f"{self.rule} {self.subject_code}"
