"""Residents' voice: what was said, where, by how many, and what became of it."""

from datetime import date
from functools import partial
from types import SimpleNamespace
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.access import Action
from prepare.clock import today
from prepare.db import db
from prepare.gate.opening import opens, opens_page
from prepare.months import months_after
from prepare.queries.pages import page
from prepare.texts import N_, name_of
from prepare.views import keeping
from prepare.views.clashes import Editing
from prepare.views.functions import word
from prepare.views.paging import PAGE_SIZE, paging
from risks import inputs as rules
from risks import lines
from risks.entries.inputs import InputEntry
from risks.forms.inputs import AddInputForm, InputForm
from risks.models.inputs import ResidentInput
from risks.models.measures import Measure
from risks.models.phenomena import Phenomenon
from risks.models.safety_plans import SafetyPlan
from risks.queries import inputs as queries
from risks.queries import phenomena as phenomenon_queries
from risks.queries import safety_plans as plan_queries
from risks.register import inputs as register
from risks.views import choices, places
from risks.views.blueprint import bp
from risks.vocabulary.inputs import InputSource
from risks.vocabulary.safety import Theme

USED = {"yes": True, "no": False}
HEARD_MONTHS = 36  #: how far back the page counts who was heard


@bp.get("/safety/input/")
@opens_page(Action.VIEW_SAFETY)
def inputs() -> ResponseReturnValue:
    """Residents' voice: how many were heard, questions asked again and again, and the list, used and not yet used."""
    scope, areas = actor.current().scope, places.load()
    area, used = areas.asked(), request.args.get("used", "")
    wanted = SimpleNamespace(
        q=request.args.get("q", "")[:200],
        source=word(InputSource, request.args.get("source")),
        theme=word(Theme, request.args.get("theme")),
    )
    found = queries.inputs(scope, areas=areas.within(area), used=USED.get(used), **vars(wanted))
    at = paging(db.session.scalar(queries.counted(found)) or 0)
    return render_template(
        "risks/inputs.html",
        rows=db.session.scalars(page(found, ResidentInput.id, offset=at.offset, limit=PAGE_SIZE)).all(),
        at=at,
        wanted=wanted,
        area=area,
        areas=areas,
        used=used if used in USED else "",
        sources=InputSource,
        themes=Theme,
        heard=_heard(since := months_after(today(), -HEARD_MONTHS)),
        since=since,
        questions=asked(areas),
    )


def _heard(since: date) -> list[SimpleNamespace]:
    rows = db.session.execute(queries.heard(actor.current().scope, since=since)).all()
    return [SimpleNamespace(source=row[0], times=row[1], people=row[2], used=row[3]) for row in rows]


def asked(areas: places.Areas) -> list[SimpleNamespace]:
    """Questions that were asked again and again: .question, .unit and .areas, all drawn on the same scale."""
    rows: Any = db.session.execute(queries.answers(actor.current().scope)).all()
    told = []
    order = [node.code for node in areas.nodes]
    for (question, unit), answers in rules.asked(rows).items():
        scale = lines.bounds([value for some in answers.values() for _day, value in some])
        places_in_order = sorted(answers, key=lambda code: order.index(code) if code in order else -1)
        cells = [
            SimpleNamespace(code=code, name=areas.name(code) if code else None, line=lines.drawn(answers[code], scale))
            for code in places_in_order
        ]
        told.append(SimpleNamespace(question=question, unit=unit, areas=cells))
    return told


@bp.get("/safety/input/<uuid:ref>")
@opens(ResidentInput, Action.VIEW_SAFETY)
def resident_input(record: ResidentInput) -> ResponseReturnValue:
    """What residents said once, and what became of it."""
    return render_template("risks/input.html", record=record, areas=places.load(), used=_used(record))


def _used(record: ResidentInput) -> SimpleNamespace | None:
    """What the input was used in, as far as the acting person may read it: .name and .url."""
    scope, code = actor.current().scope, record.used_in
    if code is None:
        return None
    phenomenon = db.session.scalars(phenomenon_queries.phenomena(scope).where(Phenomenon.code == code)).first()
    if phenomenon:
        return SimpleNamespace(name=name_of(phenomenon), url=url_for("risks.phenomenon", ref=phenomenon.ref))
    plan = db.session.scalars(plan_queries.every(scope).where(SafetyPlan.code == code.partition(" ")[0])).first()
    if plan:
        return SimpleNamespace(name=name_of(plan), url=url_for("risks.safety_plan", ref=plan.ref))
    measure: Measure | None = db.session.scalars(phenomenon_queries.measures(scope, [code])).first()
    return SimpleNamespace(name=name_of(measure), url=url_for("risks.measure", ref=measure.ref)) if measure else None


@bp.route("/safety/input/new", methods=["GET", "POST"])
@opens_page(Action.ADD_INPUT)
def add_input() -> ResponseReturnValue:
    """Keep what residents said."""
    own = choices.keepers(Action.ADD_INPUT)
    form = AddInputForm(obj=InputEntry(name="", held_on=today()), organisation=choices.topmost(own).code)
    form.organisation.offer(choices.labelled(own))
    places.load().offer(form.area)
    return keeping.adding(
        form,
        lambda: register.add(keeping.chosen(own, form.organisation.data), form.entry(), on=today()),
        N_("The residents' input was added."),
        "risks.resident_input",
        lambda: _page(form, url_for("risks.inputs"), several=len(own) > 1),
    )


@bp.route("/safety/input/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(ResidentInput, Action.EDIT_INPUT)
def edit_input(record: ResidentInput) -> ResponseReturnValue:
    """Change it, or say what it was used for; what two people changed at the same time is put together."""
    form = InputForm(obj=register.seen_now(record).entry)
    areas = places.load()
    areas.offer(form.area)
    edited: Editing[InputEntry] = Editing(
        record,
        form,
        partial(register.seen_now, record),
        lambda entry, seen: register.edit(record, entry, seen=seen, on=today()),
        title=f"{record.code} {record.name}",
        back=url_for("risks.resident_input", ref=record.ref),
        told=areas.told,
    )
    return keeping.editing(edited, N_("The residents' input was saved."), lambda: _page(form, edited.back, record))


def _page(
    form: InputForm, back: str, record: ResidentInput | None = None, *, several: bool = False
) -> ResponseReturnValue:
    return render_template("risks/input_form.html", form=form, record=record, back=back, several=several)
