"""Small graphs for the tests: short ways to write one down, and ways to draw one at random."""

import random
from collections.abc import Sequence

from hypothesis import strategies as st

from dependencies.graph import Alternative, FunctionFacts, NeedFacts, build
from dependencies.intervals import Intervals
from dependencies.network import Network
from dependencies.vocabulary import Strength

HORIZON = 60
Case = tuple[list[FunctionFacts], list[NeedFacts]]


def function(number: int, restart_min: int | None = 1, **facts: object) -> FunctionFacts:
    """A function whose code follows its number."""
    return FunctionFacts(number, f"F-{number:02}", restart_min=restart_min, **facts)  # type: ignore[arg-type]


def need(
    consumer: int,
    suppliers: int | Sequence[int],
    tolerance_min: int = 0,
    *,
    k: int = 1,
    strength: Strength = Strength.ESSENTIAL,
    extra: Sequence[int] = (),
    wished: int | None = None,
) -> NeedFacts:
    """A need for `k` of the suppliers; `extra` are the alternatives' own tolerances."""
    chosen = [suppliers] if isinstance(suppliers, int) else list(suppliers)
    extras = list(extra) or [0] * len(chosen)
    alternatives = tuple(Alternative(supplier, more) for supplier, more in zip(chosen, extras, strict=True))
    name = f"need of {consumer} for {chosen}"
    return NeedFacts(0, consumer, name, strength, tolerance_min, alternatives, k, wished)


def numbered(needs: Sequence[NeedFacts]) -> list[NeedFacts]:
    """The needs with ids 1, 2, 3 …"""
    return [NeedFacts(**{**vars(need), "id": number}) for number, need in enumerate(needs, start=1)]


def network(functions: Sequence[FunctionFacts], needs: Sequence[NeedFacts]) -> Network:
    """The network of these functions and needs; the needs are numbered here."""
    return Network(build(functions, numbered(needs)))


def as_minutes(intervals: Intervals) -> int:
    """Intervals as a set of minutes, the way the definition writes it."""
    return sum((1 << end) - (1 << start) for start, end in intervals)


def draw_case(dice: random.Random, *, largest: int = 9) -> Case:
    """A nasty little graph: circles, groups, zero tolerances, own tolerances of alternatives."""
    count = dice.randint(1, largest)
    needs = []
    for consumer in range(count):
        others = [other for other in range(count) if other != consumer]
        for _ in range(dice.choice((0, 1, 1, 2, 3)) if others else 0):
            size = dice.randint(1, min(4, len(others))) if dice.random() < 0.6 else 1
            extra = [dice.choice((0, 0, 0, 1, 2, 4)) for _ in range(size)]
            tolerance = dice.choice((0, 0, 1, 2, 3, 4, 5))
            needs.append(need(consumer, dice.sample(others, size), tolerance, k=dice.randint(1, size), extra=extra))
    return [function(number, dice.randint(1, 4)) for number in range(count)], numbered(needs)


def draw_hits(dice: random.Random, count: int) -> list[tuple[int, int, int]]:
    """One to three hits on `count` functions: (function, start, end)."""
    starts = [dice.randint(0, 14) for _ in range(dice.randint(1, 3))]
    return [(dice.randrange(count), start, start + dice.randint(1, 14)) for start in starts]


@st.composite
def cases(draw: st.DrawFn, *, acyclic: bool = False, strengths: tuple[Strength, ...] = (Strength.ESSENTIAL,)) -> Case:
    """Graphs of two to seven functions."""
    count = draw(st.integers(2, 7))
    needs = []
    for consumer in range(count):
        pool = [other for other in range(count) if (other < consumer if acyclic else other != consumer)]
        for _ in range(draw(st.integers(0, 3)) if pool else 0):
            chosen = draw(st.lists(st.sampled_from(pool), min_size=1, max_size=min(4, len(pool)), unique=True))
            k = draw(st.integers(1, len(chosen)))
            needs.append(
                need(
                    consumer,
                    chosen,
                    draw(st.integers(0, 6)),
                    k=k,
                    strength=draw(st.sampled_from(strengths)),
                    extra=draw(st.lists(st.integers(0, 3), min_size=len(chosen), max_size=len(chosen))),
                    wished=draw(st.none() | st.integers(k, len(chosen))),
                )
            )
    restarts = draw(st.lists(st.integers(1, 4), min_size=count, max_size=count))
    return [function(number, restart) for number, restart in enumerate(restarts)], numbered(needs)


def hits(count: int) -> st.SearchStrategy[list[tuple[int, int, int]]]:
    """One to three hits on `count` functions: (function, start, end)."""
    one = st.tuples(st.integers(0, count - 1), st.integers(0, 10), st.integers(1, 15))
    return st.lists(one.map(lambda hit: (hit[0], hit[1], hit[1] + hit[2])), min_size=1, max_size=3)
