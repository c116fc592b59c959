"""Writing safety plans: adding and editing one and its priorities, taking it into force and ending it."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.access import Action
from prepare.clock import today
from prepare.db import db
from prepare.forms.differences import in_words
from prepare.forms.form import CityForm
from prepare.gate.opening import opens, opens_page
from prepare.models.organisations import Organisation
from prepare.texts import _, name_of
from prepare.views import choosing, keeping
from prepare.views.clashes import Editing
from prepare.vocabulary import CodeList
from risks.forms.safety_plans import (
    AddPriorityForm,
    AddSafetyPlanForm,
    AdoptionForm,
    EndingForm,
    PriorityForm,
    SafetyPlanForm,
)
from risks.models.measures import Measure
from risks.models.safety_plans import SafetyPlan, SafetyPriority
from risks.queries import measures as measure_queries
from risks.queries import national_programmes as national_queries
from risks.queries import objectives as objective_queries
from risks.queries import safety_plans as queries
from risks.register import safety_plans as register
from risks.views import choices
from risks.views.blueprint import bp
from risks.vocabulary.measures import MeasureSource

MOST_FOUND = 20
MOST_OFFERED = 100


@bp.route("/safety/plans/new", methods=["GET", "POST"])
@opens_page(Action.ADD_SAFETYPLAN)
def add_safety_plan() -> ResponseReturnValue:
    """Begin a safety plan."""
    own = choices.binding(Action.ADD_SAFETYPLAN)
    form = AddSafetyPlanForm(data={"organisation": choices.topmost(own).code})
    form.organisation.offer(choices.labelled(own))
    _offer(form)
    if plan := keeping.added(form, own, register.add):
        flash(_("The plan was added as a draft. Give it its priorities."))
        return redirect(url_for("risks.safety_plan", ref=plan.ref))
    return _page(form, url_for("risks.safety_plans"), several=len(own) > 1)


@bp.route("/safety/plans/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(SafetyPlan, Action.EDIT_SAFETYPLAN)
def edit_safety_plan(plan: SafetyPlan) -> ResponseReturnValue:
    """Change a plan; what two people changed at the same time is put together."""
    form = SafetyPlanForm(obj=register.plan_now(plan).entry)
    names = _offer(form, plan)
    editing = Editing(
        plan,
        form,
        partial(register.plan_now, plan),
        lambda entry, seen: register.edit(plan, entry, seen=seen),
        title=f"{plan.code} {name_of(plan)}",
        back=url_for("risks.safety_plan", ref=plan.ref),
        told=partial(_told, names),
    )
    return keeping.edited(editing, _("The plan was saved.")) or _page(form, editing.back, plan)


@bp.route("/safety/plans/<uuid:ref>/adopt", methods=["GET", "POST"])
@opens(SafetyPlan, Action.ADOPT_SAFETYPLAN)
def adopt_safety_plan(plan: SafetyPlan) -> ResponseReturnValue:
    """Take a draft into force, which replaces the plan before it."""
    form = AdoptionForm()
    title, button = _("Take the plan %(code)s into force", code=plan.code), _("Take into force")
    replaced = plan.predecessor
    return _decided(plan, form, partial(_adopt, plan, form), title=title, button=button, replaced=replaced)


def _adopt(plan: SafetyPlan, form: AdoptionForm) -> str:
    register.adopt(plan, form.entry(), on=today())
    return _("The plan is in force.")


@bp.route("/safety/plans/<uuid:ref>/end", methods=["GET", "POST"])
@opens(SafetyPlan, Action.END_SAFETYPLAN)
def end_safety_plan(plan: SafetyPlan) -> ResponseReturnValue:
    """End a plan that no other one replaces."""
    form = EndingForm()
    title, button = _("End the plan %(code)s", code=plan.code), _("End the plan")
    return _decided(plan, form, partial(_end, plan, form), title=title, button=button)


def _end(plan: SafetyPlan, form: EndingForm) -> str:
    register.end(plan, form.entry(), on=today())
    return _("The plan has ended. It stays in the archive.")


def _decided(plan: SafetyPlan, form: CityForm, decide: Any, **shown: Any) -> ResponseReturnValue:
    back = url_for("risks.safety_plan", ref=plan.ref)
    if told := keeping.done(form, decide):
        flash(told)
        return redirect(back)
    return render_template("risks/safety_plan_decision.html", form=form, plan=plan, back=back, **shown)


@bp.route("/safety/plans/<uuid:ref>/priorities/new", methods=["GET", "POST"])
@opens(SafetyPlan, Action.ADD_PRIORITY)
def add_priority(plan: SafetyPlan) -> ResponseReturnValue:
    """Give a plan a further priority."""
    form, back = AddPriorityForm(), url_for("risks.safety_plan", ref=plan.ref)
    _offer_priority(form, plan)
    added = None if form.search.data else keeping.done(form, lambda: register.add_priority(plan, form.entry()))
    if added:
        flash(_("The priority was added."))
        return redirect(back)
    return render_template("risks/priority_form.html", form=form, plan=plan, priority=None, back=back)


@bp.route("/safety/priorities/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(SafetyPriority, Action.EDIT_PRIORITY)
def edit_priority(priority: SafetyPriority) -> ResponseReturnValue:
    """Change a priority; what two people changed at the same time is put together."""
    plan = priority.safety_plan
    form = PriorityForm(obj=register.priority_now(priority).entry)
    names = _offer_priority(form, plan, priority)
    editing = Editing(
        priority,
        form,
        partial(register.priority_now, priority),
        lambda entry, seen: register.edit_priority(priority, entry, seen=seen),
        title=f"{priority.code} {name_of(priority)}",
        back=url_for("risks.safety_plan", ref=plan.ref),
        told=partial(_told, names),
    )
    answer = None if form.search.data else keeping.edited(editing, _("The priority was saved."))
    return answer or render_template(
        "risks/priority_form.html", form=form, plan=plan, priority=priority, back=editing.back
    )


def _told(names: dict[str, str], name: str, value: Any) -> str | None:
    """A field in words; codes are told by the names that the form offers."""
    named = tuple(names.get(one, one) for one in value) if isinstance(value, tuple) else names.get(value, value)
    return in_words(name, named)


def _offer(form: SafetyPlanForm, plan: SafetyPlan | None = None) -> dict[str, str]:
    """Give a plan's form what it chooses from; gives the names of all of it by code."""
    every = db.session.scalars(queries.every(actor.current().scope))
    plans = [(one.code, f"{one.code} {name_of(one)}") for one in every if one is not plan]
    areas, participants = (
        choices.codes(CodeList.AREA, with_code=False),
        _organisations(plan.participants if plan else ()),
    )
    form.area.offer(areas)
    form.predecessor.offer(plans)
    form.participants.offer(participants)
    return dict([*areas, *plans, *participants])


def _offer_priority(form: PriorityForm, plan: SafetyPlan, priority: SafetyPriority | None = None) -> dict[str, str]:
    """Give a priority's form what it chooses from, with what a search finds; gives the names of all of it by code."""
    scope = actor.current().scope
    objectives = list(db.session.scalars(objective_queries.objectives(scope)))
    lines = list(db.session.scalars(national_queries.lines(scope)))
    if priority and priority.objective and priority.objective not in objectives:
        objectives.append(priority.objective)
    if priority and priority.national_line and priority.national_line not in lines:
        lines.append(priority.national_line)
    offered = {
        "area": choices.codes(CodeList.AREA, with_code=False),
        "objective": [(one.code, f"{one.code} {name_of(one)}") for one in objectives],
        "national_line": [(one.code, f"{one.code} {name_of(one)}") for one in lines],
        "participants": _organisations(priority.participants if priority else plan.participants),
        "measures": [(one.code, f"{one.code} {name_of(one)}") for one in _measures(form, plan)],
    }
    for name, options in offered.items():
        form[name].offer(options)
    return dict(pair for options in offered.values() for pair in options)


def _organisations(kept: Sequence[Organisation]) -> list[tuple[str, str]]:
    """The organisations to choose among, also those that are chosen already."""
    found = {one.code: one for one in [*choosing.organisations(own=None).values(), *kept]}
    return choices.labelled(list(found.values()))


def _measures(form: PriorityForm, plan: SafetyPlan) -> list[Measure]:
    """The measures to choose among: those of the plan, those that are ticked, and those that a search finds."""
    scope, ticked = actor.current().scope, (form.measures.data or [])[:MOST_OFFERED]
    rows = [measure_queries.of_source(scope, MeasureSource.SAFETY_PLAN, [plan.code]).limit(MOST_OFFERED)]
    rows += [measure_queries.coded_among(scope, ticked)] if ticked else []
    if searched := (form.find.data or "")[:200].strip():
        wanted = measure_queries.Wanted(q=searched)
        rows.append(measure_queries.ordered(measure_queries.measures(scope, wanted), "code").limit(MOST_FOUND))
    return list({one.id: one for some in rows for one in db.session.scalars(some)}.values())


def _page(
    form: SafetyPlanForm, back: str, plan: SafetyPlan | None = None, *, several: bool = False
) -> ResponseReturnValue:
    return render_template("risks/safety_plan_form.html", form=form, plan=plan, several=several, back=back)
