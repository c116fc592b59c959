"""What a variant of a report holds, and what it leaves out: filtered by class before anything is written."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from exports.frames.reader import Reader
from exports.sheets import Register
from exports.spreads import Spread
from prepare.texts import _, ngettext
from prepare.vocabulary import Confidentiality

Sheet = Register | Spread
#: The lowest variant that has a sheet, and what makes it for a reader.
Offered = tuple[Confidentiality, Callable[[Reader], Sheet]]
#: What the making of each sheet is told of: how many are done, of how many, and the sheet's name.
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Chosen:
    """The sheets that a variant has, in their order, and those that it leaves out whole."""

    shown: Sequence[Sheet]
    hidden: Sequence[Sheet]

    @property
    def rows(self) -> int:
        """How many rows the variant has."""
        return sum(map(row_count, self.shown))

    @property
    def left_out(self) -> int:
        """How many rows the variant leaves out, those of whole sheets included."""
        return sum(one.left_out for one in (*self.shown, *self.hidden)) + sum(map(row_count, self.hidden))

    @property
    def unshown(self) -> str:
        """What the variant leaves out, in a sentence; empty when it leaves out nothing."""
        if not (count := self.left_out):
            return ""
        return ngettext("%(n)s row was left out of this variant.", "%(n)s rows were left out of this variant.", count)

    @property
    def absent(self) -> list[tuple[str, str]]:
        """The names of the sheets that the variant leaves out whole, as a fact for the cover."""
        titles = ", ".join(one.title for one in self.hidden)
        return [(_("Sheets left out"), titles)] if titles else []

    @property
    def digest(self) -> str:
        """The fingerprint of the rows that the variant has."""
        told = hashlib.sha256()
        for one in self.shown:
            for columns, frame in one.frames if isinstance(one, Spread) else [(one.columns, one.frame)]:
                told.update(frame[[column.key for column in columns]].to_csv(index=False).encode())
        return told.hexdigest()


def row_count(sheet: Sheet) -> int:
    """How many rows a sheet has."""
    return sheet.row_count if isinstance(sheet, Spread) else len(sheet.frame)


def chosen(reader: Reader, offered: Sequence[Offered], told: Progress | None = None) -> Chosen:
    """Of the sheets those that the reader's variant has; the others are made only to count what is left out.

    A sheet of which the variant may hold no row at all is left out whole.
    """
    whole = replace(reader, variant=Confidentiality.CONFIDENTIAL)
    shown: list[Sheet] = []
    hidden: list[Sheet] = []
    for number, (least, make) in enumerate(offered):
        admitted = reader.admits(least)
        sheet = make(reader if admitted else whole)
        is_bare = not row_count(sheet) and sheet.left_out > 0
        (shown if admitted and not is_bare else hidden).append(sheet)
        if told:
            told(number + 1, len(offered), sheet.title)
    return Chosen(shown, hidden)


def bases(records: Iterable[object]) -> str:
    """The legal bases of secrecy that records state, each once; empty when none is stated."""
    stated = {getattr(one, "secrecy_basis", None) for one in records}
    return "; ".join(sorted(str(basis) for basis in stated if basis))
