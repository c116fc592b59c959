"""The sectors side by side: how far each has come, since when nothing has moved, and who has not started."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import SimpleNamespace

from prepare import actor, rounds
from prepare.access import Action, may
from prepare.clock import day_of
from prepare.db import db
from prepare.insets import steps
from prepare.models.organisations import Organisation
from prepare.queries import sectors as queries
from prepare.queries.pages import page
from prepare.rounds import Step, Tally
from prepare.texts import _
from prepare.views.paging import PAGE_SIZE, paging
from prepare.views.rounds import figures, standings

FIRST_SHOWN = 4  #: the steps before are told by the figures of the functions


def side_by_side() -> SimpleNamespace | None:
    """A page of the organisations that keep functions, each as the table shows it; None for those who steer nobody."""
    who = actor.current()
    if not may(who, Action.CONFIRM_FUNCTION):
        return None
    found = queries.keeping(who.scope)
    at = paging(db.session.scalar(queries.counted(found)) or 0)
    changed = page(queries.with_last_change(found), Organisation.id, offset=at.offset, limit=PAGE_SIZE)
    rows = db.session.execute(changed).all()
    if not rows:
        return None
    shown = [one for one, _moment in rows]
    counts, told = figures(who.scope, shown), standings(shown)
    lines = [_row(one, counts[one.id], moment, told[one.id]) for one, moment in rows]
    idle = [line.organisation for line in lines if not line.started]
    return SimpleNamespace(at=at, columns=_columns(), rows=lines, idle=idle)


def _row(one: Organisation, figures: Sequence[int], at: datetime | None, told: Mapping[Step, Tally]) -> SimpleNamespace:
    in_force, others, _vital, _complete, missing = figures
    return SimpleNamespace(
        organisation=one,
        in_force=in_force,
        others=others,
        missing=missing,
        tallies=[tally for step, tally in told.items() if step.place >= FIRST_SHOWN],
        changed_on=day_of(at) if at else None,
        started=rounds.has_started(told),
    )


def _columns() -> list[dict[str, str]]:
    return [{"text": _(step.label), "class": "num"} for step in steps() if step.place >= FIRST_SHOWN]
