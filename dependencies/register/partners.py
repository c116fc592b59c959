"""Every change to what partners are shown, and to the links by which they answer without an account."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from dependencies.analysing import partners as reading
from dependencies.entries.confirmations import StatedDelivery
from dependencies.entries.partners import Answer, LinkEntry, link_problems
from dependencies.models.interfaces import Interface
from dependencies.models.links import ConfirmationLink
from dependencies.models.needs import Dependency
from dependencies.register import confirmations
from dependencies.vocabulary import InterfaceState
from prepare import actor, audit
from prepare.access import Action, act
from prepare.db import db
from prepare.errors import RuleBroken, refuse_if
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.models.users import Share
from prepare.texts import N_
from prepare.vocabulary import Shared

UNSHARED = N_("It is not shared with the organisation any more.")


@act(Action.ADD_SHARE)
def share(interface: Interface) -> Share:
    """Show an interface to the partner on its other side; its people read it from their next request on.

    It is never shown to another organisation. Raises RuleBroken when it is shared already or dissolved.
    """
    if interface.state is InterfaceState.DISSOLVED:
        raise RuleBroken(N_("The interface has been dissolved."))
    found = db.session.scalars(reading.share_of(interface, interface.party)).one_or_none()
    if found and found.ended_at is None:
        raise RuleBroken(N_("The interface is shared with the partner already."))
    if found is None:
        found = Share(organisation=interface.party, what=Shared.INTERFACE, record_id=interface.id)
        db.session.add(found)
    found.ended_at = None
    audit.note(interface, {"party_id": [None, interface.party.code]})
    return found


@act(Action.END_SHARE)
def end_share(record: Interface | Function, organisation: Organisation, *, at: datetime) -> None:
    """Stop showing an interface or a function to an organisation, from its people's next request on.

    Raises RuleBroken when it is not shared.
    """
    found = db.session.scalars(reading.share_of(record, organisation)).one_or_none()
    if found is None or found.ended_at is not None:
        raise RuleBroken(UNSHARED)
    found.ended_at = at
    audit.note(record, {"party_id": [organisation.code, None]})


@act(Action.MAKE_LINK)
def make_link(interface: Interface, entry: LinkEntry, *, token_hash: str, at: datetime) -> ConfirmationLink:
    """Make a link by which somebody of the partner without an account answers for this interface, once.

    Raises RuleBroken with every rule that the entry breaks, and when there is nothing to answer.
    """
    refuse_if(link_problems(entry))
    if interface.state is InterfaceState.DISSOLVED:
        raise RuleBroken(N_("The interface has been dissolved."))
    if db.session.scalars(reading.open_lines(reading.guest(interface), interface).limit(1)).first() is None:
        raise RuleBroken(N_("No dependency runs over the interface that the partner could answer. Link one first."))
    made = ConfirmationLink(
        interface=interface,
        token_hash=token_hash,
        recipient=entry.recipient or "",
        language=entry.language or "",
        expires_at=at + timedelta(days=entry.days or 1),
    )
    db.session.add(made)
    db.session.flush()
    return made


@act(Action.WITHDRAW_LINK)
def withdraw_link(link: ConfirmationLink, *, at: datetime) -> None:
    """Let a link open nothing any more. Raises RuleBroken when it has been used or withdrawn."""
    if link.used_at is not None:
        raise RuleBroken(N_("The link has been used already. What was signed stays on record."))
    if link.withdrawn_at is not None:
        raise RuleBroken(N_("The link has been withdrawn already."))
    link.withdrawn_at = at
    db.session.flush()


@act(Action.USE_LINK)
def use_link(link: ConfirmationLink, answers: Sequence[Answer], *, role: str, on: date, at: datetime) -> None:
    """Sign what somebody answered by a link, and use the link up: all or nothing.

    Raises RuleBroken when nothing is answered, when a line is not one that the link shows, and as the statements of
    both sides do.
    """
    if not answers:
        raise RuleBroken(N_("Answer at least one line."))
    shown = {one.id: one for one in db.session.scalars(reading.open_lines(actor.current(), link.interface))}
    link.used_at, link.used_by = at, role
    db.session.flush()
    for answer in answers:
        if answer.dependency_id not in shown:
            raise RuleBroken(N_("The lines have changed meanwhile. Look at them and sign again."))
        _sign(shown[answer.dependency_id], answer, on=on)


def _sign(dependency: Dependency, answer: Answer, *, on: date) -> None:
    if isinstance(answer.said, StatedDelivery):
        confirmations.state_delivery(dependency, answer.said, seen=answer.seen, on=on)
    else:
        confirmations.state_need(dependency, answer.said, seen=answer.seen, on=on)
