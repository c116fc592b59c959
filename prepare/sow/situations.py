"""The demo city's situations: one that has taught something, and one that goes on."""

from datetime import datetime
from typing import Any

from continuity.models.situations import PictureEntry, Situation
from continuity.vocabulary.situations import (
    Recipient,
    Reliability,
    SituationState,
)
from prepare.clock import at
from prepare.models.organisations import Organisation
from prepare.models.users import User
from prepare.sow.files import Row, codes
from prepare.sow.sowing import Sowing, folded
from prepare.sow.users import CITY, person
from prepare.vocabulary import Role
from risks.models.scenarios import Scenario
from risks.vocabulary.scenarios import Severity


def sow_situations(sowing: Sowing) -> None:
    """Situations and what was written of them."""
    rows = sowing.files.rows("situations")
    sowing.write(Situation, [_situation(sowing, row) for row in rows])
    unit = person(Role.CENTRAL, CITY)
    author = sowing.id_of(User, unit.email) if unit else None
    written: dict[tuple[str, str], int] = {}
    for row in sowing.files.rows("picture_entries"):
        corrects = written.get((row["situation"], row["corrects"]))
        (one,) = sowing.write(PictureEntry, [_entry(sowing, row, author, corrects)], by="number")
        written[row["situation"], row["number"]] = one


def _situation(sowing: Sowing, row: Row) -> dict[str, Any]:
    return {
        "code": row["id"],
        "organisation_id": sowing.id_of(Organisation, CITY),
        "title": row["title"],
        **folded(row["id"], {"title_fi": row["title"]}),
        "situation_class": Severity(row["class"]),
        "area": row["area"] or None,
        "scenario_id": sowing.id_of(Scenario, row["scenario"]) if row["scenario"] else None,
        "began_at": _moment(sowing, row["began"]),
        "opened_at": _moment(sowing, row["opened"]),
        "presented_to": tuple(Recipient(word) for word in codes(row["presented_to"])),
        "presented_at": _moment(sowing, row["presented"]),
        "closed_at": _moment(sowing, row["closed"]),
        "state": SituationState(row["state"]),
        "phenomenon": row["phenomenon"],
        "participants": row["participants"].replace(";", "\n"),
        "lessons": row["lessons"] or None,
    }


def _entry(sowing: Sowing, row: Row, author: int | None, corrects: int | None) -> dict[str, Any]:
    return {
        "situation_id": sowing.id_of(Situation, row["situation"]),
        "number": int(row["number"]),
        "at": _moment(sowing, row["at"]),
        "written_at": _moment(sowing, row["written"]),
        "author_id": author,
        "source": row["source"],
        "text": row["text"],
        "reliability": Reliability(row["reliability"]),
        "corrects_id": corrects,
    }


def _moment(sowing: Sowing, text: str) -> datetime | None:
    """A day and a time of day of the files, moved like every date; None where nothing stands."""
    written, _blank, clock = text.partition(" ")
    day = sowing.files.day(written)
    hour, _dot, minute = clock.partition(".")
    return at(day, int(hour), int(minute)) if day else None
