"""What can be taken in from a plain list: registers, their fields, and the headings by which people call them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from prepare.texts import LANGUAGES, N_, _, search_key, speaking
from prepare.vocabulary import Confidentiality


class How(StrEnum):
    """How a cell is read."""

    TEXT = "text"
    HOURS = "hours"
    NUMBER = "number"
    WHOLE = "whole"
    DAY = "day"
    YES_NO = "yes_no"
    MONTHS = "months"
    WORD = "word"
    CODE = "code"  #: another record, by its code or its name
    CODES = "codes"  #: several of them


#: What a register's file adds to a heading for each language.
SAID = {"fi": N_("in Finnish"), "sv": N_("in Swedish"), "en": N_("in English")}


@dataclass(frozen=True)
class Wanted:
    """A field of an entry that a column can fill: its label (N_), how it is read, and further headings for it.

    `of` is what stands before the language in the heading of a register's file, as "Name" in "Name in Finnish".
    """

    name: str
    label: str
    how: How = How.TEXT
    words: Iterable[Any] = ()  #: the vocabulary of a WORD
    also: tuple[str, ...] = ()
    longest: int = 1_000_000
    is_step: bool = False  #: a step of the city's risk scale
    refers: str = ""  #: which records a CODE names
    empty: tuple[str, ...] = ()  #: words that mean that there is nothing, as "until further notice"
    of: str = ""

    def called(self) -> set[str]:
        """Everything by which a column may be called that fills it, folded."""
        found = {folded(self.name), *map(folded, self.also)}
        for language in LANGUAGES:
            with speaking(language):
                found.add(folded(_(self.label)))
                if self.of:
                    found.add(folded(f"{_(self.of)} {_(SAID[self.name[-2:]])}"))
        return found


@dataclass(frozen=True)
class Listed:
    """A register that takes lists: its stable name, title (N_), fields, and the field by which a row is told.

    A list has a column for each field that a new record `needs`.
    """

    name: str
    title: str
    named_by: str
    fields: tuple[Wanted, ...]
    needs: tuple[str, ...]

    def field(self, name: str) -> Wanted | None:
        """The field of this name."""
        return next((field for field in self.fields if field.name == name), None)


def folded(text: str) -> str:
    """A heading or a word as it is compared: small letters, without signs and what stands in brackets."""
    kept = search_key(text).partition("(")[0]
    return " ".join("".join(sign if sign.isalnum() else " " for sign in kept).split())


def called(headings: str) -> tuple[str, ...]:
    """Headings that stand in one text, apart by commas."""
    return tuple(headings.split(", "))


TITLE = 200
CODE = Wanted("code", N_("Code"), also=("id", "nro", "nr", "no", "number", "numero", "koodi", "kod"), longest=20)
CLASSED = (
    Wanted("confidentiality", N_("Confidentiality"), How.WORD, Confidentiality, also=("julkisuus", "sekretess")),
    Wanted("secrecy_basis", N_("Ground for secrecy"), longest=TITLE),
)
OWNER = Wanted(
    "owner_role",
    N_("Owner (role)"),
    also=("omistaja", "vastuuhenkilö", "vastuutaho", "vastuullinen", "owner", "responsible", "ägare", "ansvarig"),
    longest=TITLE,
)
NAMES = (
    Wanted("name_fi", N_("Name"), also=("nimi", "name", "namn", "otsikko", "title", "rubrik"), longest=TITLE),
    Wanted(
        "name_sv",
        N_("Name in Swedish"),
        also=("nimi ruotsiksi", "ruotsiksi", "namn på svenska", "på svenska"),
        longest=TITLE,
        of=N_("Name"),
    ),
    Wanted(
        "name_en",
        N_("Name in English"),
        also=("nimi englanniksi", "englanniksi", "namn på engelska", "på engelska"),
        longest=TITLE,
        of=N_("Name"),
    ),
)
