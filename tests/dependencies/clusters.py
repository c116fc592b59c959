"""A real cluster on this machine for tests: a scheduler and workers, each a process of its own."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import ROOT

#: Workers and scheduler keep quiet, ask nobody and serve no pages.
QUIET = {
    "DASK_DISTRIBUTED__LOGGING__DISTRIBUTED": "error",
    "DASK_DISTRIBUTED__WORKER__MEMORY__SPILL": "False",
    "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "20s",
}
STARTS_S = 30.0


@dataclass
class Started:
    """The scheduler's address, and its processes; workers come first."""

    address: str = ""
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def worker(self, folder: Path, *more: str) -> subprocess.Popen[bytes]:
        """One more worker with one thread."""
        options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(folder), *more)
        return self.run("dask_worker", self.address, *options, log=folder / f"worker-{len(self.processes)}.log")

    def run(self, what: str, *options: str, log: Path) -> subprocess.Popen[bytes]:
        """Start one process of the cluster; what it says goes to a file."""
        with log.open("wb") as out:
            command = [sys.executable, "-W", "ignore", "-m", f"distributed.cli.{what}", *options]
            one = subprocess.Popen(
                command, cwd=ROOT, env={**os.environ, **QUIET}, stdout=out, stderr=out, stdin=subprocess.DEVNULL
            )
        self.processes.append(one)
        return one

    def stop(self) -> None:
        """End all of it; nothing stays behind."""
        for one in reversed(self.processes):
            if one.poll() is None:
                one.kill()
            one.wait(10)


@contextmanager
def cluster(folder: Path, workers: int = 2, *more: str) -> Iterator[Started]:
    """A scheduler on the loopback with so many workers; `more` are options of every worker."""
    started = Started()
    try:
        told = folder / "scheduler.json"
        options = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(told))
        started.run("dask_scheduler", *options, log=folder / "scheduler.log")
        started.address = _address(told)
        for _ in range(workers):
            started.worker(folder, *more)
        yield started
    finally:
        started.stop()


def _address(told: Path) -> str:
    """Where the scheduler listens, once it has said so."""
    until = time.monotonic() + STARTS_S
    while time.monotonic() < until:
        with suppress(OSError, ValueError):
            return str(json.loads(told.read_text("utf-8"))["address"])
        time.sleep(0.05)
    raise TimeoutError(told)


def lose(process: subprocess.Popen[bytes]) -> None:
    """Let a worker die at once, as a machine does that loses its power."""
    process.send_signal(signal.SIGKILL)
