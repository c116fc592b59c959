"""What a cell of a list means: figures, days and words as people write them, or in one sentence what is wrong."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any

from exports.listing.wanted import How, Wanted, folded
from prepare.errors import RuleBroken
from prepare.personal import identity_code, masked
from prepare.texts import LANGUAGES, N_, UNSTORABLE, clean, plain, speaking

DURATION = re.compile(r"([0-9]{1,9}(?:[.,][0-9]{1,6})?) ?([a-z]{0,6})\.?")
NUMBER = re.compile(r"-?[0-9]{1,12}(?:[.,][0-9]{1,6})?")
DAY = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})|([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ].*)?")
#: Units that may follow a duration: how many hours each is.
UNITS = dict.fromkeys(("", "h", "t", "tim", "tunti", "tuntia"), 1.0) | dict.fromkeys(("d", "vrk", "pv", "dygn"), 24.0)
UNITS |= dict.fromkeys(("vk", "v"), 168.0) | {"min": 1 / 60}
PERIOD = re.compile(r"([0-9]{1,4}(?:[.,][0-9]{1,2})?) ?([a-zåäö]{0,10})\.?")
#: Units that may follow a number of months: how many months each is.
MONTHS = dict.fromkeys(("", "kk", "kuukausi", "kuukautta", "mån", "månad", "månader", "month", "months", "m"), 1.0)
MONTHS |= dict.fromkeys(("v", "vuosi", "vuotta", "år", "y", "year", "years"), 12.0)
YES = frozenset({"kyllä", "ja", "yes", "x", "on", "k", "true", "1"})
NO = frozenset({"ei", "nej", "no", "e", "false", "0"})
#: What a spreadsheet writes where a formula failed, in the languages of Finland; #1 is a text.
ERROR = re.compile(r"#(?:N/A|PUUTTUU|SAKNAS|[A-ZÅÄÖ][A-ZÅÄÖ0-9/]*[!?])")
Words = Mapping[str, str]


class Nothing(Enum):
    """What a cell says whose words mean that there is nothing: until further notice."""

    NOTHING = "nothing"


NOTHING = Nothing.NOTHING


def text_of(cell: Any) -> str:
    """A cell as text: whole figures without decimals, days as 2026-12-31."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else clean(str(cell))


def value(field: Wanted, text: str, words: Words) -> Any:
    """What a cell of the field says; None when it is empty, NOTHING when its words say that there is nothing.

    `words` are the meanings that a person chose. What names other records stays the text that it is.
    Raises RuleBroken with what is wrong and how to mend it.
    """
    if not text:
        return None
    if ERROR.fullmatch(text) or UNSTORABLE.search(text):
        raise RuleBroken(N_("The cell holds an error or signs that cannot be kept. Type its value anew."))
    if field.empty and folded(text) in field.empty:
        return NOTHING
    if code := identity_code(text):
        message = N_("A personal identity code (%(code)s) is not kept here. Remove it.")
        raise RuleBroken(message, code=masked(code))
    return READERS[field.how](field, text, words)


def _text(field: Wanted, text: str, _words: Words) -> str:
    if len(text) > field.longest:
        raise RuleBroken(N_("Write at most %(most)s characters."), most=field.longest)
    return text


def _hours(_field: Wanted, text: str, _words: Words) -> float:
    found = DURATION.fullmatch(plain(text))
    if not found or found[2] not in UNITS:
        raise RuleBroken(N_("Give a duration in hours, as 4 or 0,5; 30 min and 3 d are understood too."))
    return round(float(found[1].replace(",", ".")) * UNITS[found[2]], 6)


def _number(_field: Wanted, text: str, _words: Words) -> float:
    bare = plain(text.removesuffix("€").removesuffix("eur").strip())
    if not NUMBER.fullmatch(bare):
        raise RuleBroken(N_("Give a number, as 12 or 0,5."))
    return float(bare.replace(",", "."))


def _whole(field: Wanted, text: str, words: Words) -> int:
    found = _number(field, text, words)
    if not found.is_integer():
        raise RuleBroken(N_("Give a whole number, as 12."))
    return int(found)


def _months(_field: Wanted, text: str, _words: Words) -> int:
    found = PERIOD.fullmatch(plain(text))
    months = float(found[1].replace(",", ".")) * MONTHS[found[2]] if found and found[2] in MONTHS else None
    if months is None or not months.is_integer():
        raise RuleBroken(N_("Give a number of months, as 6; 6 kk and 1 year are understood too."))
    return int(months)


def _day(_field: Wanted, text: str, _words: Words) -> date:
    found = DAY.fullmatch(plain(text))
    try:
        if found is None:
            raise ValueError(text)
        parts = [int(part) for part in found.groups() if part]
        year, month, day = parts if found[4] else reversed(parts)
        return date(year, month, day)
    except ValueError:
        raise RuleBroken(N_("Give a date, as 31.12.2026.")) from None


def _yes_no(_field: Wanted, text: str, _words: Words) -> bool:
    key = folded(text)
    if key not in YES | NO:
        raise RuleBroken(N_("Say yes or no."))
    return key in YES


def _named(_field: Wanted, text: str, _words: Words) -> str:
    return text


def _word(field: Wanted, text: str, words: Words) -> Any:
    stored = words.get(text)
    if not stored:
        raise RuleBroken(N_("Choose above what “%(word)s” means here."), word=text)
    return int(stored) if field.is_step else next(word for word in field.words if word.value == stored)


READERS = {
    How.TEXT: _text,
    How.HOURS: _hours,
    How.NUMBER: _number,
    How.WHOLE: _whole,
    How.DAY: _day,
    How.YES_NO: _yes_no,
    How.MONTHS: _months,
    How.WORD: _word,
    How.CODE: _named,
    How.CODES: _named,
}


def options(field: Wanted, steps: Sequence[tuple[int, str]] = ()) -> list[tuple[str, str]]:
    """What a word of the field may mean: stored word and label; `steps` are those of the city's risk scale."""
    if field.is_step:
        return [(str(step), f"{step} {label}") for step, label in steps]
    return [(word.value, word.option) for word in field.words]


def meant(field: Wanted, text: str, steps: Sequence[tuple[int, str]] = ()) -> str:
    """What a word most likely means, by its stored word, its number or its label in any language; "" = unknown."""
    key = folded(text)
    if field.is_step:
        return next((str(step) for step, label in steps if key in (str(step), folded(label))), "")
    for language in LANGUAGES:
        with speaking(language):
            for word in field.words:
                if key in (folded(word.value), folded(word.label), folded(word.option)):
                    return str(word.value)
    return ""
