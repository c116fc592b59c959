"""What has changed in one record: one page for every kind of record, each under the record's own address."""

from collections.abc import Callable, Mapping
from itertools import groupby
from types import SimpleNamespace
from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.access import Action
from prepare.clock import day_of
from prepare.db import db
from prepare.gate.opening import opens
from prepare.queries import trail as queries
from prepare.texts import name_of, named
from prepare.views.paging import PAGE_SIZE, paging
from prepare.views.telling import Teller

#: Table → the endpoint of the history of its records; filled as the packages keep histories.
ENDPOINTS: dict[str, str] = {}

Parts = Callable[[Any], Mapping[str, str]]


def no_parts(_record: Any) -> Mapping[str, str]:
    """Nothing else belongs to the record."""
    return {}


def keep_history(
    bp: Blueprint,
    model: Any,
    page: str,
    parts: Parts = no_parts,
    *,
    whole: str = "",
    room: str = "",
    action: Action = Action.VIEW_TRAIL,
) -> None:
    """Let the records of a class have a page of what has changed in them, open to those who may do the `action`.

    `page` is the endpoint of the record's own page, or of the page of the record of which it is a part, which its
    attribute `whole` names. `parts` gives the kinds of records that are parts of it, each with how its code begins.
    `room` is where its pages stand, unless that is the table's name with an s.
    """
    table = model.__tablename__

    @opens(model, action)
    def history(record: Any) -> ResponseReturnValue:
        """What has changed in one record and its parts."""
        found = queries.of_record(actor.current().scope, record, parts(record))
        shown = getattr(record, whole) if whole else record
        back = url_for(page, ref=shown.ref)
        return told_page(found, record=record, name=_name(record), back=back)

    at = (room or f"{table}s").replace("_", "-")
    bp.add_url_rule(f"/{at}/<uuid:ref>/trail", f"{table}_trail", history)
    ENDPOINTS[table] = f"{bp.name}.{table}_trail"


def _name(record: Any) -> str:
    return named(record, "title") or name_of(record) or getattr(record, "name", "")


def told_page(found: queries.Numbers, **more: Any) -> ResponseReturnValue:
    """One page of entries, day by day, newest first."""
    total = db.session.scalar(queries.counted(found)) or 0
    at = paging(min(total, queries.MOST))
    rows = db.session.execute(queries.told(found, most=PAGE_SIZE, offset=at.offset)).all()
    told = list(Teller(actor.current().scope, [(row[0], row[1]) for row in rows]))
    return render_template(
        "prepare/trail.html",
        days=[SimpleNamespace(day=day, entries=list(some)) for day, some in groupby(told, lambda e: day_of(e.at))],
        histories=ENDPOINTS,
        total=at.total,
        is_more=total > queries.MOST,
        page=at.page,
        pages=at.pages,
        **{"record": None, "name": "", "back": None, "wanted": None, **more},
    )
