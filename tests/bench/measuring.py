"""Measuring: how long the house takes for a page, and what it asks of the database."""

import statistics
import time
from dataclasses import dataclass

from tests.bench.pages import Page
from tests.conftest import Visitor, counting

ROUNDS = 5
LONG_S = 2.0  #: what takes longer is measured twice, not `ROUNDS` times


@dataclass(frozen=True)
class Measured:
    """What one page took: status, statements, kilobytes, the first request and the others (wall: median, CPU: mean)."""

    page: Page
    status: int
    statements: int
    kilobytes: float
    first_ms: float
    ms: float
    cpu_ms: float  #: of this process, which other work on the machine does not stretch


def measure(browser: Visitor, page: Page, rounds: int = ROUNDS) -> Measured:
    """Ask for a page several times; the first time counts apart, for then nothing is warm."""
    first, answer = _timed(browser, page)
    before = time.process_time()
    taken = [_timed(browser, page)[0] for _ in range(rounds if first < LONG_S else min(rounds, 2))]
    cpu = (time.process_time() - before) / len(taken)
    with counting() as seen:
        _timed(browser, page)
    size = len(answer.get_data()) / 1000
    return Measured(
        page, answer.status_code, len(seen), size, first * 1000, statistics.median(taken) * 1000, cpu * 1000
    )


def _timed(browser: Visitor, page: Page):
    began = time.perf_counter()
    answer = browser.get(page.address)
    return time.perf_counter() - began, answer
