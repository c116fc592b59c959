"""A plan's way: submit, return, approve."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from continuity import approval
from continuity.forms.plans import ApprovalForm, ReturnForm
from continuity.models.plans import Plan
from continuity.register import plans as register
from continuity.views.blueprint import bp
from continuity.views.plans import plan_page
from prepare.access import Action
from prepare.clock import now, today
from prepare.db import transaction
from prepare.errors import RuleBroken
from prepare.gate.opening import opens, takes
from prepare.texts import _


def _back(plan: Plan) -> ResponseReturnValue:
    return redirect(url_for("continuity.plan", ref=plan.ref))


@bp.post("/plans/<uuid:ref>/submit")
@opens(Plan, Action.SUBMIT_PLAN)
@takes()
def submit_plan(plan: Plan) -> ResponseReturnValue:
    """Hand the version that is being prepared over to the director."""
    try:
        with transaction():
            register.submit(plan, at=now())
    except RuleBroken as broken:
        for rule in broken.every:
            flash(rule.text(), "error")
    else:
        flash(_("Submitted. The executive director approves the plan or returns it to you."))
    return _back(plan)


@bp.post("/plans/<uuid:ref>/return")
@opens(Plan, Action.RETURN_PLAN)
def return_plan(plan: Plan) -> ResponseReturnValue:
    """Return the submitted version for completion."""
    form = ReturnForm()
    if form.accepted():
        try:
            with transaction():
                register.send_back(plan, str(form.reason.data))
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash(_("Returned to the sector for completion."))
            return _back(plan)
    return plan_page(plan, form)


@bp.route("/plans/<uuid:ref>/approve", methods=["GET", "POST"])
@opens(Plan, Action.APPROVE_PLAN)
def approve_plan(plan: Plan) -> ResponseReturnValue:
    """Take the submitted version into force."""
    form = ApprovalForm(data={"next_review": approval.year_after(today())} if request.method == "GET" else None)
    if form.accepted():
        try:
            with transaction():
                register.approve(plan, form.entry(), on=today())
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash(_("Approved. The version is in force."))
            return _back(plan)
    version = register.pending(plan)
    return render_template("continuity/approve.html", plan=plan, version=version, form=form)
