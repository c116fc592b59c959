"""Every change to the agreements with partners."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from dependencies import agreeing, queries
from dependencies import agreements as rules
from dependencies.analysing import agreements as readings
from dependencies.entries.agreements import (
    AGREEMENT_COLUMNS,
    RENEWED_COLUMNS,
    AgreementEntry,
    EndEntry,
    RenewalEntry,
    of_agreement,
)
from dependencies.models.agreements import Agreement
from dependencies.models.interfaces import Interface
from dependencies.vocabulary import AgreementState
from prepare import actor, audit
from prepare.access import Action, act
from prepare.db import db
from prepare.errors import RuleBroken, refuse_if
from prepare.merging import Seen, refuse_stale
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.queries import functions
from prepare.register.codes import next_code
from prepare.texts import N_
from risks.register import links

NUMBERED = "A-"


@act(Action.ADD_AGREEMENT)
def add(organisation: Organisation, party: Organisation, entry: AgreementEntry) -> Agreement:
    """Keep the draft of an agreement of the organisation with a partner, under the next free code.

    Raises RuleBroken with every rule that the entry breaks.
    """
    if party.kind.is_own:
        raise RuleBroken(N_("An agreement is made with an outside partner."))
    entry = agreeing.completed(entry)
    refuse_if(agreeing.problems(entry, AgreementState.DRAFT))
    made = Agreement(code=next_code(Agreement.code, NUMBERED), organisation=organisation, party=party)
    made.state = AgreementState.DRAFT
    _fill(made, entry)
    return made


@act(Action.EDIT_AGREEMENT)
def edit(agreement: Agreement, entry: AgreementEntry, *, seen: Seen[AgreementEntry] | None) -> Agreement:
    """Change an agreement that goes on; what it covers and the person may not see stays covered.

    `seen` is what the person edited. Raises StaleEntry if it has changed since, RuleBroken with every broken rule.
    """
    agreeing.refuse_closed(agreement.state)
    refuse_stale(seen, seen_now(agreement))
    entry = agreeing.completed(entry)
    refuse_if(agreeing.problems(entry, agreement.state))
    _fill(agreement, entry)
    if agreement.state is AgreementState.ACTIVE:
        _take_over(agreement, agreement.valid_from)
    return agreement


@act(Action.BEGIN_AGREEMENT)
def begin(agreement: Agreement, *, on: date) -> None:
    """Take a draft into force; the agreement that it replaces ends the day before. Raises RuleBroken as its rules."""
    refuse_if(agreeing.beginning_problems(agreement, on=on))
    agreement.state, agreement.reviewed_on = AgreementState.ACTIVE, on
    db.session.flush()
    _take_over(agreement, agreement.valid_from)


@act(Action.END_AGREEMENT)
def end(agreement: Agreement, entry: EndEntry, *, on: date) -> None:
    """End an agreement: it binds until its last day, and stays to be read. A draft is only laid aside.

    Raises RuleBroken with every rule that the end breaks.
    """
    refuse_if(agreeing.ending_problems(entry, agreement, on=on))
    is_draft = agreement.state is AgreementState.DRAFT
    agreement.noticed_on, agreement.ended_on = (None, None) if is_draft else (entry.noticed_on, entry.ended_on)
    agreement.state, agreement.end_reason = AgreementState.TERMINATED, entry.end_reason
    db.session.flush()


@act(Action.RENEW_AGREEMENT)
def renew(agreement: Agreement, entry: RenewalEntry) -> Agreement:
    """Begin the agreement that is to replace this one, as a draft with the same contents.

    The old one goes on until the new one is in force. Raises RuleBroken with every rule that the renewal breaks.
    """
    successor = agreement.successor.state if agreement.successor else None
    refuse_if(agreeing.renewal_problems(entry, agreement, successor))
    made = Agreement(code=next_code(Agreement.code, NUMBERED), organisation=agreement.organisation)
    made.party, made.state = agreement.party, AgreementState.DRAFT
    for name in RENEWED_COLUMNS:
        setattr(made, name, getattr(agreement, name))
    made.valid_from, made.valid_to = entry.valid_from, entry.valid_to
    made.functions = list(agreement.functions)
    db.session.add(made)
    db.session.flush()
    for interface in db.session.scalars(readings.resting_on(agreement)):
        interface.agreements.append(made)
    agreement.successor = made
    db.session.flush()
    return made


@act(Action.REVIEW_AGREEMENT)
def review(agreement: Agreement, *, on: date) -> None:
    """Record that somebody has looked at an agreement in force and that it still says what it must."""
    if agreement.state is not AgreementState.ACTIVE:
        raise RuleBroken(N_("Only an agreement in force is looked at again."))
    agreement.reviewed_on = on
    db.session.flush()


def seen_now(agreement: Agreement) -> Seen[AgreementEntry]:
    """What a person sees who edits the agreement now, without the interfaces that the person may not see."""
    found = db.session.scalars(readings.interfaces_on(actor.current().scope, agreement))
    entry = of_agreement(agreement, tuple(sorted(one.code for one in found)))
    shown = tuple(one.code for one in agreement.functions if not _is_hidden(one))
    return Seen(replace(entry, functions=shown), (agreement.state.value,))


def _take_over(agreement: Agreement, begins: date | None) -> None:
    """Let the agreement that this one replaces end the day before."""
    if begins is None:
        return
    for one in db.session.scalars(readings.predecessors(agreement)).all():
        if one.state in (AgreementState.ACTIVE, AgreementState.RENEWED):
            one.state, one.ended_on = AgreementState.RENEWED, rules.replaced_on(begins)
    db.session.flush()


def _fill(agreement: Agreement, entry: AgreementEntry) -> None:
    services = _services(agreement, entry.functions)
    interfaces = _interfaces(agreement, entry.interfaces)
    for name in AGREEMENT_COLUMNS:
        setattr(agreement, name, getattr(entry, name))
    db.session.add(agreement)
    db.session.flush()
    links.relink(agreement, "functions", services, hidden=_is_hidden)
    _rest(agreement, interfaces)


def _is_hidden(function: Function) -> bool:
    return not actor.current().scope.names(function.id, function.owner_path, function.confidentiality)


def _services(agreement: Agreement, codes: Iterable[str]) -> list[Function]:
    """The partner's services with these codes, and those among them that are covered already, whosever they are."""
    held = {one.code: one for one in agreement.functions if not _is_hidden(one)}
    kept = [held[code] for code in codes if code in held]
    rows = functions.nameable(actor.current().scope).where(readings.served_by(agreement.party))
    return [*kept, *links.named_by(rows, [code for code in codes if code not in held], "functions")]


def _interfaces(agreement: Agreement, codes: Iterable[str]) -> list[Interface]:
    rows = queries.interfaces(actor.current().scope).where(Interface.party_id == agreement.party.id)
    return links.named_by(rows, codes, "interfaces")


def _rest(agreement: Agreement, wanted: list[Interface]) -> None:
    """Let these interfaces rest on the agreement, and those that the person may not see as before."""
    held = list(db.session.scalars(readings.resting_on(agreement)))
    seen = {one.id for one in db.session.scalars(readings.interfaces_on(actor.current().scope, agreement))}
    after = [one for one in held if one.id not in seen] + wanted
    before_codes, after_codes = sorted(one.code for one in held), sorted(one.code for one in after)
    if before_codes == after_codes:
        return
    for one in held:
        if one not in after:
            one.agreements.remove(agreement)
    for one in after:
        if one not in held:
            one.agreements.append(agreement)
    db.session.flush()
    audit.note(agreement, {"interfaces": [before_codes, after_codes]})
