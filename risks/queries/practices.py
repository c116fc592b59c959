"""Readings of good practices: one's own city's, and what other municipalities share."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, false, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from prepare.actor import Scope
from prepare.models.lists import holding
from prepare.models.organisations import Organisation
from prepare.queries.scopes import below, bound_by, containing
from prepare.texts import search_key
from prepare.vocabulary import Confidentiality
from risks.models.practices import GoodPractice, PracticeAdoption
from risks.vocabulary.safety import Theme


def practices(
    scope: Scope,
    *,
    q: str = "",
    theme: Theme | None = None,
    retired: bool = False,
    within: Collection[str] = (),
    outside: Collection[str] = (),
) -> Select[GoodPractice]:
    """Good practices by name: those of the scope, and what other municipalities share with every reader.

    `q` finds words of code and names; `within` and `outside` are paths of municipalities in which, or outside which,
    they are kept.
    """
    rows = select(GoodPractice).join(GoodPractice.organisation).options(contains_eager(GoodPractice.organisation))
    own = bound_by(scope, GoodPractice.confidentiality, open_below=GoodPractice.open_below)
    rows = rows.where(or_(own, shared_with(scope)), GoodPractice.retired.is_(retired))
    if within:
        rows = rows.where(or_(*map(below, within)))
    for path in outside:
        rows = rows.where(~below(path))
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


def adopters(ids: list[int]) -> Select[int, str]:
    """(practice, path of the organisation) of whoever took one of these practices into use, each once."""
    rows = select(PracticeAdoption.practice_id, Organisation.path).join(PracticeAdoption.organisation)
    return rows.where(PracticeAdoption.practice_id.in_(ids)).distinct()


def shared_counts(scope: Scope, homes: Collection[str]) -> Select[int, int]:
    """How many practices are shared by the municipalities at the paths `homes`, and by others."""
    own = or_(false(), *map(below, homes))
    count = func.count(GoodPractice.id)
    rows = select(count.filter(own), count.filter(~own)).join(GoodPractice.organisation)
    return rows.where(shared_with(scope))
