"""Layers of the dependency graph: suppliers above, consumers below, each as far down as its longest chain of suppliers.

Functions that depend on each other in a circle share a layer.
"""

from functools import lru_cache
from typing import NamedTuple

import networkx as nx

Pair = tuple[int, int]  #: (supplier, consumer)


class Layers(NamedTuple):
    """The layer of every function, counted from 0 on top, and for those in a circle the number of their circle."""

    layer: dict[int, int]
    circle: dict[int, int]

    def closes_circle(self, pair: Pair) -> bool:
        """Whether the link runs within a circle."""
        supplier, consumer = pair
        return supplier in self.circle and self.circle[supplier] == self.circle.get(consumer)


@lru_cache(maxsize=8)  # a page asks again and again for what one reader sees of one state of the records
def layered(functions: frozenset[int], links: frozenset[Pair]) -> Layers:
    """The layers of these functions by these links; a link with an end that is not among the functions is left out."""
    graph = nx.DiGraph()
    graph.add_nodes_from(functions)
    graph.add_edges_from(pair for pair in links if pair[0] in graph and pair[1] in graph)
    whole = nx.condensation(graph)
    layer, circle = {}, {}
    for depth, parts in enumerate(nx.topological_generations(whole)):
        for part in parts:
            members = whole.nodes[part]["members"]
            layer.update(dict.fromkeys(members, depth))
            if len(members) > 1:
                circle.update(dict.fromkeys(members, min(members)))
    return Layers(layer, circle)
