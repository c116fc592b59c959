"""Small jobs for tests of handing out work: functions of a module, so that other processes find them."""

import threading
import time
from dataclasses import dataclass

from dependencies.packed import Packed, pack
from tests.dependencies.cases import function, need, network


@dataclass(frozen=True)
class Sum:
    """A load: a graph and a number that is added."""

    packed: Packed
    more: int = 0


def load(more=0):
    """A load over a graph of two functions."""
    return Sum(pack(network([function(0), function(1)], [need(1, 0, 5)])), more)


def add(shared, _engine, task):
    """The sum of the load's number and the task."""
    return task + shared.more


def slowly(shared, _engine, task):
    """The same, after a while."""
    time.sleep(0.03)
    return task + shared.more


def names_engine(_shared, engine, _task):
    """Which engine does it, and in which thread."""
    return id(engine), threading.get_ident()


def breaks(_shared, _engine, task):
    """It cannot do everything."""
    if task == 3:
        raise ZeroDivisionError
    return task


def not_there():
    """What a worker says that lacks the code."""
    raise ModuleNotFoundError("No module named 'dependencies'")
