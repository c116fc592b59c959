"""Objectives of council terms: how far each has come, on one page, and how they are kept."""

from functools import partial
from itertools import groupby
from types import SimpleNamespace

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.access import Action
from prepare.clock import today
from prepare.db import db
from prepare.gate.opening import opens, opens_page
from prepare.queries.pages import page
from prepare.texts import _, name_of
from prepare.views import keeping
from prepare.views.clashes import Editing
from prepare.views.paging import PAGE_SIZE, paging
from risks import planning
from risks.entries.safety import of_objective
from risks.forms.safety import AddObjectiveForm, ObjectiveForm
from risks.models.objectives import Objective
from risks.queries import objectives as queries
from risks.register import objectives as register
from risks.views import choices
from risks.views.blueprint import bp


@bp.get("/safety/objectives/")
@opens_page(Action.VIEW_SAFETY)
def objectives() -> ResponseReturnValue:
    """The objectives by council term, each with the way gone from where it began to its target."""
    scope = actor.current().scope
    at = paging(db.session.scalar(queries.counted(scope)) or 0)
    rows = db.session.scalars(
        page(queries.objectives(scope, every=True), Objective.id, offset=at.offset, limit=PAGE_SIZE)
    )
    terms = [
        SimpleNamespace(begins=term[0], ends=term[1], rows=[told(one) for one in some])
        for term, some in groupby(rows, key=lambda one: (one.term_from, one.term_to))
    ]
    return render_template("risks/objectives.html", terms=terms, at=at)


def told(objective: Objective) -> SimpleNamespace:
    """An objective as it is shown: the way gone in per cent, and what it still lacks."""
    return SimpleNamespace(
        objective=objective,
        way=planning.way_gone(objective.baseline, objective.latest, objective.target),
        goes_wrong=planning.goes_wrong(objective.baseline, objective.latest, objective.target),
        gaps=planning.gaps(of_objective(objective), planning.OBJECTIVE_NEEDS),
    )


@bp.route("/safety/objectives/new", methods=["GET", "POST"])
@opens_page(Action.ADD_OBJECTIVE)
def add_objective() -> ResponseReturnValue:
    """Keep an objective of the council."""
    own, back = choices.binding(Action.ADD_OBJECTIVE), url_for("risks.objectives")
    form = AddObjectiveForm(data={"organisation": choices.topmost(own).code})
    form.organisation.offer(choices.labelled(own))
    if keeping.added(form, own, partial(register.add, on=today())):
        flash(_("The objective was added."))
        return redirect(back)
    return render_template("risks/objective_form.html", form=form, objective=None, several=len(own) > 1, back=back)


@bp.route("/safety/objectives/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(Objective, Action.EDIT_OBJECTIVE)
def edit_objective(objective: Objective) -> ResponseReturnValue:
    """Change an objective or tell its latest figure; what two people changed at the same time is put together."""
    form = ObjectiveForm(obj=register.seen_now(objective).entry)
    editing = Editing(
        objective,
        form,
        partial(register.seen_now, objective),
        lambda entry, seen: register.edit(objective, entry, seen=seen, on=today()),
        title=f"{objective.code} {name_of(objective)}",
        back=url_for("risks.objectives"),
    )
    answer = keeping.edited(editing, _("The objective was saved."))
    return answer or render_template(
        "risks/objective_form.html", form=form, objective=objective, several=False, back=editing.back
    )
