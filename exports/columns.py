"""What a column of a sheet is: where its values come from, how it is headed and how it is shown."""

from dataclasses import dataclass
from enum import StrEnum

from prepare.texts import language
from prepare.vocabulary import Confidentiality


class Kind(StrEnum):
    """How the values of a column are written and aligned."""

    CODE = "code"
    TEXT = "text"
    COUNT = "count"
    QUANTITY = "quantity"
    HOURS = "hours"
    PERCENT = "percent"
    CHANGE = "change"  #: by how much a figure has risen or fallen, with its sign
    STEP = "step"
    DATE = "date"
    HEAT = "heat"
    LEVEL = "level"  #: 0 to 4, coloured by the figure; 0 is not shown
    LINK = "link"


class Tone(StrEnum):
    """What a coloured cell says; the cell always carries its word or number as well."""

    CRITICAL = "critical"
    HIGH = "high"
    MODERATE = "moderate"
    GOOD = "good"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Column:
    """One column of a table.

    `heading` and `note` are N_() messages; the note is shown when the reader points at the heading.
    `width` is in characters and grows so that no word of the heading is broken. `tone` and `word`
    are keys of further values of the row: the cell's colour, and a word shown after its number.
    Values of kind PERCENT run from 0 to 100, those of HOURS are hours, those of STEP 1 to 5.
    An `optional` column is left out while it has no value at all; `least` is the lowest variant of a
    workbook that may hold the column.
    """

    key: str
    heading: str
    width: float = 12.0
    kind: Kind = Kind.TEXT
    note: str = ""
    tone: str = ""
    word: str = ""
    optional: bool = False
    least: Confidentiality = Confidentiality.PUBLIC


def number_format(kind: Kind) -> str:
    """The number format of a kind in the language in use; `_)` keeps figures off the cell's edge."""
    if kind is Kind.DATE:
        return "yyyy-mm-dd_)" if language() == "en" else "d.m.yyyy_)"
    return FORMATS.get(kind, "General")


#: Stored free of any locale: the reader's program puts in its own decimal sign.
FORMATS = {
    Kind.CODE: "@",
    Kind.COUNT: "#,##0_)",
    Kind.QUANTITY: "General_)",
    Kind.HOURS: "General_)",
    Kind.PERCENT: "0 %_)",
    Kind.CHANGE: "+0_);\u22120_);0_)",
    Kind.STEP: "0",
    Kind.HEAT: "General",
    Kind.LEVEL: "0;;",
}
#: Kinds whose values are figures and stand at the right edge.
FIGURES = frozenset({Kind.COUNT, Kind.QUANTITY, Kind.HOURS, Kind.PERCENT, Kind.CHANGE, Kind.DATE})
#: Kinds whose values may run over several lines.
WRAPPED = frozenset({Kind.TEXT, Kind.CODE, Kind.LINK})


def with_word(word: str) -> str:
    """A number format that shows the figure in hours and a word after it: 12 h · MTPD."""
    shown = word.replace('"', "'")
    return f'General" h · {shown}"' if shown else 'General" h"'
