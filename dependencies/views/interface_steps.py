"""An interface's life cycle: drafting, agreeing, reviewing, dissolving, taking up again; and reviews that wait."""

from collections.abc import Callable
from datetime import timedelta

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from dependencies import completeness
from dependencies.analysing import interfaces as readings
from dependencies.entries.interfaces import InterfaceReviewEntry
from dependencies.forms.interfaces import InterfaceReviewForm
from dependencies.interface_vocabulary import Step
from dependencies.models.interfaces import Interface
from dependencies.register import interfaces as register
from dependencies.views.blueprint import bp
from prepare import actor
from prepare.access import Action, may
from prepare.clock import today
from prepare.db import db, transaction
from prepare.errors import RuleBroken
from prepare.forms.form import CityForm
from prepare.gate.opening import opens, takes
from prepare.insets import Task, TaskKind
from prepare.texts import N_, _, name_of
from prepare.views.keeping import asking
from risks.forms.reasons import ReasonForm

#: Reviews that one person is reminded of at once, and how many days before they are due.
MOST_WAITING, SOON_DAYS = 5, 14


@bp.post("/interfaces/<uuid:ref>/draft")
@opens(Interface, Action.ADVANCE_INTERFACE)
@takes()
def draft_interface(interface: Interface) -> ResponseReturnValue:
    """Begin to draft an interface that has been identified."""
    told = N_("The interface is being drafted. Write down what both sides agree on.")
    return _at_once(interface, lambda: register.advance(interface, Step.DRAFT), told)


@bp.post("/interfaces/<uuid:ref>/begin-review")
@opens(Interface, Action.ADVANCE_INTERFACE)
@takes()
def begin_interface_review(interface: Interface) -> ResponseReturnValue:
    """Begin to look an interface through with the partner."""
    told = N_("The review has begun. Go through the page with the partner, and record it when you are done.")
    return _at_once(interface, lambda: register.advance(interface, Step.BEGIN_REVIEW), told)


@bp.post("/interfaces/<uuid:ref>/reopen")
@opens(Interface, Action.REOPEN_INTERFACE)
@takes()
def reopen_interface(interface: Interface) -> ResponseReturnValue:
    """Take up an interface again that was dissolved."""
    return _at_once(interface, lambda: register.reopen(interface), N_("The interface was taken up again as a draft."))


def _at_once(interface: Interface, act: Callable[[], object], told: str) -> ResponseReturnValue:
    try:
        with transaction():
            act()
    except RuleBroken as broken:
        flash(broken.text(), "error")
    else:
        flash(_(told))
    return redirect(_page(interface))


@bp.route("/interfaces/<uuid:ref>/agree", methods=["GET", "POST"])
@opens(Interface, Action.AGREE_INTERFACE)
def agree_interface(interface: Interface) -> ResponseReturnValue:
    """Record that both sides have agreed on an interface; it says what is lacking."""
    form = _review_form(interface)
    return asking(
        form,
        lambda: register.agree(interface, form.entry(), on=today()),
        N_("The interface is agreed."),
        _page(interface),
        lambda: _step(
            form,
            interface,
            Step.AGREE,
            _("Both sides stand behind what is written here: owners, contacts, alerting and who does what."),
            lacking=register.lacking(interface, today()),
        ),
    )


@bp.route("/interfaces/<uuid:ref>/review", methods=["GET", "POST"])
@opens(Interface, Action.REVIEW_INTERFACE)
def review_interface(interface: Interface) -> ResponseReturnValue:
    """Record that both sides have looked an interface through, and when they do so again."""
    form = _review_form(interface)
    lead = _("You have gone through the page with the partner: owners, contacts and their numbers, alerting, duties.")
    return asking(
        form,
        lambda: register.review(interface, form.entry(), on=today()),
        N_("The review was recorded."),
        _page(interface),
        lambda: _step(form, interface, Step.REVIEW, lead),
    )


def _review_form(interface: Interface) -> InterfaceReviewForm:
    proposed = completeness.next_review(interface.criticality, today())
    return InterfaceReviewForm(obj=InterfaceReviewEntry(next_review=proposed))


@bp.route("/interfaces/<uuid:ref>/dissolve", methods=["GET", "POST"])
@opens(Interface, Action.DISSOLVE_INTERFACE)
def dissolve_interface(interface: Interface) -> ResponseReturnValue:
    """Dissolve an interface that carries nothing any more."""
    form = ReasonForm()
    lead = _("It leaves the lists and the readiness figures. Nothing is deleted, and it can be taken up again.")
    return asking(
        form,
        lambda: register.dissolve(interface, form.entry()),
        N_("The interface was dissolved."),
        _page(interface),
        lambda: _step(form, interface, Step.DISSOLVE, lead),
    )


def _page(interface: Interface) -> str:
    return url_for("dependencies.interface", ref=interface.ref)


def _step(
    form: CityForm, interface: Interface, step: Step, lead: str, lacking: list[str] | None = None
) -> ResponseReturnValue:
    return render_template(
        "dependencies/interface_step.html",
        form=form,
        interface=interface,
        title=step.label,
        lead=lead,
        lacking=lacking or [],
        back=_page(interface),
    )


def reviews_to_do() -> list[Task]:
    """The interfaces of the acting person whose day of review has come or is near."""
    who = actor.current()
    if not may(who, Action.REVIEW_INTERFACE):
        return []
    rows = readings.to_review(who.scope, today() + timedelta(days=SOON_DAYS))
    found = db.session.scalars(rows.limit(4 * MOST_WAITING)).all()
    mine = [one for one in found if may(who, Action.REVIEW_INTERFACE, one)]
    return [_task(one) for one in mine[:MOST_WAITING]]


def _task(interface: Interface) -> Task:
    title = f"{interface.code} {name_of(interface)}"
    detail = _("Go through the interface with %(partner)s", partner=name_of(interface.party))
    why = _("People, numbers and duties change; what nobody looks at is wrong within a year or two.")
    return Task(title, detail, _page(interface), TaskKind.DUE, why, interface.next_review, 60)
