"""Who does long work for a command: the cores of this machine, or a cluster; and telling how far it has come."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from dependencies.bulk import Engine
from dependencies.cluster import Cluster
from dependencies.packed import Packed
from dependencies.sweeping import Shared
from dependencies.workers import Cores, Workers

scheduler_option = click.option(
    "--scheduler", default="", help="Address of a Dask cluster, as tcp://10.0.0.5:8786. It sees the whole graph."
)
cores_option = click.option(
    "--cores", type=click.IntRange(1), default=None, help="How many cores of this machine; default: all."
)


@contextmanager
def workers(scheduler: str, cores: int | None = None) -> Iterator[Workers]:
    """The cluster at the address, or without one the cores of this machine."""
    if scheduler:
        with Cluster(scheduler) as found:
            yield found
    else:
        yield Cores(cores)


@contextmanager
def cluster_engine(scheduler: str, packed: Packed, stage: str) -> Iterator[Engine | None]:
    """An engine whose sweeps the cluster at the address does; None without an address."""
    if not scheduler:
        yield None
        return
    tell = progress()
    with Cluster(scheduler) as found:
        yield Shared(packed, found, lambda done, of: tell(stage, done, of))


def progress() -> Callable[[str, int, int], None]:
    """Tells on stderr how far the work has come, a line for every tenth of a stage."""
    last: dict[str, int] = {}

    def tell(stage: str, done: int, of: int) -> None:
        tenth = done * 10 // of
        if tenth > last.get(stage, 0):
            last[stage] = tenth
            click.echo(f"prepare: {stage} {tenth * 10} %", err=True)

    return tell
