"""Readings of the objectives of council terms."""

from sqlalchemy import Select, func, literal, select
from sqlalchemy.orm import contains_eager

from prepare.actor import Scope
from prepare.queries.scopes import bound_by
from prepare.vocabulary import Confidentiality
from risks.models.objectives import Objective

PUBLIC = literal(Confidentiality.PUBLIC.value)


def objectives(scope: Scope, *, every: bool = False) -> Select[Objective]:
    """Objectives in use of the scope, or every one, those of the latest term first."""
    rows = (
        select(Objective)
        .join(Objective.organisation)
        .options(contains_eager(Objective.organisation))
        .where(bound_by(scope, PUBLIC))
    )
    if not every:
        rows = rows.where(Objective.out_of_use.is_(False))
    return rows.order_by(
        Objective.out_of_use, Objective.term_from.is_(None), Objective.term_from.desc(), Objective.code
    )


def counted(scope: Scope) -> Select[int]:
    """How many objectives there are, also those out of use."""
    return objectives(scope, every=True).with_only_columns(func.count(), maintain_column_froms=True).order_by(None)
