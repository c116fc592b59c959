"""Assessing the impacts of an outage over time: the grid, its proposal and its checks."""

from functools import partial
from types import SimpleNamespace

from flask import flash, redirect, render_template, url_for
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
from prepare.entries import FunctionEntry, ImpactEntry, ImpactRow
from prepare.errors import RuleBroken
from prepare.forms.differences import in_words
from prepare.forms.impacts import ImpactForm
from prepare.gate.opening import opens
from prepare.merging import Seen
from prepare.models.functions import Function
from prepare.register import functions as register
from prepare.texts import _, name_of
from prepare.views import bp
from prepare.views.clashes import Clash, Editing
from prepare.views.function_edits import revises
from prepare.vocabulary import Criticality


@bp.route("/functions/<uuid:ref>/impacts", methods=["GET", "POST"])
@opens(Function, Action.ASSESS_IMPACTS)
def assess_impacts(function: Function) -> ResponseReturnValue:
    """Assess the impacts of an outage over time."""
    entry, _impacts = register.proposed(function, register.pending(function))
    form, proposed = ImpactForm(), False
    if not form.is_typed:
        form.mtpd_h.data = entry.mtpd_h
        form.fill(register.impacts_now(function).entry)
    editing = _editing(function, form)
    if form.propose.data:
        proposed = form.fill_proposal()
    elif not form.check.data and form.accepted():
        try:
            editing.saved()
        except RuleBroken as broken:
            form.refuse(broken)
        except Clash as clash:
            return clash.page()
        else:
            return _saved(function, form)
    return _page(function, form, entry, proposed=proposed)


def _editing(function: Function, form: ImpactForm) -> Editing[ImpactEntry]:
    return Editing(
        function,
        form,
        partial(register.impacts_now, function),
        partial(_assess, function),
        title=f"{function.code} {name_of(function)}",
        back=url_for("prepare.function", ref=function.ref, _anchor="impacts"),
        parts=partial(register.parts, function),
        told=_told,
    )


def _assess(function: Function, entry: ImpactEntry, seen: Seen[ImpactEntry] | None) -> None:
    register.assess_impacts(function, entry.impacts, entry.notes, seen=seen, at=now())


def _told(name: str, row: ImpactRow) -> str | None:
    """A row of the grid in words: its steps, and the note on a line of its own."""
    return "\n".join(filter(None, [in_words(name, row.steps), row.note])) or None


def _saved(function: Function, form: ImpactForm) -> ResponseReturnValue:
    flash(_("The impacts were saved."))
    for problem in mtpd_problems(form.entry().impacts, *_times(function)):
        flash(problem.text(), "warning")
    return redirect(url_for("prepare.function", ref=function.ref, _anchor="impacts"))


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
        checks=_checks(form.entry().impacts, entry),
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
