"""What it costs to share work out: a sweep and a drawing by one core, by two, and by a cluster of two workers.

The ratio of all CPU time to that of one core says what the sharing itself takes (cascade.md C4, row 9).
"""

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from dependencies.bulk import NONE, Wanted
from dependencies.cascade import Outage
from dependencies.cluster import Cluster
from dependencies.doubts import Doubts
from dependencies.draws import WIDE
from dependencies.packed import Packed
from dependencies.sweeping import sweep
from dependencies.uncertainty import Case, Effort, Question, sample
from dependencies.workers import Cores, Workers
from tests.bench.arrays import country
from tests.dependencies.clusters import cluster

HORIZON = 72 * 60
ROUNDS = 2
HEADING = f"{'work':<10}{'by':<22}{'first s':>9}{'wall s':>9}{'cpu s':>9}{'x cpu':>8}{'pieces':>8}  same"


def main(functions: int, tell: Callable[[str], None]) -> None:
    """Print the table for a country of so many functions."""
    packed = country(functions)
    tell(f"\n{functions} functions, {len(packed.need)} links, load {os.getloadavg()[0]:.1f}\n{HEADING}")
    with tempfile.TemporaryDirectory() as folder, cluster(Path(folder)) as started:
        pids = [psutil.Process(one.pid) for one in started.processes]
        with Cluster(started.address) as found:
            found._client.wait_for_workers(2, timeout=30)
            for name, work in (("sweep", _sweep(packed)), ("drawing", _drawing(packed))):
                _compare(name, work, found, pids, tell)
    tell(f"load {os.getloadavg()[0]:.1f}")


def _compare(
    name: str, work: Callable[[Workers, Callable], Any], found: Cluster, pids: list[psutil.Process], tell: Callable
) -> None:
    alone, base = None, 0.0
    for by, workers in (("1 core", Cores(1)), ("2 threads", Cores(2)), ("cluster of 2", found)):
        pieces: list[int] = []
        taken = []
        for _ in range(ROUNDS + 1):
            before, began = _cpu(pids), time.perf_counter()
            result = work(workers, lambda *told, seen=pieces: seen.append(told[-1]))
            taken.append((time.perf_counter() - began, _cpu(pids) - before))
        alone = result if alone is None else alone
        wall, cpu = (float(np.median([row[column] for row in taken[1:]])) for column in (0, 1))
        base = base or cpu
        same = "yes" if _bits(result) == _bits(alone) else "NO"
        tell(f"{name:<10}{by:<22}{taken[0][0]:9.2f}{wall:9.2f}{cpu:9.2f}{cpu / base:8.2f}{max(pieces):8}  {same}")


def _cpu(pids: list[psutil.Process]) -> float:
    """Seconds that this process and those of the cluster have computed."""
    times = [one.cpu_times() for one in (psutil.Process(), *pids)]
    return sum(one.user + one.system for one in times)


def _bits(result: Any) -> bytes:
    """All arrays of a result, one behind the other."""
    if isinstance(result, np.ndarray):
        return result.tobytes()
    return b"".join(map(_bits, result)) if isinstance(result, tuple) else b""


def _sweep(packed: Packed) -> Callable[[Workers, Callable], Any]:
    count = packed.functions
    wanted = Wanted(np.full(count, True), packed.weight, np.full(count, NONE, np.int32))
    return lambda workers, ready: sweep(packed, range(count), HORIZON, wanted, workers=workers, ready=ready)


def _drawing(packed: Packed) -> Callable[[Workers, Callable], Any]:
    """A day without the three widest used functions, with tolerances unsure and every dependency confirmed."""
    none, widest = np.zeros(0, np.int32), np.argsort(np.diff(packed.first)[: packed.functions])[-3:]
    doubts = Doubts(
        packed,
        np.full(len(packed.tolerance), WIDE, np.int32),
        np.arange(len(packed.tolerance), dtype=np.uint64),
        np.full(packed.functions, True),
        *(np.zeros(0, np.int64), np.zeros(0, np.int64), none, none, (none, none, none), none),
        *(np.zeros(1, np.int32), none),
    )
    question = Question(doubts, (Case(1, tuple(Outage(int(place), 0, 24 * 60) for place in widest)),), 1)
    effort = Effort(draws=40, seed=1, tried=0, forced=0)

    def work(workers: Workers, ready: Callable) -> Any:
        drawn = sample(question, effort, workers, ready)
        return tuple(tuple(outages) for outages in drawn.outages)

    return work
