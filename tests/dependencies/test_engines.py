"""Which engine is chosen, what becomes of it where numba is missing or broken, and how long work is followed."""

import random
import sys
from types import SimpleNamespace

import numpy as np
import pytest

from dependencies import circles, compiling, engines, waiting
from dependencies.bulk import NONE, Wanted
from dependencies.cascade import Outage
from dependencies.engines import engine
from dependencies.graph import build
from dependencies.kernel import CHUNK, Kernel
from dependencies.network import Network
from dependencies.packed import pack
from dependencies.plain import Plain
from tests.bench.arrays import country
from tests.dependencies.cases import draw_case, function, need, network
from tests.dependencies.engines import HAS_NUMBA, told

needs_numba = pytest.mark.skipif(not HAS_NUMBA, reason="numba is not installed")


def small():
    return pack(network([function(0), function(1)], [need(1, 0, 3)]))


def everything(packed, *, deadline=600):
    count = packed.functions
    return Wanted(np.full(count, True), packed.weight, np.full(count, deadline, np.int32))


@pytest.fixture
def forgetting(monkeypatch):
    """As in a process that has compiled nothing yet; afterwards as before."""
    kept = (compiling.is_to_be_had, compiling._numba, compiling._inner)
    monkeypatch.setattr(compiling, "_made", {})
    for one in kept:
        one.cache_clear()
    yield
    for one in kept:
        one.cache_clear()


@needs_numba
def test_a_large_graph_gets_the_compiled_engine_and_a_small_one_when_it_is_told_so(monkeypatch):
    assert isinstance(engine(small()), Plain)
    assert isinstance(engine(small(), compiled=True), Kernel)

    monkeypatch.setattr(engines, "LARGE", 1)

    assert isinstance(engine(small()), Kernel)
    assert isinstance(engine(small(), compiled=False), Plain)


def test_without_numba_the_plain_engine_answers(monkeypatch, forgetting):
    monkeypatch.setitem(sys.modules, "numba", None)

    assert engine(small(), compiled=True).losses([0], [0], 10).minutes.tolist() == [0, 3]
    assert engine(small(), compiled=True).name == Plain.name


def test_with_a_broken_numba_the_plain_engine_answers_and_the_log_says_so(monkeypatch, forgetting, caplog):
    def njit(**_options):
        raise TypeError("an option that is unknown")

    broken = SimpleNamespace(__version__="0", njit=njit, config=SimpleNamespace(CACHE_DIR="here"))
    monkeypatch.setitem(sys.modules, "numba", broken)

    assert isinstance(engine(small(), compiled=True), Plain)
    assert "numba does not work here" in caplog.text


@needs_numba
def test_what_is_compiled_is_kept_in_the_folder_of_the_installation_for_its_owner_only(
    monkeypatch, forgetting, tmp_path
):
    import numba

    monkeypatch.setattr(numba.config, "CACHE_DIR", "")
    monkeypatch.setattr(compiling, "_folder", tmp_path / "compiled")

    compiling._numba()

    (kept,) = (tmp_path / "compiled").iterdir()
    assert str(kept) == numba.config.CACHE_DIR
    assert kept.stat().st_mode & 0o077 == 0


@needs_numba
@pytest.mark.parametrize("threads", [2, 3])
def test_a_sweep_gives_the_same_whatever_the_number_of_threads(threads):
    packed = country(3 * CHUNK + 17)
    sources = list(range(packed.functions))
    random.Random(1).shuffle(sources)  # noqa: S311 - reproducible

    alone = Kernel(packed, threads=1).sweep(sources, 72 * 60, everything(packed))
    many = Kernel(packed, threads=threads).sweep(sources, 72 * 60, everything(packed))

    assert told(many) == told(alone)
    assert len(alone.hits[0]) > len(sources)
    assert len(alone.groups[0]) > 0


@needs_numba
def test_the_engines_agree_on_a_city():
    packed = country(1_500)
    sources, dice = range(0, packed.functions, 5), random.Random(2)  # noqa: S311 - reproducible
    kernel, plain = Kernel(packed), Plain(packed)

    assert told(kernel.sweep(sources, 72 * 60, everything(packed))) == told(
        plain.sweep(sources, 72 * 60, everything(packed))
    )
    for _ in range(6):
        hits = [Outage(dice.randrange(60), start := dice.randint(0, 300), start + dice.randint(60, 5000))]
        hits.append(Outage(dice.randrange(packed.functions), 30, 900))
        for bridged in (False, True):
            spells = kernel.outages(hits, 14 * 1440, bridged=bridged)
            assert told(spells) == told(plain.outages(hits, 14 * 1440, bridged=bridged))


@needs_numba
def test_a_run_that_has_too_little_room_is_done_again_with_more():
    packed = country(1_500)
    hits = [Outage(0, 0, 4000), Outage(1, 700, 6000)]

    cramped = Kernel(packed, room=3).outages(hits, 14 * 1440, bridged=True)

    assert told(cramped) == told(Kernel(packed).outages(hits, 14 * 1440, bridged=True))


def test_every_tolerance_may_be_another_one():
    """More than 256 of them no longer fit a byte."""
    count = 300
    packed = pack(network([function(n) for n in range(count)], [need(n, n - 1, n) for n in range(1, count)]))
    kernel = Kernel(packed, made=lambda plain: plain)

    assert told(kernel.losses([0], [0], 90_000)) == told(Plain(packed).losses([0], [0], 90_000))


@pytest.mark.parametrize("make", [Plain, Kernel])
def test_long_work_tells_how_far_it_has_come(make):
    packed = country(4 * CHUNK)
    heard = []
    if make is Kernel and not HAS_NUMBA:
        pytest.skip("numba is not installed")

    with waiting.listening(lambda done, total: heard.append((done, total))):
        make(packed).sweep(range(packed.functions), 60, everything(packed))

    assert heard == sorted(heard)
    assert heard[0][0] == 0
    assert len({total for _, total in heard}) == 1


@pytest.mark.parametrize("make", [Plain, Kernel])
def test_who_listens_may_stop_the_work_and_the_next_run_is_right(make):
    if make is Kernel and not HAS_NUMBA:
        pytest.skip("numba is not installed")
    packed = country(4 * CHUNK)
    bulk = make(packed)

    class Enough(Exception):
        pass

    def stop(done, _total):
        if done:
            raise Enough

    with pytest.raises(Enough), waiting.listening(stop):
        bulk.sweep(range(packed.functions), 600, everything(packed))

    assert told(bulk.sweep(range(50), 600, everything(packed))) == told(
        Plain(packed).sweep(range(50), 600, everything(packed))
    )


def test_work_that_takes_longer_than_somebody_waits_is_given_up():
    packed = country(2_000)

    with pytest.raises(waiting.TooLong), waiting.at_most(-1):
        Plain(packed).sweep(range(10), 600, everything(packed))
    with waiting.at_most(60):
        Plain(packed).sweep(range(10), 600, everything(packed))


@pytest.mark.parametrize("place", [-1, 2, 1 << 40])
def test_a_place_outside_the_graph_is_refused(place):
    kernel = Kernel(small(), made=lambda plain: plain)

    with pytest.raises(IndexError):
        kernel.losses([place], [0], 10)
    with pytest.raises(IndexError):
        kernel.outages([Outage(place, 0, 5)], 10, bridged=False)


def test_circles_on_arrays_are_those_of_the_graph(monkeypatch):
    dice = random.Random(11)  # noqa: S311 - reproducible
    found = 0
    for is_compiled in (False, True) if HAS_NUMBA else (False,):
        monkeypatch.setattr(circles, "is_to_be_had", lambda answer=is_compiled: answer)
        for _ in range(300):
            functions, needs = draw_case(dice)
            net = Network(build(functions, needs))
            links = [(a.supplier, one.consumer, one.tolerance_of(a)) for one in needs for a in one.alternatives]
            columns = np.array(links, np.int32).reshape(-1, 3).T
            flags = circles.loops(len(functions), *columns)
            named = [(one.id, a.supplier) for one in needs for a in one.alternatives]
            assert {link for link, flag in zip(named, flags, strict=True) if flag} == net.loops
            found += flags.any()
    assert found > 100


def test_nothing_is_wanted_of_what_does_not_count():
    packed = country(400)
    wanted = everything(packed, deadline=NONE)
    wanted.counted[:] = False

    swept = Kernel(packed, made=lambda plain: plain).sweep(range(30), 600, wanted)

    assert (swept.lost.any(), swept.weighted.any(), len(swept.hits[0])) == (False, False, 0)
