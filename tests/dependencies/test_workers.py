"""Handing out work: the order of the results, what is kept between pieces, and how it ends when something fails."""

import pickle
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pytest

from dependencies import workers
from dependencies.packed import Packed, pack
from dependencies.workers import Cores, Here, at_work, digest, gathered
from tests.dependencies.cases import function, need, network


@dataclass(frozen=True)
class Sum:
    """A load: a graph and a number that is added."""

    packed: Packed
    more: int = 0


def load(more=0):
    return Sum(pack(network([function(0), function(1)], [need(1, 0, 5)])), more)


def add(shared, _engine, task):
    """The job: one more than the task."""
    return task + shared.more


def names_engine(_shared, engine, _task):
    """The job: which engine does it, and in which thread."""
    return id(engine), threading.get_ident()


def breaks(_shared, _engine, task):
    """The job that cannot do everything."""
    if task == 3:
        raise ZeroDivisionError
    return task


def heard():
    told = []
    return told, lambda done, of: told.append((done, of))


@pytest.mark.parametrize("staff", [Here(), Cores(1), Cores(2), Cores()])
def test_results_come_in_the_order_of_the_pieces(staff):
    told, ready = heard()

    assert staff.map(add, load(100), range(7), ready) == [100 + n for n in range(7)]
    assert told == [(n, 7) for n in range(1, 8)]


def test_nothing_to_do_is_nothing_done():
    assert Cores(2).map(add, load(), [], lambda *_: None) == []


def test_many_pieces_of_plain_work_go_to_other_processes():
    told, ready = heard()

    assert Cores(2).map(add, load(1), range(30), ready) == list(range(1, 31))
    assert told[-1] == (30, 30)


def test_many_pieces_go_to_threads_when_the_engine_lets_them_run_at_once(monkeypatch):
    monkeypatch.setattr(workers, "Plain", type("Slow", (), {}))

    found = Cores(2).map(names_engine, load(), range(40), lambda *_: None)

    assert threading.get_ident() not in {thread for _engine, thread in found}
    assert len(set(found)) == len({thread for _engine, thread in found})  # one engine for each thread


def test_a_thread_makes_an_engine_anew_for_another_graph_only():
    first, again = at_work(names_engine, load(), "one", 0), at_work(names_engine, load(), "one", 0)
    kept = workers._own.kept
    at_work(names_engine, load(), "two", 0)

    assert first == again
    assert workers._own.kept[1] is not kept[1]


def test_a_piece_that_fails_ends_all_of_it():
    with pytest.raises(ZeroDivisionError):
        Here().map(breaks, load(), range(9), lambda *_: None)
    with ThreadPoolExecutor(1) as pool, pytest.raises(ZeroDivisionError):
        gathered(pool, [pool.submit(breaks, None, None, task) for task in range(9)], lambda *_: None)


def test_whoever_interrupts_leaves_nothing_waiting():
    begun = []

    def slowly(task):
        begun.append(task)
        time.sleep(0.005)

    def interrupt(_done, _of):
        raise KeyboardInterrupt

    with ThreadPoolExecutor(1) as pool, pytest.raises(KeyboardInterrupt):
        gathered(pool, [pool.submit(slowly, task) for task in range(400)], interrupt)

    assert len(begun) < 100


def test_a_process_takes_its_load_once_and_leaves_interrupting_to_its_parent(monkeypatch):
    handlers = []
    monkeypatch.setattr(signal, "signal", lambda *handler: handlers.append(handler))

    workers._begin(pickle.dumps((add, load(5))), "one")

    assert [workers._in_process(task) for task in (1, 2)] == [6, 7]
    assert handlers == [(signal.SIGINT, signal.SIG_IGN)]


def test_a_digest_goes_by_content():
    one, other = load(), load()

    assert digest(one) == digest(other)
    assert digest(one) != digest(load(1))
    assert digest(np.zeros(3, np.int32)) != digest(np.zeros(3, np.int64))
    assert digest(np.zeros((2, 3))) != digest(np.zeros((3, 2)))
    assert digest(((1,), 2)) != digest((1, (2,)))
