"""Loads a sown country and shows a page of it: `python -m tests.bench.records SIZE FOLDER`, told as a line of JSON."""

import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import text

from dependencies import snapshots, tracing
from dependencies.cascade import Outage
from dependencies.engines import engine
from dependencies.loading.arrays import arrays
from prepare.db import db
from tests.bench.country import country
from tests.bench.pages import hub, top

READ = (
    "SELECT id, criticality, restart_h, rto_h, mtpd_h, recovery_capability_h FROM function WHERE state != 'retired'",
    "SELECT id, consumer_id, tolerance_h, min_required, wished FROM need WHERE NOT retired",
    "SELECT need_id, supplier_id, extra_tolerance_h FROM dependency WHERE NOT retired",
)
YEAR = 8760 * 60


def cpu(work: Callable[[], Any], rounds: int = 3) -> float:
    """Seconds of CPU of this process, the median of some rounds."""
    taken = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return statistics.median(taken)


def raw() -> None:
    """The same rows as they come from the database, and nothing made of them."""
    cursor = db.session.connection().connection.cursor()
    for statement in READ:
        cursor.execute(statement)
        cursor.fetchall()


def main(size: str, folder: Path) -> dict[str, float]:
    """Measure one country."""
    with country(size, folder) as land:
        browser = land.browser("central" if size == "5k" else "country")
        with land.app.app_context():
            db.session.execute(text("SELECT 1"))
            number = tracing.revision()
            told = {"raw_s": cpu(raw), "arrays_s": cpu(lambda: arrays(number))}
            now = tracing.bulk()
            told["open_s"] = cpu(lambda: snapshots.opened(number), 20)
            busiest = hub(top("central"))
            assert busiest is not None
            address = f"/trace/?function={busiest.code}&hours=24"
            place = int(np.searchsorted(now.packed.ids, busiest.id))
        quick = engine(now.packed, compiled=True)
        hits = [Outage(place, 0, 1440)]

        def figures() -> None:
            for bridged in (True, False):
                spells = quick.outages(hits, YEAR, bridged=bridged)
                np.maximum.reduceat(spells.ends - spells.starts, np.unique(spells.places, return_index=True)[1])

        figures()
        assert browser.get(address).status_code == 200
        told |= {"page_s": cpu(lambda: browser.get(address)), "kernel_s": cpu(figures)}
        told["told"] = len(np.unique(quick.outages(hits, YEAR, bridged=True).places))
        told |= {"links": len(now.packed.need), "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}
    return told


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1], Path(sys.argv[2]))) + "\n")
