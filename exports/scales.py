"""Colours that follow from a cell's figure, also after somebody has changed it."""

from collections.abc import Sequence
from itertools import groupby

from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from exports import styles
from exports.columns import Column, Kind


def colour_levels(sheet: Worksheet, columns: Sequence[Column], rows: tuple[int, int], first: int) -> None:
    """Colour the cells of kind LEVEL from the first to the last of `rows`; the table begins in column `first`."""
    kinds = groupby(enumerate(columns, start=first), key=lambda one: one[1].kind)
    for kind, group in kinds:
        places = [place for place, _column in group]
        if kind is Kind.LEVEL:
            where = f"{get_column_letter(places[0])}{rows[0]}:{get_column_letter(places[-1])}{rows[1]}"
            for level, (ground, ink) in styles.LEVELS.items():
                face = Font(color=ink, bold=level == max(styles.LEVELS))
                rule = CellIsRule(operator="equal", formula=[str(level)], fill=_fill(ground), font=face)
                sheet.conditional_formatting.add(where, rule)


def _fill(colour: str) -> PatternFill:
    """A fill as rules have it: their plain colour is the one behind."""
    return PatternFill(bgColor=colour)
