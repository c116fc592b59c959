"""Entries of the trail as a file: a workbook under its marking, or plain text for other programs."""

import csv
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

import pandas as pd

from exports import cover, sheets
from exports.book import Book
from exports.columns import Column, Kind
from exports.cover import Cover
from exports.properties import Imprint
from exports.separated import inert
from exports.sheets import Register
from prepare.texts import N_, _, moment, number
from prepare.vocabulary import Confidentiality

#: A workbook takes no more rows, so that it is made within half a minute and opens at once; a text file takes more.
MOST_ROWS = {"xlsx": 10_000, "csv": 50_000}
#: A cell shows so much of what was changed; the text file has all of it.
LONGEST_CELL = 1_500

COLUMNS = (
    Column("number", N_("Entry"), 9, Kind.COUNT, note=N_("The entry's number in the trail; numbers have no gaps.")),
    Column("day", N_("Day"), 11, Kind.DATE),
    Column("time", N_("Time"), 9, Kind.CODE, note=N_("Time in Finland")),
    Column("who", N_("Who"), 24),
    Column("action", N_("What was done"), 26),
    Column("kind", N_("Kind"), 18),
    Column("code", N_("Code"), 22),
    Column("organisation", N_("Organisation"), 24),
    Column("confidentiality", N_("Confidentiality"), 14),
    Column("changes", N_("Changes"), 70),
)
Row = Mapping[str, object]


@dataclass(frozen=True)
class Told:
    """What the file is told about itself: texts are in its language."""

    name: str
    filter: str
    who: str
    purpose: str
    verified: str
    has_more: bool


@dataclass(frozen=True)
class TrailFile:
    """A finished file and what the trail tells of it."""

    name: str
    content: bytes
    rows: int
    filter: str

    @property
    def sha256(self) -> str:
        """The fingerprint of the file."""
        return hashlib.sha256(self.content).hexdigest()


def highest(classes: Sequence[Confidentiality]) -> Confidentiality:
    """The class of a file: that of its most confidential entry, and never public."""
    return max([Confidentiality.INTERNAL, *classes], key=lambda one: one.rank)


def workbook(rows: Sequence[Row], told: Told, imprint: Imprint) -> TrailFile:
    """The rows as a workbook with a cover that states the filter, the purpose and what has been verified."""
    book = Book(imprint)
    cover.begin(book)
    shown = [{**row, "changes": _cut(str(row["changes"]))} for row in rows]
    frame = pd.DataFrame(shown, columns=[column.key for column in COLUMNS], dtype=object)
    register = Register(_("Entries"), _("Who changed what, before and after"), COLUMNS, frame, key="trail")
    sheets.write_register(book, register)
    more = _("There are older entries that fit: narrow the period to take them.") if told.has_more else ""
    cover.write(book, Cover(_facts(told, imprint), [(_("Entries"), len(rows))], [], _advice(), more))
    return TrailFile(f"{told.name}.xlsx", book.to_bytes(), len(rows), told.filter)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_CELL else f"{text[:LONGEST_CELL]} …"


def _facts(told: Told, imprint: Imprint) -> list[tuple[str, str]]:
    return [
        (_("City"), imprint.city),
        (_("Filter"), told.filter),
        (_("What it is for"), told.purpose),
        (_("Taken by"), told.who),
        (_("Taken from the register"), moment(imprint.made_at)),
        (_("Verification of the trail"), told.verified),
    ]


def _advice() -> list[str]:
    return [
        _("The entries stand newest first; filter them by the buttons of the headings."),
        _("A long change is cut; the text file and the page have all of it."),
        _("The seals cannot be verified from this file: the register verifies them."),
    ]


def text_file(rows: Sequence[Row], told: Told, imprint: Imprint) -> TrailFile:
    """The rows as CSV: UTF-8 with a byte order mark, and ";" between values.

    Both are what Excel expects in Finland and Sweden, where the comma is the decimal sign. A text that a program
    could take for a formula gets an apostrophe before it; whoever reads the file in takes away exactly that one.
    """
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([_("Marking"), inert(imprint.marking), _("Filter"), inert(told.filter)])
    if told.has_more:
        writer.writerow([_("There are older entries that fit: narrow the period to take them.")])
    writer.writerow([_(column.heading) for column in COLUMNS])
    for row in rows:
        writer.writerow([inert(str(row[column.key])) for column in COLUMNS])
    content = out.getvalue().encode("utf-8-sig", "replace")
    return TrailFile(f"{told.name}.csv", content, len(rows), told.filter)


def limit_text(kind: str) -> str:
    """How many entries a kind of file takes at most."""
    return number(MOST_ROWS[kind])
