"""KUJA: the city's crosswalk of its parts, and the results of its assessments, entered by hand."""

from functools import partial
from types import SimpleNamespace

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from continuity import kuja as rules
from continuity.entries.readiness import KujaPartEntry, KujaResultEntry
from continuity.forms.readiness import KujaPartForm, KujaResultForm
from continuity.models.readiness import KujaPart, KujaResult
from continuity.queries import readiness as queries
from continuity.register import readiness as register
from continuity.views.blueprint import bp
from prepare import actor
from prepare.access import Action
from prepare.clock import today
from prepare.db import db, transaction
from prepare.errors import RuleBroken
from prepare.gate.opening import opens, opens_page, takes
from prepare.merging import Seen
from prepare.models.organisations import Organisation
from prepare.texts import N_, _, named, number
from prepare.views.clashes import Editing
from prepare.views.keeping import done, editing


@bp.get("/readiness/kuja")
@opens_page(Action.VIEW_KUJA)
def kuja() -> ResponseReturnValue:
    """The parts of KUJA beside our dimensions, and what its tools have found."""
    scope = actor.current().scope
    cities = db.session.scalars(queries.cities(scope)).all()
    asked = request.args.get("city")
    city = next((one for one in cities if one.code == asked), cities[0] if cities else None)
    if city is None:
        return render_template("continuity/readiness_none.html")
    parts = db.session.scalars(queries.parts(scope, city)).all()
    labels = {part.number: named(part, "label") for part in parts}
    return render_template(
        "continuity/kuja.html",
        city=city,
        parts=parts or rules.SUGGESTED,
        begun=bool(parts),
        results=[_result(one, labels) for one in db.session.scalars(queries.results(scope, city))],
        most=rules.MOST_POINTS,
    )


def _result(one: KujaResult, labels: dict[int, str]) -> SimpleNamespace:
    return SimpleNamespace(
        record=one,
        part=labels.get(one.part or 0),
        points=None if one.points is None else number(one.points),
        has_deficiencies=rules.has_deficiencies(one.tool, one.points),
    )


@bp.post("/readiness/kuja/of/<uuid:ref>/begin")
@opens(Organisation, Action.BEGIN_KUJA)
@takes()
def begin_kuja(organisation: Organisation) -> ResponseReturnValue:
    """Take the five parts into use as they are suggested."""
    try:
        with transaction():
            register.begin_kuja(_city(organisation))
    except RuleBroken as broken:
        flash(broken.text(), "error")
    else:
        flash(_("The parts were taken into use. Label them from the city's own KUJA workbook."))
    return redirect(_page(organisation))


@bp.route("/readiness/kuja/parts/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(KujaPart, Action.MAP_KUJA)
def edit_kuja_part(part: KujaPart) -> ResponseReturnValue:
    """Label a part, and say what tells about the same things."""
    form = KujaPartForm(obj=register.part_seen(part).entry)
    seen, save, back = partial(register.part_seen, part), partial(_map, part), _page(part.organisation)
    edited = Editing(part, form, seen, save, part.code, back)
    page = partial(render_template, "continuity/kuja_part_form.html", form=form, part=part, back=back)
    return editing(edited, N_("The part was saved."), page)


@bp.route("/readiness/kuja/results/of/<uuid:ref>/new", methods=["GET", "POST"])
@opens(Organisation, Action.ADD_KUJA)
def add_kuja_result(organisation: Organisation) -> ResponseReturnValue:
    """Write down what an assessment gave."""
    form, city = KujaResultForm(obj=KujaResultEntry(assessed_on=today())), _city(organisation)
    if done(form, lambda: register.add_result(city, form.entry(), on=today())):
        flash(_("The result was saved."))
        return redirect(_page(city))
    return render_template("continuity/kuja_result_form.html", form=form, result=None, back=_page(city))


@bp.route("/readiness/kuja/results/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(KujaResult, Action.EDIT_KUJA)
def edit_kuja_result(result: KujaResult) -> ResponseReturnValue:
    """Correct a result."""
    form = KujaResultForm(obj=register.result_seen(result).entry)
    seen, save, back = partial(register.result_seen, result), partial(_correct, result), _page(result.organisation)
    edited = Editing(result, form, seen, save, result.code, back)
    page = partial(render_template, "continuity/kuja_result_form.html", form=form, result=result, back=back)
    return editing(edited, N_("The result was saved."), page)


def _map(part: KujaPart, entry: KujaPartEntry, seen: Seen[KujaPartEntry] | None) -> KujaPart:
    return register.map_kuja(part, entry, seen=seen)


def _correct(result: KujaResult, entry: KujaResultEntry, seen: Seen[KujaResultEntry] | None) -> KujaResult:
    return register.edit_result(result, entry, seen=seen, on=today())


def _city(organisation: Organisation) -> Organisation:
    return db.session.scalars(queries.city_of(organisation)).first() or organisation


def _page(city: Organisation) -> str:
    return url_for(".kuja", city=city.code)
