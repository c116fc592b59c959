"""What one reader sees of the dependency graph: the functions that may be read, and those that they are linked with.

A link is seen by whoever may read its consumer or its supplier. An end that the reader may not even name is
"outside your view": it is drawn once, and counted nowhere.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from dependencies.graph import Graph, Link, needs_of
from dependencies.reduction import Card
from dependencies.vocabulary import Standing
from prepare.actor import Scope

OUTSIDE = 0  #: stands for every function that the reader may not name; records begin at 1


class Tie(NamedTuple):
    """One link as the reader sees it; an end may be `OUTSIDE`."""

    supplier: int
    consumer: int
    link: Link  #: the link itself, never to be shown: its supplier may lie outside the view
    is_confirmed: bool


@dataclass(frozen=True)
class Sight:
    """The part of the graph that a reader sees: functions by id, whether each may be opened, and the links."""

    cards: Mapping[int, Card]
    opened: Collection[int]
    ties: tuple[Tie, ...]


def seen(scope: Scope, graph: Graph, cards: Mapping[int, Card]) -> Sight:
    """The part of the graph that this scope sees; `cards` hold every function of the graph."""
    covers = cache(scope.covers)  # of few organisations and three classes
    opened = {
        id_
        for id_, c in cards.items()
        if id_ in graph and (id_ in scope.functions or covers(c.path, c.confidentiality))
    }
    named: dict[int, bool] = {}

    def end(id_: int) -> int:
        if id_ in opened:
            return id_
        if id_ not in named:
            named[id_] = scope.names(id_, cards[id_].path, cards[id_].confidentiality)
        return id_ if named[id_] else OUTSIDE

    ties = []
    for need in needs_of(graph):
        for alternative in need.alternatives:
            if need.consumer in opened or alternative.supplier in opened:
                link, confirmed = Link(need.id, alternative.supplier), alternative.standing is Standing.CONFIRMED
                ties.append(Tie(end(alternative.supplier), end(need.consumer), link, confirmed))
    shown = opened | {id_ for id_, may_name in named.items() if may_name}
    return Sight({id_: cards[id_] for id_ in sorted(shown)}, opened, tuple(ties))
