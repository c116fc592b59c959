"""Sets of minutes as sorted, disjoint, half-open intervals `(start, end)`: start belongs to the set, end does not."""

from collections.abc import Iterable, Sequence

Interval = tuple[int, int]
Intervals = Sequence[Interval]


def union(sets: Iterable[Intervals]) -> list[Interval]:
    """The minutes that lie in at least one of the sets."""
    return at_least(sets, 1)


def at_least(sets: Iterable[Intervals], count: int) -> list[Interval]:
    """The minutes that lie in at least `count` of the sets; `count` is 1 or more."""
    edges = sorted(edge for intervals in sets for start, end in intervals for edge in ((start, 1), (end, -1)))
    found: list[Interval] = []
    depth, since = 0, 0
    position = 0
    while position < len(edges):
        minute, before = edges[position][0], depth
        while position < len(edges) and edges[position][0] == minute:
            depth += edges[position][1]
            position += 1
        if before < count <= depth:
            since = minute
        elif depth < count <= before:
            found.append((since, minute))
    return found


def endured(intervals: Intervals, tolerance: int) -> list[Interval]:
    """What is left when the first `tolerance` minutes of every interval are endured (an erosion).

    An interval that is not longer than the tolerance is not felt at all.
    """
    return [(start + tolerance, end) for start, end in intervals if end - start > tolerance]


def without(intervals: Intervals, others: Intervals) -> list[Interval]:
    """The minutes that lie in `intervals` but not in `others`."""
    found: list[Interval] = []
    for start, end in intervals:
        for other_start, other_end in others:
            if other_end <= start or other_start >= end:
                continue
            if start < other_start:
                found.append((start, other_start))
            start = other_end
        if start < end:
            found.append((start, end))
    return found


def before(intervals: Intervals, limit: int) -> list[Interval]:
    """The part of the set that lies before the minute `limit`."""
    return [(start, min(end, limit)) for start, end in intervals if start < limit]
