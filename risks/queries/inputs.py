"""Readings of residents' input."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager

from prepare.actor import Scope
from prepare.models.organisations import Organisation
from prepare.queries.scopes import bound_by, containing
from prepare.texts import search_key
from risks.models.inputs import ResidentInput
from risks.vocabulary.inputs import InputSource
from risks.vocabulary.safety import Theme


def inputs(
    scope: Scope,
    *,
    q: str = "",
    areas: Collection[str] = (),
    source: InputSource | None = None,
    theme: Theme | None = None,
    used: bool | None = None,
) -> Select[ResidentInput]:
    """Residents' input of the scope, the latest first; `used` tells what led to something from what has not yet."""
    rows = select(ResidentInput).join(ResidentInput.organisation).options(contains_eager(ResidentInput.organisation))
    rows = rows.where(bound_by(scope, ResidentInput.confidentiality, open_below=ResidentInput.open_below))
    if folded := search_key(q):
        rows = rows.where(containing(ResidentInput.search_text, folded))
    if areas:
        rows = rows.where(ResidentInput.area.in_(areas))
    if source:
        rows = rows.where(ResidentInput.source == source)
    if theme:
        rows = rows.where(ResidentInput.theme == theme)
    if used is not None:
        rows = rows.where(ResidentInput.used_in.is_not(None) if used else ResidentInput.used_in.is_(None))
    return rows.order_by(ResidentInput.held_on.desc(), ResidentInput.id.desc())


def used_for(scope: Scope, codes: Collection[str]) -> Select[ResidentInput]:
    """Residents' input in the scope that was used in the records with these codes, the latest first."""
    return inputs(scope, used=True).where(ResidentInput.used_in.in_(codes))


def counted(rows: Select[ResidentInput]) -> Select[int]:
    """How many rows there are."""
    return rows.with_only_columns(func.count(ResidentInput.id), maintain_column_froms=True).order_by(None)


def heard(scope: Scope, *, since: date) -> Select[InputSource, int, int | None, int]:
    """Since a day by source: how often residents were heard, how many took part, and how often it was used."""
    used = func.count(ResidentInput.used_in)
    rows = select(ResidentInput.source, func.count(ResidentInput.id), func.sum(ResidentInput.participants), used)
    rows = rows.join(Organisation, Organisation.id == ResidentInput.organisation_id)
    rows = rows.where(bound_by(scope, ResidentInput.confidentiality, open_below=ResidentInput.open_below))
    return rows.where(ResidentInput.held_on >= since).group_by(ResidentInput.source)


def answers(scope: Scope) -> Select[str | None, str | None, str | None, date, float | None, InputSource]:
    """Every answer in figures in the scope: question, unit, area, day, value and source."""
    one = ResidentInput
    rows = select(one.question, one.unit, one.area, one.held_on, one.value, one.source)
    rows = rows.join(Organisation, Organisation.id == one.organisation_id)
    rows = rows.where(bound_by(scope, one.confidentiality, open_below=one.open_below))
    return rows.where(one.value.is_not(None), one.question.is_not(None)).order_by(one.question, one.held_on)
