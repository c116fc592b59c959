"""Keeping agreements: adding and editing one, and each step of its life."""

from datetime import timedelta
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from dependencies import agreements as rules
from dependencies import queries as dependency_queries
from dependencies.analysing import agreements as queries
from dependencies.entries.agreements import AgreementEntry, EndEntry, RenewalEntry
from dependencies.forms.agreements import (
    AddAgreementForm,
    AgreementForm,
    BeginForm,
    EndForm,
    LayAsideForm,
    RenewalForm,
)
from dependencies.models.agreements import Agreement
from dependencies.models.interfaces import Interface
from dependencies.register import agreements as register
from dependencies.views.blueprint import bp
from dependencies.vocabulary import AgreementState
from prepare import actor
from prepare.access import Action
from prepare.clock import today
from prepare.db import db, transaction
from prepare.errors import RuleBroken
from prepare.forms.differences import in_words
from prepare.forms.form import CityForm
from prepare.gate.opening import opens, opens_page, takes
from prepare.models.organisations import Organisation
from prepare.queries import functions
from prepare.texts import N_, _, day, name_of
from prepare.views.clashes import Editing
from prepare.views.keeping import adding, asking, chosen, editing, offered
from risks.views import choices

MOST_OFFERED = 200


@bp.route("/agreements/new", methods=["GET", "POST"])
@opens_page(Action.ADD_AGREEMENT)
def add_agreement() -> ResponseReturnValue:
    """Begin an agreement; the address may name the partner, and what it is to cover."""
    own = choices.keepers(Action.ADD_AGREEMENT)
    partners = list(db.session.scalars(queries.partners(actor.current().scope)))
    asked = {one.code: one for one in partners}.get(request.args.get("party", "")[:20])
    services, carried = (tuple(one[:20] for one in request.args.getlist(name)) for name in ("functions", "interfaces"))
    blank = AgreementEntry(name_fi="", functions=services, interfaces=carried)
    given = {"organisation": choices.topmost(own).code, "party": asked.code if asked else None}
    form = AddAgreementForm(obj=blank, data=given)
    form.organisation.offer(offered(own))
    form.party.offer(offered(partners))
    _offer(form, next((one for one in partners if one.code == form.party.data), None))
    return adding(
        form,
        lambda: register.add(chosen(own, form.organisation.data), chosen(partners, form.party.data), form.entry()),
        N_("The agreement was added as a draft. Say what it covers, and take it into force."),
        "dependencies.agreement",
        lambda: _form(form, None, several=len(own) > 1),
    )


@bp.route("/agreements/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(Agreement, Action.EDIT_AGREEMENT)
def edit_agreement(agreement: Agreement) -> ResponseReturnValue:
    """Change an agreement; what two people changed at the same time is put together."""
    form = AgreementForm(obj=register.seen_now(agreement).entry)
    names = _offer(form, agreement.party, agreement)
    edited = Editing(
        agreement,
        form,
        partial(register.seen_now, agreement),
        lambda entry, seen: register.edit(agreement, entry, seen=seen),
        title=_title(agreement),
        back=_page(agreement),
        told=partial(_told, names),
    )
    return editing(edited, N_("The agreement was saved."), lambda: _form(form, agreement))


@bp.route("/agreements/<uuid:ref>/begin", methods=["GET", "POST"])
@opens(Agreement, Action.BEGIN_AGREEMENT)
def begin_agreement(agreement: Agreement) -> ResponseReturnValue:
    """Take a draft into force."""
    form, lead = BeginForm(), _("From its first day it counts wherever the partner's services are needed.")
    before = db.session.scalars(queries.predecessors(agreement)).first()
    if before and agreement.valid_from:
        last = day(rules.replaced_on(agreement.valid_from))
        lead = _("It replaces the agreement %(code)s, which ends on %(day)s.", code=before.code, day=last)
    page = partial(_step, form, agreement, _("Take into force"), lead)
    act = partial(register.begin, agreement, on=today())
    return asking(form, act, N_("The agreement is in force."), _page(agreement), page)


@bp.route("/agreements/<uuid:ref>/end", methods=["GET", "POST"])
@opens(Agreement, Action.END_AGREEMENT)
def end_agreement(agreement: Agreement) -> ResponseReturnValue:
    """Give notice of an agreement, end it, or lay a draft aside."""
    if agreement.state is AgreementState.DRAFT:
        form: CityForm = LayAsideForm()
        title, lead = _("Lay the draft aside"), _("It stays in the register, to be read.")
    else:
        last = rules.earliest_end(agreement, today())
        form = EndForm(obj=EndEntry(noticed_on=today(), ended_on=last))
        title = _("Give notice or end the agreement")
        lead = _("With notice given today its last day is %(day)s. It binds until then.", day=day(last))
    page = partial(_step, form, agreement, title, lead)
    act = partial(_end, agreement, form)
    return asking(form, act, N_("The end of the agreement was recorded."), _page(agreement), page)


def _end(agreement: Agreement, form: CityForm) -> None:
    entry = form.entry()
    whole = entry if isinstance(entry, EndEntry) else EndEntry(end_reason=entry.end_reason)
    register.end(agreement, whole, on=today())


@bp.route("/agreements/<uuid:ref>/renew", methods=["GET", "POST"])
@opens(Agreement, Action.RENEW_AGREEMENT)
def renew_agreement(agreement: Agreement) -> ResponseReturnValue:
    """Begin the agreement that is to replace this one."""
    begins = agreement.valid_to + timedelta(days=1) if agreement.valid_to else None
    form = RenewalForm(obj=RenewalEntry(valid_from=begins))
    lead = _("A draft with the same contents is made. This one goes on until the new one has been taken into force.")
    return adding(
        form,
        lambda: register.renew(agreement, form.entry()),
        N_("The new agreement was made as a draft. Change what was agreed anew, and take it into force."),
        "dependencies.agreement",
        partial(_step, form, agreement, _("Renew the agreement"), lead),
    )


@bp.post("/agreements/<uuid:ref>/review")
@opens(Agreement, Action.REVIEW_AGREEMENT)
@takes()
def review_agreement(agreement: Agreement) -> ResponseReturnValue:
    """Record that an agreement has been looked at and still says what it must."""
    try:
        with transaction():
            register.review(agreement, on=today())
    except RuleBroken as broken:
        flash(broken.text(), "error")
    else:
        flash(_("Recorded: the agreement was looked at today."))
    return redirect(_page(agreement))


def _offer(form: AgreementForm, party: Organisation | None, held: Agreement | None = None) -> dict[str, str]:
    """Let the form choose among the partner's services and the interfaces with it; gives their names by code."""
    scope, options = actor.current().scope, dict[str, str]()
    kept = {one.code: one for one in held.functions} if held else {}
    services = [kept[code] for code in register.seen_now(held).entry.functions] if held else []
    interfaces: list[Interface] = []
    if party:
        offered_ones = functions.directory(scope).where(queries.served_by(party)).limit(MOST_OFFERED)
        services += [one for one in db.session.scalars(offered_ones) if one.code not in kept]
        across = dependency_queries.interfaces(scope).where(Interface.party_id == party.id)
        interfaces = list(db.session.scalars(across.limit(MOST_OFFERED)))
    for name, found in (("functions", services), ("interfaces", interfaces)):
        labelled = [(one.code, f"{one.code} {name_of(one)}") for one in found]
        form[name].offer(labelled)
        options |= dict(labelled)
    return options


def _told(names: dict[str, str], name: str, value: Any) -> str | None:
    """A field in words; codes are told by the names that the form offers."""
    return in_words(name, tuple(names.get(one, one) for one in value) if isinstance(value, tuple) else value)


def _form(form: AgreementForm, agreement: Agreement | None, *, several: bool = False) -> ResponseReturnValue:
    back = _page(agreement) if agreement else url_for("dependencies.agreements")
    return render_template(
        "dependencies/agreement_form.html", form=form, agreement=agreement, several=several, back=back
    )


def _step(form: CityForm, agreement: Agreement, title: str, lead: str) -> ResponseReturnValue:
    return render_template(
        "dependencies/agreement_step.html",
        form=form,
        agreement=agreement,
        title=title,
        lead=lead,
        back=_page(agreement),
    )


def _title(agreement: Agreement) -> str:
    return f"{agreement.code} {name_of(agreement)}"


def _page(agreement: Agreement) -> str:
    return url_for("dependencies.agreement", ref=agreement.ref)
