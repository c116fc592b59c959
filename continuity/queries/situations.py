"""Readings of situations, their pictures and what was learnt from them."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from continuity.models.situations import Observation, PictureEntry, Situation
from continuity.vocabulary.situations import LIVE, SituationState
from prepare.actor import Scope
from prepare.clock import begins
from prepare.models.organisations import Organisation
from prepare.queries.scopes import bound_by, containing
from prepare.texts import search_key
from risks.models.scenarios import Scenario


def situations(
    scope: Scope, *, q: str = "", live: bool | None = None, scenario: Scenario | None = None, since: date | None = None
) -> Select[Situation]:
    """Situations in the scope, those that go on first and then the newest; `live` False gives those that have ended."""
    rows = select(Situation).join(Situation.organisation).options(contains_eager(Situation.organisation))
    rows = rows.where(_bound(scope, Situation))
    if folded := search_key(q):
        rows = rows.where(containing(Situation.search_text, folded))
    if live is not None:
        rows = rows.where(Situation.state.in_(LIVE) if live else Situation.state.not_in(LIVE))
    if scenario is not None:
        rows = rows.where(Situation.scenario_id == scenario.id)
    if since is not None:
        rows = rows.where(Situation.began_at >= begins(since))
    return rows.order_by(Situation.state.not_in(LIVE), Situation.began_at.desc(), Situation.id.desc())


def counted(rows: Select[Situation]) -> Select[int]:
    """How many situations there are."""
    return rows.with_only_columns(func.count(Situation.id), maintain_column_froms=True).order_by(None)


def picture(scope: Scope, situation: Situation) -> Select[PictureEntry]:
    """The picture of an opened situation, what was written last first."""
    rows: Select[PictureEntry] = _of_situations(select(PictureEntry), scope)
    rows = rows.where(PictureEntry.situation_id == situation.id)
    return rows.options(joinedload(PictureEntry.author)).order_by(PictureEntry.number.desc())


def entry(scope: Scope, situation: Situation, number: int) -> Select[PictureEntry]:
    """One entry of the picture of an opened situation."""
    return picture(scope, situation).where(PictureEntry.number == number)


def last_told(scope: Scope, situations: Collection[int]) -> Select[int, Any]:
    """(id of the situation, when something was last written) of those in whose picture something stands."""
    rows: Select[int, Any] = _of_situations(select(PictureEntry.situation_id, func.max(PictureEntry.written_at)), scope)
    return rows.where(PictureEntry.situation_id.in_(situations)).group_by(PictureEntry.situation_id)


def observations(scope: Scope, situation: Situation) -> Select[Observation]:
    """What was observed in an opened situation, in the order in which it was written."""
    rows = select(Observation).join(Observation.organisation).options(contains_eager(Observation.organisation))
    rows = rows.options(joinedload(Observation.measure)).where(_bound(scope, Observation))
    return rows.where(Observation.situation_id == situation.id).order_by(Observation.id)


def to_learn_from(scope: Scope) -> Select[Situation]:
    """Situations that have been closed and whose lessons are not settled."""
    return situations(scope).where(Situation.state == SituationState.CLOSED)


def _of_situations(rows: Any, scope: Scope) -> Any:
    rows = rows.join(PictureEntry.situation).join(Organisation, Organisation.id == Situation.organisation_id)
    return rows.where(_bound(scope, Situation))


def _bound(scope: Scope, model: Any) -> Any:
    return bound_by(scope, model.confidentiality, open_below=model.open_below)
