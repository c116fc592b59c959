"""Readings of the situation reviews."""

from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager

from continuity.models.reviews import NeededDecision, SituationReview
from continuity.vocabulary.reviews import ReviewState
from prepare.actor import Scope
from prepare.models.organisations import Organisation
from prepare.queries.scopes import within


def reviews(scope: Scope) -> Select[SituationReview]:
    """The reviews in the scope, the newest first."""
    rows = select(SituationReview).join(SituationReview.organisation)
    rows = rows.options(contains_eager(SituationReview.organisation))
    rows = rows.where(within(scope, SituationReview.confidentiality))
    return rows.order_by(SituationReview.as_of.desc(), SituationReview.id.desc())


def counted(rows: Select[SituationReview]) -> Select[int]:
    """How many reviews there are."""
    return rows.with_only_columns(func.count(SituationReview.id), maintain_column_froms=True).order_by(None)


def before(scope: Scope, organisation: Organisation, day: date) -> Select[SituationReview]:
    """The last review of the organisation that was given before the day."""
    rows = reviews(scope).where(SituationReview.organisation_id == organisation.id, SituationReview.as_of < day)
    return rows.where(SituationReview.state == ReviewState.GIVEN).limit(1)


def newest_given(scope: Scope, organisation: Organisation, on: date) -> Select[SituationReview]:
    """The newest review of the organisation that had been given by the day `on`."""
    rows = reviews(scope).where(SituationReview.organisation_id == organisation.id, SituationReview.as_of <= on)
    return rows.where(SituationReview.state == ReviewState.GIVEN).limit(1)


def decisions(scope: Scope, review: SituationReview) -> Select[NeededDecision]:
    """What a review asks its readers to decide, the first day first."""
    rows = select(NeededDecision).join(NeededDecision.review).join(SituationReview.organisation)
    rows = rows.options(contains_eager(NeededDecision.review).contains_eager(SituationReview.organisation))
    rows = rows.where(within(scope, SituationReview.confidentiality))
    rows = rows.where(NeededDecision.review_id == review.id, NeededDecision.retired.is_(False))
    return rows.order_by(NeededDecision.due, NeededDecision.id)
