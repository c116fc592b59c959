"""Readings of the comments on plans."""

from collections.abc import Collection

from sqlalchemy import Select, false, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from continuity.models.comments import PlanComment
from continuity.models.plans import Plan, PlanVersion
from continuity.vocabulary.plans import PENDING_STATES
from prepare.actor import Scope
from prepare.queries.scopes import below, within

OPEN = (PlanComment.answered_at.is_(None), PlanComment.settled_at.is_(None))


def comments(scope: Scope, version: PlanVersion) -> Select[PlanComment]:
    """The comments on a version of an opened plan, oldest first, with their people."""
    people = (joinedload(getattr(PlanComment, name)) for name in ("author", "answered_by", "settled_by"))
    return (
        select(PlanComment)
        .join(PlanComment.plan_version)
        .join(PlanVersion.plan)
        .join(Plan.organisation)
        .options(contains_eager(PlanComment.plan_version), *people)
        .where(PlanComment.plan_version_id == version.id, within(scope, Plan.confidentiality))
        .order_by(PlanComment.id)
    )


def open_counted(version: PlanVersion) -> Select[int]:
    """How many comments on a version wait for an answer."""
    return select(func.count(PlanComment.id)).where(PlanComment.plan_version_id == version.id, *OPEN)


def waiting(scope: Scope, paths: Collection[str]) -> Select[Plan, int]:
    """The plans of the organisations at these paths with comments that wait for an answer, and how many."""
    counted = (
        select(Plan.id, func.count(PlanComment.id).label("n"))
        .join(PlanVersion, PlanVersion.plan_id == Plan.id)
        .join(PlanComment, PlanComment.plan_version_id == PlanVersion.id)
        .where(PlanVersion.state.in_(PENDING_STATES), Plan.retired.is_(False), *OPEN)
        .group_by(Plan.id)
        .subquery()
    )
    return (
        select(Plan, counted.c.n)
        .join(counted, counted.c.id == Plan.id)
        .join(Plan.organisation)
        .options(contains_eager(Plan.organisation))
        .where(within(scope, Plan.confidentiality), or_(false(), *(below(path) for path in paths)))
        .order_by(Plan.code)
    )
