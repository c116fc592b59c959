"""The record of a comment on a version of a plan: what was remarked at which section, answered and settled."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from continuity import lifecycle
from continuity.models.plans import PlanVersion
from continuity.vocabulary.comments import CommentState
from continuity.vocabulary.plans import Section
from prepare.audit import Audited
from prepare.db import Base, Key, Moment, Ref, Text, Versioned
from prepare.models.kept import PartOf
from prepare.models.users import User


class PlanComment(PartOf, Audited, Versioned, Base):
    """A remark of the unit or the director; it goes with its version and stands beside the text for good."""

    __tablename__ = "plan_comment"
    whole = "plan_version"

    id: Mapped[Key]
    ref: Mapped[Ref]
    plan_version_id: Mapped[int] = mapped_column(ForeignKey("plan_version.id"), index=True)
    section: Mapped[Section | None]  #: None = the whole version
    text: Mapped[Text]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    written_at: Mapped[Moment]
    answer: Mapped[Text | None]  #: what the sector says to it
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    answered_at: Mapped[Moment | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    settled_at: Mapped[Moment | None]

    plan_version: Mapped[PlanVersion] = relationship(lazy="joined", innerjoin=True)
    author: Mapped[User | None] = relationship(foreign_keys=[author_id])
    answered_by: Mapped[User | None] = relationship(foreign_keys=[answered_by_id])
    settled_by: Mapped[User | None] = relationship(foreign_keys=[settled_by_id])

    @property
    def code(self) -> str:
        """What the trail calls it: the version and the section."""
        return f"{self.plan_version.code} {self.section.value if self.section else '–'}"

    @property
    def state(self) -> CommentState:
        """Whether it waits for an answer, has one, or is settled."""
        return lifecycle.comment_state(is_answered=self.answered_at is not None, is_settled=self.settled_at is not None)
