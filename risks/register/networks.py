"""Every change to the networks."""

from dataclasses import replace
from datetime import date

from prepare import actor
from prepare.access import Action, act
from prepare.db import db
from prepare.errors import RuleBroken, refuse_if
from prepare.merging import Seen, refuse_stale
from prepare.models.organisations import Organisation
from prepare.queries import organisations
from prepare.register.codes import next_code
from prepare.texts import N_
from risks import networks
from risks.entries.networks import COLUMNS, AnswerEntry, MemberEntry, NetworkEntry, RequestEntry, of_record
from risks.models.networks import Network, NetworkMember, NetworkRequest
from risks.queries import networks as queries
from risks.register import links


@act(Action.ADD_NETWORK)
def add(organisation: Organisation, entry: NetworkEntry, *, on: date) -> Network:
    """Keep a network, under the next free code; it binds the organisation and everything below it.

    Raises RuleBroken with every rule that the entry breaks.
    """
    refuse_if(networks.problems(entry, None, on=on))
    network = Network(code=next_code(Network.code, "N-"), organisation=organisation)
    _fill(network, entry)
    return network


@act(Action.EDIT_NETWORK)
def edit(network: Network, entry: NetworkEntry, *, seen: Seen[NetworkEntry] | None, on: date) -> Network:
    """Change a network, its members, its state and what it carries out.

    Measures that the acting person may not read stay with it. Raises StaleEntry if it has changed since it was
    `seen`, and RuleBroken with every rule that the entry breaks.
    """
    refuse_stale(seen, seen_now(network))
    refuse_if(networks.problems(entry, network.state, on=on))
    _fill(network, entry)
    return network


@act(Action.ASK_NETWORK)
def ask(network: Network, entry: RequestEntry, *, on: date) -> NetworkRequest:
    """Ask the unit for support on behalf of a network that works. Raises RuleBroken when nothing is asked for."""
    if not network.state.is_open:
        raise RuleBroken(N_("The network has been merged or closed."))
    if not entry.request.strip():
        raise RuleBroken(N_("Say what the network needs support for."), field="request")
    code = next_code(NetworkRequest.code, f"{network.code}/")
    request = NetworkRequest(code=code, network=network, request=entry.request, asked_on=on)
    request.asked_by = actor.current().name
    db.session.add(request)
    db.session.flush()
    return request


@act(Action.ANSWER_NETWORK)
def answer(request: NetworkRequest, entry: AnswerEntry, *, on: date) -> None:
    """Answer a network's request; a later answer takes the place of the earlier, which the trail keeps."""
    if not entry.answer.strip():
        raise RuleBroken(N_("Write the answer."), field="answer")
    request.answer, request.answered_on = entry.answer, on
    db.session.flush()


def seen_now(network: Network) -> Seen[NetworkEntry]:
    """What a person sees who edits the network now: measures that the person may not read are left out."""
    codes = tuple(one.code for one in db.session.scalars(queries.measures_of(actor.current().scope, network)))
    entry, into = of_record(network, codes), network.merged_into
    if into and not actor.readable(actor.current(), into):
        entry = replace(entry, merged_into=None)
    return Seen(entry)


def _fill(network: Network, entry: NetworkEntry) -> None:
    into = _merged_into(network, entry)
    chosen = links.named_by(queries.measures(actor.current().scope), entry.measures, "measures")
    for name in COLUMNS:
        setattr(network, name, getattr(entry, name))
    network.merged_into = into
    db.session.add(network)
    db.session.flush()
    _set_members(network, entry.members)
    links.relink(network, "measures", chosen, hidden=lambda one: not actor.readable(actor.current(), one))


def _merged_into(network: Network, entry: NetworkEntry) -> Network | None:
    if entry.merged_into is None:
        return None
    open_ones = queries.networks(actor.current().scope).where(Network.code == entry.merged_into)
    found = db.session.scalars(open_ones).first()
    if found is None and network.merged_into and network.merged_into.code == entry.merged_into:
        return network.merged_into
    if found is None or found is network:
        raise RuleBroken(N_("Choose another network that still works."), field="merged_into")
    return found


def _set_members(network: Network, entries: tuple[MemberEntry, ...]) -> None:
    """Let the network have these members; one who leaves stays readable, and is the same one when it comes back."""
    named = _organisations({one.organisation for one in entries if one.organisation}, network)
    held = {(member.organisation_id, member.role): member for member in network.members}
    wanted = {(named[one.organisation].id if one.organisation else None, one.role) for one in entries}
    for key, member in held.items():
        member.retired = key not in wanted
    for organisation_id, role in sorted(wanted - held.keys(), key=str):
        network.members.append(NetworkMember(organisation_id=organisation_id, role=role, retired=False))
    db.session.flush()


def _organisations(codes: set[str], network: Network) -> dict[str, Organisation]:
    rows = organisations.organisations(actor.current().scope, own=None).where(Organisation.code.in_(codes))
    found = {one.code: one for one in db.session.scalars(rows)}
    found |= {one.organisation.code: one.organisation for one in network.members if one.organisation}
    if unknown := sorted(codes - found.keys()):
        message = N_("There is no such organisation: %(codes)s.")
        raise RuleBroken(message, field="members", codes=", ".join(unknown))
    return found
