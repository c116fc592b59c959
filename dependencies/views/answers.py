"""The supplier's side: who depends on us, and what we say of it."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from dependencies import queries
from dependencies.forms.needs import AnswerForm
from dependencies.models.needs import Dependency
from dependencies.register import needs as register
from dependencies.views.blueprint import bp
from dependencies.views.function import dependant_row
from prepare import actor
from prepare.access import Action, may
from prepare.clock import today
from prepare.db import db, transaction
from prepare.errors import NotPermitted, RuleBroken
from prepare.gate.opening import opens, opens_page
from prepare.models.functions import Function
from prepare.queries.pages import page
from prepare.texts import N_, _
from prepare.views.paging import PAGE_SIZE, paging


@bp.get("/needs/answers")
@opens_page(Action.CONFIRM_DEPENDENCY)
def answers() -> ResponseReturnValue:
    """The dependencies that wait for this person's answer."""
    who = actor.current()
    found = queries.unanswered(who.scope, who.grants)
    at = paging(db.session.scalar(queries.counted(found)) or 0)
    rows = db.session.scalars(page(found, Dependency.id, offset=at.offset, limit=PAGE_SIZE))
    return render_template("dependencies/answers.html", rows=[dependant_row(row) for row in rows], at=at)


@bp.get("/needs/dependants-of/<uuid:ref>")
@opens(Function, Action.VIEW_FUNCTION)
def dependants(function: Function) -> ResponseReturnValue:
    """Everybody who depends on one function, page by page; not for those to whom it was only shared."""
    if not actor.current().scope.covers(function.owner_path, function.confidentiality):
        raise NotPermitted(N_("Your role does not allow this here."))
    found = queries.dependants_of(actor.current().scope, function)
    at = paging(db.session.scalar(queries.counted(found)) or 0)
    rows = db.session.scalars(page(found, Dependency.id, offset=at.offset, limit=PAGE_SIZE))
    return render_template(
        "dependencies/dependants.html", function=function, rows=[dependant_row(row) for row in rows], at=at
    )


@bp.route("/needs/answers/<uuid:ref>", methods=["GET", "POST"])
@opens_page(Action.CONFIRM_DEPENDENCY)
def answer(ref: UUID) -> ResponseReturnValue:
    """Confirm or dispute that somebody may count on one of our functions."""
    dependency = db.session.scalars(queries.dependant(actor.current().scope, ref)).one_or_none()
    if dependency is None:
        abort(404)
    if not may(actor.current(), Action.CONFIRM_DEPENDENCY, dependency):
        raise NotPermitted(N_("The supplier answers for itself."))
    form = AnswerForm(obj=dependency)
    if form.accepted():
        try:
            with transaction():
                _answer(dependency, form)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash(_("Your answer was saved."))
            return redirect(url_for("prepare.function", ref=dependency.supplier.ref, _anchor="dependants"))
    return render_template("dependencies/answer.html", form=form, row=dependant_row(dependency))


def _answer(dependency: Dependency, form: AnswerForm) -> None:
    if form.disagrees.data:
        register.dispute(dependency, form.answer.data or None, on=today())
    else:
        register.confirm(dependency, form.answer.data or None, on=today())
