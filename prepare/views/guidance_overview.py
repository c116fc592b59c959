"""All sectors side by side: who has answered what, what the register shows, and where the two differ."""

from types import SimpleNamespace
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.access import Action
from prepare.clock import today
from prepare.db import db
from prepare.gate.opening import opens
from prepare.insets import counted
from prepare.loading import guidance as loading
from prepare.loading.guidance import Asked
from prepare.models.guidance import GuidanceVersion, Requirement
from prepare.models.organisations import Organisation
from prepare.queries import organisations
from prepare.queries.pages import page
from prepare.views import bp
from prepare.views.guidance_answers import grouped, row
from prepare.views.paging import Paging

#: Organisations that stand side by side on one page.
MOST = 12


@bp.get("/guidance/versions/<uuid:ref>/overview")
@opens(GuidanceVersion, Action.VIEW_GUIDANCE)
def guidance_overview(version: GuidanceVersion) -> ResponseReturnValue:
    """Every requirement of a version × the organisations that it concerns."""
    return overview_page(version)


def overview_page(version: GuidanceVersion) -> str:
    """Who has answered, and the table of requirements and organisations, twelve of these at a time."""
    scope, on = actor.current().scope, today()
    rows = organisations.with_functions(scope.below(version.organisation.path))
    at = _paging(db.session.scalar(organisations.counted(rows)) or 0)
    shown = db.session.scalars(page(rows, Organisation.id, offset=(at.page - 1) * MOST, limit=MOST)).all()
    asked = loading.asked(scope, shown, version)
    requirements = list({one.requirement.id: one.requirement for some in asked.values() for one in some}.values())
    found = counted(shown, requirements, on)
    columns = [_column(one, asked[one.id], found.get(one.id, {})) for one in shown]
    return render_template(
        "prepare/guidance_overview.html",
        version=version,
        columns=sorted(columns, key=lambda one: (one.share, -one.open)),
        side_by_side=columns,
        groups=grouped([_row(one, columns) for one in requirements]),
        at=at,
        silent=sum(one.answered == 0 for one in columns),
        differing=sum(one.differing for one in columns),
    )


def _paging(total: int) -> Paging:
    pages = max(1, -(-total // MOST))
    wanted = request.args.get("page", "1")
    number = int(wanted) if wanted.isascii() and wanted.isdecimal() and len(wanted) < 9 else 1
    return Paging(min(max(number, 1), pages), pages, total)


def _column(organisation: Organisation, asked: list[Asked], found: Any) -> SimpleNamespace:
    """One organisation: its rows by requirement, and how far it has come."""
    rows = {one.requirement.id: row(one, found) for one in asked}
    answered = sum(one.answer is not None for one in rows.values())
    return SimpleNamespace(
        organisation=organisation,
        rows=rows,
        answered=answered,
        total=len(rows),
        share=answered / len(rows) if rows else 1,
        open=sum(one.is_open for one in rows.values()),
        differing=sum(one.differs for one in rows.values()),
    )


def _row(requirement: Requirement, columns: list[SimpleNamespace]) -> SimpleNamespace:
    cells = [SimpleNamespace(organisation=one.organisation, row=one.rows.get(requirement.id)) for one in columns]
    return SimpleNamespace(requirement=requirement, cells=cells)
