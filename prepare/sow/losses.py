"""What the demo city has decided about its single points of failure."""

from typing import Any

from dependencies.models.losses import LossDecision
from dependencies.vocabulary import Handling
from prepare.models.functions import Function
from prepare.sow.files import Row
from prepare.sow.sowing import Sowing


def sow_losses(sowing: Sowing) -> None:
    """The measures that mend a single point of failure, and the nodes that lie outside what the city can double."""
    given: dict[str, dict[str, str]] = sowing.files.config["losses"]
    measures = {row["id"]: row for row in sowing.files.rows("measures")}
    coordinator = next(row for row in sowing.files.rows("sectors") if row["is_coordinator"] == "true")
    decided = {"decided_on": sowing.files.on, "decided_by": coordinator["contact_role"]}
    treated = [_treated(measures[measure]) | {"function": code} for measure, code in given["measures"].items()]
    boundary = [
        {"handling": Handling.BOUNDARY, "function": code, "reason": why} for code, why in given["boundary"].items()
    ]
    sowing.write(LossDecision, [_row(sowing, row) | decided for row in [*treated, *boundary]])


def _treated(row: Row) -> dict[str, Any]:
    return {
        "handling": Handling.TREATED,
        "measure": f"{row['id']} {row['name_fi']}",
        "owner_role": row["owner_role"],
        "holds_until": row["due"],
    }


def _row(sowing: Sowing, row: dict[str, Any]) -> dict[str, Any]:
    return {
        "function_id": sowing.id_of(Function, row["function"]),
        "handling": row["handling"],
        "measure": row.get("measure"),
        "owner_role": row.get("owner_role"),
        "reason": row.get("reason"),
        "holds_until": sowing.files.day(row.get("holds_until", "")),
    }
