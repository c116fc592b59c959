"""A large register as a workbook, beside bare openpyxl in its fastest mode with the same cells, in the same run.

Each way runs in a process of its own, so that its peak of memory is its own. Both read the same frame, whose memory is
told apart. The kit writes what a reader needs on top: styles, row heights, a native table, tones and a cover.
"""

import gc
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO

import pandas as pd
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell

from exports import cover, sheets, styles
from exports.book import Book
from exports.columns import Column, Kind, Tone
from exports.cover import Cover
from exports.frames.reader import frame_of
from exports.properties import Imprint
from exports.sheets import Register
from prepare.texts import speaking
from prepare.vocabulary import Confidentiality

COLUMNS = (
    Column("code", "Code", 10, Kind.CODE),
    Column("name", "Function", 34),
    Column("owner", "Owner (role)", 22),
    Column("note", "Note", 40),
    Column("rto_h", "RTO h", 8, Kind.HOURS),
    Column("capability_h", "Capability h", 10, Kind.HOURS, tone="tone"),
    Column("level_pct", "Minimum level %", 11, Kind.PERCENT),
    Column("staff", "Minimum staff", 9, Kind.COUNT),
    Column("reviewed_on", "Reviewed", 11, Kind.DATE),
    Column("confirmed", "Confirmed", 11),
)
NOTES = ("Varavoima kestää", "Sopimus puuttuu", "Harjoiteltu yhdessä", "Odottaa vahvistusta", "Riippuu verkosta")
WAYS = ("kit", "write_only", "styled")
BEST_OF = 3


def frame(rows: int) -> pd.DataFrame:
    """A register as a readiness report has it: four texts (one of some eighty letters), figures, a day, yes or no."""
    told: list[dict[str, object]] = [
        {
            "code": f"F-{n:06}",
            "name": f"Toiminto {n}: vedenjakelu ja varavesi",
            "owner": f"Käyttöpäällikkö {n % 500}",
            "note": f"{NOTES[n % 5]}; tarkistettu kohteessa {n % 7919}, seuraava katselmus sovitaan yksikön kanssa.",
            "rto_h": (4.0, 8.0, 12.5, 24.0)[n % 4],
            "capability_h": (2.0, 24.0, 9.25)[n % 3],
            "tone": (None, Tone.HIGH, None)[n % 3],
            "level_pct": n % 101,
            "staff": n % 40,
            "reviewed_on": date(2026, 1 + n % 12, 1 + n % 28),
            "confirmed": n % 2 == 0,
        }
        for n in range(rows)
    ]
    return frame_of(told, COLUMNS)


def kit(rows: pd.DataFrame) -> bytes:
    """The register as the house writes it."""
    imprint = Imprint(
        "Readiness", "All", "Merikaupunki", "City", "CITY", date(2026, 11, 21), datetime(2026, 11, 21, tzinfo=UTC),
        Confidentiality.INTERNAL,
    )  # fmt: skip
    with speaking("fi"):
        book = Book(imprint)
        cover.begin(book)
        sheets.write_register(book, Register("Functions", "All", COLUMNS, rows, frozen=2))
        cover.write(book, Cover([], [], [], []))
        return book.to_bytes()


def write_only(rows: pd.DataFrame) -> bytes:
    """The same values by openpyxl in its write-only mode, without any style."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Functions")
    keys = [column.key for column in COLUMNS]
    sheet.append(keys)
    for row in zip(*(rows[key].tolist() for key in keys), strict=True):
        sheet.append(row)
    written = BytesIO()
    workbook.save(written)
    return written.getvalue()


def styled(rows: pd.DataFrame) -> bytes:
    """The same by openpyxl in its write-only mode with the house's styles, but without heights, tones and table."""
    workbook = Workbook(write_only=True)
    styles.register(workbook)
    sheet = workbook.create_sheet("Functions")
    names = [styles.of(column.kind) for column in COLUMNS]
    for row in zip(*(rows[column.key].tolist() for column in COLUMNS), strict=True):
        told = [WriteOnlyCell(sheet, value=value) for value in row]
        for cell, name in zip(told, names, strict=True):
            cell.style = name
        sheet.append(told)
    written = BytesIO()
    workbook.save(written)
    return written.getvalue()


def main(rows: int, tell: Callable[[str], None]) -> None:
    """Measure both ways by turns, the best of three, and tell the ratio."""
    found: dict[str, list[list[float]]] = {way: [] for way in WAYS}
    for _round in range(BEST_OF):
        for way in WAYS:
            command = [sys.executable, "-m", "tests.bench.workbook", way, str(rows)]
            told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
            found[way].append([float(one) for one in told])
    tell(f"{'way':<12}{'rows':>9}{'cpu s':>9}{'wall s':>9}{'rows/s':>10}{'MB file':>9}{'frame MB':>10}{'peak MB':>9}")
    best = {way: min(told) for way, told in found.items()}
    for way, (cpu, wall, size, before, peak) in best.items():
        tell(f"{way:<12}{rows:>9}{cpu:>9.2f}{wall:>9.2f}{rows / cpu:>10.0f}{size:>9.2f}{before:>10.0f}{peak:>9.0f}")
    bare, dressed = (best[way][0] / best["kit"][0] for way in WAYS[1:])
    tell(f"the kit writes {bare:.2f} times as fast as bare openpyxl write-only, {dressed:.2f} times as with styles")


def one(way: str, rows: int) -> None:
    """Measure one way: CPU and wall seconds, size of the file, memory before and at its peak, in one line."""
    told = frame(rows)
    make = {"kit": kit, "write_only": write_only, "styled": styled}[way]
    make(told.head(1_200))
    gc.collect()
    before = _peak()
    cpu, wall = time.process_time(), time.perf_counter()
    made = make(told)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    peak = _peak()
    sheet = load_workbook(BytesIO(made), read_only=True)["Functions"]
    if sheet.max_row not in (None, rows, rows + 1, rows + sheets.HEADING_ROW):
        raise SystemExit(f"{way}: {sheet.max_row} rows")
    sys.stdout.write(f"{cpu} {wall} {len(made) / 1e6} {before} {peak}\n")


def _peak() -> float:
    """The most memory that the process has held so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    one(sys.argv[1], int(sys.argv[2]))
