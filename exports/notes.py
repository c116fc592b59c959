"""Notes on headings: what a figure means, shown when the reader points at it."""

from openpyxl.cell import Cell
from openpyxl.comments import Comment

from exports.widths import lines

AUTHOR = "prepare"
WIDTH_PX = 300


def attach(cell: Cell, text: str) -> None:
    """Attach a note that is tall enough for its text."""
    note = Comment(text, AUTHOR)
    note.width = WIDTH_PX
    note.height = 18 * max(2, lines(text, 42)) + 10
    cell.comment = note
