"""What the demo city must not lose in the transfers of responsibility of 2023 and 2025."""

from typing import Any

from continuity.models.transfers import TransferItem, transfer_function
from continuity.vocabulary.transfers import TransferKind, TransferState
from dependencies.models.interfaces import Interface
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.sow.files import Row, codes, names, year_bound
from prepare.sow.sowing import Sowing, folded
from risks.models.measures import Measure


def sow_transfers(sowing: Sowing) -> None:
    """What moved, what became of it, and the functions for which it is critical."""
    rows = sowing.files.rows("transfer_items")
    written = sowing.write(TransferItem, [_item(sowing, row) for row in rows])
    links = [
        {"transfer_item_id": item, "function_id": sowing.id_of(Function, code)}
        for item, row in zip(written, rows, strict=True)
        for code in codes(row["critical_for"])
    ]
    sowing.link(transfer_function, links)


def _item(sowing: Sowing, row: Row) -> dict[str, Any]:
    texts = names(row)
    return {
        "code": row["id"],
        "organisation_id": sowing.id_of(Organisation, row["sector"]),
        "kind": TransferKind(row["kind"]),
        "state": TransferState(row["status"]),
        **texts,
        **folded(row["id"], texts),
        "from_id": sowing.id_of(Organisation, row["from"]),
        "to_id": sowing.id_of(Organisation, row["to"]),
        "effective": year_bound(row["effective"]),
        "evidence": row["evidence_fi"] or None,
        "note": row["note_fi"] or None,
        "interface_id": sowing.id_of(Interface, row["interface"]) if row["interface"] else None,
        "measure_id": sowing.id_of(Measure, row["measure"]) if row["measure"] else None,
    }
