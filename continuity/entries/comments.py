"""What people enter on the way of a plan: comments, answers, and why a version is withdrawn."""

from dataclasses import dataclass

from continuity.vocabulary.plans import Section


@dataclass(frozen=True, kw_only=True)
class CommentEntry:
    """A comment on a section of a version; without a section it is about the whole."""

    section: Section | None = None
    text: str | None = None


@dataclass(frozen=True, kw_only=True)
class AnswerEntry:
    """What the sector says to a comment."""

    answer: str | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawalEntry:
    """Why a version is withdrawn, and whether its text is written on."""

    state_reason: str | None = None
    goes_on: bool = False
