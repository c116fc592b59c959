"""Every change to interfaces: what is written of them, their parts, and where they stand in their life cycle."""

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import func, select

from dependencies import interface_lifecycle as life
from dependencies import interfacing as rules
from dependencies import queries
from dependencies.analysing import agreements as agreement_queries
from dependencies.analysing import completeness
from dependencies.analysing import interfaces as readings
from dependencies.entries import interfaces as entries
from dependencies.entries.interfaces import (
    ContactEntry,
    FlowEntry,
    InterfaceEntry,
    InterfaceReviewEntry,
    PartEntry,
    PoliceEntry,
    TaskEntry,
)
from dependencies.interface_vocabulary import Step
from dependencies.models.interfaces import ContactPoint, InformationFlow, Interface, InterfaceTask
from dependencies.vocabulary import InterfaceState
from prepare import actor
from prepare.access import Action, act, may
from prepare.db import db
from prepare.errors import RuleBroken, refuse_if
from prepare.merging import Seen, refuse_stale
from prepare.models.organisations import Organisation
from prepare.register.codes import next_code
from prepare.texts import N_
from risks.entries.reasons import ReasonEntry
from risks.register import links

Record = ContactPoint | InterfaceTask | InformationFlow
#: What is entered → the record that holds it.
HELD: dict[type[Any], type[Record]] = {
    ContactEntry: ContactPoint,
    TaskEntry: InterfaceTask,
    FlowEntry: InformationFlow,
}
TOLD: dict[type[Any], type[PartEntry]] = {record: entry for entry, record in HELD.items()}


@act(Action.ADD_INTERFACE)
def add(organisation: Organisation, entry: InterfaceEntry, *, on: date) -> Interface:
    """Keep an interface that the organisation leads, under the next free code.

    The unit begins to draft it at once; what a sector proposes is identified, until somebody drafts it.
    Raises RuleBroken with every rule that the entry breaks.
    """
    refuse_if(rules.problems(entry, on=on))
    interface = Interface(code=next_code(Interface.code, "IF-"), organisation=organisation)
    keeps = may(actor.current(), Action.AGREE_INTERFACE, organisation)
    interface.state = InterfaceState.DRAFT if keeps else InterfaceState.IDENTIFIED
    _fill(interface, entry)
    return interface


@act(Action.EDIT_INTERFACE)
def edit(interface: Interface, entry: InterfaceEntry, *, seen: Seen[InterfaceEntry] | None, on: date) -> Interface:
    """Change what is written of an interface; what it names that the acting person may not read stays with it.

    Raises StaleEntry if it has changed since, and RuleBroken with every rule that the entry breaks.
    """
    _refuse_dissolved(interface)
    refuse_stale(seen, seen_now(interface))
    refuse_if(rules.problems(entry, on=on))
    _fill(interface, entry)
    return interface


def seen_now(interface: Interface) -> Seen[InterfaceEntry]:
    """What a person sees who edits the interface now, without the agreements that the person may not read."""
    shown = {one.code for one in db.session.scalars(agreement_queries.of_interface(actor.current().scope, interface))}
    entry = entries.of_interface(interface)
    entry = replace(entry, agreements=tuple(code for code in entry.agreements if code in shown))
    return Seen(entry, ("dissolved",) if interface.state is InterfaceState.DISSOLVED else ())


def _fill(interface: Interface, entry: InterfaceEntry) -> None:
    scope = actor.current().scope
    interface.party = _partner(interface, entry.party)
    sectors = links.named_by(readings.workers(scope, interface), entry.sectors, "sectors")
    agreements = links.named_by(agreement_queries.agreements(scope), entry.agreements, "agreements")
    for name in entries.INTERFACE_COLUMNS:
        setattr(interface, name, getattr(entry, name))
    _refuse_too_low(interface)
    db.session.add(interface)
    db.session.flush()
    readable = {one.id for one in db.session.scalars(agreement_queries.of_interface(scope, interface))}
    links.relink(interface, "sectors", sectors, hidden=lambda _one: False)
    links.relink(interface, "agreements", agreements, hidden=lambda one: one.id not in readable)


def _partner(interface: Interface, code: str | None) -> Organisation:
    """The partner with this code; the one that the interface has stays, though it may be out of use."""
    held: Organisation | None = interface.party if interface.id else None
    if held and held.code == code:
        return held
    rows = readings.partners(actor.current().scope, interface.organisation).where(Organisation.code == code)
    found = db.session.scalars(rows).first()
    if found is None:
        raise RuleBroken(N_("There is no such organisation: %(code)s."), field="party", code=code)
    return found


def _refuse_too_low(interface: Interface) -> None:
    """The class is at least the highest of the functions that the acting person sees it carry."""
    rows = queries.carried_by(actor.current().scope, interface)
    classes = [one.need.consumer.criticality for one in db.session.scalars(rows)] if interface.id else []
    highest = min((one for one in classes if one), key=lambda one: one.value, default=None)
    if highest and highest.value < interface.criticality.value:
        message = N_("It carries what a function of the class %(highest)s needs: its class is at least that.")
        raise RuleBroken(message, field="criticality", highest=highest.value)


def _refuse_dissolved(interface: Interface) -> None:
    if interface.state is InterfaceState.DISSOLVED:
        raise RuleBroken(N_("The interface has been dissolved. Take it up again to change it."))


@act(Action.ADD_INTERFACEPART)
def add_part(interface: Interface, entry: PartEntry, *, on: date) -> Record:
    """Give the interface a duty contact, a task or a flow of information. Raises RuleBroken as `add`."""
    _refuse_dissolved(interface)
    refuse_if(rules.part_problems(entry, on=on))
    model: Any = HELD[type(entry)]
    last = db.session.scalar(select(func.max(model.place)).where(model.interface_id == interface.id))
    part: Record = model(interface=interface, place=(last or 0) + 1)
    _fill_part(part, entry)
    return part


@act(Action.EDIT_INTERFACEPART)
def edit_part(part: Record, entry: PartEntry, *, seen: Seen[PartEntry] | None, on: date) -> Record:
    """Change a part of an interface. Raises StaleEntry if it has changed since, and RuleBroken as `add`."""
    _refuse_gone(part)
    refuse_stale(seen, part_now(part))
    refuse_if(rules.part_problems(entry, on=on))
    _fill_part(part, entry)
    return part


@act(Action.RETIRE_INTERFACEPART)
def retire_part(part: Record) -> None:
    """Take a part away from its interface; it stays readable in the trail."""
    _refuse_gone(part)
    part.retired = True
    db.session.flush()


def part_now(part: Record) -> Seen[PartEntry]:
    """What a person sees who edits the part now."""
    return Seen(entries.of_part(part, TOLD[type(part)]), ("retired",) if part.retired else ())


def _refuse_gone(part: Record) -> None:
    _refuse_dissolved(part.interface)
    if part.retired:
        raise RuleBroken(N_("It has been taken away from the interface."))


def _fill_part(part: Any, entry: PartEntry) -> None:
    for name, value in vars(entry).items():
        setattr(part, name, value)
    if isinstance(part, ContactPoint):
        classes = (part.confidentiality, part.interface.confidentiality)
        part.confidentiality = max(classes, key=lambda one: one.rank)
    db.session.add(part)
    db.session.flush()


@act(Action.ADVANCE_INTERFACE)
def advance(interface: Interface, step: Step) -> None:
    """Begin to draft an interface that has been identified, or to review one in force. Raises RuleBroken."""
    refuse_if(life.step_problems(step, interface.state))
    interface.state = InterfaceState.DRAFT if step is Step.DRAFT else InterfaceState.UNDER_REVIEW
    db.session.flush()


@act(Action.AGREE_INTERFACE)
def agree(interface: Interface, entry: InterfaceReviewEntry, *, on: date) -> None:
    """Record that both sides have agreed on the interface. Raises RuleBroken that says what it lacks."""
    refuse_if(life.agreeing_problems(interface.state, lacking(interface, on), next_review=entry.next_review, on=on))
    _stand(interface, entry, on)


def lacking(interface: Interface, on: date) -> list[str]:
    """What both sides still have to settle before the interface counts as agreed, in words."""
    told = bool(interface.description_fi or interface.description_sv or interface.description_en)
    return life.lacks(completeness.held([interface], on)[interface.id], has_description=told)


@act(Action.REVIEW_INTERFACE)
def review(interface: Interface, entry: InterfaceReviewEntry, *, on: date) -> None:
    """Record that both sides have looked the interface through, and when they do so again. Raises RuleBroken."""
    problems = life.step_problems(Step.REVIEW, interface.state)
    refuse_if([*problems, *life.review_problems(entry.next_review, on)])
    _stand(interface, entry, on)


def _stand(interface: Interface, entry: InterfaceReviewEntry, on: date) -> None:
    agreed, criticality = InterfaceState.AGREED, interface.criticality
    interface.state = life.standing(agreed, criticality, interface.exercised_on, on)
    interface.reviewed_on, interface.next_review = on, entry.next_review
    db.session.flush()


@act(Action.DISSOLVE_INTERFACE)
def dissolve(interface: Interface, entry: ReasonEntry) -> None:
    """Dissolve an interface that carries nothing any more; it stays readable. Raises RuleBroken."""
    problems = life.dissolving_problems(interface.state, entry.state_reason)
    if db.session.scalar(readings.carries(interface)):
        message = N_("Dependencies run over it still: link them to another interface first.")
        problems.append(RuleBroken(message, field="state_reason"))
    refuse_if(problems)
    interface.state, interface.state_reason = InterfaceState.DISSOLVED, entry.state_reason
    db.session.flush()


@act(Action.REOPEN_INTERFACE)
def reopen(interface: Interface) -> None:
    """Take up again an interface that was dissolved: it is drafted anew. Raises RuleBroken."""
    refuse_if(life.step_problems(Step.REOPEN, interface.state))
    interface.state, interface.state_reason = InterfaceState.DRAFT, None
    db.session.flush()


@act(Action.EXPLAIN_ORGANISATION)
def explain(organisation: Organisation, entry: PoliceEntry, *, seen: Seen[PoliceEntry] | None) -> None:
    """Say why an organisation has no interface with the police (W13). Raises StaleEntry if it has changed since."""
    refuse_stale(seen, police_now(organisation))
    organisation.police_interface_reason = entry.police_interface_reason
    db.session.flush()


def police_now(organisation: Organisation) -> Seen[PoliceEntry]:
    """What a person sees who says why there is no interface with the police."""
    return Seen(PoliceEntry(police_interface_reason=organisation.police_interface_reason))


def partners_offered(organisation: Organisation) -> list[Organisation]:
    """The partners that an interface of the organisation may have."""
    return list(db.session.scalars(readings.partners(actor.current().scope, organisation)))
