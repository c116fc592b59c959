"""The bodies of safety work: the list with its calendar, one body, founding and changing it."""

from functools import partial
from types import SimpleNamespace
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.access import Action
from prepare.clock import today
from prepare.db import db
from prepare.forms.differences import in_words
from prepare.gate.opening import opens, opens_page
from prepare.merging import Seen
from prepare.queries import organisations
from prepare.queries.pages import page
from prepare.texts import N_, _, name_of
from prepare.views.clashes import Editing
from prepare.views.functions import word
from prepare.views.keeping import adding, chosen, editing
from prepare.views.paging import PAGE_SIZE, paging
from risks.entries.bodies import BodyEntry
from risks.forms.bodies import AddBodyForm, BodyForm
from risks.models.bodies import Body
from risks.queries import bodies as queries
from risks.register import bodies as register
from risks.views import choices
from risks.views.blueprint import bp
from risks.views.calendar import calendar
from risks.views.meetings import told_decision
from risks.vocabulary.bodies import BodyKind, DecisionState
from risks.vocabulary.levels import SteeringLevel


@bp.get("/safety/bodies/")
@opens_page(Action.VIEW_BODY)
def bodies() -> ResponseReturnValue:
    """Every body with its meetings of a year: search, filters, paging."""
    scope, args = actor.current().scope, request.args
    wanted = SimpleNamespace(
        q=args.get("q", "")[:200],
        level=word(SteeringLevel, args.get("level")),
        kind=word(BodyKind, args.get("kind")),
        old=args.get("old") == "1",
    )
    found = queries.bodies(scope, q=wanted.q, level=wanted.level, kind=wanted.kind, active=not wanted.old)
    at = paging(db.session.scalar(queries.counted(found)) or 0)
    rows = db.session.scalars(page(found, Body.id, offset=at.offset, limit=PAGE_SIZE)).all()
    open_ones = queries.decisions(scope, state=DecisionState.OPEN)
    return render_template(
        "risks/bodies.html",
        year=calendar(rows, on=today()),
        at=at,
        wanted=wanted,
        open_decisions=db.session.scalar(queries.decisions_counted(open_ones)) or 0,
        levels=SteeringLevel,
        kinds=BodyKind,
    )


@bp.get("/safety/bodies/<uuid:ref>")
@opens(Body, Action.VIEW_BODY)
def body(body: Body) -> ResponseReturnValue:
    """One body: when it meets, who sits in it, what it has decided."""
    scope = actor.current().scope
    year = calendar([body], on=today())
    return render_template(
        "risks/body.html",
        body=body,
        year=year,
        row=year.rows[0],
        members=db.session.scalars(queries.members(scope, body)).all(),
        meetings=db.session.scalars(queries.meetings(scope, body=body).limit(PAGE_SIZE)).all(),
        decisions=[told_decision(d) for d in db.session.scalars(queries.decisions(scope, body=body).limit(PAGE_SIZE))],
    )


@bp.route("/safety/bodies/new", methods=["GET", "POST"])
@opens_page(Action.ADD_BODY)
def add_body() -> ResponseReturnValue:
    """Found a body."""
    own = choices.binding(Action.ADD_BODY)
    form = AddBodyForm(obj=BodyEntry(name_fi=""), organisation=choices.topmost(own).code)
    form.organisation.offer(choices.labelled(own))
    _offer_seats(form)
    return adding(
        form,
        lambda: register.add(chosen(own, form.organisation.data), form.entry(), on=today()),
        N_("The body was founded."),
        "risks.body",
        lambda: _form(form, None, several=len(own) > 1),
    )


@bp.route("/safety/bodies/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(Body, Action.EDIT_BODY)
def edit_body(body: Body) -> ResponseReturnValue:
    """Change a body; what two people changed at the same time is put together."""
    form = BodyForm(obj=register.seen_now(body).entry)
    _offer_seats(form)
    back, title = url_for("risks.body", ref=body.ref), f"{body.code} {name_of(body)}"
    edited = Editing(body, form, partial(register.seen_now, body), partial(_edit, body), title, back, told=_told)
    return editing(edited, N_("The body was saved."), lambda: _form(form, body))


def _edit(body: Body, entry: BodyEntry, seen: Seen[BodyEntry] | None) -> Body:
    return register.edit(body, entry, seen=seen, on=today())


def _told(name: str, value: Any) -> str | None:
    """A field of a body in words; its seats stand one on each line."""
    if name != "members":
        return in_words(name, value)
    return "\n".join(", ".join(filter(None, [m.role_title, m.organisation, m.position.label])) for m in value) or None


def _offer_seats(form: BodyForm) -> None:
    form.add_spare()
    found = db.session.scalars(organisations.organisations(actor.current().scope, own=None))
    options = [(o.code, name_of(o)) for o in found]
    for row in form.members:
        row.form.organisation.offer(options)
        row.label.text = row.form.role_title.data or _("Further seat")


def _form(form: BodyForm, body: Body | None, *, several: bool = False) -> ResponseReturnValue:
    back = url_for("risks.body", ref=body.ref) if body else url_for("risks.bodies")
    return render_template("risks/body_form.html", form=form, body=body, several=several, back=back)
