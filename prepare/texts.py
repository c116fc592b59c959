"""Every text that a person reads, in Finnish, Swedish and English.

Messages stand in the code in English and are looked up in `<package>/locale/<language>.po`.
The language belongs to the running request, command or workbook; no web framework is needed.
"""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.dates import format_date, format_datetime, get_timezone
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

LANGUAGES = ("fi", "sv", "en")
DEFAULT_LANGUAGE = "fi"
PACKAGES = ("prepare", "risks", "dependencies", "continuity", "exports")
ROOT = Path(__file__).parent.parent

#: What stands for a character that was lost on its way; a text that holds one is damaged.
LOST = "\N{REPLACEMENT CHARACTER}"
#: What no text may hold: control characters but tab and line feed, halves of characters, non-characters and LOST.
UNSTORABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffd-\uffff"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
    + "]"
)
#: Marks that stand on the letter before them. A letter carries 30 at most: composing longer piles takes minutes.
MARKS = "".join(chr(code) for code in range(0x300, 0x1F000) if unicodedata.combining(chr(code)))
PILE, FOREIGN_RUN = re.compile(f"[{MARKS}]{{31,}}"), re.compile("[\u0300-\U0010ffff]{31}")
LINE_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
#: Signs that turn the direction of the text after them, so that it can read as something else than it is.
TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

#: Digits in groups of three, as in 1 234 567.
GROUPS = re.compile(r"[-+]?[0-9]{1,3}(?: [0-9]{3}){1,3}(?![0-9])")

_language: ContextVar[str] = ContextVar("language", default=DEFAULT_LANGUAGE)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name
    """Mark a message for translation where it is shown, not here."""
    return message


def language() -> str:
    """The language in use: fi, sv or en."""
    return _language.get()


def speak(code: str) -> None:
    """Use a language from here on; an unknown code means the default language."""
    _language.set(code if code in LANGUAGES else DEFAULT_LANGUAGE)


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Use a language inside the block."""
    token = _language.set(code if code in LANGUAGES else DEFAULT_LANGUAGE)
    try:
        yield
    finally:
        _language.reset(token)


@cache
def catalogue(code: str) -> NullTranslations:
    """The messages of all packages in one language; English is the language of the code."""
    translations = NullTranslations()
    for package in PACKAGES:
        path = ROOT / package / "locale" / f"{code}.po"
        if path.exists():
            compiled = BytesIO()
            with path.open("rb") as source:
                write_mo(compiled, read_po(source, locale=code))
            compiled.seek(0)
            more = GNUTranslations(compiled)
            more.add_fallback(translations)
            translations = more
    return translations


def _(message: str, **values: Any) -> str:
    """The message in the current language, its `%(name)s` places filled."""
    text = _translated(language(), message) if message else ""
    return text % values if values else text


@lru_cache(maxsize=10_000)
def _translated(code: str, message: str) -> str:
    return catalogue(code).gettext(message)


def ngettext(one: str, many: str, n: int, **values: Any) -> str:
    """The singular or plural message for `n`, which fills the place `%(n)s`."""
    return catalogue(language()).ngettext(one, many, n) % {"n": number(n), **values}


def named(record: object, stem: str) -> str:
    """A text that the record has in three languages: the current one, else Finnish, else any."""
    for code in (language(), *LANGUAGES):
        if text := getattr(record, f"{stem}_{code}", None):
            return str(text)
    return ""


def name_of(record: object) -> str:
    """The record's name in the current language, as far as it has been given."""
    return named(record, "name")


def clean(text: str) -> str:
    """Text as it is stored: composed characters, every line break a line feed, no blanks around it.

    A pile of more than 30 marks on one letter is cut, and LOST tells where.
    """
    if FOREIGN_RUN.search(text):
        text = PILE.sub(lambda pile: pile[0][:30] + LOST, text)
    return unicodedata.normalize("NFC", LINE_BREAK.sub("\n", text)).strip()


def unmasked(text: str) -> str:
    """Text in which the signs that turn its direction can be seen, as [U+202E]."""
    return TURNING.sub(lambda sign: f"[U+{ord(sign[0]):04X}]", text)


def plain(text: str) -> str:
    """A figure or date as a plain keyboard gives it: wide digits made narrow, no blanks around it or in 1 234.

    Signs that mean something else than the digit they resemble, as ² and ½, stay as they are.
    """
    text = text.strip()
    if len(text) > 40:
        return text
    text = "".join(_narrow(letter) for letter in text).lower()
    groups = GROUPS.match(text)
    return groups[0].replace(" ", "") + text[groups.end() :] if groups else text


def _narrow(letter: str) -> str:
    if letter == "\N{MINUS SIGN}":
        return "-"
    if letter.isspace():
        return " "
    return unicodedata.normalize("NFKC", letter) if unicodedata.decomposition(letter).startswith("<wide>") else letter


def search_key(text: str) -> str:
    """Text folded for searching: alike for capital and small letters and for composed and decomposed å ä ö."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def sort_key(text: str) -> str:
    """Text folded so that plain byte order is Finnish and Swedish alphabetical order (… z å ä ö)."""
    folded = search_key(text).translate({ord("å"): "{", ord("ä"): "|", ord("ö"): "}", ord("æ"): "|", ord("ø"): "}"})
    plain = unicodedata.normalize("NFD", folded)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))[:200]


def number(value: float | int | None, digits: int = 1) -> str:
    """A number with the language's decimal sign and at most `digits` decimals."""
    if value is None:
        return _("unknown")
    return _decimal(float(value), digits, language())


@lru_cache(maxsize=10_000)
def _decimal(value: float, digits: int, code: str) -> str:
    """Pages repeat few numbers many times, and writing one anew costs more than all else in a table's cell."""
    return str(format_decimal(round(value, digits), locale=code))


def typed_number(value: float) -> str:
    """A number as a person types it: the language's decimal sign, no thousands apart, at most six decimals."""
    return str(format_decimal(round(value, 6), format="0.######", locale=language()))


def hours(value: float | None) -> str:
    """A duration given in hours, with its unit: minutes below one hour, days from three days on."""
    if value is None:
        return _("unknown")
    if 0 < value < 1:
        return _("%(count)s min", count=number(value * 60, 0))
    if value >= 72 and value % 24 == 0:
        return _("%(count)s d", count=number(value / 24))
    return _("%(count)s h", count=number(value))


def percent(value: float | None) -> str:
    """A percentage from 0 to 100 with its sign."""
    return _("unknown") if value is None else f"{number(value, 0)}\N{NO-BREAK SPACE}%"


def day(value: date | None) -> str:
    """A date as officials write it."""
    if value is None:
        return _("unknown")
    return value.isoformat() if language() == "en" else str(format_date(value, "d.M.yyyy", locale=language()))


def month(value: date) -> str:
    """The month of a day, shortened, as a calendar heads its columns."""
    return str(format_date(value, "LLL", locale=language())).rstrip(".")


def whole_month(value: date) -> str:
    """The month in which a day lies, with its year: "December 2026"."""
    return str(format_date(value, "LLLL y", locale=language()))


def weekday(value: date) -> str:
    """A day's weekday in short: "Mon"."""
    return str(format_date(value, "ccc", locale=language()))


def moment(value: datetime | None) -> str:
    """A moment in Finnish time, to the minute."""
    if value is None:
        return _("unknown")
    aware = value if value.tzinfo else value.replace(tzinfo=UTC)
    pattern = "yyyy-MM-dd HH:mm" if language() == "en" else "d.M.yyyy HH.mm"
    return str(format_datetime(aware, pattern, tzinfo=get_timezone("Europe/Helsinki"), locale=language()))


def clock_time(value: datetime) -> str:
    """The time of a moment on a Finnish clock, to the minute."""
    pattern = "HH:mm" if language() == "en" else "HH.mm"
    return str(format_datetime(value, pattern, tzinfo=get_timezone("Europe/Helsinki"), locale=language()))
