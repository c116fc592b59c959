"""Snapshots of readiness: taking one, and one of them beside the one before."""

from types import SimpleNamespace

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from continuity.models.readiness import ReadinessSnapshot
from continuity.queries import readiness as queries
from continuity.register import readiness as register
from continuity.scoring import snapshots
from continuity.scoring.maturity import Level
from continuity.scoring.scores import points
from continuity.scoring.vocabulary import METHOD, Code
from continuity.views.blueprint import bp
from prepare import actor
from prepare.access import Action
from prepare.clock import today
from prepare.db import db, transaction
from prepare.errors import RuleBroken
from prepare.gate.opening import opens, takes
from prepare.models.organisations import Organisation
from prepare.queries import organisations
from prepare.texts import _, name_of, number
from prepare.vocabulary import Dimension


@bp.post("/readiness/<uuid:ref>/snapshot")
@opens(Organisation, Action.SNAPSHOT_READINESS)
@takes()
def take_snapshot(organisation: Organisation) -> ResponseReturnValue:
    """Keep the score of today."""
    city = db.session.scalars(queries.city_of(organisation)).first() or organisation
    try:
        with transaction():
            snapshot = register.take_snapshot(city, on=today())
    except RuleBroken as broken:
        flash(broken.text(), "error")
        return redirect(url_for(".readiness", city=city.code))
    flash(_("The snapshot was taken. It stays as it is."))
    return redirect(url_for(".readiness_snapshot", ref=snapshot.ref))


@bp.get("/readiness/snapshots/<uuid:ref>")
@opens(ReadinessSnapshot, Action.VIEW_SNAPSHOT)
def readiness_snapshot(snapshot: ReadinessSnapshot) -> ResponseReturnValue:
    """One snapshot: its scores beside those of the one before."""
    earlier = db.session.scalars(queries.snapshots(snapshot.organisation)).all()
    place = next(number for number, one in enumerate(earlier) if one.id == snapshot.id)
    last = earlier[place + 1] if place + 1 < len(earlier) else None
    before = last.figures if last else {}
    rows = [_row(snapshot.figures, before, code) for code in ("", *sorted(snapshot.figures["sectors"]))]
    return render_template(
        "continuity/readiness_snapshot.html",
        snapshot=snapshot,
        last=last,
        rows=rows,
        names=_names(snapshot.organisation),
        counts=[_counts(snapshot.figures, before, code) for code in Code],
        dimensions=Dimension,
        is_other_method=last is not None and last.method != snapshot.method,
        is_old_method=snapshot.method != METHOD,
        same_data=last is not None and last.data_sha256 == snapshot.data_sha256,
    )


def _names(city: Organisation) -> dict[str, str]:
    """What the city's sectors are called now, by their codes."""
    rows = organisations.with_functions(actor.current().scope).where(Organisation.parent_id == city.id)
    return {one.code: name_of(one) for one in db.session.scalars(rows)}


def _row(figures: snapshots.Figures, before: snapshots.Figures, sector: str) -> SimpleNamespace:
    level = snapshots.of(figures, sector).get("level")
    sides: list[Dimension | None] = [None, *Dimension]
    cells = [snapshots.change(snapshots.score(figures, sector, d), snapshots.score(before, sector, d)) for d in sides]
    return SimpleNamespace(code=sector, cells=cells, level=None if level is None else Level(level).label)


def _counts(figures: snapshots.Figures, before: snapshots.Figures, code: Code) -> SimpleNamespace:
    numerator, denominator, unknown = snapshots.of(figures)["indicators"][code.value]
    return SimpleNamespace(
        code=code,
        change=snapshots.change(snapshots.value(figures, code), snapshots.value(before, code)),
        value=points(snapshots.value(figures, code)),
        numerator=number(numerator),
        denominator=number(denominator),
        unknown=number(unknown),
    )
