"""Readings of the networks."""

from collections.abc import Collection

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import contains_eager, selectinload

from prepare.actor import Scope
from prepare.models.lists import holding
from prepare.models.organisations import Organisation
from prepare.queries.scopes import bound_by, containing, within
from prepare.texts import search_key
from risks.models.measures import Measure
from risks.models.networks import Network, NetworkMember, NetworkRequest, network_measure
from risks.networks import NetworkCase
from risks.vocabulary.networks import NetworkState
from risks.vocabulary.safety import TargetGroup, Theme

OPEN = tuple(state for state in NetworkState if state.is_open)


def networks(
    scope: Scope,
    *,
    q: str = "",
    areas: Collection[str] = (),
    theme: Theme | None = None,
    group: TargetGroup | None = None,
    state: NetworkState | None = None,
) -> Select[Network]:
    """Networks of the scope with their members, by name.

    `q` finds words of code and names, `areas` those that work in one of these areas; without `state` merged and
    closed ones are left out.
    """
    members = selectinload(Network.members).joinedload(NetworkMember.organisation)
    rows = select(Network).join(Network.organisation).options(contains_eager(Network.organisation), members)
    rows = rows.where(bound_by(scope, Network.confidentiality, open_below=Network.open_below))
    if folded := search_key(q):
        rows = rows.where(containing(Network.search_text, folded))
    if areas:
        rows = rows.where(or_(*(holding(Network.areas, area) for area in areas)))
    if theme:
        rows = rows.where(holding(Network.themes, theme))
    if group:
        rows = rows.where(holding(Network.target_groups, group) | holding(Network.target_groups, TargetGroup.ALL))
    rows = rows.where(Network.state == state if state else Network.state.in_(OPEN))
    return rows.order_by(Network.sort_name, Network.code)


def counted(rows: Select[Network]) -> Select[int]:
    """How many rows there are."""
    return rows.with_only_columns(func.count(Network.id), maintain_column_froms=True).order_by(None)


def any_state(scope: Scope) -> Select[Network]:
    """Every network of the scope, also merged and closed ones, by code."""
    rows = select(Network).join(Network.organisation).options(contains_eager(Network.organisation))
    bound = bound_by(scope, Network.confidentiality, open_below=Network.open_below)
    return rows.where(bound).order_by(Network.code)


def measures(scope: Scope) -> Select[Measure]:
    """The measures that the scope may read, by code."""
    rows = select(Measure).join(Organisation, Organisation.id == Measure.organisation_id)
    return rows.where(within(scope, Measure.confidentiality)).order_by(Measure.code)


def measures_of(scope: Scope, network: Network) -> Select[Measure]:
    """What an opened network carries out, as far as the scope may read it."""
    linked = network_measure.c.measure_id == Measure.id
    return measures(scope).join(network_measure, linked).where(network_measure.c.network_id == network.id)


def requests(network: Network) -> Select[NetworkRequest]:
    """What an opened network has asked the unit for, the latest first."""
    rows = select(NetworkRequest).where(NetworkRequest.network_id == network.id)
    return rows.order_by(NetworkRequest.asked_on.desc(), NetworkRequest.id.desc())


def unanswered(scope: Scope) -> Select[NetworkRequest, Network]:
    """Requests that wait for the unit, the oldest first, each with its network."""
    rows = select(NetworkRequest, Network).join(Network, Network.id == NetworkRequest.network_id)
    rows = rows.join(Organisation, Organisation.id == Network.organisation_id)
    rows = rows.where(bound_by(scope, Network.confidentiality, open_below=Network.open_below))
    return rows.where(NetworkRequest.answered_on.is_(None)).order_by(NetworkRequest.asked_on, NetworkRequest.id)


def case(network: Network) -> NetworkCase:
    """A network as the rule of overlaps sees it."""
    members = frozenset(member.organisation.code for member in network.in_force if member.organisation)
    return NetworkCase(network.code, network.areas, network.target_groups, members)
