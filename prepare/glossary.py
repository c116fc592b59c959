"""The field's vocabulary in three languages, and what its words mean to somebody who meets them a few days a year.

Base: Kokonaisturvallisuuden sanasto TSK 50, ISO 22301 and ISO 31000, in our own words (domain.md 6).
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from prepare.texts import search_key


@dataclass(frozen=True)
class Term:
    """A term in Finnish, Swedish and English; `key` is the word by which pages ask for its meaning.

    A key that is a field's name explains that field wherever it is shown. Terms without a meaning have no key.
    """

    key: str
    fi: str
    sv: str
    en: str
    meaning_fi: str
    meaning_sv: str
    meaning_en: str

    def name(self, language: str) -> str:
        """The term in this language."""
        return str(getattr(self, language))

    def meaning(self, language: str) -> str:
        """What it means, in this language; empty when the word says it by itself."""
        return str(getattr(self, f"meaning_{language}"))

    def matches(self, folded: str) -> bool:
        """Whether every word of the folded search text stands in the term or its meaning, in any language."""
        texts = (self.fi, self.sv, self.en, self.meaning_fi, self.meaning_sv, self.meaning_en)
        whole = search_key(" ".join(texts))
        return all(word in whole for word in folded.split())


@cache
def terms() -> tuple[Term, ...]:
    """Every term of `glossary.csv`, by theme as in the file."""
    with (Path(__file__).parent / "glossary.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(Term(**{name: row[name] for name in Term.__match_args__}) for row in csv.DictReader(lines))


@cache
def explained() -> dict[str, Term]:
    """The terms that have a meaning, by key."""
    return {term.key: term for term in terms() if term.key}
