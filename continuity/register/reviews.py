"""Every change to the situation reviews."""

from datetime import date

from continuity import reviewing as rules
from continuity.entries.reviews import (
    COLUMNS,
    DECISION_COLUMNS,
    NeededDecisionEntry,
    SituationReviewEntry,
    of_decision,
    of_review,
)
from continuity.models.reviews import NeededDecision, SituationReview
from continuity.queries import reviews as queries
from continuity.readiness import reviewing
from continuity.vocabulary.reviews import ReviewState
from prepare import actor, audit, sealing
from prepare.access import Action, act
from prepare.db import db
from prepare.errors import refuse_if
from prepare.merging import Seen, refuse_stale
from prepare.models.organisations import Organisation
from prepare.register.codes import next_code


@act(Action.ADD_REVIEW)
def add(organisation: Organisation, entry: SituationReviewEntry, *, on: date) -> SituationReview:
    """Begin a review of the organisation, under the next free code, and count its figures. Raises RuleBroken."""
    refuse_if(rules.problems(entry, on=on))
    review = SituationReview(code=next_code(SituationReview.code, "TK-"), organisation=organisation)
    _fill(review, entry)
    db.session.add(review)
    db.session.flush()
    return review


@act(Action.EDIT_REVIEW)
def edit(
    review: SituationReview, entry: SituationReviewEntry, *, seen: Seen[SituationReviewEntry] | None, on: date
) -> SituationReview:
    """Change a draft and count its figures again. Raises StaleEntry if it has changed since, and RuleBroken."""
    rules.refuse_given(review.state)
    refuse_stale(seen, seen_now(review))
    refuse_if(rules.problems(entry, on=on))
    _fill(review, entry)
    db.session.flush()
    return review


@act(Action.GIVE_REVIEW)
def give(review: SituationReview, *, on: date) -> None:
    """Give a review to its readers; from here on it stays as it is. Raises RuleBroken."""
    rules.refuse_given(review.state)
    refuse_if(rules.giving_problems(of_review(review)))
    review.state, review.given_on = ReviewState.GIVEN, on
    db.session.flush()


def seen_now(review: SituationReview) -> Seen[SituationReviewEntry]:
    """What a person sees who edits the review now."""
    return Seen(of_review(review), (review.state.value,))


@act(Action.ADD_ASK)
def ask(review: SituationReview, entry: NeededDecisionEntry) -> NeededDecision:
    """Ask the readers of a draft to decide something, under the next free code. Raises RuleBroken."""
    rules.refuse_given(review.state)
    refuse_if(rules.decision_problems(entry))
    asked = NeededDecision(code=next_code(NeededDecision.code, f"{review.code}/"), review=review)
    _write(asked, entry)
    db.session.add(asked)
    db.session.flush()
    return asked


@act(Action.EDIT_ASK)
def edit_ask(
    asked: NeededDecision, entry: NeededDecisionEntry, *, seen: Seen[NeededDecisionEntry] | None
) -> NeededDecision:
    """Change what a draft asks for. Raises StaleEntry if it has changed since, and RuleBroken."""
    rules.refuse_given(asked.review.state)
    refuse_stale(seen, ask_seen(asked))
    refuse_if(rules.decision_problems(entry))
    _write(asked, entry)
    db.session.flush()
    return asked


@act(Action.RETIRE_ASK)
def retire_ask(asked: NeededDecision) -> None:
    """Take it out of a draft; it stays readable in the trail. Raises RuleBroken for a review that has been given."""
    rules.refuse_given(asked.review.state)
    asked.retired = True
    db.session.flush()


def ask_seen(asked: NeededDecision) -> Seen[NeededDecisionEntry]:
    """What a person sees who edits it now."""
    return Seen(of_decision(asked), (asked.review.state.value, *(("retired",) if asked.retired else ())))


def _write(asked: NeededDecision, entry: NeededDecisionEntry) -> None:
    for name in DECISION_COLUMNS:
        setattr(asked, name, getattr(entry, name))


def _fill(review: SituationReview, entry: SituationReviewEntry) -> None:
    scope, day = actor.current().scope, entry.as_of or date.min
    with db.session.no_autoflush:
        last = db.session.scalars(queries.before(scope, review.organisation, day)).first()
        review.since = last.as_of if last else None
        seen = scope.up_to(entry.confidentiality)
        review.figures = reviewing.figures(seen, review.organisation, since=review.since, on=day)
        review.figures_sha256 = sealing.fingerprint(audit.content_text(review.figures))
    for name in COLUMNS:
        setattr(review, name, getattr(entry, name))
