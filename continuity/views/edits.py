"""Writing plans: adding one, editing the version that is being prepared."""

from functools import partial

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from continuity.entries.plans import PlanEntry
from continuity.forms.plans import AddPlanForm, PlanForm
from continuity.models.plans import Plan, PlanVersion
from continuity.register import plans as register
from continuity.views.blueprint import bp
from continuity.vocabulary.plans import WAITING_STATES, PlanKind
from prepare import actor
from prepare.access import Action, may
from prepare.clock import now, today
from prepare.db import db, transaction
from prepare.errors import RuleBroken
from prepare.gate.opening import opens, opens_page
from prepare.merging import Seen
from prepare.models.organisations import Organisation
from prepare.queries import organisations
from prepare.texts import _, name_of
from prepare.views.clashes import Clash, Editing
from risks.views.choices import affected, topmost


@bp.route("/plans/new", methods=["GET", "POST"])
@opens_page(Action.ADD_PLAN)
def add_plan() -> ResponseReturnValue:
    """Start a plan; ?function=CODE begins with that function."""
    who = actor.current()
    own = [o for o in db.session.scalars(organisations.with_functions(who.scope)) if may(who, Action.ADD_PLAN, o)]
    if not own:
        abort(404)
    offered = affected(own)
    asked = [code for code, _label in offered if code == request.args.get("function")]
    form = AddPlanForm(data={"kind": PlanKind.CONTINUITY, "functions": asked, "organisation": topmost(own).code})
    form.functions.offer(offered)
    form.organisation.offer([(o.code, name_of(o)) for o in own])
    if form.accepted():
        try:
            plan = _added(form, own)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash(_("The plan was started. Write its sections one at a time, in any order."))
            return redirect(url_for("continuity.editor", ref=plan.ref))
    return render_template("continuity/plan_add.html", form=form)


def _added(form: AddPlanForm, own: list[Organisation]) -> Plan:
    with transaction():
        owner = next(o for o in own if o.code == form.organisation.data)
        return register.add(owner, form.entry().plan, on=today(), at=now())


@bp.route("/plans/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(Plan, Action.EDIT_PLAN)
def edit_plan(plan: Plan) -> ResponseReturnValue:
    """Change what a plan is about and which version is being prepared; changes made at once are put together."""
    pending = register.pending(plan)
    if (pending is None or pending.state in WAITING_STATES) and request.method == "GET":
        return redirect(url_for("continuity.plan", ref=plan.ref))
    form = _offered(PlanForm(obj=register.seen_now(plan).entry), plan)
    editing = _editing(plan, form)
    if form.accepted():
        try:
            editing.saved()
        except RuleBroken as broken:
            form.refuse(broken)
        except Clash as clash:
            return clash.page()
        else:
            flash(_("The plan was saved."))
            return redirect(url_for("continuity.editor", ref=plan.ref))
    return _form(form, plan)


def _editing(plan: Plan, form: PlanForm) -> Editing[PlanEntry]:
    back, title = url_for("continuity.editor", ref=plan.ref), f"{plan.code} {name_of(plan)}"
    now = partial(register.seen_now, plan)
    return Editing(plan, form, now, partial(_edit, plan), title, back, parts=lambda: plan.versions)


def _edit(plan: Plan, entry: PlanEntry, seen: Seen[PlanEntry] | None) -> PlanVersion:
    return register.edit(plan, entry, seen=seen, on=today(), at=now())


def _offered(form: PlanForm, plan: Plan) -> PlanForm:
    form.functions.offer(affected([plan.organisation], plan.functions))
    return form


def _form(form: PlanForm, plan: Plan) -> str:
    back = url_for("continuity.editor", ref=plan.ref)
    return render_template("continuity/plan_form.html", form=form, plan=plan, back=back)
