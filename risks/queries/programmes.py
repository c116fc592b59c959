"""Readings of the programmes across sectors."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, selectinload

from prepare.actor import Scope
from prepare.models.lists import holding
from prepare.queries.scopes import bound_by, containing
from prepare.texts import search_key
from risks.models.programmes import Programme
from risks.vocabulary.safety import ProgrammeState, Theme

GOING_ON = (ProgrammeState.PLANNED, ProgrammeState.RUNNING)


def programmes(
    scope: Scope,
    *,
    q: str = "",
    theme: Theme | None = None,
    area: str = "",
    state: ProgrammeState | None = None,
) -> Select[Programme]:
    """Programmes of the scope with the organisations that carry them out, by name.

    `q` finds words of code and names; a programme of the whole city is found in every `area`; without `state` those
    that have ended or were cancelled are left out.
    """
    rows = (
        select(Programme)
        .join(Programme.organisation)
        .options(contains_eager(Programme.organisation), selectinload(Programme.organisations))
        .where(bound_by(scope, Programme.confidentiality, open_below=Programme.open_below))
    )
    if folded := search_key(q):
        rows = rows.where(containing(Programme.search_text, folded))
    if theme:
        rows = rows.where(holding(Programme.themes, theme))
    if area:
        rows = rows.where(holding(Programme.areas, area) | (Programme.areas == ()))
    rows = rows.where(Programme.state == state if state else Programme.state.in_(GOING_ON))
    return rows.order_by(Programme.sort_name, Programme.code)


def counted(rows: Select[Programme]) -> Select[int]:
    """How many rows there are."""
    return rows.with_only_columns(func.count(Programme.id), maintain_column_froms=True).order_by(None)
