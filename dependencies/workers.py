"""Handing out pieces of work over one graph: to this process, to the cores of this machine, or to a cluster.

A job is a function of a module and is given what all pieces share, an engine that runs on its graph, and the piece.
Results come back in the order of the pieces, so that it does not matter who did which one and when.
Engines may be used by several threads at once.
"""

import hashlib
import os
import pickle
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from dataclasses import fields, is_dataclass
from multiprocessing import get_context
from typing import Any, Protocol, TypeVar

import numpy as np

from dependencies.bulk import Engine
from dependencies.compiling import is_to_be_had
from dependencies.engines import engine
from dependencies.kernel import Kernel
from dependencies.packed import Packed
from dependencies.plain import Plain

CHUNK_S = 0.15  #: how long a piece of work should take: shorter ones cost more to hand out than to do
FEW = 20  #: pieces that are done sooner than further processes are started


class Load(Protocol):
    """What all pieces of a piece of work share."""

    @property
    def packed(self) -> Packed:
        """The graph that it is about."""


L = TypeVar("L", bound=Load)
T = TypeVar("T")
R = TypeVar("R")
Job = Callable[[L, Engine, T], R]
Make = Callable[[Packed], Engine]
Ready = Callable[[int, int], None]  #: told after every piece: how many are done, and of how many


class Workers(Protocol):
    """Whoever does the work."""

    def engine(self, packed: Packed) -> Engine:
        """The kind of engine that does it, for whoever wants to know how long a run takes."""

    def map(self, job: Job[L, T, R], load: L, tasks: Sequence[T], ready: Ready) -> list[R]:
        """The results of the job for every task, in the order of the tasks."""


class Here:
    """The work is done by whoever asks: what a page does."""

    def engine(self, packed: Packed) -> Engine:
        """See `Workers`."""
        return engine(packed)

    def map(self, job: Job[L, T, R], load: L, tasks: Sequence[T], ready: Ready) -> list[R]:
        """See `Workers`."""
        return one_by_one(self.engine(load.packed), job, load, tasks, ready)


def one_core(packed: Packed) -> Engine:
    """The fastest engine to be had; it keeps to one core, since others work beside it."""
    return Kernel(packed, threads=1) if is_to_be_had() else Plain(packed)


class Cores:
    """The cores of this machine do the work: threads where the engine lets them run at once, else processes."""

    def __init__(self, count: int | None = None, make: Make = one_core) -> None:
        self.count, self.engine = count or os.cpu_count() or 1, make

    def map(self, job: Job[L, T, R], load: L, tasks: Sequence[T], ready: Ready) -> list[R]:
        """See `Workers`."""
        own = self.engine(load.packed)
        plain = isinstance(own, Plain)
        if self.count == 1 or len(tasks) < (FEW if plain else 2):
            return one_by_one(own, job, load, tasks, ready)
        if not plain:
            with ThreadPoolExecutor(self.count) as threads:
                return gathered(threads, [threads.submit(job, load, own, task) for task in tasks], ready)
        shared = (pickle.dumps((self.engine, job, load)),)
        with ProcessPoolExecutor(self.count, get_context("spawn"), _begin, shared) as processes:
            return gathered(processes, [processes.submit(_in_process, task) for task in tasks], ready)


def one_by_one(own: Engine, job: Job[L, T, R], load: L, tasks: Sequence[T], ready: Ready) -> list[R]:
    """Every piece by this one engine."""
    found = []
    for task in tasks:
        found.append(job(load, own, task))
        ready(len(found), len(tasks))
    return found


def gathered(pool: Executor, futures: Sequence[Future[R]], ready: Ready) -> list[R]:
    """The results in order; when one fails or somebody interrupts, what has not begun is not begun."""
    try:
        for done, future in enumerate(as_completed(futures), start=1):
            future.result()
            ready(done, len(futures))
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    return [future.result() for future in futures]


_shared: list[Any] = []  #: of a process that was started for one load: job, load, engine


def _begin(shared: bytes) -> None:
    """A process takes its load; who interrupts the command interrupts it by way of its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    make, job, load = pickle.loads(shared)  # noqa: S301 - written by the parent process
    _shared[:] = [job, load, make(load.packed)]


def _in_process(task: Any) -> Any:
    job, load, own = _shared
    return job(load, own, task)


def digest(thing: object) -> str:
    """The same for the same content, in whichever process; arrays, tuples, dataclasses and plain values."""
    seal = hashlib.sha256()
    _add(seal, thing)
    return seal.hexdigest()


def _add(seal: "hashlib._Hash", thing: object) -> None:
    if isinstance(thing, np.ndarray):
        seal.update(f"{thing.dtype.str}{thing.shape}".encode())
        seal.update(np.ascontiguousarray(thing).data)
    elif isinstance(thing, tuple):
        seal.update(f"({len(thing)}".encode())
        for part in thing:
            _add(seal, part)
    elif is_dataclass(thing):
        _add(seal, tuple(getattr(thing, field.name) for field in fields(thing)))
    else:
        seal.update(f"{thing!r};".encode())
