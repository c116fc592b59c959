"""The trilingual vocabulary of preparedness that every workbook carries."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Term:
    """A term in Finnish, Swedish and English."""

    fi: str
    sv: str
    en: str


@cache
def terms() -> tuple[Term, ...]:
    """Every term of `glossary.csv`, by theme as in the file."""
    with (Path(__file__).parent / "glossary.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(Term(row["fi"], row["sv"], row["en"]) for row in csv.DictReader(lines))
