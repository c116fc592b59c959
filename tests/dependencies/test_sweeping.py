"""A sweep in pieces is the sweep of one engine, bit for bit."""

import random

import numpy as np
import pytest

from dependencies import sweeping
from dependencies.bulk import NONE, Wanted
from dependencies.graph import build
from dependencies.network import Network
from dependencies.packed import pack
from dependencies.plain import Plain
from dependencies.workers import Cores, Here
from tests.dependencies.cases import draw_case


def drawn(seed=3, largest=40):
    """A packed graph, and what is wanted of every loss in it."""
    dice = random.Random(seed)  # noqa: S311 - reproducible cases
    packed = pack(Network(build(*draw_case(dice, largest=largest))))
    numbers = [dice.randint(0, 9) for _ in range(packed.functions)]
    wanted = Wanted(
        np.array([number > 1 for number in numbers]),
        np.array(numbers, np.int32),
        np.array([dice.choice((NONE, 0, 5, 50)) for _ in numbers], np.int32),
    )
    return packed, wanted


def same(one, other):
    """Whether two sweeps hold the same bits."""
    left, right = ([*sweep[:3], *sweep.hits, *sweep.groups] for sweep in (one, other))
    return all(np.array_equal(a, b) and a.dtype == b.dtype for a, b in zip(left, right, strict=True))


@pytest.mark.parametrize("pieces", [1, 2, 3, 7, 100])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_strides_are_put_together_in_the_order_of_the_sources(pieces, seed, monkeypatch):
    packed, wanted = drawn(seed)
    sources = list(range(packed.functions))
    random.Random(seed).shuffle(sources)  # noqa: S311 - reproducible cases
    engine = Plain(packed)
    whole = engine.sweep(sources, 60, wanted)
    strides = [(first, pieces) for first in range(min(pieces, len(sources)))]
    losses = sweeping.Losses(packed, np.array(sources, np.int32), 60, wanted)

    parts = [sweeping.part(losses, engine, stride) for stride in strides]

    assert same(sweeping.joined(parts, strides, len(sources)), whole)


@pytest.mark.parametrize("workers", [Here(), Cores(2)], ids=["here", "cores"])
def test_whoever_does_it_the_sweep_is_the_same(workers, monkeypatch):
    packed, wanted = drawn(7, largest=90)
    whole = Plain(packed).sweep(range(packed.functions), 500, wanted)
    assert len(whole.hits[0])
    assert len(whole.groups[0])
    monkeypatch.setattr(sweeping, "CHUNK_S", 1e-9)  # a piece for every source
    told = []

    found = sweeping.sweep(
        packed, range(packed.functions), 500, wanted, workers=workers, ready=lambda done, of: told.append((done, of))
    )

    assert same(found, whole)
    assert told[-1] == (packed.functions, packed.functions)


def test_no_source_is_an_empty_sweep():
    packed, wanted = drawn()

    found = sweeping.sweep(packed, [], 60, wanted, workers=Here(), ready=lambda *_: None)

    assert [len(column) for column in (*found[:3], *found.hits, *found.groups)] == [0] * 9


def test_pieces_are_as_long_as_is_worth_handing_out(monkeypatch):
    packed, wanted = drawn()
    monkeypatch.setattr(sweeping, "CHUNK_S", 3600.0)
    told = []

    sweeping.sweep(packed, [0, 1, 2], 60, wanted, workers=Here(), ready=lambda done, of: told.append((done, of)))

    assert told == [(1, 1)]


def test_an_engine_that_shares_its_sweeps_out_answers_the_rest_by_itself():
    packed, wanted = drawn(7)
    own, shared = Plain(packed), sweeping.Shared(packed, Here(), lambda *_: None)

    assert same(shared.sweep([0, 1, 2], 60, wanted), own.sweep([0, 1, 2], 60, wanted))
    assert shared.losses([0], [0], 60).places.tolist() == own.losses([0], [0], 60).places.tolist()
    assert shared.name == own.name
