"""The dependency graph: functions and needs as one networkx DiGraph, built once per revision of the records.

An edge runs from a supplier to a need and from the need to its consumer. A function works when all its
essential needs are met (AND); a need is met when `min_required` of its alternatives work (k of n, an OR).

Nodes are the functions' own ids, `NeedNode` and `ReserveNode`. Every node carries `facts`; an edge that
leaves a function carries `standing` and `loop` (see `loop_links`). The graph's attribute `revision` says
which state of the records it shows.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import networkx as nx

from dependencies.vocabulary import Standing, Strength
from prepare.errors import RuleBroken
from prepare.texts import N_
from prepare.vocabulary import Criticality

Graph: TypeAlias = nx.DiGraph


@dataclass(frozen=True)
class FunctionFacts:
    """What a calculation needs to know of a function; durations are whole minutes, None is unknown."""

    id: int
    code: str
    organisation_id: int = 0
    organisation: str = ""  #: the organisation's code
    criticality: Criticality | None = None
    restart_min: int | None = None
    rto_min: int | None = None
    mtpd_min: int | None = None
    recovery_min: int | None = None  #: what it achieves by itself, or what its provider promises


@dataclass(frozen=True)
class Alternative:
    """One function that can satisfy a need, with what it endures beyond the need's own tolerance."""

    supplier: int
    extra_tolerance_min: int = 0
    standing: Standing = Standing.PROPOSED


@dataclass(frozen=True)
class NeedFacts:
    """What a function needs: at least `min_required` of the alternatives, or it endures `tolerance_min`.

    With fewer than `wished` alternatives (None: not said) the function works, but degraded.
    """

    id: int
    consumer: int
    name: str
    strength: Strength
    tolerance_min: int
    alternatives: tuple[Alternative, ...]
    min_required: int = 1
    wished: int | None = None

    @property
    def losses(self) -> int:
        """How many alternatives must be lost before the need is unmet: n - k + 1."""
        return len(self.alternatives) - self.min_required + 1

    def tolerance_of(self, alternative: Alternative) -> int:
        """How long the function manages from the loss of this alternative, were it the decisive one."""
        return self.tolerance_min + alternative.extra_tolerance_min


class NeedNode(NamedTuple):
    """The node of a need."""

    need: int


class ReserveNode(NamedTuple):
    """A pass-through on the way from a supplier to a need: the alternative's own extra tolerance."""

    need: int
    supplier: int


class Link(NamedTuple):
    """One alternative of one need."""

    need: int
    supplier: int


def build(
    functions: Iterable[FunctionFacts],
    needs: Iterable[NeedFacts],
    *,
    revision: int = 0,
    loops: Collection[Link] | None = None,
) -> Graph:
    """The graph of these functions and needs, stamped with the revision of the records they came from.

    An extra tolerance of one among several alternatives becomes a `ReserveNode`; that of an only
    alternative simply adds to the need. The graph is frozen. For a part of a larger graph `loops` are the loop
    links of the whole (see `loop_links`).

    Raises RuleBroken when a need names an unknown function, its own consumer, the same supplier twice,
    more alternatives than it has, or a negative duration.
    """
    graph = Graph(revision=revision)
    for function in functions:
        graph.add_node(function.id, facts=function)
    for need in needs:
        check(need, graph.nodes)
        _add_need(graph, need)
    loops = loop_links(needs_of(graph)) if loops is None else loops
    for _, _, data in graph.edges(data=True):
        if "link" in data:
            data["loop"] = data["link"] in loops
    return nx.freeze(graph)


def _add_need(graph: Graph, need: NeedFacts) -> None:
    node = NeedNode(need.id)
    graph.add_node(node, facts=need)
    graph.add_edge(node, need.consumer)
    for alternative in need.alternatives:
        link = Link(need.id, alternative.supplier)
        target: NeedNode | ReserveNode = node
        if alternative.extra_tolerance_min and len(need.alternatives) > 1:
            target = ReserveNode(need.id, alternative.supplier)
            graph.add_node(target, facts=alternative)
            graph.add_edge(target, node)
        graph.add_edge(alternative.supplier, target, link=link, standing=alternative.standing)


def check(need: NeedFacts, functions: Iterable[object]) -> None:
    """Raises RuleBroken unless the need can take part in a graph of these functions."""
    suppliers = [alternative.supplier for alternative in need.alternatives]
    if need.consumer in suppliers:
        raise RuleBroken(N_("%(need)s: a function cannot be its own supplier."), need=need.name)
    if len(set(suppliers)) < len(suppliers):
        raise RuleBroken(N_("%(need)s: the same supplier is listed twice."), need=need.name)
    if not 1 <= need.min_required <= len(suppliers):
        raise RuleBroken(
            N_("%(need)s: %(required)s alternatives are needed, but there are %(count)s."),
            need=need.name,
            required=need.min_required,
            count=len(suppliers),
        )
    if need.wished is not None and not need.min_required <= need.wished <= len(suppliers):
        raise RuleBroken(N_("%(need)s: the wished number lies outside the alternatives."), need=need.name)
    if need.tolerance_min < 0 or any(a.extra_tolerance_min < 0 for a in need.alternatives):
        raise RuleBroken(N_("%(need)s: a tolerance cannot be negative."), need=need.name)
    if any(function not in functions for function in (need.consumer, *suppliers)):
        raise RuleBroken(N_("%(need)s: a function that takes part is not in force."), need=need.name)


def functions_of(graph: Graph) -> Iterator[FunctionFacts]:
    """The functions in the graph, in the order in which they were added."""
    return (facts for _, facts in graph.nodes(data="facts") if isinstance(facts, FunctionFacts))


def needs_of(graph: Graph) -> Iterator[NeedFacts]:
    """The needs in the graph, in the order in which they were added."""
    return (facts for _, facts in graph.nodes(data="facts") if isinstance(facts, NeedFacts))


def bridged_links_of(graph: Graph) -> frozenset[Link]:
    """The links that are taken to be bridged by hand once every original fault is repaired."""
    return frozenset(data["link"] for _, _, data in graph.edges(data=True) if data.get("loop"))


def loop_links(needs: Iterable[NeedFacts]) -> set[Link]:
    """The most tolerant link of every circular dependency among essential needs (cascade.md 2.3).

    Inside each strongly connected component the links with the largest tolerance are taken out, again and
    again until no circle is left. A restart does not wait for them once every original fault of a scenario
    is repaired: the circle is taken to be bridged by hand there. A graph without circles has none.
    """
    open_links = [
        (alternative.supplier, need.consumer, need.tolerance_of(alternative), Link(need.id, alternative.supplier))
        for need in needs
        if need.strength is Strength.ESSENTIAL
        for alternative in need.alternatives
    ]
    found: set[Link] = set()
    while open_links:
        component = _components(open_links)
        inside = [link for link in open_links if component[link[0]] == component[link[1]]]
        largest: dict[int, int] = {}
        for supplier, _, tolerance, _ in inside:
            largest[component[supplier]] = max(tolerance, largest.get(component[supplier], 0))
        found |= {link for supplier, _, tolerance, link in inside if tolerance == largest[component[supplier]]}
        open_links = [link for link in inside if link[3] not in found]
    return found


def _components(links: Iterable[tuple[int, int, int, Link]]) -> dict[int, int]:
    """The number of the strongly connected component of every function on the links."""
    circles = nx.strongly_connected_components(nx.DiGraph((supplier, consumer) for supplier, consumer, _, _ in links))
    return {function: number for number, circle in enumerate(circles) for function in circle}
