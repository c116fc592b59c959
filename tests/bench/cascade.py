"""`python -m tests.bench --cascade`: how near the engines are to what is possible (cascade.md C4).

Every ratio is taken against a reference measured in the same run, on CPU time, so that it survives a busy machine.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from dependencies import permanent, waiting
from dependencies.bulk import NONE, Wanted
from dependencies.cascade import Outage
from dependencies.compiling import fast, is_to_be_had
from dependencies.kernel import Kernel
from dependencies.packed import Packed
from dependencies.plain import Plain
from tests.bench.arrays import country
from tests.bench.limits import in_c, over_networkx, reach_untimed

HORIZON = 72 * 60
LONG = 14 * 24 * 60
ROUNDS = 5
SIZES, LARGE = (1_000, 10_000, 100_000), 1_000_000
SLOW_S = 5.0  #: what takes longer is measured once


class Row(NamedTuple):
    """One line of the table of targets."""

    number: int
    what: str
    target: str
    measured: str


def tell(line: str = "") -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def cpu(work: Callable[[], Any], rounds: int = ROUNDS) -> float:
    """Seconds of CPU of this thread, the median of some rounds."""
    taken = []
    for _ in range(rounds):
        began = time.thread_time()
        work()
        taken.append(time.thread_time() - began)
        if taken[0] > SLOW_S:
            break
    return statistics.median(taken)


def everything(packed: Packed) -> Wanted:
    """A sweep that counts and weighs every loss."""
    count = packed.functions
    return Wanted(np.full(count, True), packed.weight, np.full(count, NONE, np.int32))


class Size:
    """A country of one size, its engine, and three hubs whose loss reaches far."""

    def __init__(self, functions: int) -> None:
        began = time.perf_counter()
        self.packed = country(functions)
        self.made_s = time.perf_counter() - began
        self.engine = Kernel(self.packed)
        self.wires = permanent.wires(self.packed)
        self.desk = permanent.desk(self.wires, HORIZON)
        busiest = np.argsort(-np.diff(self.packed.first))[:30]
        reach = [len(self.engine.losses([int(place)], [0], HORIZON).places) for place in busiest]
        self.hubs = [int(busiest[at]) for at in np.argsort(reach)[::-1][:3]]
        self.reference = in_c(self.wires, self.desk, HORIZON)

    def per_place(self, run: Callable[[int], tuple[int, int]]) -> float:
        """Nanoseconds of CPU for each place that the loss of a hub reaches."""
        found = []
        for hub in self.hubs:

            def once(hub: int = hub) -> None:
                self.reached, used = run(hub)
                fast(permanent.clear)(self.wires, self.desk, self.reached, used, HORIZON)

            once()
            found.append(cpu(once) / self.reached * 1e9)
        return statistics.median(found)

    def settle(self, hub: int) -> tuple[int, int]:
        """One loss for good, without anything around it."""
        source, start = np.array([hub], np.int32), np.zeros(1, np.int32)
        settled, used, _ = fast(permanent.settle)(self.wires, self.desk, source, start, HORIZON)
        return settled, used

    def untimed(self, hub: int) -> tuple[int, int]:
        """The same without time."""
        return fast(reach_untimed)(self.wires, self.desk, hub, HORIZON)


def main(*, large: bool, folder: Path | None) -> None:
    """Print what was measured, then the table of targets."""
    if not is_to_be_had():
        tell("numba is not to be had here; nothing to measure.")
        return
    tell(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores; CPU time unless it says wall")
    rows: list[Row] = []
    for functions in (*SIZES, *([LARGE] if large else [])):
        rows += of_size(functions)
    rows += [*of_city(), *of_records(folder), *further()]
    tell(f"\n{'':>3} {'what':<58}{'target':<26}measured, load {os.getloadavg()[0]:.1f}")
    for row in sorted(rows):
        tell(f"{row.number:>3} {row.what:<58}{row.target:<26}{row.measured}")
    for cold in (True, False):
        tell(f"cold start, {'nothing compiled yet' if cold else 'compiled before'}: {_start(cold)}")
    tell(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def further() -> list[Row]:
    """Rows that other benches measure: each is one line here."""
    return [Row(9, "Dask CPU / serial, batches of 150 ms", "<= 1.05", "see the bench of the cluster")]


def of_size(functions: int) -> list[Row]:
    """One loss and the sweep of a country of this size."""
    size = Size(functions)
    links = len(size.packed.need)
    name = f"{functions // 1000}k/{links // 1000}k"
    timed, untimed = size.per_place(size.settle), size.per_place(size.untimed)
    reached = size.reached
    tell(f"\n{name}: made in {size.made_s:.1f} s; a hub reaches {reached} untimed")
    tell(f"  one loss {timed:.0f} ns a place, untimed {untimed:.0f} ns; load {os.getloadavg()[0]:.1f}")
    rows = [Row(1, f"loss for good / untimed search, per place, {name}", "<= 1.25", f"{timed / untimed:.2f}")]
    in_c_told = "not measured: no compiler for C"
    if size.reference:
        own = size.per_place(size.reference)
        in_c_told = f"{timed / own:.2f}  ({timed:.0f} / {own:.0f} ns)"
    rows.append(Row(2, f"compiled by numba / by C, a hub, {name}", "<= 1.15", in_c_told))
    rows.append(_timeline(size, name, timed))
    rows += _sweep(size, name)
    return rows


def _timeline(size: Size, name: str, timed: float) -> Row:
    """A hub that is out for three days, and back in time, against its loss for good."""
    found = []
    for hub in size.hubs:
        hits = [Outage(hub, 0, HORIZON)]
        down = len(np.unique(size.engine.outages(hits, LONG, bridged=True).places))
        found.append(cpu(lambda hits=hits: size.engine.outages(hits, LONG, bridged=True)) / down * 1e9)
    lasting = statistics.median(found)
    tell(f"  one outage of 72 h over two weeks {lasting:.0f} ns a place that goes down")
    target = "<= 3 in cache, <= 5 at 1M"
    return Row(3, f"outage over time / loss for good, per place, {name}", target, f"{lasting / timed:.1f}")


def _sweep(size: Size, name: str) -> list[Row]:
    """The loss of each function alone, on one thread and on two."""
    sources, wanted = range(size.packed.functions), everything(size.packed)
    walls = {}
    for threads in (1, 2):
        engine = Kernel(size.packed, threads=threads)
        engine.sweep(sources[:600], HORIZON, wanted)
        best = None
        for _ in range(1 if len(sources) >= LARGE else 3):
            began = time.perf_counter()
            swept = engine.sweep(sources, HORIZON, wanted)
            best = min(best or 1e9, time.perf_counter() - began)
            if best > SLOW_S:
                break
        walls[threads] = best
    told = f"{walls[1]:.3f} s on one thread, {walls[2]:.3f} s on two (wall)"
    tell(f"  sweep of all over 72 h: {told}; {swept.lost.mean():.0f} lost on average, {swept.lost.max()} at most")
    rows = [Row(5, f"speed of two threads, sweep, {name}", ">= 1.95 from 10k on", f"{walls[1] / walls[2]:.2f}")]
    if len(sources) >= LARGE:
        rows.append(Row(4, "sweep of 1M over 72 h on two threads", "<= 12 s", f"{walls[2]:.1f} s"))
    if len(sources) == 10_000:
        rows.append(_against_networkx(size))
    return rows


def _against_networkx(size: Size) -> Row:
    run = over_networkx(size.packed)
    sources = [int(place) for place in np.random.default_rng(1).choice(size.packed.functions, 150, replace=False)]
    slow = cpu(lambda: [run(source, HORIZON) for source in sources], 1)
    engine, wanted = Kernel(size.packed, threads=1), everything(size.packed)
    engine.sweep(sources, HORIZON, wanted)
    began = time.process_time()
    engine.sweep(sources * 20, HORIZON, wanted)
    quick = (time.process_time() - began) / 20
    assert size.engine.losses([size.hubs[0]], [0], HORIZON).places.size == len(run(size.hubs[0], HORIZON))
    return Row(10, "sweep / the same over networkx, 10k", "1/100 or less", f"1/{slow / quick:.0f}")


def of_city() -> list[Row]:
    """A city of 3 000 functions in plain Python."""
    packed = country(3_000)
    plain, busiest = Plain(packed), np.argsort(-np.diff(packed.first))[:20]
    worst = max(
        cpu(lambda hub=hub: plain.outages([Outage(int(hub), 0, 1440)], LONG, bridged=True), 3) for hub in busiest
    )
    with waiting.listening(lambda _done, _total: None):
        sweep = cpu(lambda: plain.sweep(range(3_000), HORIZON, everything(packed)), 3)
    target = "<= 20 ms, <= 0.15 s"
    return [Row(8, "plain Python, 3k: worst what-if; full sweep", target, f"{worst * 1e3:.0f} ms, {sweep:.2f} s")]


def of_records(folder: Path | None) -> list[Row]:
    """What lies around the engine: loading, snapshots, and a page."""
    size = "100k" if folder else "5k"
    command = [sys.executable, "-m", "tests.bench.records", size]
    with tempfile.TemporaryDirectory() as made:
        where = str((folder or Path(made)) / size)
        done = subprocess.run([*command, where], check=True, capture_output=True, text=True)
    told = json.loads(done.stdout.splitlines()[-1])
    tell(f"\nrecords {size}: {told['links']} links; raw read {told['raw_s']:.2f} s, as arrays {told['arrays_s']:.2f} s")
    tell(f"  page of a hub's disruption {told['page_s'] * 1e3:.0f} ms, {told['told']} functions; engine and figures "
         f"{told['kernel_s'] * 1e3:.1f} ms; peak {told['peak_mb']:.0f} MB")  # fmt: skip
    loaded = f"{told['arrays_s'] / told['raw_s']:.2f}, {told['open_s'] * 1e3:.2f} ms"
    return [
        Row(6, f"records to arrays / raw read, {size}; snapshot opened", "<= 1.15, <= 1 ms", loaded),
        Row(7, f"page of a hub / engine and figures, {size}", "<= 3", f"{told['page_s'] / told['kernel_s']:.1f}"),
    ]  # fmt: skip


FIRST = """
import json, os, sys, time
from pathlib import Path
began = time.perf_counter()
from dependencies import compiling
from dependencies.bulk import Wanted
from dependencies.cascade import Outage
from dependencies.engines import engine
from tests.bench.arrays import country
compiling.use_folder(Path(sys.argv[1]))
packed = country(1000)
began = time.perf_counter()
bulk = engine(packed, compiled=True)
bulk.losses([0], [0], 600)
losses = time.perf_counter() - began
bulk.outages([Outage(0, 0, 600)], 6000, bridged=True)
print(json.dumps([losses, time.perf_counter() - began]))
"""
_folder = tempfile.TemporaryDirectory()


def _start(cold: bool) -> str:
    """What the first asker of a fresh process waits for, by the clock."""
    environ = {name: value for name, value in os.environ.items() if name != "NUMBA_CACHE_DIR"}
    command = [sys.executable, "-c", FIRST, _folder.name]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environ)
    losses, both = json.loads(done.stdout.splitlines()[-1])
    return f"first loss {losses:.1f} s, with the first outage {both:.1f} s"
