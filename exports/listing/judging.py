"""What can be told of a list before anybody has said whose it is and what its words mean.

Figures and days, doubled codes and headings are judged. Words and texts are not: what they mean, and whether they can
be kept, is asked and told at their cells when the list is brought in.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from exports.listing import cells, headings
from exports.listing.every import LISTED
from exports.listing.wanted import CODE, How, Listed
from prepare.errors import RuleBroken
from prepare.texts import N_, _

#: So many headings must be called as the fields of a register are, before a sheet is taken for a list of it.
NAMED = 3
ROW_FOUND, NORMALISED = "header_row_found", "headers_normalised"
#: What keeps a list from being taken in, the widest first.
WRONG, TWICE = GRAVEST = ("row_errors", "duplicate_codes")
FIGURES = frozenset({How.HOURS, How.NUMBER, How.WHOLE, How.MONTHS, How.DAY, How.YES_NO})
#: What is told of headings; a list is taken in all the same.
REMARKS = {
    ROW_FOUND: N_("The headings were found below the first row; what stands above them is left out."),
    NORMALISED: N_("The heading has odd spaces or signs that are not seen. It was read without them."),
}


@dataclass(frozen=True)
class Told:
    """Something that is told of a list: a stable code, where (row and column from 1), and the words."""

    code: str
    row: int
    column: int
    message: str

    @property
    def is_fault(self) -> bool:
        """Whether it keeps the list from being taken in as it is."""
        return self.code not in REMARKS


def recognised(rows: Sequence[Sequence[Any]]) -> Listed | None:
    """The register whose fields most of the headings are called by, if they are enough of them."""
    best, most = None, NAMED - 1
    for listed in LISTED.values():
        called = _called(rows, listed)
        if len(called) > most and listed.named_by in called:
            best, most = listed, len(called)
    return best


def _called(rows: Sequence[Sequence[Any]], listed: Listed) -> set[str]:
    row = rows[headings.found_in(rows, listed)] if rows else ()
    return set(headings.suggested(headings.texts(row), listed, {}).values())


def judged(rows: Sequence[Sequence[Any]]) -> list[Told]:
    """Everything that is told of a sheet's rows; nothing where they are no list of a register."""
    listed = recognised(rows)
    if listed is None:
        return []
    place = headings.found_in(rows, listed)
    texts = headings.texts(rows[place])
    columns = headings.suggested(texts, listed, {})
    found = list(_of_headings(rows[place], place))
    for column, heading in enumerate(texts, start=1):
        if name := columns.get(heading):
            found += _of_column(rows, place, column, listed, name)
    return sorted(found, key=lambda one: (one.row, one.column))


def _of_headings(row: Sequence[Any], place: int) -> Iterator[Told]:
    if place:
        yield Told(ROW_FOUND, place + 1, 1, _(REMARKS[ROW_FOUND]))
    for column, cell in enumerate(row, start=1):
        if isinstance(cell, str) and cell.strip() and cell != _plain(cell):
            yield Told(NORMALISED, place + 1, column, _(REMARKS[NORMALISED]))


def _plain(text: str) -> str:
    """Text without signs that are not seen and without odd spaces."""
    seen = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return " ".join(unicodedata.normalize("NFKC", seen).split())


def _of_column(rows: Sequence[Sequence[Any]], place: int, column: int, listed: Listed, name: str) -> Iterator[Told]:
    field = listed.field(name)
    if field is None or not (field.how in FIGURES or name == CODE.name):
        return
    first: dict[str, int] = {}
    for number, row in enumerate(rows[place + 1 :], start=place + 2):
        text = cells.text_of(row[column - 1]) if column <= len(row) else ""
        try:
            cells.value(field, text, {})
        except RuleBroken as broken:
            yield Told(WRONG, number, column, broken.text())
        if name == CODE.name and text and first.setdefault(_folded(text), number) != number:
            message = _("The code stands in row %(row)s too. Leave one of the rows out.", row=first[_folded(text)])
            yield Told(TWICE, number, column, message)


def _folded(code: str) -> str:
    """A code as it is compared: no case, no odd spaces, nothing that is not seen."""
    return _plain(code).casefold()
