"""One cell of a workbook that was handed in, read as its field's value: lenient, never by guess, and told."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from exports.filling.fields import Field, Kind
from exports.filling.values import Lists, folded
from prepare.personal import identity_code
from prepare.texts import LANGUAGES, N_, UNSTORABLE, _, clean, plain, speaking
from prepare.vocabulary import Labelled

DECIMAL = re.compile(r"[-+]?[0-9]{1,12}(?:[.,][0-9]{1,6})?")
#: A sign and three digits: a thousand in one country, a thousandth in another.
TWO_WAYS = re.compile(r"[-+]?[0-9]{1,3}[.,][0-9]{3}")
DURATION = re.compile(r"([-+]?[0-9.,]+) ?([a-z]{0,5})")
UNITS = dict.fromkeys(("", "h", "t", "tim", "tunti", "tuntia", "hours"), 1.0)
UNITS |= dict.fromkeys(("d", "vrk", "dygn", "pv"), 24.0) | dict.fromkeys(("vk", "v"), 168.0) | {"min": 1 / 60}
WRITTEN_DATE = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}")
FIRST_DAY, LAST_DAY = date(1950, 1, 1), date(2200, 1, 1)
#: The day that Excel counts from, and the numbers that are taken for days.
DAY_ZERO, SERIALS = date(1899, 12, 30), range(20_000, 80_000)
_ANSWERS = {True: N_("Yes"), False: N_("No")}


@dataclass
class Read:
    """What a cell was read as; `problem` and `remarks` are codes of issues with what fills them."""

    value: Any = None
    problem: tuple[str, dict[str, Any]] | None = None
    remarks: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def refuse(self, code: str, **values: Any) -> "Read":
        """The same with a problem instead of a value."""
        self.value, self.problem = None, (code, values)
        return self

    def remark(self, code: str, **values: Any) -> None:
        """Tell how it was read."""
        self.remarks.append((code, values))


def read(of: Field, cell: Any, lists: Lists) -> Read:
    """The value that a cell means in a field. `cell` is text, number, yes or no, day, moment, None or an error."""
    found = Read()
    if cell is None or (isinstance(cell, str) and not clean(cell)):
        return found
    if not isinstance(cell, str | int | float | bool | date):
        return found.refuse("CELL_ERROR", value=str(cell))
    if of.kind in (Kind.TEXT, Kind.LONG):
        return _text(of, cell, found)
    if of.kind in (Kind.HOURS, Kind.PERCENT, Kind.WHOLE, Kind.QUANTITY):
        return _number(of, cell, found)
    if of.kind is Kind.DATE:
        return _date(cell, found)
    if of.kind is Kind.YES_NO:
        return _chosen(cell, _yes_and_no(), [_(text) for text in _ANSWERS.values()], found)
    if of.words:
        return _chosen(cell, _words(of.words), [word.option for word in of.words], found)
    return _item(of, cell, lists, found)


def _text(of: Field, cell: Any, found: Read) -> Read:
    if not isinstance(cell, str):
        found.value = _written(cell)
        found.remark("NUMBER_AS_TEXT", read=found.value)
        return found
    text = clean(cell)
    if of.kind is Kind.TEXT and "\n" in text:
        text = text.replace("\n", " ")
        found.remark("TEXT_JOINED")
    if UNSTORABLE.search(text):
        return found.refuse("BAD_CHARACTERS")
    if identity_code(text):
        return found.refuse("PERSONAL")
    if len(text) > of.longest:
        return found.refuse("TOO_LONG", now=len(text), most=of.longest)
    found.value = text
    return found


def _written(cell: Any) -> str:
    """A value as a person would have typed it as text."""
    if isinstance(cell, bool):
        return _(_ANSWERS[cell])
    if isinstance(cell, date):
        return f"{cell.day}.{cell.month}.{cell.year}"
    return f"{cell:.15g}"


def _number(of: Field, cell: Any, found: Read) -> Read:
    if isinstance(cell, bool):
        return found.refuse("NOT_NUMBER", value=_(_ANSWERS[cell]))
    if isinstance(cell, date):
        return found.refuse("DATE_IN_NUMBER")
    value = _percent(of, float(cell), found) if not isinstance(cell, str) else _typed(of, cell, found)
    if value is None:
        return found
    if of.kind is Kind.WHOLE and value != int(value):
        return found.refuse("NOT_WHOLE", value=f"{value:g}")
    if not of.least <= value <= of.most:
        return found.refuse("OUT_OF_RANGE", value=f"{value:g}", least=f"{of.least:g}", most=f"{of.most:.15g}")
    found.value = int(value) if of.kind is Kind.WHOLE else round(value, 6)
    return found


def _percent(of: Field, value: float, found: Read) -> float:
    """A share as its per cent; a greater number was typed where the cell shows no per cent sign."""
    if of.kind is not Kind.PERCENT:
        return value
    if value <= 1:
        return value * 100
    found.remark("PERCENT_SCALED", value=f"{value:g}", read=f"{value:g}")
    return value


def _typed(of: Field, cell: str, found: Read) -> float | None:
    """A number that was typed as text, with a unit or without."""
    text = plain(cell)
    unit = 1.0
    if of.kind is Kind.PERCENT:
        text = text.removesuffix("%").strip()
    if of.kind is Kind.HOURS and (parts := DURATION.fullmatch(text)) and parts[2] in UNITS:
        text, unit = parts[1], UNITS[parts[2]]
    if TWO_WAYS.fullmatch(text):
        found.refuse("AMBIGUOUS", value=clean(cell)[:60])
        return None
    if not DECIMAL.fullmatch(text):
        found.refuse("NOT_NUMBER", value=clean(cell)[:60])
        return None
    value = float(text.replace(",", ".")) * unit
    found.remark("TEXT_NUMBER", value=clean(cell)[:60], read=f"{value:g}")
    return value


def _date(cell: Any, found: Read) -> Read:
    day: date | None = None
    if isinstance(cell, datetime):
        day = cell.date()
    elif isinstance(cell, date):
        day = cell
    elif isinstance(cell, str) and WRITTEN_DATE.fullmatch(plain(cell)):
        numbers = [int(number) for number in re.split("[.-]", plain(cell))]
        with suppress(ValueError):
            day = date(*(numbers if "-" in cell else reversed(numbers)))
            found.remark("TEXT_DATE", value=clean(cell))
    elif isinstance(cell, int | float) and not isinstance(cell, bool) and cell in SERIALS:
        day = DAY_ZERO + timedelta(days=int(cell))
        found.remark("FROM_SERIAL", value=f"{cell:g}", read=_written(day))
    if day is None:
        return found.refuse("NOT_DATE", value=str(cell)[:60])
    if not FIRST_DAY <= day <= LAST_DAY:
        return found.refuse("OUT_OF_RANGE", value=_written(day), least=_written(FIRST_DAY), most=_written(LAST_DAY))
    found.value = day.isoformat()
    return found


@cache
def _words(words: type[Labelled]) -> Mapping[str, str]:
    """Every way in which a word may be written → the stored word."""
    ways: dict[str, str] = {}
    for code in LANGUAGES:
        with speaking(code):
            for word in words:
                ways |= {
                    folded(word.value): word.value,
                    folded(word.label): word.value,
                    folded(word.option): word.value,
                }
    return ways


@cache
def _yes_and_no() -> Mapping[str, bool]:
    ways = {"1": True, "0": False, "true": True, "false": False, "tosi": True, "epätosi": False}
    for code in LANGUAGES:
        with speaking(code):
            ways |= {folded(_(text)): answer for answer, text in _ANSWERS.items()}
    return ways


def _chosen(cell: Any, ways: Mapping[str, Any], allowed: list[str], found: Read) -> Read:
    if isinstance(cell, bool):
        cell = "1" if cell else "0"
    text = cell if isinstance(cell, str) else _written(cell)
    found.value = ways.get(folded(text))
    if found.value is None:
        return found.refuse("NOT_IN_LIST", value=text[:60], allowed=", ".join(allowed))
    return found


def _item(of: Field, cell: Any, lists: Lists, found: Read) -> Read:
    text = cell if isinstance(cell, str) else _written(cell)
    code = lists.find(of.items, text)
    if code is None:
        return found.refuse("UNKNOWN_REF", value=clean(text)[:80])
    found.value = int(code) if of.kind is Kind.STEP else code
    return found
