"""Separated values (CSV) that spreadsheet programs open as they are, and that are read back unchanged.

A text that a program could take for a formula gets an apostrophe before it; whoever reads the file in takes away
exactly that one. Texts that begin with apostrophes before such a sign get one more, so that nothing is lost.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

#: A text that begins like this could be taken for a formula by the next program that reads it.
FORMULA_LIKE = tuple("=+-@\t\r\n＝＋－＠")
APOSTROPHE = "'"
BYTE_ORDER_MARK = "\ufeff"


def inert(text: str) -> str:
    """A text that no program takes for a formula."""
    return f"{APOSTROPHE}{text}" if text.lstrip(APOSTROPHE).startswith(FORMULA_LIKE) else text


def bare(text: str) -> str:
    """The text from which `inert` made this one; any other text stays as it is."""
    if text.startswith(APOSTROPHE) and text.lstrip(APOSTROPHE).startswith(FORMULA_LIKE):
        return text.removeprefix(APOSTROPHE)
    return text


def separator(language: str) -> str:
    """What stands between values: where the comma is the decimal sign, programs expect a semicolon."""
    return "," if language == "en" else ";"


def lines(rows: Iterable[Sequence[str]], between: str) -> Iterator[str]:
    """Each row as it stands in the file; the first with the mark by which programs know that it is UTF-8."""
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=between, lineterminator="\r\n")
    out.write(BYTE_ORDER_MARK)
    for row in rows:
        writer.writerow(row)
        yield out.getvalue()
        out.seek(0)
        out.truncate()
