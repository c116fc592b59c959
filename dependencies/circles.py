"""Circular dependencies on arrays: what `graph.loop_links` says, for graphs of any size (cascade.md 2.3)."""

from typing import Any

import numpy as np

from dependencies.compiling import compiled, fast, is_to_be_had
from dependencies.packed import Flags, Ints

UNSEEN = -1


def loops(count: int, suppliers: Ints, consumers: Ints, tolerances: Ints) -> Flags:
    """Which of the links between `count` functions are the most tolerant ones of a circle.

    Inside each strongly connected component the links with the largest tolerance are taken out, again and again
    until no circle is left.
    """
    found = np.zeros(len(suppliers), np.bool_)
    order = np.argsort(suppliers, kind="stable")
    while len(order):
        component = _components(count, suppliers[order], consumers[order])
        order = order[component[suppliers[order]] == component[consumers[order]]]
        of = component[suppliers[order]]
        largest = np.full(count, UNSEEN, np.int64)
        np.maximum.at(largest, of, tolerances[order])
        is_largest = tolerances[order] == largest[of]
        found[order[is_largest]] = True
        order = order[~is_largest]
    return found


def _components(count: int, suppliers: Ints, consumers: Ints) -> Ints:
    """The number of the strongly connected component of every function; the links are ordered by supplier."""
    first = np.searchsorted(suppliers, np.arange(count + 1)).astype(np.int32)
    columns: list[Any] = [first, np.asarray(consumers, np.int32)]
    columns += [np.full(count, UNSEEN, np.int32), np.full(count, UNSEEN, np.int32), first[:-1].copy()]
    columns += [np.zeros(count, np.int32) for _ in range(3)]
    if is_to_be_had():
        fast(number)(*columns)
        return np.asarray(columns[2])
    lists = [column.tolist() for column in columns]
    number(*lists)
    return np.array(lists[2], np.int32)


@compiled
def number(first: Ints, to: Ints, component: Ints, index: Ints, step: Ints, low: Ints, path: Ints, open_: Ints) -> None:
    """Number the strongly connected components (Tarjan's way, without recursion) into `component`."""
    seen = found = opened = 0
    for root in range(len(component)):
        depth = 0
        if index[root] == UNSEEN:
            path[0], depth = root, 1
        while depth:
            place = int(path[depth - 1])
            if index[place] == UNSEEN:
                index[place] = low[place] = seen
                open_[opened] = place
                seen, opened = seen + 1, opened + 1
            if step[place] < first[place + 1]:
                other = int(to[step[place]])
                step[place] += 1
                if index[other] == UNSEEN:
                    path[depth] = other
                    depth += 1
                elif component[other] == UNSEEN:
                    low[place] = min(low[place], index[other])
                continue
            depth -= 1
            if depth:
                above = int(path[depth - 1])
                low[above] = min(low[above], low[place])
            if low[place] == index[place]:
                while component[place] == UNSEEN:
                    opened -= 1
                    component[open_[opened]] = found
                found += 1
