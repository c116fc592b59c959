"""One value into one cell: text stays text, missing stays empty, dates are dates."""

import math
import re
from datetime import date
from typing import Any

import pandas as pd
from openpyxl.cell import Cell

from exports.columns import Kind
from exports.separated import FORMULA_LIKE
from prepare.texts import _

#: The most characters that a cell can hold.
LONGEST = 32_767

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE_LIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def clean(text: str) -> str:
    """The text as it may stand in a workbook.

    Control characters, which the file format forbids, are left out. Text that happens to look like
    the format's own escape (`_x0041_`) is escaped so that it is read back unchanged.
    """
    return _ESCAPE_LIKE.sub("_x005F_", _FORBIDDEN.sub("", text.replace("\r\n", "\n")))[:LONGEST]


def write_text(cell: Cell, text: str) -> None:
    """Write text that can never become a formula, a number or an error value."""
    cell.value = clean(text)
    cell.data_type = "s"
    if text.startswith(FORMULA_LIKE):
        cell.quotePrefix = True


def write(cell: Cell, value: Any, kind: Kind) -> None:
    """Write a value of the kind; None, NaN, NaT and infinity leave the cell empty."""
    shown = value if isinstance(value, str) else figure(value, kind)
    if isinstance(shown, str):
        write_text(cell, shown)
    else:
        cell.value = shown


def figure(value: Any, kind: Kind) -> str | date | float | None:
    """A value that is no text as a cell of the kind holds it; yes and no are words, and what is missing is None."""
    if is_missing(value):
        return None
    if pd.api.types.is_bool(value):
        return _("Yes") if value else _("No")
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    counted = float(value) / 100 if kind is Kind.PERCENT else float(value)
    return int(counted) if counted.is_integer() else counted


def is_missing(value: Any) -> bool:
    """Whether there is no value; an empty text is one that somebody may have meant."""
    if value is None or value is pd.NaT:
        return True
    if isinstance(value, (str, bytes, date)):
        return False
    return bool(pd.isna(value)) or (isinstance(value, float) and math.isinf(value))
