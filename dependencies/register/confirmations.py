"""Every statement of the two sides of a dependency, and what follows from it for the supplier's promise.

What a statement says is an entry of `dependencies.entries.confirmations`, and the record that it becomes a
`dependencies.models.confirmations.Statement`. The subject is always the `Dependency`. Whoever acts needs no account:
an `Actor` with a grant of the role of a partner over its organisation, to whom the interface or the service is
shown, may state what its organisation delivers (and needs), which is how a one-time link signs.
"""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from hashlib import sha256
from typing import Any

from dependencies import confirming
from dependencies.analysing import confirmations as reading
from dependencies.analysing.confirmations import Latest
from dependencies.confirming import Judged, Promise
from dependencies.entries.confirmations import StatedDelivery, StatedNeed, delivery_problems, need_problems
from dependencies.models.confirmations import Statement
from dependencies.models.needs import Dependency
from dependencies.vocabulary import Accord, StatementKind
from prepare import actor
from prepare.access import Action, act
from prepare.db import db
from prepare.errors import RuleBroken, refuse_if
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.texts import N_
from prepare.vocabulary import FunctionState, RelationBasis, Role

#: What the promise of a partner rests on, as long as nothing firmer is on record.
LOOSE = (None, RelationBasis.NONE)


@act(Action.ASK_CONFIRMATION)
def ask(dependency: Dependency, *, role: str, on: date) -> Statement:
    """Ask both sides to sign what is still open; `role` is that of the person who asks.

    Asking again begins the waiting anew. Raises RuleBroken when the dependency is out of use.
    """
    _refuse_retired(dependency)
    return _put(dependency, StatementKind.ASK, _asking(dependency), {"role": role}, on=on)


@act(Action.NEED_CONFIRMATION)
def state_need(dependency: Dependency, entry: StatedNeed, *, seen: str, on: date) -> Statement:
    """The consumer signs within how many hours it needs the supplier back, and how much of it.

    `seen` is what the person saw (`seen_now`). Raises RuleBroken with every rule that the entry breaks, and when the
    other side has signed, or the need has changed, since the person looked.
    """
    consumer = dependency.need.consumer
    _refuse_retired(dependency)
    _refuse_unseen(dependency, seen)
    refuse_if(need_problems(entry, suggested_h(dependency), on_behalf=is_on_behalf(consumer)))
    return _signed(dependency, StatementKind.NEED, consumer, entry, on=on)


@act(Action.DELIVER_CONFIRMATION)
def state_delivery(dependency: Dependency, entry: StatedDelivery, *, seen: str, on: date) -> Statement:
    """The provider signs within how many hours it delivers, at what capacity and on what condition.

    Once both sides have signed what matches, the hours become the promised recovery time of a partner's service, and
    with it every recovery that is reckoned through it (see `_promise`). Raises RuleBroken as `state_need` does.
    """
    _refuse_retired(dependency)
    _refuse_unseen(dependency, seen)
    refuse_if(delivery_problems(entry, on_behalf=is_on_behalf(dependency.supplier)))
    return _signed(dependency, StatementKind.DELIVERY, dependency.supplier, entry, on=on)


def seen_now(dependency: Dependency, latest: Latest | None = None) -> str:
    """What a person sees who signs now, as a short text for the form; it tells nothing by itself."""
    latest = reading.latest_of([dependency.id])[dependency.id] if latest is None else latest
    refs = [str(latest[kind].ref) for kind in (StatementKind.NEED, StatementKind.DELIVERY) if kind in latest]
    return sha256(repr((refs, confirming.basis_of(dependency))).encode()).hexdigest()[:24]


def suggested_h(dependency: Dependency) -> float | None:
    """Within how many hours the register suggests that the supplier must be back; None when it does not know."""
    consumer = dependency.need.consumer
    tolerance_h = confirming.basis_of(dependency).tolerance_h
    return confirming.suggested_h(tolerance_h, consumer.rto_h, consumer.mtpd_h)


def is_on_behalf(function: Function) -> bool:
    """Whether the acting person would write down what an outside organisation says, not being of it."""
    return not function.owner_is_own and not actor.current().holds(Role.PARTNER, over=function.owner_path)


def judged(dependency: Dependency, latest: Latest, *, on: date) -> Judged:
    """How the two sides stand to each other, of their latest statements."""
    need, delivery = (confirming.signed_of(latest.get(kind)) for kind in (StatementKind.NEED, StatementKind.DELIVERY))
    basis, criticality = confirming.basis_of(dependency), dependency.need.consumer.criticality
    return confirming.judge(need, delivery, basis, criticality, on=on)


def sum_up(dependency: Dependency, latest: Latest) -> None:
    """Let the dependency say what its supplier says of it as it is now, by the latest statements of both sides."""
    need, delivery = latest.get(StatementKind.NEED), latest.get(StatementKind.DELIVERY)
    basis = confirming.basis_of(dependency)
    dependency.standing = confirming.standing(confirming.signed_of(need), confirming.signed_of(delivery), basis)
    if delivery is not None:
        dependency.answered_on, dependency.answered_by = delivery.stated_on, delivery.role
        dependency.answer = delivery.words


def _refuse_retired(dependency: Dependency) -> None:
    sides = (dependency.need.consumer, dependency.supplier)
    if dependency.retired or dependency.need.retired or any(one.state is FunctionState.RETIRED for one in sides):
        raise RuleBroken(N_("The need has been removed."))


def _refuse_unseen(dependency: Dependency, seen: str) -> None:
    if seen != seen_now(dependency):
        raise RuleBroken(
            N_("The other side has signed, or the need has changed, meanwhile. Look at it and sign again.")
        )


def _asking(dependency: Dependency) -> Organisation:
    """For which organisation the acting person asks: that of the side it speaks for, else the one of its role."""
    who, consumer = actor.current(), dependency.need.consumer.organisation
    for side in (consumer, dependency.supplier.organisation):
        if who.holds(Role.SECTOR_CONTACT, Role.SECTOR_DIRECTOR, Role.PARTNER, over=side.path):
            return side
    held = [grant.path for grant in who.grants if grant.role is Role.CENTRAL and consumer.path.startswith(grant.path)]
    above = db.session.get(Organisation, int(held[0].split("/")[-2])) if held else None
    return above or consumer


def _signed(
    dependency: Dependency, kind: StatementKind, function: Function, entry: StatedNeed | StatedDelivery, *, on: date
) -> Statement:
    said = {field.name: getattr(entry, field.name) for field in fields(entry)}
    statement = _put(dependency, kind, function.organisation, said, on=on)
    sum_up(dependency, reading.latest_of([dependency.id])[dependency.id])
    db.session.flush()
    if not dependency.supplier.owner_is_own:
        _promise(dependency.supplier, on=on)
    return statement


def _put(
    dependency: Dependency, kind: StatementKind, organisation: Organisation, said: Mapping[str, Any], *, on: date
) -> Statement:
    """Keep a statement; the former one of its kind stays and is no longer the latest."""
    former = reading.latest_of([dependency.id])[dependency.id].get(kind)
    if former is not None:
        former.replaced = True
        db.session.flush()
    basis = vars(confirming.basis_of(dependency))
    statement = Statement(
        dependency=dependency, kind=kind, organisation=organisation, stated_on=on, replaced=False, **basis, **said
    )
    db.session.add(statement)
    db.session.flush()
    return statement


def _promise(supplier: Function, *, on: date) -> None:
    """Let a partner's service be back when the partner has agreed with those who need it that it will be.

    Of all dependencies on the service on which both sides agree on the day `on`, the slowest promise counts: nobody
    may reckon with a sooner one. It becomes the promised recovery time, with the day on which the later of the two
    signed, and the role and organisation that signed for the partner. What it rests on stays when it is law or a
    contract, and is an agreement otherwise. While nobody agrees, what was promised last stays as it is, and the
    mismatch is told. A sector's own function is left alone: its capability is a fact that its owner records.
    """
    lines = list(db.session.scalars(reading.of_supplier(supplier)))
    latest = reading.latest_of([line.id for line in lines])
    agreed = [said for line in lines if judged(line, said := latest[line.id], on=on).accord is Accord.AGREED]
    found = confirming.slowest(_promised(said) for said in agreed)
    if found is None:
        return
    supplier.committed_recovery_h, supplier.confirmed_on, supplier.confirmed_by = found.hours, found.agreed_on, found.by
    if supplier.commitment_basis in LOOSE:
        supplier.commitment_basis = RelationBasis.AGREEMENT
    db.session.flush()


def _promised(said: Latest) -> Promise:
    need, delivery = said[StatementKind.NEED], said[StatementKind.DELIVERY]
    by = f"{delivery.role}, {delivery.organisation.name_fi}"[:200]
    return Promise(delivery.hours or 0.0, max(need.stated_on, delivery.stated_on), by)
