"""A list on its way in: read through the gate, its headings found, its words given their likely meanings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, select

from exports.intake import gate, reasons
from exports.intake.limits import Unfit
from exports.listing import cells, headings
from exports.listing.wanted import How, Listed
from exports.models.lists import ListUpload
from exports.register.lists import kept_for
from exports.register.planning import Reading, steps
from prepare.db import db
from prepare.errors import RuleBroken
from prepare.models.organisations import Organisation
from prepare.texts import N_

#: A list that nobody takes in is kept for a day.
KEPT_FOR = timedelta(days=1)
#: So many rows of a plain list are taken in at a time.
MOST_ROWS = 10_000


@dataclass(frozen=True)
class Table:
    """A list as it was read: its headings, the rows below them as texts, and the number of the first of these."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    first: int
    sha256: str


def opened(name: str, content: bytes, listed: Listed) -> Table:
    """The list in a file. Raises RuleBroken that says why a file is not taken in."""
    try:
        admitted = gate.admit(name, content)
    except Unfit as unfit:
        raise RuleBroken(reasons.refusal(unfit.code).replace("%", "%%"), field="file") from None
    sheet = next(one for one in admitted.sheets if one.is_visible and len(list(one.filled())) > 1)
    place = headings.found_in(sheet.rows, listed)
    width = max(len(row) for row in sheet.rows)
    told = headings.texts([*sheet.rows[place], *[None] * (width - len(sheet.rows[place]))])
    rows = [[*map(cells.text_of, row), *[""] * (width - len(row))] for row in sheet.rows[place + 1 :]]
    if len(rows) > MOST_ROWS:
        raise RuleBroken(
            N_("At most %(most)s rows are taken in at a time. Divide the list."), field="file", most=MOST_ROWS
        )
    used = [n for n in range(width) if any(row[n] for row in rows) or sheet.rows[place][n : n + 1] not in ([], [None])]
    return Table(
        tuple(told[n] for n in used), tuple(tuple(row[n] for n in used) for row in rows), place + 2, admitted.sha256
    )


def reading_of(
    owner: Organisation,
    listed: Listed,
    table: Table,
    columns: Mapping[str, str] | None = None,
    words: Mapping[str, Mapping[str, str]] | None = None,
) -> Reading:
    """How the list is read: as it was chosen, else as lists with these headings were read before, else as it seems."""
    kept = db.session.scalars(kept_for(owner, listed, table.headings)).one_or_none()
    before: Mapping[str, str] = columns if columns is not None else dict(kept.columns) if kept else {}
    known = headings.suggested(table.headings, listed, before) if columns is None else before
    said: Mapping[str, Mapping[str, str]] = words if words is not None else dict(kept.words) if kept else {}
    meanings = {name: _meanings(listed, table, known, name, said.get(name, {})) for name in known.values()}
    return Reading(listed, table.headings, table.rows, table.first, known, {n: m for n, m in meanings.items() if m})


def _meanings(
    listed: Listed, table: Table, columns: Mapping[str, str], name: str, said: Mapping[str, str]
) -> dict[str, str]:
    """Every word that stands in the column of a field, with what it means; "" where nobody has said."""
    field = listed.field(name)
    if field is None or field.how is not How.WORD:
        return {}
    place = next(n for n, heading in enumerate(table.headings) if columns.get(heading) == name)
    scale: Any = steps(name) if field.is_step else ()
    allowed = {value for value, _label in cells.options(field, scale)}
    found = {}
    for text in dict.fromkeys(row[place] for row in table.rows if row[place]):
        chosen = said.get(text, "")
        found[text] = chosen if chosen in allowed else cells.meant(field, text, scale)
    return found


def of_person(user_id: int | None) -> ListUpload | None:
    """The list that a person has brought and not taken in yet."""
    return db.session.scalars(select(ListUpload).where(ListUpload.user_id == user_id)).one_or_none()


def keep(user_id: int, owner: Organisation, name: str, table: Table, reading: Reading, *, at: datetime) -> None:
    """Keep a list for its person until it is taken in, in the place of an earlier one."""
    forget(user_id, at=at)
    content = {"headings": table.headings, "rows": table.rows, "first": table.first}
    kept = ListUpload(user_id=user_id, organisation=owner, register=reading.listed.name, name=name, at=at)
    kept.sha256, kept.content = table.sha256, content
    choose(kept, reading)
    db.session.add(kept)
    db.session.flush()


def choose(upload: ListUpload, reading: Reading) -> None:
    """Keep what the columns and words of a list are to mean."""
    upload.columns = dict(reading.columns)
    upload.words = {name: dict(texts) for name, texts in reading.words.items()}


def forget(user_id: int | None, *, at: datetime) -> None:
    """Let go of a person's list, and of everybody's that have waited for too long."""
    db.session.execute(delete(ListUpload).where(or_(ListUpload.user_id == user_id, ListUpload.at < at - KEPT_FOR)))


def table_of(upload: ListUpload) -> Table:
    """A list as it was read."""
    told = upload.content
    rows = tuple(tuple(row) for row in told["rows"])
    return Table(tuple(told["headings"]), rows, told["first"], upload.sha256)
