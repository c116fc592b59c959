"""Taking plain lists in: how an organisation reads its lists is kept, and each list taken in is told to the trail."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from exports.models.lists import ListMapping
from prepare import audit
from prepare.access import Action, act
from prepare.db import db
from prepare.models.organisations import Organisation


@dataclass(frozen=True)
class Reading:
    """How lists with these headings are read: heading → field, and for each field word of the list → stored word."""

    register: str
    headings_hash: str
    columns: dict[str, str]
    words: dict[str, dict[str, str]]


@dataclass(frozen=True)
class TakenIn:
    """What the trail tells of a list that was taken in."""

    file: str
    sha256: str
    register: str
    rows: int
    added: int
    changed: int


@act(Action.MAP_LIST)
def remember(organisation: Organisation, reading: Reading, *, at: datetime) -> ListMapping:
    """Keep how lists with these headings are read, in the place of what was kept before."""
    rows = select(ListMapping).where(
        ListMapping.organisation_id == organisation.id,
        ListMapping.register == reading.register,
        ListMapping.headings_hash == reading.headings_hash,
    )
    kept = db.session.scalars(rows).one_or_none()
    held: dict[str, Any] = {"columns": reading.columns, "words": reading.words}
    if kept is None:
        kept = ListMapping(organisation=organisation, register=reading.register, kept_at=at, **held)
        kept.headings_hash = reading.headings_hash
        db.session.add(kept)
    elif (kept.columns, kept.words) != (reading.columns, reading.words):
        kept.columns, kept.words, kept.kept_at = reading.columns, reading.words, at
    db.session.flush()
    return kept


@act(Action.IMPORT_LIST)
def take_in(organisation: Organisation, taken: TakenIn) -> None:
    """Tell the trail that a list was taken in: file, SHA-256, register, and how many rows added or changed something.

    Each record that it added or changed has an entry of its own, as if it had been typed.
    """
    told = {name: [None, value] for name, value in vars(taken).items()}
    audit.note(organisation, told)
