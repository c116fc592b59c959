"""The networks: the list, a network's page, adding and editing, asking the unit and its answer."""

from functools import partial
from types import SimpleNamespace
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.access import Action
from prepare.clock import today
from prepare.db import db
from prepare.gate.opening import opens, opens_page
from prepare.queries.pages import page
from prepare.texts import N_, name_of
from prepare.views import choosing, keeping
from prepare.views.clashes import Editing
from prepare.views.functions import word
from prepare.views.paging import PAGE_SIZE, paging
from risks import networks as rules
from risks.entries.networks import MemberEntry, NetworkEntry
from risks.forms.networks import AddNetworkForm, AnswerForm, NetworkForm, RequestForm
from risks.models.networks import Network, NetworkRequest
from risks.queries import networks as queries
from risks.register import networks as register
from risks.views import choices, places
from risks.views.blueprint import bp
from risks.views.overlaps import overlaps_of
from risks.vocabulary.networks import NetworkState
from risks.vocabulary.safety import TargetGroup, Theme


@bp.get("/safety/networks/")
@opens_page(Action.VIEW_NETWORK)
def networks() -> ResponseReturnValue:
    """The networks: search, filters, paging, and what waits for the unit's answer."""
    scope, areas = actor.current().scope, places.load()
    area = areas.asked()
    wanted = SimpleNamespace(
        q=request.args.get("q", "")[:200],
        theme=word(Theme, request.args.get("theme")),
        group=word(TargetGroup, request.args.get("group")),
        state=word(NetworkState, request.args.get("state")),
    )
    found = queries.networks(scope, areas=areas.within(area), **vars(wanted))
    at = paging(db.session.scalar(queries.counted(found)) or 0)
    return render_template(
        "risks/networks.html",
        rows=db.session.scalars(page(found, Network.id, offset=at.offset, limit=PAGE_SIZE)).all(),
        at=at,
        wanted=wanted,
        area=area,
        areas=areas,
        themes=Theme,
        groups=TargetGroup,
        states=NetworkState,
        waiting=db.session.execute(queries.unanswered(scope).limit(PAGE_SIZE)).all(),
    )


@bp.get("/safety/networks/<uuid:ref>")
@opens(Network, Action.VIEW_NETWORK)
def network(network: Network) -> ResponseReturnValue:
    """One network: where it works, who belongs to it, what it does and asks for, and where others do the same."""
    scope, areas = actor.current().scope, places.load()
    into = network.merged_into
    measures = db.session.scalars(queries.measures_of(scope, network)).all()
    return render_template(
        "risks/network.html",
        network=network,
        gaps=rules.gaps(register.seen_now(network).entry),
        into=into if into and actor.readable(actor.current(), into) else None,
        areas=areas,
        members=network.in_force,
        measures=measures,
        requests=db.session.scalars(queries.requests(network)).all(),
        overlaps=overlaps_of(network, areas),
    )


@bp.route("/safety/networks/new", methods=["GET", "POST"])
@opens_page(Action.ADD_NETWORK)
def add_network() -> ResponseReturnValue:
    """Keep a new network."""
    own = choices.binding(Action.ADD_NETWORK)
    form = AddNetworkForm(obj=NetworkEntry(name_fi=""), organisation=choices.topmost(own).code)
    form.organisation.offer(choices.labelled(own))
    _offer(form)
    return keeping.adding(
        form,
        lambda: register.add(keeping.chosen(own, form.organisation.data), form.entry(), on=today()),
        N_("The network was added."),
        "risks.network",
        lambda: _page(form, url_for("risks.networks"), several=len(own) > 1),
    )


@bp.route("/safety/networks/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(Network, Action.EDIT_NETWORK)
def edit_network(network: Network) -> ResponseReturnValue:
    """Change a network; what two people changed at the same time is put together."""
    form = NetworkForm(obj=register.seen_now(network).entry)
    areas, names = _offer(form, network)
    edited: Editing[NetworkEntry] = Editing(
        network,
        form,
        partial(register.seen_now, network),
        lambda entry, seen: register.edit(network, entry, seen=seen, on=today()),
        title=f"{network.code} {name_of(network)}",
        back=url_for("risks.network", ref=network.ref),
        told=lambda name, value: _told(areas, names, name, value),
    )
    return keeping.editing(edited, N_("The network was saved."), lambda: _page(form, edited.back, network))


def _told(areas: places.Areas, names: dict[str, str], name: str, value: Any) -> str | None:
    """A field of a network in words; its members stand one on each line."""
    if name == "members":
        return "\n".join(_member(names, member) for member in value) or None
    return areas.told(name, value)


def _member(names: dict[str, str], member: MemberEntry) -> str:
    organisation = names.get(member.organisation, member.organisation) if member.organisation else None
    return ": ".join(filter(None, [organisation, member.role]))


def _offer(form: NetworkForm, network: Network | None = None) -> tuple[places.Areas, dict[str, str]]:
    """Give the form what it chooses among; gives the areas, and the names of organisations."""
    areas = places.load()
    areas.offer(form.areas)
    members = [member.organisation for member in network.in_force if member.organisation] if network else []
    organisations = {one.code: name_of(one) for one in [*choosing.organisations(own=None).values(), *members]}
    form.offer_rows(list(organisations.items()))
    others = db.session.scalars(queries.networks(actor.current().scope)).all()
    listed = [one for one in others if one is not network]
    if network and network.merged_into:
        listed += [network.merged_into] if network.merged_into not in listed else []
    form.merged_into.offer([(one.code, f"{one.code} {name_of(one)}") for one in listed])
    return areas, organisations


def _page(
    form: NetworkForm, back: str, network: Network | None = None, *, several: bool = False
) -> ResponseReturnValue:
    return render_template("risks/network_form.html", form=form, network=network, back=back, several=several)


@bp.route("/safety/networks/<uuid:ref>/ask", methods=["GET", "POST"])
@opens(Network, Action.ASK_NETWORK)
def ask_network(network: Network) -> ResponseReturnValue:
    """Ask the unit for support on behalf of a network."""
    form, back = RequestForm(), url_for("risks.network", ref=network.ref, _anchor="requests")
    title = f"{network.code} {name_of(network)}"
    return keeping.asking(
        form,
        lambda: register.ask(network, form.entry(), on=today()),
        N_("The unit has been asked. It answers on this page."),
        back,
        lambda: render_template("risks/network_request.html", form=form, asked=None, title=title, back=back),
    )


@bp.route("/safety/network-requests/<uuid:ref>/answer", methods=["GET", "POST"])
@opens(NetworkRequest, Action.ANSWER_NETWORK)
def answer_network(asked: NetworkRequest) -> ResponseReturnValue:
    """Answer a network's request."""
    network = asked.network
    form, back = AnswerForm(obj=asked), url_for("risks.network", ref=network.ref, _anchor="requests")
    title = f"{network.code} {name_of(network)}"
    return keeping.asking(
        form,
        lambda: register.answer(asked, form.entry(), on=today()),
        N_("The network has been answered."),
        back,
        lambda: render_template("risks/network_request.html", form=form, asked=asked, title=title, back=back),
    )
