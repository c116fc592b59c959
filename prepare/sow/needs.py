"""The demo city's needs and dependencies, and what is shared with a partner."""

from collections import defaultdict
from typing import Any

from dependencies.models.interfaces import Interface
from dependencies.models.needs import Dependency, Need
from dependencies.vocabulary import DependencyKind, Standing, Strength
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.models.users import Share
from prepare.sow.confirmations import answers
from prepare.sow.files import Files, Row
from prepare.sow.sowing import Sowing
from prepare.vocabulary import Confidentiality, Shared

#: What a dependency says of which its supplier has signed nothing.
UNANSWERED = {"standing": Standing.PROPOSED, "answered_on": None, "answered_by": None, "answer": None}
#: What partners are shown: each of its own interfaces with the city, and a function that serves the county.
SHARED_INTERFACES = {"P-HVA": ("IF-01", "IF-03", "IF-22"), "P-POL": ("IF-10", "IF-11")}
SHARED_FUNCTIONS = {"P-HVA": ("F-TUK-02",)}


def groups(files: Files) -> list[tuple[str, list[Row]]]:
    """The rows of each need with what it is called: a group by its name, a single supplier by its own."""
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in files.rows("dependencies"):
        found[(row["consumer"], row["redundancy_group"] or row["id"])].append(row)
    suppliers = {row["id"]: row["name_fi"] for name in ("functions", "external_services") for row in files.rows(name)}
    names: dict[str, str] = files.config["need_names"]
    return [(names.get(rows[0]["redundancy_group"]) or suppliers[rows[0]["supplier"]], rows) for rows in found.values()]


def sow_needs(sowing: Sowing) -> None:
    """Rows with the same consumer and redundancy group are one need; a row without a group is a need of its own.

    A group's tolerance is the smallest of its rows; what an alternative lasts longer is its extra tolerance.
    """
    secret = {row["id"] for row in sowing.files.rows("functions") if row["confidentiality"] == "confidential"}
    found = groups(sowing.files)
    needs = [_need(sowing, name, rows) for name, rows in found]
    ids, answered = sowing.write(Need, needs), answers(sowing.files)
    sowing.write(
        Dependency,
        [
            _dependency(sowing, need, row, rows, secret) | (answered.get(row["id"]) or UNANSWERED)
            for need, (_name, rows) in zip(ids, found, strict=True)
            for row in rows
        ],
    )


def _need(sowing: Sowing, name: str, rows: list[Row]) -> dict[str, Any]:
    workarounds = [row["workaround_fi"] for row in rows if row["workaround_fi"]]
    return {
        "consumer_id": sowing.id_of(Function, rows[0]["consumer"]),
        "name": name,
        "strength": Strength(rows[0]["strength"]),
        "min_required": int(rows[0]["min_required"] or 1),
        "tolerance_h": tolerance(rows),
        "workaround": "; ".join(workarounds) or None,
    }


def tolerance(rows: list[Row]) -> float:
    """The tolerance of a need, in hours: the smallest of its rows."""
    return min(float(row["tolerance_h"]) for row in rows)


def _dependency(sowing: Sowing, need: int, row: Row, rows: list[Row], secret: set[str]) -> dict[str, Any]:
    closed = row["consumer"] in secret
    return {
        "code": row["id"],
        "need_id": need,
        "supplier_id": sowing.id_of(Function, row["supplier"]),
        "kind": DependencyKind(row["type"]),
        "workaround": (row["workaround_fi"] or None) if len(rows) > 1 else None,
        "extra_tolerance_h": float(row["tolerance_h"]) - tolerance(rows),
        "interface_id": sowing.id_of(Interface, row["interface"]) if row["interface"] else None,
        "confidentiality": Confidentiality.CONFIDENTIAL if closed else Confidentiality.INTERNAL,
    }


def sow_shares(sowing: Sowing) -> None:
    """What the partners among the demo users may read."""
    interfaces = [
        (partner, Shared.INTERFACE, sowing.id_of(Interface, code))
        for partner, codes_shown in SHARED_INTERFACES.items()
        for code in codes_shown
    ]
    functions = [
        (partner, Shared.FUNCTION, sowing.id_of(Function, code))
        for partner, codes_shown in SHARED_FUNCTIONS.items()
        for code in codes_shown
    ]
    shared = [
        {"organisation_id": sowing.id_of(Organisation, partner), "what": what, "record_id": record}
        for partner, what, record in interfaces + functions
    ]
    sowing.write(Share, shared)
