"""Networks that do the same work (W22): the report, and what one network's page tells of it."""

from collections.abc import Sequence
from types import SimpleNamespace

from flask import render_template
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.access import Action
from prepare.db import db
from prepare.gate.opening import opens_page
from prepare.texts import name_of
from risks import networks as rules
from risks.models.networks import Network
from risks.queries import networks as queries
from risks.views import places
from risks.views.blueprint import bp


@bp.get("/safety/networks/overlaps")
@opens_page(Action.VIEW_NETWORK)
def network_overlaps() -> ResponseReturnValue:
    """Pairs of networks with an area and a target group in common, and areas by how many networks work in them."""
    areas = places.load()
    found = db.session.scalars(queries.networks(actor.current().scope)).all()
    return render_template(
        "risks/network_overlaps.html",
        pairs=told(found, areas),
        unsaid=[one for one in found if not one.target_groups],
        coverage=_coverage(found, areas),
        areas=areas,
    )


def told(found: Sequence[Network], areas: places.Areas) -> list[SimpleNamespace]:
    """The overlaps among these networks, each with both networks and what they share in words."""
    by_code = {one.code: one for one in found}
    names = {m.organisation.code: name_of(m.organisation) for n in found for m in n.in_force if m.organisation}
    return [
        SimpleNamespace(
            one=by_code[pair.one.code],
            other=by_code[pair.other.code],
            areas=areas.names(pair.areas),
            groups=pair.target_groups,
            members=[names[code] for code in pair.members],
        )
        for pair in rules.overlaps([queries.case(one) for one in found], areas.lines)
    ]


def overlaps_of(network: Network, areas: places.Areas) -> list[SimpleNamespace]:
    """The overlaps of one network that still works: each with .other, .areas, .groups and .members."""
    if not network.state.is_open:
        return []
    pairs = told(db.session.scalars(queries.networks(actor.current().scope)).all(), areas)
    mine = [pair for pair in pairs if network in (pair.one, pair.other)]
    for pair in mine:
        pair.other = pair.other if pair.one is network else pair.one
    return mine


def _coverage(found: Sequence[Network], areas: places.Areas) -> list[SimpleNamespace]:
    """Each area with the networks that work in it or in what it lies in; nobody is told by an empty list."""
    rows = []
    for node in areas.nodes:
        line = areas.lines[node.code]
        here = [one for one in found if any(code in line for code in one.areas)]
        rows.append(SimpleNamespace(item=areas.by_code[node.code], depth=node.depth, networks=here))
    return rows
