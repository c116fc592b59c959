"""The engine equals the definition, solved by brute force."""

import random

import pytest

from dependencies import degraded
from dependencies.cascade import Outage, spread
from dependencies.graph import build
from dependencies.network import Network
from dependencies.outcome import Run
from dependencies.vocabulary import Strength
from tests.dependencies import definition
from tests.dependencies.cases import HORIZON, as_minutes, draw_case, draw_hits


@pytest.mark.parametrize("seed", range(25))
def test_the_engine_equals_the_definition_strict_and_bridged(seed):
    """100 graphs per seed, 2 500 in all; two thirds of them have circles."""
    dice = random.Random(seed)  # noqa: S311 - reproducible cases
    with_loops = 0
    for _ in range(100):
        functions, needs = draw_case(dice)
        lists = Network(build(functions, needs))
        hits = draw_hits(dice, len(functions))
        outages = [Outage(*hit) for hit in hits]
        with_loops += bool(lists.loops)

        strict = spread(lists, outages, HORIZON, bridged=False)
        bridged = spread(lists, outages, HORIZON, bridged=True)

        defined = definition.down(functions, needs, hits, HORIZON)
        at = max(end for _, _, end in hits)
        bridged_defined = definition.down(functions, needs, hits, HORIZON, bridged_links=lists.loops, bridged_at=at)
        for facts in functions:
            assert as_minutes(strict.get(facts.id, ())) == defined[facts.id]
            assert as_minutes(bridged.get(facts.id, ())) == bridged_defined[facts.id]
    assert with_loops > 30


def test_degradation_equals_the_definition():
    dice = random.Random(7)  # noqa: S311 - reproducible cases
    degrading_seen = 0
    for _ in range(300):
        functions, needs = draw_case(dice)
        needs = [_weakened(need, dice) for need in needs]
        lists = Network(build(functions, needs))
        hits, slowed = draw_hits(dice, len(functions)), draw_hits(dice, len(functions))

        down = spread(lists, [Outage(*hit) for hit in hits], HORIZON, bridged=False)
        run = Run(lists, down, [Outage(*hit) for hit in slowed], HORIZON)

        stopped = definition.down(functions, needs, hits, HORIZON)
        expected = definition.degraded(needs, stopped, slowed, HORIZON)
        for facts in functions:
            assert as_minutes(run.degraded.get(facts.id, ())) == expected[facts.id]
        degrading_seen += any(degraded.spells(lists, down, (), HORIZON).values())
    assert degrading_seen > 50


def _weakened(need, dice):
    wished = dice.choice((None, None, dice.randint(need.min_required, len(need.alternatives))))
    return type(need)(**{**vars(need), "strength": dice.choice(list(Strength)), "wished": wished})
