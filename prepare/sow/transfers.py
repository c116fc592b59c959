"""The demo city's transfers of responsibility of 2023 and 2025, one that is planned, and what must not be lost."""

from typing import Any

from continuity.models.transfers import Transfer, TransferItem, moving_function, transfer_function
from continuity.vocabulary.transfers import TransferKind, TransferStage, TransferState
from dependencies.models.interfaces import Interface
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.sow.files import Row, codes, names, year_bound, yes
from prepare.sow.sowing import Sowing, folded
from risks.models.measures import Measure


def sow_transfers(sowing: Sowing) -> None:
    """What moves to whom, what became of it, and the functions for which it is critical."""
    transfers = sowing.files.rows("transfers")
    moving = sowing.write(Transfer, [_transfer(sowing, row) for row in transfers])
    named = [
        {"transfer_id": one, "function_id": sowing.id_of(Function, code)}
        for one, row in zip(moving, transfers, strict=True)
        for code in codes(row["functions"])
    ]
    sowing.link(moving_function, named)
    rows = sowing.files.rows("transfer_items")
    written = sowing.write(TransferItem, [_item(sowing, row) for row in rows])
    links = [
        {"transfer_item_id": item, "function_id": sowing.id_of(Function, code)}
        for item, row in zip(written, rows, strict=True)
        for code in codes(row["critical_for"])
    ]
    sowing.link(transfer_function, links)


def _transfer(sowing: Sowing, row: Row) -> dict[str, Any]:
    texts = names(row)
    return {
        "code": row["id"],
        "organisation_id": sowing.id_of(Organisation, row["from"]),
        "receiver_id": sowing.id_of(Organisation, row["to"]),
        "state": TransferStage(row["status"]),
        **texts,
        **folded(row["id"], texts),
        # what history dates stays where it was; what is planned keeps its distance to today
        "effective": year_bound(row["effective"]) or sowing.files.day(row["moving_day"]),
        "past": yes(row["past"]),
        "reason": row["reason"],
        "decision_ref": row["decision"] or None,
    }


def _item(sowing: Sowing, row: Row) -> dict[str, Any]:
    texts = names(row)
    return {
        "code": row["id"],
        "organisation_id": sowing.id_of(Organisation, row["sector"]),
        "transfer_id": sowing.id_of(Transfer, row["transfer"]),
        "kind": TransferKind(row["kind"]),
        "state": TransferState(row["status"]),
        **texts,
        **folded(row["id"], texts),
        "from_id": sowing.id_of(Organisation, row["from"]),
        "to_id": sowing.id_of(Organisation, row["to"]),
        "evidence": row["evidence_fi"] or None,
        "note": row["note_fi"] or None,
        "interface_id": sowing.id_of(Interface, row["interface"]) if row["interface"] else None,
        "measure_id": sowing.id_of(Measure, row["measure"]) if row["measure"] else None,
    }
