"""Every change to needs and to who can provide them."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import select

from dependencies import queries
from dependencies.analysing import confirmations
from dependencies.entries.needs import (
    ALTERNATIVE_COLUMNS,
    NEED_COLUMNS,
    AlternativeEntry,
    NeedEntry,
    of_alternative,
    of_record,
    problems,
)
from dependencies.models.interfaces import Interface
from dependencies.models.needs import Dependency, Need
from dependencies.register.confirmations import sum_up
from prepare import actor
from prepare.access import Action, act
from prepare.db import db
from prepare.errors import RuleBroken, refuse_if
from prepare.merging import Seen, refuse_stale
from prepare.models.functions import Function
from prepare.register.codes import next_code
from prepare.texts import N_
from prepare.vocabulary import Confidentiality, FunctionState

NUMBERED = "D-"


@act(Action.ADD_NEED)
def add_need(consumer: Function, entry: NeedEntry) -> Need:
    """Say what a function needs, how long it manages without, and who can provide it.

    Raises RuleBroken with every rule that the entry breaks.
    """
    if consumer.state is FunctionState.RETIRED:
        raise RuleBroken(N_("A retired function cannot be changed."))
    refuse_if(problems(entry, consumer.code, others=_names(consumer)))
    need = Need(consumer=consumer)
    _fill(need, entry)
    db.session.add(need)
    db.session.flush()
    _link(need, entry.alternatives)
    return need


@act(Action.EDIT_NEED)
def edit_need(need: Need, entry: NeedEntry, *, seen: Seen[NeedEntry] | None) -> Need:
    """Change a need and its alternatives; alternatives that the entry does not name are retired.

    Alternatives that the acting person may not see stay as they are. When what the supplier judges by is
    changed (strength, tolerance, number, kind), both sides sign anew.
    `seen` is what the person edited. Raises StaleEntry if the need has changed since, and RuleBroken with every
    rule that the entry breaks.
    """
    if need.retired:
        raise RuleBroken(N_("The need has been removed."))
    refuse_stale(seen, seen_now(need))
    entry = with_hidden(need, entry)
    refuse_if(problems(entry, need.consumer.code, others=_names(need.consumer, but=need)))
    _fill(need, entry)
    _link(need, entry.alternatives)
    return need


def edit_alternative(dependency: Dependency, entry: AlternativeEntry, *, seen: Seen[AlternativeEntry] | None) -> None:
    """Change what is particular to one supplier of a need, as `edit_need` does; the need itself stays as it is."""
    if dependency.retired:
        raise RuleBroken(N_("The supplier has been removed from the need."))
    refuse_stale(seen, alternative_now(dependency))
    held = seen_now(dependency.need)
    alternatives = (entry if one.supplier == entry.supplier else one for one in held.entry.alternatives)
    edit_need(dependency.need, replace(held.entry, alternatives=tuple(alternatives)), seen=held)


@act(Action.RETIRE_NEED)
def retire_need(need: Need) -> None:
    """Take a need and its alternatives out of use; both stay readable."""
    if need.retired:
        raise RuleBroken(N_("The need has been removed."))
    need.retired = True
    for alternative in need.in_force:
        alternative.retired = True
    db.session.flush()


def seen_now(need: Need) -> Seen[NeedEntry]:
    """What a person sees who edits the need now, without the alternatives that the person may not see."""
    entry, hidden = of_record(need), hidden_suppliers(need)
    open_to_me = tuple(one for one in entry.alternatives if one.supplier not in hidden)
    return Seen(replace(entry, alternatives=open_to_me), ("retired",) if need.retired else ())


def alternative_now(dependency: Dependency) -> Seen[AlternativeEntry]:
    """What a person sees who edits one supplier of a need now."""
    return Seen(of_alternative(dependency), ("retired",) if dependency.retired else ())


def hidden_suppliers(need: Need) -> frozenset[str]:
    """The codes of the suppliers in force that the acting person may not see."""
    scope = actor.current().scope
    suppliers = [alternative.supplier for alternative in need.in_force]
    return frozenset(s.code for s in suppliers if not scope.names(s.id, s.owner_path, s.confidentiality))


def with_hidden(need: Need, entry: NeedEntry) -> NeedEntry:
    """The entry with the alternatives in force that the acting person may not see, as they are."""
    hidden = hidden_suppliers(need) - {alternative.supplier for alternative in entry.alternatives}
    kept = [alternative for alternative in of_record(need).alternatives if alternative.supplier in hidden]
    return replace(entry, alternatives=(*entry.alternatives, *kept))


def _names(consumer: Function, *, but: Need | None = None) -> list[str]:
    """The names of the function's needs in use."""
    rows = select(Need.name).where(Need.consumer_id == consumer.id, Need.retired.is_(False))
    return list(db.session.scalars(rows.where(Need.id != but.id) if but else rows))


def _fill(need: Need, entry: NeedEntry) -> None:
    for name in NEED_COLUMNS:
        setattr(need, name, getattr(entry, name))


def _link(need: Need, entries: Iterable[AlternativeEntry]) -> None:
    """Give the need these alternatives and no others; what was signed of them is judged anew."""
    held = {alternative.supplier.code: alternative for alternative in need.in_force}
    wanted = {entry.supplier: entry for entry in entries}
    suppliers = _suppliers(wanted.keys() - held.keys())
    for code in held.keys() - wanted.keys():
        held[code].retired = True
    db.session.flush()
    for code, entry in wanted.items():
        alternative = held.get(code)
        if alternative is None:
            alternative = Dependency(
                code=next_code(Dependency.code, NUMBERED, figures=3), need=need, supplier=suppliers[code]
            )
        alternative.interface = _interface(entry.interface, alternative.interface)
        for name in ALTERNATIVE_COLUMNS:
            setattr(alternative, name, getattr(entry, name))
        alternative.confidentiality = _closed_enough(alternative, entry)
        db.session.add(alternative)
        db.session.flush()
    _judge_anew(need)


def _judge_anew(need: Need) -> None:
    """Let each supplier's answer count only for what the need is now (`confirming.standing`)."""
    held = [alternative for alternative in need.in_force if alternative.answered_on is not None]
    latest = confirmations.latest_of([alternative.id for alternative in held])
    for alternative in held:
        sum_up(alternative, latest[alternative.id])
    db.session.flush()


def _closed_enough(alternative: Dependency, entry: AlternativeEntry) -> Confidentiality:
    """The class asked for, but never more open than the consumer or the supplier, which the row names."""
    classes = (entry.confidentiality, alternative.need.confidentiality, alternative.supplier.confidentiality)
    return max(classes, key=lambda one: one.rank)


def _suppliers(codes: Iterable[str]) -> dict[str, Function]:
    """The functions with these codes that may be named as suppliers. Raises RuleBroken for the others."""
    wanted = set(codes)
    found = {f.code: f for f in db.session.scalars(queries.named(actor.current().scope, wanted))}
    if unknown := sorted(wanted - found.keys()):
        raise RuleBroken(N_("There is no such function: %(codes)s."), field="suppliers", codes=", ".join(unknown))
    return found


def _interface(code: str | None, held: Interface | None) -> Interface | None:
    """The interface with this code; the one that is held stays, whether or not the acting person sees it."""
    if code is None or (held and held.code == code):
        return held if code else None
    found = db.session.scalars(queries.interfaces(actor.current().scope).where(Interface.code == code)).first()
    if found is None:
        raise RuleBroken(N_("There is no such interface: %(code)s."), field="interface", code=code)
    return found
