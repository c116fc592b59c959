"""Every change to reserves, to the claims on them, and to what the owners answer."""

from datetime import date

from sqlalchemy import select

from dependencies.analysing import reserves as queries
from dependencies.entries.reserves import (
    CLAIM_COLUMNS,
    RESERVE_COLUMNS,
    ClaimEntry,
    ReserveEntry,
    of_claim,
    of_reserve,
)
from dependencies.models.reserves import Reserve, ReserveClaim
from dependencies.reserving import checks
from dependencies.reserving.checks import Held
from dependencies.reserving.vocabulary import ClaimTrigger, Consent
from dependencies.vocabulary import DependencyKind
from prepare import actor
from prepare.access import Action, act
from prepare.db import db
from prepare.errors import RuleBroken, refuse_if
from prepare.merging import Seen, refuse_stale
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.queries import organisations
from prepare.register.codes import next_code
from prepare.texts import N_
from prepare.vocabulary import FunctionState, OrganisationKind

#: What the owner judges by: when it changes, the owner is asked anew.
JUDGED_BY = ("quantity", "unit", "per_hour", "trigger", "lost", "supplier", "from_h", "for_h")


@act(Action.ADD_RESERVE)
def add(organisation: Organisation, entry: ReserveEntry) -> Reserve:
    """Keep a reserve, under the next free code. Raises RuleBroken with every rule that the entry breaks."""
    refuse_if(checks.problems(entry))
    reserve = Reserve(code=next_code(Reserve.code, "RV-"), organisation=organisation, city=_city(organisation))
    _fill(reserve, entry)
    return reserve


@act(Action.EDIT_RESERVE)
def edit(reserve: Reserve, entry: ReserveEntry, *, seen: Seen[ReserveEntry] | None) -> Reserve:
    """Change a reserve, or take it out of use.

    Raises StaleEntry if it has changed since it was `seen`, and RuleBroken with every rule that the entry breaks.
    """
    refuse_stale(seen, seen_now(reserve))
    claimed = [(one.unit, one.per_hour) for one in db.session.scalars(queries.claims_on([reserve.id]))]
    refuse_if(checks.problems(entry, claimed))
    _fill(reserve, entry)
    return reserve


@act(Action.ADD_CLAIM)
def add_claim(function: Function, entry: ClaimEntry) -> ReserveClaim:
    """Say that a function counts on a reserve; its owner is asked, unless the function is the owner's own.

    Raises RuleBroken with every rule that the entry breaks.
    """
    if function.state is FunctionState.RETIRED:
        raise RuleBroken(N_("A retired function cannot be changed."))
    reserve = db.session.scalars(queries.reserve(actor.current().scope, entry.reserve)).first()
    refuse_if(checks.claim_problems(entry, _held(reserve), _codes(function)))
    if reserve is None:
        raise RuleBroken(checks.NEEDED, field="reserve")
    _refuse_double(function, reserve, entry)
    claim = ReserveClaim(code=next_code(ReserveClaim.code, f"{reserve.code}/"), function=function, reserve=reserve)
    claim.consent = Consent.AGREED if reserve.organisation_id == function.organisation_id else Consent.ASKED
    _fill_claim(claim, entry)
    return claim


@act(Action.EDIT_CLAIM)
def edit_claim(claim: ReserveClaim, entry: ClaimEntry, *, seen: Seen[ClaimEntry] | None) -> ReserveClaim:
    """Change how much a function counts on, and when; the owner of the reserve is then asked anew.

    The reserve stays: another one is another claim. Raises StaleEntry if the claim has changed since it was `seen`,
    and RuleBroken with every rule that the entry breaks.
    """
    _refuse_removed(claim)
    refuse_stale(seen, claim_now(claim))
    before = of_claim(claim)
    refuse_if(checks.claim_problems(entry, _held(claim.reserve), _codes(claim.function)))
    _refuse_double(claim.function, claim.reserve, entry, but=claim)
    is_own = claim.reserve.organisation_id == claim.function.organisation_id
    if not is_own and any(getattr(before, name) != getattr(entry, name) for name in JUDGED_BY):
        claim.consent, claim.answer, claim.answered_on, claim.answered_by = Consent.ASKED, None, None, None
    _fill_claim(claim, entry)
    return claim


@act(Action.RETIRE_CLAIM)
def retire_claim(claim: ReserveClaim) -> None:
    """Count on the reserve no more; what was agreed stays in the trail."""
    _refuse_removed(claim)
    claim.retired = True
    db.session.flush()


@act(Action.AGREE_CLAIM)
def agree(claim: ReserveClaim, answer: str | None = None, *, on: date) -> None:
    """The owner of the reserve agrees that the function counts on it."""
    _answer(claim, Consent.AGREED, answer, on)


@act(Action.REFUSE_CLAIM)
def refuse(claim: ReserveClaim, answer: str | None = None, *, on: date) -> None:
    """The owner of the reserve says that the function cannot count on it. The reason is asked for."""
    if not (answer or "").strip():
        raise RuleBroken(N_("Say why, and what the function should do instead."), field="answer")
    _answer(claim, Consent.REFUSED, answer, on)


def seen_now(reserve: Reserve) -> Seen[ReserveEntry]:
    """What a person sees who edits the reserve now."""
    return Seen(of_reserve(reserve))


def claim_now(claim: ReserveClaim) -> Seen[ClaimEntry]:
    """What a person sees who edits the claim now."""
    return Seen(of_claim(claim), (claim.consent.value, *(["retired"] if claim.retired else [])))


def suppliers(function: Function) -> list[Function]:
    """Those that the function depends on and the acting person may name, by code."""
    scope = actor.current().scope
    ids = {supplier for _function, supplier, _kind in db.session.execute(queries.suppliers_of([function.id]))}
    found = db.session.scalars(select(Function).where(Function.id.in_(ids)).order_by(Function.code))
    return [one for one in found if scope.names(one.id, one.owner_path, one.confidentiality)]


def _codes(function: Function) -> list[str]:
    return [one.code for one in suppliers(function)]


def _city(organisation: Organisation) -> Organisation:
    """The city to which the organisation belongs, or itself when it belongs to none."""
    line = [*db.session.scalars(organisations.above(organisation)), organisation]
    return next((one for one in reversed(line) if one.kind is OrganisationKind.CITY), organisation)


def _held(reserve: Reserve | None) -> Held | None:
    return Held(reserve.code, reserve.unit, reserve.use) if reserve else None


def _refuse_double(function: Function, reserve: Reserve, entry: ClaimEntry, *, but: ReserveClaim | None = None) -> None:
    """Raise RuleBroken when the function counts on the reserve in the same loss already."""
    others = [one for one in db.session.scalars(queries.claims_of(function)) if one is not but]
    losses = [of_claim(one) for one in others if one.reserve_id == reserve.id]
    if any((one.trigger, one.lost, one.supplier) == _loss(entry) for one in losses):
        message = N_("The function counts on this reserve in the same loss already. Change that instead.")
        raise RuleBroken(message, field="trigger")


def _loss(entry: ClaimEntry) -> tuple[ClaimTrigger | None, DependencyKind | None, str | None]:
    """In which loss the claim holds: what its trigger does not ask for is no part of it."""
    lost = entry.lost if entry.trigger is ClaimTrigger.LOSS else None
    return entry.trigger, lost, entry.supplier if entry.trigger is ClaimTrigger.SUPPLIER else None


def _refuse_removed(claim: ReserveClaim) -> None:
    if claim.retired:
        raise RuleBroken(N_("The function no longer counts on the reserve."))


def _answer(claim: ReserveClaim, consent: Consent, answer: str | None, on: date) -> None:
    _refuse_removed(claim)
    claim.consent, claim.answer = consent, answer
    claim.answered_on, claim.answered_by = on, actor.current().name
    db.session.flush()


def _fill(reserve: Reserve, entry: ReserveEntry) -> None:
    for name in RESERVE_COLUMNS:
        setattr(reserve, name, getattr(entry, name))
    db.session.add(reserve)
    db.session.flush()


def _fill_claim(claim: ReserveClaim, entry: ClaimEntry) -> None:
    for name in CLAIM_COLUMNS:
        setattr(claim, name, getattr(entry, name))
    _trigger, claim.lost, code = _loss(entry)
    claim.supplier = next((one for one in suppliers(claim.function) if one.code == code), None)
    db.session.add(claim)
    db.session.flush()
