"""`python -m tests.bench`: sows countries of several sizes and tells what every page costs in each."""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench import cascade, cluster, intake, workbook
from tests.bench.country import SIZES, country
from tests.bench.measuring import Measured, measure
from tests.bench.pages import PLAIN, pages

HEADING = f"{'page':<28}{'who':<13}status queries      kB  first ms       ms   cpu ms  x plain"
WHO = ("central", "country", "kas.contact", "leadership")


def tell(line: str) -> None:
    """Print a line at once: a large country takes its time."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Measure each size in a process of its own, so that its peak of memory is its own."""
    asked = _asked()
    if asked.cascade:
        cascade.main(large=asked.large, folder=Path(asked.folder) if asked.folder else None)
        return
    if asked.cluster:
        cluster.main(asked.cluster, tell)
        return
    if asked.workbook:
        workbook.main(asked.workbook, tell)
        return
    if asked.intake:
        intake.main(asked.intake, tell)
        return
    if asked.one:
        run(asked.size[0], Path(asked.folder), asked.who, asked.only, asked.database)
        return
    with tempfile.TemporaryDirectory() as made:
        for size in asked.size:
            folder = Path(asked.folder or made) / size
            more = [
                *(f"--who={who}" for who in asked.who),
                *([f"--database={asked.database}"] if asked.database else []),
            ]
            more += [f"--only={asked.only}"] if asked.only else []
            command = [sys.executable, "-m", "tests.bench", "--one", f"--folder={folder}", f"--size={size}", *more]
            subprocess.run(command, check=True)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--size", action="append", choices=SIZES, help="may be repeated; default: demo and 5k")
    parser.add_argument("--who", action="append", choices=WHO, help="may be repeated; default: central and country")
    parser.add_argument("--only", default="", help="only pages whose name begins so")
    parser.add_argument("--folder", default="", help="keep the sown databases here for the next run")
    parser.add_argument("--database", default="", help="address of an empty PostgreSQL database instead of SQLite")
    parser.add_argument("--intake", type=int, default=0, help="measure taking in a workbook of so many rows")
    parser.add_argument("--cascade", action="store_true", help="measure the engines instead of the pages")
    parser.add_argument("--large", action="store_true", help="with --cascade: a million functions too, some minutes")
    parser.add_argument(
        "--workbook", type=int, nargs="?", const=100_000, help="a register of so many rows as a workbook instead"
    )
    parser.add_argument(
        "--cluster", type=int, nargs="?", const=100_000, help="sharing work out instead, over so many functions"
    )
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    asked.size = asked.size or ["demo", "5k"]
    asked.who = asked.who or ["central", "country"]
    return asked


def run(size: str, folder: Path, people: list[str], only: str = "", database: str = "") -> list[Measured]:
    """Sow one country and tell what its pages cost; gives what was measured."""
    found: list[Measured] = []
    with country(size, folder, database) as land:
        load = os.getloadavg()[0]
        tell(f"\n{size} on {database.partition(':')[0] or 'sqlite'}: sown in {land.sown_s:.1f} s, load {load:.1f}")
        tell(HEADING)
        for who in people:
            if who == "country" and (SIZES[size] is None or SIZES[size].municipalities == 1):
                continue
            found += _of(land, who, only)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
        tell(f"peak memory {peak:.0f} MB, load {os.getloadavg()[0]:.1f}")
    return found


def _of(land, who: str, only: str) -> list[Measured]:
    browser, found, plain = land.browser(who), [], 1.0
    with land.app.app_context():
        listed = list(pages(who))
    for page in listed:
        if page.name == PLAIN or page.name.startswith(only):
            one = measure(browser, page)
            plain = one.cpu_ms if page.name == PLAIN else plain
            tell(
                f"{page.name:<28}{who:<13}{one.status:>6}{one.statements:>8}{one.kilobytes:>8.0f}"
                f"{one.first_ms:>10.0f}{one.ms:>9.1f}{one.cpu_ms:>9.1f}{one.cpu_ms / plain:>9.1f}",
            )
            found.append(one)
    return found


if __name__ == "__main__":
    main()
