"""The record of a situation review (tilannekatsaus): what the unit says and asks for, with the figures of its day."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from continuity.vocabulary.reviews import ReviewState
from prepare.audit import Audited
from prepare.db import Base, Code, Key, Ref, Text, Title, Versioned
from prepare.models.kept import Kept, PartOf
from prepare.models.organisations import Organisation
from prepare.vocabulary import Confidentiality


class SituationReview(Kept, Audited, Versioned, Base):
    """A dated review for the steering group; the figures are frozen once it is given, so that two can be compared."""

    __tablename__ = "situation_review"

    id: Mapped[Key]
    ref: Mapped[Ref]
    code: Mapped[Code] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    state: Mapped[ReviewState] = mapped_column(default=ReviewState.DRAFT)
    as_of: Mapped[date] = mapped_column(index=True)  #: the day on which the figures stood so
    since: Mapped[date | None]  #: the day of the review before; None = the first one
    now_text: Mapped[Text | None]  #: how it is now, in a sentence
    change_text: Mapped[Text | None]  #: what has changed, in a sentence
    need_text: Mapped[Text | None]  #: what is needed of the readers, in a sentence
    proposals: Mapped[Text | None]  #: of the expert group
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)  #: as `readiness.reviewing` counts them
    figures_sha256: Mapped[str] = mapped_column(String(64))  #: the trail tells by it that the figures changed
    given_on: Mapped[date | None]
    confidentiality: Mapped[Confidentiality] = mapped_column(default=Confidentiality.INTERNAL)
    secrecy_basis: Mapped[Title | None]

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)


class NeededDecision(PartOf, Audited, Versioned, Base):
    """What a situation review asks its readers to decide, and what follows if they do not."""

    __tablename__ = "needed_decision"
    __table_args__ = (CheckConstraint("cost_eur >= 0", name="cost_not_negative"),)
    whole = "review"

    id: Mapped[Key]
    ref: Mapped[Ref]
    code: Mapped[Code] = mapped_column(unique=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("situation_review.id"), index=True)
    what: Mapped[Text]
    decider: Mapped[Title | None]  #: the body or the role that decides
    due: Mapped[date | None]  #: the last day to decide
    cost_eur: Mapped[float | None]  #: None = nobody has estimated it
    consequence: Mapped[Text | None]  #: of not deciding
    retired: Mapped[bool] = mapped_column(default=False)

    review: Mapped[SituationReview] = relationship(lazy="joined", innerjoin=True)
