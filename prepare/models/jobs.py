"""Records of jobs and of the workers that do them. They hold no facts of a city, so the trail tells only who asked."""

from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from prepare.db import Base, Key, Moment, Ref, Text, Title
from prepare.jobs import JobState, percent
from prepare.models.files import KeptFile
from prepare.models.organisations import Organisation
from prepare.models.users import User

#: A job that stands: asked for again by the same key it is the answer.
STANDS = text("state IN ('queued', 'running', 'done')")


class Job(Base):
    """Something that somebody wants done beside the pages."""

    __tablename__ = "job"
    __table_args__ = (
        Index("one_job_for_a_key", "key", unique=True, sqlite_where=STANDS, postgresql_where=STANDS),
        Index("ix_job_state", "state", "id"),
        CheckConstraint("done >= 0 AND parts >= 0", name="progress_not_negative"),
    )

    id: Mapped[Key]  #: the order of the queue
    ref: Mapped[Ref]
    kind: Mapped[str] = mapped_column(String(60))
    key: Mapped[str | None] = mapped_column(String(200))  #: two wishes with the same key are one
    params: Mapped[dict[str, Any]] = mapped_column(JSON)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)  #: who asked; None: the system
    asked_by: Mapped[Title]  #: as the person was called then
    asked_at: Mapped[Moment]
    language: Mapped[str] = mapped_column(String(2))
    is_heavy: Mapped[bool]
    state: Mapped[JobState]
    done: Mapped[int] = mapped_column(default=0)
    parts: Mapped[int] = mapped_column(default=0)  #: of how many; 0 = not known
    told: Mapped[Text] = mapped_column(default="")  #: what is being done now, or what it came to
    attempts: Mapped[int] = mapped_column(default=0)
    begun_at: Mapped[Moment | None]
    ended_at: Mapped[Moment | None]
    cancelled_by: Mapped[Title | None]  #: who asked that it end; it ends at its next step
    claim: Mapped[str | None] = mapped_column(String(40))  #: drawn anew by every worker that takes it
    leased_until: Mapped[Moment | None]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("kept_file.id"))
    led_to: Mapped[Text | None]  #: page of the result
    error: Mapped[Text | None]  #: why it failed, in the language of whoever asked

    organisation: Mapped[Organisation | None] = relationship(lazy="joined")
    user: Mapped[User | None] = relationship()
    file: Mapped[KeptFile | None] = relationship(lazy="joined")

    @property
    def code(self) -> str:
        """What the trail calls it."""
        return f"{self.kind} {self.id}"

    @property
    def owner_path(self) -> str:
        """Path of the organisation for which it is done; "/" for the whole installation."""
        return self.organisation.path if self.organisation else "/"

    @property
    def percent(self) -> int | None:
        """How much of it is done; None when nobody knows."""
        return percent(self.done, self.parts)


class JobWorker(Base):
    """A worker: when it was last seen, so that a page can say whether anybody does the jobs."""

    __tablename__ = "job_worker"

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(String(120), unique=True)  #: machine and number of the process
    begun_at: Mapped[Moment]
    seen_at: Mapped[Moment] = mapped_column(index=True)
