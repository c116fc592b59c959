"""Transfers of responsibility (B12): what must not be lost when a task moves, and what has become of it."""

from sqlalchemy.orm import joinedload, selectinload

from continuity import transferring
from continuity.models.transfers import TransferItem
from continuity.queries import transfers as queries
from continuity.vocabulary.transfers import TransferState
from exports.columns import Column, Kind, Tone
from exports.frames.reader import Reader, frame_of
from exports.sheets import Register
from prepare.db import db
from prepare.texts import N_, _, name_of
from risks.vocabulary.measures import MeasureState

CODES_WIDTH = 16
COLUMNS = (
    Column("code", N_("Code"), 8, Kind.CODE),
    Column("kind", N_("Kind"), 16),
    Column("name", N_("What moves or may be lost"), 36),
    Column("from", N_("From"), 20),
    Column("to", N_("To"), 20),
    Column("effective", N_("Takes effect"), 11, Kind.DATE, note=N_("Empty: not decided yet.")),
    Column("functions", N_("Critical for"), CODES_WIDTH),
    Column("state", N_("Status"), 15, tone="tone"),
    Column("evidence", N_("What shows it"), 34),
    Column("measure", N_("Measure"), 9, Kind.CODE),
    Column("open", N_("Still to be done"), 10, tone="open_tone"),
)
TONES = {
    TransferState.LOST: Tone.CRITICAL,
    TransferState.AT_RISK: Tone.HIGH,
    TransferState.NOT_ASSESSED: Tone.UNKNOWN,
}


def found(reader: Reader) -> list[TransferItem]:
    """What the organisation sees to, by code."""
    rows = queries.transfer_items(reader.scope, organisation=reader.path)
    loaded = selectinload(TransferItem.functions), joinedload(TransferItem.measure)
    return list(db.session.scalars(rows.options(*loaded)).unique())


def register(reader: Reader, items: list[TransferItem]) -> Register:
    """The sheet of these items, in the order given."""
    admitted, left_out = reader.divided(items)
    return Register(
        _("Transfers"),
        _("What must not be lost when a task moves, and what has become of it"),
        COLUMNS,
        frame_of([_row(reader, one) for one in admitted], COLUMNS),
        tab="action",
        frozen=2,
        left_out=left_out,
    )


def _row(reader: Reader, one: TransferItem) -> dict[str, object]:
    measure = one.measure if one.measure and reader.admits(one.measure.confidentiality) else None
    verified = one.measure is not None and one.measure.state is MeasureState.VERIFIED
    still = transferring.is_open(one.state, is_verified=verified)
    return {
        "code": one.code,
        "kind": one.kind.label,
        "name": name_of(one),
        "from": name_of(one.from_organisation),
        "to": name_of(one.to_organisation),
        "effective": one.transfer.effective,
        "functions": reader.codes(one.functions, CODES_WIDTH) or None,
        "state": one.state.label,
        "tone": TONES.get(one.state, Tone.GOOD),
        "evidence": one.evidence,
        "measure": measure.code if measure else None,
        "open": _("Yes") if still else None,
        "open_tone": Tone.HIGH if still else None,
    }
