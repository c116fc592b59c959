"""Assessing the impacts of an outage over time: the grid, its proposal and its checks."""

from types import SimpleNamespace

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from prepare.access import Action
from prepare.clock import now
from prepare.criticality import (
    BANDS,
    INTOLERABLE,
    STEP_MESSAGES,
    Impacts,
    falls,
    intolerable_band,
    intolerable_first,
    mtpd_problems,
    suggested_by,
)
from prepare.db import transaction
from prepare.entries import FunctionEntry
from prepare.errors import RuleBroken, StaleEntry
from prepare.forms.impacts import ImpactForm
from prepare.gate.opening import opens
from prepare.models.functions import Function
from prepare.register import functions as register
from prepare.texts import _
from prepare.views import bp
from prepare.views.function_edits import revises
from prepare.vocabulary import Criticality


@bp.route("/functions/<uuid:ref>/impacts", methods=["GET", "POST"])
@opens(Function, Action.ASSESS_IMPACTS)
def assess_impacts(function: Function) -> ResponseReturnValue:
    """Assess the impacts of an outage over time."""
    revision = register.pending(function)
    entry, impacts = register.proposed(function, revision)
    form, proposed = ImpactForm(), False
    if request.method == "GET":
        form.version.data, form.mtpd_h.data = register.stamp(function, revision), entry.mtpd_h
        form.fill(impacts, register.proposed_notes(function, revision))
    elif form.propose.data:
        proposed = form.fill_proposal()
    elif not form.check.data and form.accepted() and _saved(function, form):
        return redirect(url_for("prepare.function", ref=function.ref, _anchor="impacts"))
    return _page(function, form, entry, proposed=proposed)


def _saved(function: Function, form: ImpactForm) -> bool:
    try:
        with transaction():
            register.assess_impacts(function, form.impacts(), form.notes(), seen=str(form.version.data), at=now())
    except RuleBroken as broken:
        form.refuse(broken)
    except StaleEntry as stale:
        form.form_errors.append(stale.text())
        form.version.data = register.stamp(function, register.pending(function))
    else:
        flash(_("The impacts were saved."))
        for problem in mtpd_problems(form.impacts(), *_times(function)):
            flash(problem.text(), "warning")
        return True
    return False


def _times(function: Function) -> tuple[float | None, Criticality | None]:
    entry, _impacts = register.proposed(function, register.pending(function))
    return entry.mtpd_h, entry.criticality


def _page(function: Function, form: ImpactForm, entry: FunctionEntry, *, proposed: bool) -> ResponseReturnValue:
    return render_template(
        "prepare/function_impacts.html",
        function=function,
        form=form,
        bands=BANDS,
        steps=[(step, _(message)) for step, message in STEP_MESSAGES.items()],
        revises=revises(function),
        proposed=proposed,
        checks=_checks(form.impacts(), entry),
    )


def _checks(impacts: Impacts, entry: FunctionEntry) -> SimpleNamespace:
    """What the grid as it stands on the page breaks, what is empty, and the class that it suggests."""
    empty = sum(step == 0 for steps in impacts.values() for step in steps)
    problems = falls(impacts)
    if not empty:
        problems += mtpd_problems(impacts, entry.mtpd_h, entry.criticality)
    band = intolerable_band(impacts)
    return SimpleNamespace(
        begun=any(step for steps in impacts.values() for step in steps),
        empty=empty,
        problems=problems,
        suggested=None if empty else suggested_by(impacts),
        criticality=entry.criticality,
        reason=entry.criticality_reason,
        band=band.label if band else None,
        worst=", ".join(category.label for category in intolerable_first(impacts)),
        intolerable=INTOLERABLE,
    )
