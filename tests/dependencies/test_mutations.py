"""Each rule of the semantics is tested: break it in an engine's source, and the comparison with the definition fails.

The compiled engine is broken as plain Python. What is broken may also stop with an error; it must not pass.
"""

import random
import signal
import sys
from contextlib import contextmanager
from functools import cache, partial
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

import dependencies
from dependencies.bulk import Wanted
from dependencies.cascade import Outage
from dependencies.graph import build
from dependencies.network import Network
from tests.dependencies import definition, mutants
from tests.dependencies.cases import as_minutes, draw_case, draw_hits, function

FOLDER = Path(dependencies.__path__[0])
CASES = 700  #: graphs that are tried, until one tells the difference
#: The modules of the engines, from the ground up: each is made anew on top of the broken one.
LAYERS = ("compiling", "graph", "network", "packed", "cascade", "heaps", "permanent", "timeline", "plain", "kernel")


@cache
def cases():
    """Graphs with hits, and what the definition says of them; an empty hit now and then, and a restart unknown."""
    dice, found = random.Random(5), []  # noqa: S311 - reproducible cases
    for _ in range(CASES):
        functions, needs = draw_case(dice)
        functions = [function(f.id, None) if dice.random() < 0.1 else f for f in functions]
        hits = draw_hits(dice, len(functions))
        if dice.random() < 0.2:
            hits.append((dice.randrange(len(functions)), 9, 9))
        if dice.random() < 0.2:
            hits.append((hits[0][0], hits[0][1] + 1, hits[0][2] + 3))
        found.append((functions, needs, hits, dice.randint(20, 40)))
    return found


@cache
def truth(number):
    """The minutes down, strict, bridged and of the hits once more, and of loss for good, by the definition."""
    functions, needs, hits, horizon = cases()[number]
    real = Network(build(functions, needs))
    at = max(end for _, start, end in hits if start < end)
    gone = [(place, start, horizon) for place, start, _ in hits]
    lost = definition.down(functions, needs, gone, horizon)
    return (
        definition.down(functions, needs, hits, horizon),
        definition.down(functions, needs, hits, horizon, bridged_links=real.loops, bridged_at=at),
        definition.down(functions, needs, again(hits), horizon),
        {place: definition.intervals(minutes, horizon)[0][0] for place, minutes in lost.items() if minutes},
    )


def again(hits):
    """The same hits once more, each from the minute in which it was over."""
    return [(place, end, 2 * end - start) for place, start, end in hits]


def broken(mutant, monkeypatch):
    """The engines' modules, with this one change in them."""
    made = {}
    for name in LAYERS:
        source = (FOLDER / f"{name}.py").read_text("utf-8")
        if mutant and name == mutant.file:
            assert source.count(mutant.source) == 1, f"the rule stands no longer so in {name}.py: {mutant.rule}"
            source = source.replace(mutant.source, mutant.broken)
        module = ModuleType(f"dependencies.{name}")
        monkeypatch.setitem(sys.modules, module.__name__, module)
        monkeypatch.setattr(dependencies, name, module, raising=False)
        exec(compile(source, f"{name}.py", "exec"), module.__dict__)  # noqa: S102 - our own source
        made[name] = module
    return made


def agree_on_outages(net, made, engine, number):
    """Whether the outages, strict and bridged, are those of the definition."""
    _, _, hits, horizon = cases()[number]
    strict, bridged, repeated, _ = truth(number)
    for is_bridged, wanted, defined in ((False, hits, strict), (True, hits, bridged), (False, again(hits), repeated)):
        outages = [Outage(*hit) for hit in wanted]
        if engine is None:
            found = made["cascade"].spread(net, outages, horizon, bridged=is_bridged)
            found = {place: spells for place, spells in found.items() if net.is_function(place)}
        else:
            spells = engine.outages(outages, horizon, bridged=is_bridged)
            rows = zip(*(column.tolist() for column in spells), strict=True)
            found = {}
            for place, start, end in rows:
                found.setdefault(place, []).append((start, end))
        if {place: as_minutes(spells) for place, spells in found.items()} != {p: m for p, m in defined.items() if m}:
            return False
        if any(later[0] == sooner[1] for spells in found.values() for sooner, later in pairwise(spells)):
            return False  # one outage is told as two
    return True


def agree_on_losses(_net, _made, engine, number):
    """Whether losses for good are those of the definition, and a sweep tells of them what it should."""
    functions, _, hits, horizon = cases()[number]
    lost = engine.losses([place for place, _, _ in hits], [start for _, start, _ in hits], horizon)
    if dict(zip(lost.places.tolist(), lost.minutes.tolist(), strict=True)) != truth(number)[3]:
        return False
    count = len(functions)
    counted, weight, deadline = np.arange(count) % 3 > 0, np.arange(count) % 4, np.arange(count) % 6
    wanted = Wanted(counted, weight.astype(np.int32), deadline.astype(np.int32))
    swept = engine.sweep(range(count), horizon, wanted)
    hits_by_source = list(zip(*(column.tolist() for column in swept.hits), strict=True))
    for source in range(count):
        alone = engine.losses([source], [0], horizon)
        minutes = {p: at for p, at in zip(alone.places.tolist(), alone.minutes.tolist(), strict=True) if p != source}
        counts = {place: at for place, at in minutes.items() if counted[place]}
        told = (swept.lost[source], swept.first[source], swept.weighted[source])
        weighed = sum(int(weight[place]) * (horizon - at) for place, at in counts.items())
        if told != (len(counts), min(counts.values(), default=-1), weighed):
            return False
        named = {(place, at) for number, place, at in hits_by_source if number == source}
        if named != {(place, at) for place, at in minutes.items() if at <= deadline[place]}:
            return False
    return True


@contextmanager
def not_for_ever():
    """Stop what has lost its way."""

    def give_up(*_):
        raise RecursionError

    if sys.platform != "win32":
        signal.signal(signal.SIGALRM, give_up)
        signal.setitimer(signal.ITIMER_REAL, 10)
    try:
        yield
    finally:
        if sys.platform != "win32":
            signal.setitimer(signal.ITIMER_REAL, 0)


def differs(made, make, agree):
    """Whether any case tells the difference."""
    for number in range(CASES):
        try:
            net = made["network"].Network(built(made["graph"], number))
            engine = make and make(made["packed"].pack(net))
            if not agree(net, made, engine, number):
                return True
        except (ArithmeticError, AssertionError, LookupError, RecursionError, TypeError, ValueError):
            return True
    return False


def built(graph, number):
    """The case as a graph of this module's own kinds."""
    functions, needs, *_ = cases()[number]
    functions = [graph.FunctionFacts(**vars(one)) for one in functions]
    ways = [tuple(graph.Alternative(**vars(a)) for a in one.alternatives) for one in needs]
    facts = [graph.NeedFacts(**{**vars(one), "alternatives": way}) for one, way in zip(needs, ways, strict=True)]
    return graph.build(functions, facts)


def kernel_of(made):
    return partial(made["kernel"].Kernel, threads=1, made=lambda function: function)


KINDS = {
    "exact": (mutants.EXACT, lambda made: None, agree_on_outages),
    "permanent": (mutants.PERMANENT, kernel_of, agree_on_losses),
    "timeline": (mutants.TIMELINE, kernel_of, agree_on_outages),
    "plain": (mutants.PLAIN, lambda made: made["plain"].Plain, agree_on_losses),
}


@pytest.mark.parametrize("kind", KINDS)
def test_unbroken_the_engines_agree_with_the_definition(kind, monkeypatch):
    _, maker, agree = KINDS[kind]
    made = broken(None, monkeypatch)

    assert not differs(made, maker(made), agree)


@pytest.mark.parametrize(
    ("kind", "mutant"),
    [(kind, mutant) for kind, (listed, *_) in KINDS.items() for mutant in listed],
    ids=lambda value: value if isinstance(value, str) else value.rule,
)
def test_a_broken_rule_is_noticed(kind, mutant, monkeypatch):
    _, maker, agree = KINDS[kind]
    made = broken(mutant, monkeypatch)

    with not_for_ever():
        assert differs(made, maker(made), agree)
