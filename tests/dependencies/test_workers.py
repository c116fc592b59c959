"""Handing out work: the order of the results, what is kept between pieces, and how it ends when something fails."""

import pickle
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from dependencies import workers
from dependencies.kernel import Kernel
from dependencies.plain import Plain
from dependencies.workers import Cores, Here, digest, gathered
from tests.dependencies.jobs import add, breaks, load, names_engine


def heard():
    told = []
    return told, lambda done, of: told.append((done, of))


@pytest.mark.parametrize("staff", [Here(), Cores(1), Cores(2), Cores(), Cores(2, Plain)])
def test_results_come_in_the_order_of_the_pieces(staff):
    told, ready = heard()

    assert staff.map(add, load(100), range(7), ready) == [100 + n for n in range(7)]
    assert told == [(n, 7) for n in range(1, 8)]


def test_nothing_to_do_is_nothing_done():
    assert Cores(2).map(add, load(), [], lambda *_: None) == []


def test_many_pieces_of_plain_work_go_to_other_processes():
    told, ready = heard()

    assert Cores(2, Plain).map(add, load(1), range(30), ready) == list(range(1, 31))
    assert told[-1] == (30, 30)


def test_pieces_go_to_threads_of_one_engine_when_it_lets_them_run_at_once():
    class Quick:
        """An engine that is not the plain one."""

        def __init__(self, _packed):
            """It needs nothing."""

    found = Cores(2, Quick).map(names_engine, load(), range(40), lambda *_: None)

    assert threading.get_ident() not in {thread for _engine, thread in found}
    assert len({engine for engine, _thread in found}) == 1


def test_the_fastest_engine_is_taken_where_it_is_to_be_had(monkeypatch):
    packed = load().packed
    monkeypatch.setattr(workers, "is_to_be_had", lambda: True)
    assert workers.one_core(packed).name == Kernel.name
    monkeypatch.setattr(workers, "is_to_be_had", lambda: False)
    assert workers.one_core(packed).name == Plain.name


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

    workers._begin(pickle.dumps((Plain, add, load(5))))

    assert [workers._in_process(task) for task in (1, 2)] == [6, 7]
    assert handlers == [(signal.SIGINT, signal.SIG_IGN)]


def test_a_digest_goes_by_content():
    one, other = load(), load()

    assert digest(one) == digest(other)
    assert digest(one) != digest(load(1))
    assert digest(np.zeros(3, np.int32)) != digest(np.zeros(3, np.int64))
    assert digest(np.zeros((2, 3))) != digest(np.zeros((3, 2)))
    assert digest(((1,), 2)) != digest((1, (2,)))
