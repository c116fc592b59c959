"""Counting on reserves: the function's side says how much and when, the owner's side agrees or refuses."""

from functools import partial
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from dependencies.analysing import reserves as queries
from dependencies.entries.reserves import ClaimEntry
from dependencies.forms.reserves import ClaimForm, ConsentForm
from dependencies.models.reserves import Reserve, ReserveClaim
from dependencies.register import reserves as register
from dependencies.views import reserve_words as words
from dependencies.views.blueprint import bp
from prepare import actor
from prepare.access import Action, may
from prepare.clock import today
from prepare.db import db
from prepare.forms.form import CityForm
from prepare.gate.opening import opens, opens_page
from prepare.insets import Task, TaskKind
from prepare.models.functions import Function
from prepare.queries import functions
from prepare.queries.pages import counted_up_to, page
from prepare.texts import N_, _, name_of, ngettext
from prepare.views import keeping
from prepare.views.clashes import Editing
from prepare.views.paging import PAGE_SIZE, paging

ANSWER_MINUTES = 5
MOST_COUNTED = 1000  #: claims that are counted on the start page


@bp.get("/reserves/<uuid:ref>/count-on")
@opens(Reserve, Action.VIEW_RESERVE)
def count_on(reserve: Reserve) -> ResponseReturnValue:
    """Lead to the form of a claim on this reserve for the function that was chosen."""
    code = request.args.get("function", "")[:20]
    rows = functions.functions(actor.current().scope).where(Function.code == code)
    function = db.session.scalars(rows).first()
    if function is None or not may(actor.current(), Action.ADD_CLAIM, function):
        return redirect(url_for("dependencies.reserve", ref=reserve.ref, _anchor="claims"))
    return redirect(url_for("dependencies.add_claim", ref=function.ref, reserve=reserve.code))


@bp.route("/reserves/claims/of/<uuid:ref>/new", methods=["GET", "POST"])
@opens(Function, Action.ADD_CLAIM)
def add_claim(function: Function) -> ResponseReturnValue:
    """Say that a function counts on a reserve."""
    every = db.session.scalars(queries.reserves(actor.current().scope)).all()
    chosen = next((one for one in every if one.code == request.args.get("reserve")), None)
    begun = ClaimEntry(reserve=chosen.code if chosen else None, unit=chosen.unit if chosen else None)
    form, back = ClaimForm(obj=begun), url_for("prepare.function", ref=function.ref, _anchor="reserves")
    form.reserve.offer([(one.code, f"{one.code} {name_of(one)} ({words.amount(one)})") for one in every])
    _offer_suppliers(form, function)
    return keeping.asking(
        form,
        lambda: register.add_claim(function, form.entry()),
        N_("The claim was added. The owner of the reserve is asked, unless it is your own."),
        back,
        lambda: _page(form, function, back),
    )


@bp.route("/reserves/claims/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(ReserveClaim, Action.EDIT_CLAIM)
def edit_claim(claim: ReserveClaim) -> ResponseReturnValue:
    """Change how much a function counts on, and when."""
    form, row = ClaimForm(obj=register.claim_now(claim).entry), words.claim_row(claim)
    form.reserve.offer([(claim.reserve.code, row.reserve)])
    form.reserve.blank = None
    _offer_suppliers(form, claim.function)
    edited: Editing[ClaimEntry] = Editing(
        claim,
        form,
        partial(register.claim_now, claim),
        lambda entry, seen: register.edit_claim(claim, entry, seen=seen),
        title=f"{claim.function.code}: {row.reserve}",
        back=url_for("prepare.function", ref=claim.function.ref, _anchor="reserves"),
    )
    told = N_("The claim was saved. If the owner judges by what you changed, the owner is asked anew.")
    return keeping.editing(edited, told, lambda: _page(form, claim.function, edited.back, claim))


def _offer_suppliers(form: ClaimForm, function: Function) -> None:
    form.supplier.offer([(one.code, f"{one.code} {name_of(one)}") for one in register.suppliers(function)])


def _page(form: ClaimForm, function: Function, back: str, claim: ReserveClaim | None = None) -> ResponseReturnValue:
    return render_template("dependencies/claim_form.html", form=form, function=function, claim=claim, back=back)


@bp.route("/reserves/claims/<uuid:ref>/retire", methods=["GET", "POST"])
@opens(ReserveClaim, Action.RETIRE_CLAIM)
def retire_claim(claim: ReserveClaim) -> ResponseReturnValue:
    """Count on a reserve no more."""
    form, back = CityForm(), url_for("prepare.function", ref=claim.function.ref, _anchor="reserves")
    return keeping.asking(
        form,
        lambda: register.retire_claim(claim),
        N_("The function no longer counts on the reserve."),
        back,
        lambda: render_template(
            "prepare/retire.html",
            title=f"{claim.function.code}: {words.claim_row(claim).reserve}",
            text=_("What the function has counted on is then free for others."),
            form=form,
            back=back,
        ),
    )


@bp.get("/reserves/answers")
@opens_page(Action.AGREE_CLAIM)
def claim_answers() -> ResponseReturnValue:
    """The claims that wait for this person's answer as owner of the reserve."""
    found = queries.unanswered(actor.current().grants)
    at = paging(db.session.scalar(queries.claims_counted(found)) or 0)
    rows = db.session.scalars(page(found, ReserveClaim.id, offset=at.offset, limit=PAGE_SIZE))
    return render_template("dependencies/claim_answers.html", rows=[words.claim_row(one) for one in rows], at=at)


@bp.route("/reserves/claims/<uuid:ref>/answer", methods=["GET", "POST"])
@opens(ReserveClaim, Action.AGREE_CLAIM)
def answer_claim(claim: ReserveClaim) -> ResponseReturnValue:
    """Agree that a function counts on the reserve, or refuse it and say what to do instead."""
    form, back = ConsentForm(obj=claim), url_for("dependencies.reserve", ref=claim.reserve.ref, _anchor="claims")
    return keeping.asking(
        form,
        lambda: _answer(claim, form),
        N_("Your answer was saved."),
        back,
        lambda: render_template("dependencies/claim_answer.html", form=form, row=words.claim_row(claim), back=back),
    )


def _answer(claim: ReserveClaim, form: ConsentForm) -> None:
    decide = register.refuse if form.refuses.data else register.agree
    decide(claim, form.answer.data or None, on=today())


def claims_of(function: Function) -> dict[str, Any] | None:
    """The reserves on which a function counts, with the owners' answers; not for those to whom it was only shared."""
    if not actor.current().scope.covers(function.owner_path, function.confidentiality):
        return None
    found = db.session.scalars(queries.claims_of(function)).all()
    may_add = may(actor.current(), Action.ADD_CLAIM, function)
    return {"claims": [words.claim_row(one) for one in found], "may_add": may_add} if found or may_add else None


def answers_to_give() -> list[Task]:
    """The start page's task of answering those who count on this person's reserves."""
    who = actor.current()
    if not may(who, Action.AGREE_CLAIM):
        return []
    count = db.session.scalar(counted_up_to(queries.unanswered(who.grants), ReserveClaim.id, MOST_COUNTED)) or 0
    if not count:
        return []
    told = ngettext("%(n)s function counts on your reserve", "%(n)s functions count on your reserves", count)
    detail = _("Agree, or say what they should do instead")
    why = _("What two have counted on is there once only.")
    url, minutes = url_for("dependencies.claim_answers"), ANSWER_MINUTES * min(count, MOST_COUNTED)
    return [Task(told, detail, url, kind=TaskKind.DECIDE, why=why, minutes=minutes, plain=True)]
