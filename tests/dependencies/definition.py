"""The definition of a cascade, solved by brute force: the oracle that the engine is held against.

A set of minutes is one integer: bit t is set when minute t belongs to the set. The equations of
`dependencies.cascade` are applied to every function again and again, from "only the hits are down", until
nothing changes (Kleene iteration to the least solution). Nothing here knows of events, clocks or queues,
and an alternative's extra tolerance is applied where it is defined, without any pass-through.
"""

from collections.abc import Iterable, Mapping, Sequence

from dependencies.graph import FunctionFacts, Link, NeedFacts
from dependencies.intervals import Interval
from dependencies.vocabulary import Strength

Minutes = int


def down(
    functions: Iterable[FunctionFacts],
    needs: Sequence[NeedFacts],
    hits: Iterable[tuple[int, int, int]],
    horizon: int,
    *,
    bridged_links: frozenset[Link] = frozenset(),
    bridged_at: int | None = None,
) -> dict[int, Minutes]:
    """The minutes in which each function is down; `hits` are (function, start, end).

    From minute `bridged_at` on the `bridged_links` no longer count as lost.
    """
    always = (1 << horizon) - 1
    counts = always if bridged_at is None else (1 << min(bridged_at, horizon)) - 1
    hit = {function.id: 0 for function in functions}
    for function, start, end in hits:
        hit[function] |= minutes(start, min(end, horizon))
    state = dict(hit)
    while True:
        following = dict(hit)
        for need in needs:
            if need.strength is Strength.ESSENTIAL:
                lost = [
                    endured(state[a.supplier], a.extra_tolerance_min)
                    & (counts if Link(need.id, a.supplier) in bridged_links else always)
                    for a in need.alternatives
                ]
                exhausted = endured(at_least(lost, need.losses), need.tolerance_min)
                following[need.consumer] |= drawn_out(exhausted, restart(functions, need.consumer)) & always
        if following == state:
            return state
        state = following


def degraded(
    needs: Sequence[NeedFacts], is_down: Mapping[int, Minutes], hits: Iterable[tuple[int, int, int]], horizon: int
) -> dict[int, Minutes]:
    """The minutes in which each function works, but degraded; `hits` are the degrading ones."""
    state = dict.fromkeys(is_down, 0)
    for function, start, end in hits:
        state[function] |= minutes(start, min(end, horizon))
    for need in needs:
        lost = [endured(is_down[a.supplier], a.extra_tolerance_min) for a in need.alternatives]
        if need.strength is Strength.IMPORTANT:
            state[need.consumer] |= endured(at_least(lost, need.losses), need.tolerance_min)
        if need.strength is not Strength.SUPPORTING and need.wished is not None:
            state[need.consumer] |= at_least(lost, len(need.alternatives) - need.wished + 1)
    return {function: state[function] & ~is_down[function] for function in state}


def restart(functions: Iterable[FunctionFacts], function: int) -> int:
    """The restart time of a function; unknown counts as one minute."""
    return max(1, next(facts.restart_min for facts in functions if facts.id == function) or 1)


def minutes(start: int, end: int) -> Minutes:
    """The minutes from `start` up to, not including, `end`."""
    return (1 << end) - (1 << start) if start < end else 0


def at_least(sets: Sequence[Minutes], count: int) -> Minutes:
    """The minutes that lie in `count` or more of the sets."""
    reached = [-1] + [0] * count  # reached[n]: minutes that lie in n or more of the sets seen so far
    for members in sets:
        for n in range(count, 0, -1):
            reached[n] |= reached[n - 1] & members
    return reached[count]


def endured(members: Minutes, tolerance: int) -> Minutes:
    """The minutes t for which the whole of [t - tolerance, t] lies in the set."""
    for _ in range(tolerance):
        members &= members << 1
    return members


def drawn_out(members: Minutes, restart_min: int) -> Minutes:
    """The minutes that lie at most `restart_min` after a minute of the set."""
    found = members
    for shift in range(1, restart_min + 1):
        found |= members << shift
    return found


def intervals(members: Minutes, horizon: int) -> list[Interval]:
    """A set of minutes as half-open intervals."""
    found: list[Interval] = []
    start = None
    for minute in range(horizon + 1):
        inside = minute < horizon and members >> minute & 1
        if inside and start is None:
            start = minute
        elif not inside and start is not None:
            found.append((start, minute))
            start = None
    return found
