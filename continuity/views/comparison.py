"""The anonymous comparison of readiness: where one's own municipality stands among those that take part."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from continuity.queries import comparison as queries
from continuity.queries import readiness
from continuity.register import comparison as register
from continuity.scoring import beside
from continuity.scoring.beside import Hidden, Spread
from continuity.scoring.scores import points
from continuity.views.blueprint import bp
from prepare import actor
from prepare.access import Action, may
from prepare.clock import today
from prepare.db import db
from prepare.forms.form import CityForm
from prepare.gate.opening import opens, opens_page
from prepare.insets import SharedPage
from prepare.models.organisations import Organisation
from prepare.texts import N_
from prepare.views import keeping
from prepare.vocabulary import Dimension, OrganisationKind


@bp.get("/readiness/comparison")
@opens_page(Action.COMPARE_READINESS)
def comparison() -> ResponseReturnValue:
    """Where one's own municipality stands among all that take part; for those that take part only."""
    every = db.session.scalars(readiness.cities(actor.current().scope)).all()
    cities = [one for one in every if may(actor.current(), Action.COMPARE_READINESS, one)]
    asked = request.args.get("city")
    city = next((one for one in cities if one.code == asked), cities[0] if cities else None)
    part = db.session.scalars(queries.part_of(city)).first() if city else None
    end = beside.closed(today())
    begun = part is not None and part.joined_on <= end
    return render_template(
        "continuity/comparison.html",
        city=city,
        cities=cities,
        part=part,
        begun=begun,
        end=end,
        first=beside.next_round(part.joined_on) if part else None,
        sides=_sides(city, end) if city and begun else [],
        picture=beside,
    )


def _sides(city: Organisation, end: date) -> list[SimpleNamespace]:
    """Each dimension: .dimension, .own in points, .spread, .place and .strip, or .hidden: why nothing is told."""
    left = any(beside.breaks(joined, gone, end=end) for joined, gone in db.session.execute(queries.terms(end=end)))
    rows = db.session.execute(queries.dimensions(since=beside.oldest(end), end=end)).all()
    scores = {owner: told or {} for owner, told in rows}
    return [_side(one, scores, city.id, left=left) for one in Dimension]


def _side(dimension: Dimension, scores: dict[int, Any], own_id: int, *, left: bool) -> SimpleNamespace:
    known = {owner: beside.known(*told.get(dimension.value, (None, None))) for owner, told in scores.items()}
    own = known.get(own_id)
    found: Spread | Hidden = Hidden.LEFT if left else beside.spread(known.values())
    if isinstance(found, Hidden):
        return SimpleNamespace(dimension=dimension, own=points(own), hidden=found)
    place, strip = beside.place(own, found), beside.strip(found, own)
    return SimpleNamespace(dimension=dimension, own=points(own), hidden=None, spread=found, place=place, strip=strip)


@bp.route("/readiness/<uuid:ref>/join", methods=["GET", "POST"])
@opens(Organisation, Action.JOIN_READINESS)
def join_comparison(organisation: Organisation) -> ResponseReturnValue:
    """Ask, then let the municipality take part."""
    form, back = CityForm(), url_for("continuity.comparison", city=organisation.code)
    return keeping.asking(
        form,
        lambda: register.join(organisation, on=today()),
        N_("Your municipality takes part from the next round on."),
        back,
        lambda: render_template("continuity/comparison_join.html", form=form, city=organisation, back=back, joins=True),
    )


@bp.route("/readiness/<uuid:ref>/leave", methods=["GET", "POST"])
@opens(Organisation, Action.LEAVE_READINESS)
def leave_comparison(organisation: Organisation) -> ResponseReturnValue:
    """Ask, then let the municipality take part no longer."""
    form, back = CityForm(), url_for("continuity.comparison", city=organisation.code)
    return keeping.asking(
        form,
        lambda: register.leave(organisation, on=today()),
        N_("Your municipality takes part no longer."),
        back,
        lambda: render_template(
            "continuity/comparison_join.html", form=form, city=organisation, back=back, joins=False
        ),
    )


def compared(shared: SharedPage) -> dict[str, Any] | None:
    """The section of the page of what is shared that tells of the comparison."""
    home = shared.home
    if home is None or home.kind is not OrganisationKind.CITY:
        return None
    part = db.session.scalars(queries.part_of(home)).first()
    return {"part": part, "city": home, "may_look": may(actor.current(), Action.COMPARE_READINESS, home)}
