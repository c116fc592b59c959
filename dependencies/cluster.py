"""Work on a Dask cluster that somebody runs already, reached at an address that was given by hand.

What all pieces share is sent once and kept by the workers; a worker that is lost loses only the pieces that it had
in hand, which another one does again. The cluster sees the whole graph.
"""

import hashlib
import re
import threading
import warnings
from collections.abc import Sequence
from concurrent.futures import CancelledError
from importlib.util import find_spec
from pathlib import Path
from queue import Empty, SimpleQueue
from types import ModuleType, TracebackType
from typing import Any

import numpy as np

from dependencies.bulk import Engine
from dependencies.packed import Packed
from dependencies.workers import Job, L, Load, R, Ready, T, digest, one_core
from prepare.errors import PrepareError
from prepare.texts import N_

ADDRESS = re.compile(r"(tcp|tls)://[^\s/:]+:[0-9]{1,5}")
ROOM = 4  #: a worker needs so many times the memory of what it is sent, to unpack it and to run on it
CONNECT_S, PATIENCE_S = 10.0, 30.0
#: How often it is sent again when every worker that had it was lost.
SENT_AGAIN = 3
HERE = Path(__file__).parent


class ClusterFailed(PrepareError):
    """The cluster cannot be used."""


def dask() -> ModuleType:
    """The library, which is an extra."""
    if find_spec("distributed") is None:
        raise ClusterFailed(
            N_("The library for clusters is missing. Install it with: pip install 'city-prepare[cluster]'")
        )
    import distributed

    return distributed


def fingerprint() -> str:
    """The same wherever the same code computes."""
    seal = hashlib.sha256()
    for path in sorted(HERE.glob("*.py")):
        seal.update(path.read_bytes())
    return seal.hexdigest()


_own = threading.local()  #: of every thread of a worker: (digest, engine) of what it had last


def at_work(job: Job[L, T, R], load: L, key: str, task: T) -> R:
    """Do one piece with the engine that this thread made for an earlier piece of the same load."""
    kept = getattr(_own, "kept", None)
    if kept is None or kept[0] != key:
        _own.kept = kept = (key, one_core(load.packed))
    return job(load, kept[1], task)


class Cluster:
    """The workers of a cluster, as long as the connection is open."""

    def __init__(self, address: str, *, connect_s: float = CONNECT_S, patience_s: float = PATIENCE_S) -> None:
        if not ADDRESS.fullmatch(address):
            raise ClusterFailed(N_("The address of a scheduler looks like tcp://10.0.0.5:8786, or tls:// with TLS."))
        self.address, self.connect_s, self.patience_s = address, connect_s, patience_s
        self._client: Any = None
        self._sent: dict[str, Any] = {}

    def __enter__(self) -> "Cluster":
        library = dask()
        if self.address.startswith("tls") and not library.Security().get_connection_args("client")["ssl_context"]:
            raise ClusterFailed(
                N_("TLS needs the certificates of the cluster. Set Dask's own settings for them first.")
            )
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # it warns of versions that differ; `_check` refuses them
                self._client = library.Client(self.address, timeout=self.connect_s, set_as_default=False)
        except (OSError, ValueError) as error:
            raise ClusterFailed(
                N_("No scheduler answers at %(address)s (%(reason)s)."), address=self.address, reason=str(error)
            ) from error
        try:
            self._check()
        except BaseException:
            self._client.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._sent.clear()
        self._client.close()

    def _check(self) -> None:
        """Raises ClusterFailed unless there are workers that run the same code on the same versions."""
        try:
            self._client.wait_for_workers(1, timeout=self.patience_s)
        except TimeoutError as error:
            raise ClusterFailed(N_("The cluster at %(address)s has no workers."), address=self.address) from error
        told = self._client.get_versions()
        ours = versions(told["client"])
        for theirs in (versions(told["scheduler"]), *map(versions, told["workers"].values())):
            if theirs != ours:
                raise ClusterFailed(
                    N_("The cluster runs %(theirs)s, this machine %(ours)s. Install the same versions."),
                    theirs=theirs,
                    ours=ours,
                )
        try:
            codes = set(self._client.run(fingerprint).values())
        except Exception as error:  # whatever a worker stumbles over when it is to import our code
            raise ClusterFailed(
                N_("prepare is not installed on the workers (%(reason)s)."), reason=repr(error)
            ) from error
        if codes != {fingerprint()}:
            raise ClusterFailed(N_("The workers run another version of prepare. Install the same one everywhere."))

    def engine(self, packed: Packed) -> Engine:
        """See `workers.Workers`."""
        return one_core(packed)

    def map(self, job: Job[L, T, R], load: L, tasks: Sequence[T], ready: Ready) -> list[R]:
        """See `workers.Workers`."""
        key, found = digest(load), dict[int, R]()
        for _ in range(SENT_AGAIN):
            waiting = [number for number in range(len(tasks)) if number not in found]
            if not waiting:
                break
            shared = self._send(key, load)
            futures = {
                self._client.submit(at_work, job, shared, key, tasks[number], pure=False): number for number in waiting
            }
            try:
                self._gather(futures, found, len(tasks), ready)
            finally:
                self._client.cancel(list(futures), force=True)
        if len(found) < len(tasks):
            raise ClusterFailed(N_("The workers were lost again and again. Try fewer at a time, or with more memory."))
        return [found[number] for number in range(len(tasks))]

    def _send(self, key: str, load: Load) -> Any:
        """What all pieces share, sent to every worker; kept for the next call unless it was lost."""
        if key in self._sent and self._sent[key].status == "finished":
            return self._sent[key]
        limits = [worker["memory_limit"] for worker in self._client.scheduler_info(n_workers=-1)["workers"].values()]
        size = weight(load)
        if limits and size * ROOM > min(limits):
            raise ClusterFailed(
                N_("The graph needs %(needed)s MB on a worker, and the smallest one has %(limit)s MB."),
                needed=size * ROOM // 1_000_000,
                limit=min(limits) // 1_000_000,
            )
        try:
            self._sent[key] = sent = self._client.scatter(load, broadcast=True, hash=False, timeout=self.patience_s)
        except TimeoutError as error:
            raise ClusterFailed(N_("No worker is left, and none came back.")) from error
        return sent

    def _gather(self, futures: dict[Any, int], found: dict[int, R], count: int, ready: Ready) -> None:
        """Take what is done as it comes; returns early when what was sent is lost, so that it is sent again."""
        library, done = dask(), SimpleQueue[Any]()
        for future in futures:
            future.add_done_callback(done.put)
        for _ in futures:
            future = self._next(done)
            try:
                found[futures[future]] = future.result()
            except CancelledError:  # what was sent, or this result itself, went with its worker
                return
            except library.KilledWorker as error:
                raise ClusterFailed(
                    N_("Several workers were lost over the same piece of work: do they have enough memory?")
                ) from error
            ready(len(found), count)

    def _next(self, done: "SimpleQueue[Any]") -> Any:
        """The next piece that is done, or an error when nobody is left to do it."""
        while True:
            try:
                return done.get(timeout=self.patience_s)
            except Empty:
                if self._client.status != "running":
                    raise ClusterFailed(N_("The connection to the scheduler was lost.")) from None
                if not self._client.scheduler_info(n_workers=-1)["workers"]:
                    raise ClusterFailed(N_("No worker is left, and none came back.")) from None


def versions(told: dict[str, Any]) -> str:
    """The versions that must agree, of what one member of the cluster tells of itself."""
    packages = told["packages"]
    return f"Python {'.'.join(packages['python'].split('.')[:2])}, distributed {packages['distributed']}"


def weight(load: Load) -> int:
    """How many bytes of arrays the load's graph holds."""
    return sum(column.nbytes for column in vars(load.packed).values() if isinstance(column, np.ndarray))
