"""A plan's way: submit, review, return, approve, withdraw."""

from collections.abc import Callable
from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from continuity import approval, lifecycle
from continuity.forms.comments import ReturnForm, WithdrawalForm
from continuity.forms.plans import ApprovalForm
from continuity.models.plans import Plan
from continuity.register import plans as register
from continuity.register import steps
from continuity.views import remarks
from continuity.views.blueprint import bp
from continuity.views.plans import plan_page
from continuity.vocabulary.plans import WAITING_STATES
from prepare.access import Action
from prepare.clock import now, today
from prepare.db import transaction
from prepare.errors import RuleBroken
from prepare.gate.opening import opens, takes
from prepare.texts import N_, _
from prepare.views.keeping import asking


def _back(plan: Plan) -> ResponseReturnValue:
    return redirect(url_for("continuity.plan", ref=plan.ref))


def _stepped(plan: Plan, step: Callable[[], object], told: str) -> ResponseReturnValue:
    """Take a step that asks for nothing, and tell how it went."""
    try:
        with transaction():
            step()
    except RuleBroken as broken:
        for rule in broken.every:
            flash(rule.text(), "error")
    else:
        flash(told)
    return _back(plan)


@bp.post("/plans/<uuid:ref>/submit")
@opens(Plan, Action.SUBMIT_PLAN)
@takes()
def submit_plan(plan: Plan) -> ResponseReturnValue:
    """Hand the version that is being prepared over to the director."""
    told = _("Submitted. The executive director approves the plan or returns it to you.")
    return _stepped(plan, lambda: register.submit(plan, at=now()), told)


@bp.post("/plans/<uuid:ref>/review")
@opens(Plan, Action.REVIEW_PLAN)
@takes()
def review_plan(plan: Plan) -> ResponseReturnValue:
    """Begin the unit's review; its page is where comments are made."""
    answer = _stepped(plan, lambda: steps.begin_review(plan), _("The review was begun. Comment at the sections."))
    version = register.pending(plan)
    return redirect(url_for("continuity.plan_text", ref=version.ref)) if version else answer


@bp.post("/plans/<uuid:ref>/reviewed")
@opens(Plan, Action.PASS_PLAN)
@takes()
def pass_plan(plan: Plan) -> ResponseReturnValue:
    """Finish the unit's review."""
    told = _("The review was finished. The executive director decides.")
    return _stepped(plan, lambda: steps.finish_review(plan, on=today()), told)


@bp.post("/plans/<uuid:ref>/return")
@opens(Plan, Action.RETURN_PLAN)
def return_plan(plan: Plan) -> ResponseReturnValue:
    """Return the submitted version for completion."""
    form = ReturnForm()
    back = url_for("continuity.plan", ref=plan.ref)
    done = partial(_send_back, plan, form)
    return asking(form, done, N_("Returned to the sector for completion."), back, lambda: plan_page(plan, form))


def _send_back(plan: Plan, form: ReturnForm) -> None:
    register.send_back(plan, form.reason.data)


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
    reviewed = lifecycle.reviewed_text(version.state, version.reviewed_by_central_on) if version else None
    waiting = [one for one in remarks.told(version) if one.state.value == "open"] if version else []
    return render_template(
        "continuity/approve.html", plan=plan, version=version, form=form, reviewed=reviewed, waiting=len(waiting)
    )


@bp.route("/plans/<uuid:ref>/withdraw", methods=["GET", "POST"])
@opens(Plan, Action.WITHDRAW_PLAN)
def withdraw_plan(plan: Plan) -> ResponseReturnValue:
    """Take a submitted version back, or give one up."""
    version = register.pending(plan)
    waits = version is not None and version.state in WAITING_STATES
    form = WithdrawalForm(data={"goes_on": waits} if request.method == "GET" else None)
    if not waits:
        del form.goes_on
    page = partial(render_template, "continuity/withdraw.html", plan=plan, version=version, waits=waits, form=form)
    back = url_for("continuity.plan", ref=plan.ref)
    return asking(form, partial(_withdraw, plan, form), N_("The version was withdrawn."), back, page)


def _withdraw(plan: Plan, form: WithdrawalForm) -> None:
    steps.withdraw(plan, form.entry())
