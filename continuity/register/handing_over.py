"""The move itself: whose each record is goes over to the receiver and, until the day, back again as it was."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from continuity.loading import transfers as loading
from continuity.models.transfers import Transfer, TransferMove
from continuity.moving import organiser_after, sort
from continuity.queries import moving as queries
from continuity.vocabulary.transfers import Moving
from prepare import actor
from prepare.audit import plain
from prepare.db import db
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.vocabulary import Organiser

#: What is kept of a record beside whose it was: the giver's side sees by it what it gave.
TOLD = ("name_fi", "name_sv", "name_en", "title_fi", "title_sv", "title_en", "confidentiality")


@dataclass(frozen=True)
class Held:
    """What a transfer has moved: each row with its record; codes of those changed since, and of those gone on."""

    rows: list[tuple[TransferMove, Any]]
    changed: list[str]
    gone: list[str]


def hand_over(transfer: Transfer, *, at: datetime) -> int:
    """Let the receiver answer for all that moves, and keep for each record what stood there before."""
    found = loading.facts(actor.EVERYTHING, transfer)
    wanted = [(Moving.FUNCTION, one) for one in found.chosen]
    wanted += [(piece.kind, piece.id) for piece in sort(found).moves]
    rows = []
    for kind, record in _records(wanted):
        rows.append((kind, record, _before(record)))
        if isinstance(record, Function):
            record.organiser = organiser_after(transfer.receiver.kind, record.organiser)
        record.organisation = transfer.receiver
    db.session.flush()
    for kind, record, before in rows:
        known = {"record_id": record.id, "record_code": record.code, "record_version": record.version}
        sides = {"from_id": before["organisation_id"], "to_id": transfer.receiver_id}
        db.session.add(TransferMove(transfer=transfer, kind=kind, before=before, moved_at=at, **known, **sides))
    db.session.flush()
    return len(rows)


def _before(record: Any) -> dict[str, Any]:
    names = ["organisation_id", *(["organiser"] if isinstance(record, Function) else []), *TOLD]
    return {name: plain(getattr(record, name)) for name in names if hasattr(record, name)}


def _records(wanted: list[tuple[Moving, int]]) -> list[tuple[Moving, Any]]:
    """The records of these kinds and ids, one statement for each kind."""
    found = []
    for kind, model in queries.RECORDS.items():
        ids = [one for other, one in wanted if other is kind]
        if ids:
            rows: Any = select(model).where(model.id.in_(ids)).order_by(model.code)
            found += [(kind, record) for record in db.session.scalars(rows)]
    return found


def held(transfer: Transfer) -> Held:
    """What the transfer has moved and not given back, with what has become of it since."""
    moves = db.session.scalars(queries.moves(transfer)).all()
    records = {(kind, one.id): one for kind, one in _records([(row.kind, row.record_id) for row in moves])}
    rows = [(row, records[row.kind, row.record_id]) for row in moves]
    gone = [row.record_code for row, record in rows if record.organisation_id != row.to_id]
    changed = [row.record_code for row, record in rows if record.version != row.record_version]
    return Held(rows, [code for code in changed if code not in gone], gone)


def give_back(found: Held, *, at: datetime) -> int:
    """Let those answer again who did before the move."""
    wanted = {row.from_id for row, _record in found.rows}
    owners = {one.id: one for one in db.session.scalars(select(Organisation).where(Organisation.id.in_(wanted)))}
    for row, record in found.rows:
        record.organisation = owners[row.from_id]
        if isinstance(record, Function):
            given = organiser_after(row.transfer.receiver.kind, _organiser(row))
            record.organiser = _organiser(row) if record.organiser == given else record.organiser
        row.undone_at = at
    db.session.flush()
    return len(found.rows)


def _organiser(row: TransferMove) -> Organiser | None:
    return Organiser(row.before["organiser"]) if row.before["organiser"] else None
