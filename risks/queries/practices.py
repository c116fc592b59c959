"""Readings of good practices: one's own city's, and what other municipalities share."""

from sqlalchemy import ColumnElement, Select, false, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from prepare.actor import Scope
from prepare.models.lists import holding
from prepare.queries.scopes import bound_by, containing
from prepare.texts import search_key
from prepare.vocabulary import Confidentiality
from risks.models.practices import GoodPractice, PracticeAdoption
from risks.vocabulary.safety import Theme


def practices(scope: Scope, *, q: str = "", theme: Theme | None = None, retired: bool = False) -> Select[GoodPractice]:
    """Good practices by name: those of the scope, and what other municipalities share with every reader.

    `q` finds words of code and names.
    """
    rows = select(GoodPractice).join(GoodPractice.organisation).options(contains_eager(GoodPractice.organisation))
    own = bound_by(scope, GoodPractice.confidentiality, open_below=GoodPractice.open_below)
    rows = rows.where(or_(own, shared_with(scope)), GoodPractice.retired.is_(retired))
    if folded := search_key(q):
        rows = rows.where(containing(GoodPractice.search_text, folded))
    if theme:
        rows = rows.where(holding(GoodPractice.themes, theme))
    return rows.order_by(GoodPractice.sort_name, GoodPractice.code)


def shared_with(scope: Scope) -> ColumnElement[bool]:
    """Condition for practices that others share: whoever reads registers anywhere has them, a partner does not."""
    if not scope.roots:
        return false()
    is_public = GoodPractice.confidentiality == Confidentiality.PUBLIC
    return GoodPractice.shareable.is_(True) & is_public & GoodPractice.retired.is_(False)


def counted(rows: Select[GoodPractice]) -> Select[int]:
    """How many rows there are."""
    return rows.with_only_columns(func.count(GoodPractice.id), maintain_column_froms=True).order_by(None)


def adoptions(practice: GoodPractice) -> Select[PracticeAdoption]:
    """Who took an opened practice into use, the latest first."""
    rows = select(PracticeAdoption).options(joinedload(PracticeAdoption.organisation))
    rows = rows.where(PracticeAdoption.practice_id == practice.id)
    return rows.order_by(PracticeAdoption.adopted_on.desc(), PracticeAdoption.id.desc())


def adopted_counts(ids: list[int]) -> Select[int, int]:
    """How many organisations took each of these practices into use."""
    rows = select(PracticeAdoption.practice_id, func.count(func.distinct(PracticeAdoption.organisation_id)))
    return rows.where(PracticeAdoption.practice_id.in_(ids)).group_by(PracticeAdoption.practice_id)
