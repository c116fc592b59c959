"""The files of the demo city, with their dates moved so that the demo does not age."""

import csv
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent.parent / "demo"
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

Row = dict[str, str]


@dataclass(frozen=True)
class Files:
    """The demo city as it stands on the day `on`: every date keeps its distance to today."""

    on: date
    folder: Path = FOLDER

    @cached_property
    def config(self) -> dict[str, Any]:
        """The city, its code lists and the day on which the files were written."""
        loaded: dict[str, Any] = yaml.safe_load((self.folder / "config.yaml").read_text("utf-8"))
        return loaded

    @cached_property
    def shift(self) -> timedelta:
        """How far the dates are moved."""
        return self.on - date.fromisoformat(self.config["city"]["today"])

    def rows(self, name: str) -> list[Row]:
        """The rows of `name`.csv, heading → text."""
        with (self.folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def day(self, text: str) -> date | None:
        """A date of the files, moved; None where nothing stands."""
        return date.fromisoformat(text) + self.shift if DAY.fullmatch(text) else None


def year_bound(text: str) -> date | None:
    """A date that is not moved, since the record is named for its years; None where nothing stands."""
    return date.fromisoformat(text) if DAY.fullmatch(text) else None


def number(text: str) -> float | None:
    """A number; None where nothing stands: unknown is not zero."""
    return float(text) if text else None


def yes(text: str) -> bool | None:
    """Yes, no or unknown."""
    return {"yes": True, "true": True, "no": False, "false": False}.get(text)


def codes(text: str) -> list[str]:
    """The codes of a list that is separated by semicolons."""
    return [code for code in text.split(";") if code]


def names(row: Row, stem: str = "name") -> dict[str, str | None]:
    """The three texts of a row, as columns."""
    return {f"{stem}_{language}": row[f"{stem}_{language}"] or None for language in ("fi", "sv", "en")}
