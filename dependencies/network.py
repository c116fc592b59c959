"""The graph as adjacency lists, on which the engine runs."""

from typing import NamedTuple

from dependencies.graph import FunctionFacts, Graph, Link, NeedFacts, bridged_links_of, functions_of, needs_of
from dependencies.vocabulary import Strength

Place = int  #: the position of a function, or of a reserve, in a network's lists


class Member(NamedTuple):
    """One alternative of a need, as the engine sees it."""

    place: Place
    link: Link
    loop: bool  #: taken to be bridged by hand once every original fault is repaired


class Network:
    """A graph's essential needs as adjacency lists, made once per graph and never changed.

    A reserve (the extra tolerance of one among several alternatives) takes a place of its own behind the
    functions: it needs its supplier, endures the extra tolerance and is back without a restart.
    """

    def __init__(self, graph: Graph) -> None:
        self.revision: int = graph.graph["revision"]
        self.loops: frozenset[Link] = bridged_links_of(graph)
        self.functions: list[FunctionFacts] = list(functions_of(graph))
        self.place: dict[int, Place] = {function.id: place for place, function in enumerate(self.functions)}
        #: Per place: minutes from "all needs met" to "running"; what it supplies, as (number of the need, loop).
        self.restart: list[int] = [max(1, function.restart_min or 1) for function in self.functions]
        self.supplies: list[list[tuple[int, bool]]] = [[] for _ in self.functions]
        #: Per number of an essential need, or of a reserve's need for its supplier (which has no facts).
        self.consumer: list[Place] = []
        self.tolerance: list[int] = []
        self.losses: list[int] = []
        self.members: list[list[Member]] = []
        self.facts: list[NeedFacts | None] = []
        self.need: dict[int, NeedFacts] = {}  #: the essential needs by their ids
        #: Per place: the needs that it supplies and whose loss degrades the consumer.
        self.degrades: dict[Place, list[NeedFacts]] = {}
        for need in needs_of(graph):
            if need.strength is Strength.ESSENTIAL:
                self.need[need.id] = need
                self._add(need)
            if need.strength is Strength.IMPORTANT or (need.wished and need.strength is Strength.ESSENTIAL):
                for alternative in need.alternatives:
                    self.degrades.setdefault(self.place[alternative.supplier], []).append(need)

    def _add(self, need: NeedFacts) -> None:
        only = need.alternatives[0] if len(need.alternatives) == 1 else None
        members = []
        for alternative in need.alternatives:
            link = Link(need.id, alternative.supplier)
            member = Member(self.place[alternative.supplier], link, link in self.loops)
            if alternative.extra_tolerance_min and not only:
                reserve = len(self.restart)
                self.restart.append(0)
                self.supplies.append([])
                self._list(reserve, alternative.extra_tolerance_min, 1, [member], None)
                member = Member(reserve, link, loop=False)
            members.append(member)
        tolerance = need.tolerance_of(only) if only else need.tolerance_min
        self._list(self.place[need.consumer], tolerance, need.losses, members, need)

    def _list(
        self, consumer: Place, tolerance: int, losses: int, members: list[Member], facts: NeedFacts | None
    ) -> None:
        number = len(self.consumer)
        self.consumer.append(consumer)
        self.tolerance.append(tolerance)
        self.losses.append(losses)
        self.members.append(members)
        self.facts.append(facts)
        for member in members:
            self.supplies[member.place].append((number, member.loop))

    @property
    def has_loops(self) -> bool:
        """Whether any link is taken to be bridged by hand."""
        return bool(self.loops)

    def is_function(self, place: Place) -> bool:
        """Whether the place is a function's own, not a reserve's."""
        return place < len(self.functions)

    def supplier(self, member: Member) -> Place:
        """The place of the function behind a member, be it a reserve or the function itself."""
        return self.place[member.link.supplier]
