"""What both sides of some of the demo city's dependencies have signed."""

from typing import Any

from dependencies import confirming
from dependencies.confirming import Basis, Signed
from dependencies.models.confirmations import Statement
from dependencies.models.needs import Dependency
from dependencies.vocabulary import DependencyKind, StatementKind, Strength
from prepare.models.organisations import Organisation
from prepare.sow.files import Files, Row, number, yes
from prepare.sow.sowing import Sowing


def sow_confirmations(sowing: Sowing) -> None:
    """The statements, each for the organisation of its side."""
    suppliers = {row["id"]: row["party"] for row in sowing.files.rows("external_services")}
    owners = suppliers | {row["id"]: row["sector"] for row in sowing.files.rows("functions")}
    lines = {row["id"]: row for row in sowing.files.rows("dependencies")}
    rows = sowing.files.rows("confirmations")
    sowing.write(Statement, [_statement(sowing, row, lines[row["dependency"]], owners) for row in rows])


def _statement(sowing: Sowing, row: Row, line: Row, owners: dict[str, str]) -> dict[str, Any]:
    kind = StatementKind(row["kind"])
    side = owners[line["consumer" if kind is StatementKind.NEED else "supplier"]]
    return {
        "dependency_id": sowing.id_of(Dependency, row["dependency"]),
        "kind": kind,
        "delivers": yes(row["delivers"]),
        "hours": number(row["hours"]),
        "capacity_pct": number(row["capacity_pct"]),
        "words": row["words_fi"] or None,
        "reason": row["reason_fi"] or None,
        "role": row["role"],
        "organisation_id": sowing.id_of(Organisation, side),
        "told_by": row["told_by"] or None,
        "stated_on": sowing.files.day(row["stated_on"]),
        **vars(_basis(line)),
        "replaced": False,
    }


def _basis(line: Row) -> Basis:
    kind, strength = DependencyKind(line["type"]), Strength(line["strength"])
    return Basis(float(line["tolerance_h"]), strength, int(line["min_required"] or 1), kind)


def answers(files: Files) -> dict[str, dict[str, Any]]:
    """What each supplier that has signed says of the dependency, by its code (`confirming.standing`)."""
    lines = {row["id"]: row for row in files.rows("dependencies")}
    said = {(row["dependency"], row["kind"]): row for row in files.rows("confirmations")}
    found = {}
    for (code, kind), row in said.items():
        if kind == StatementKind.DELIVERY.value:
            basis = _basis(lines[code])
            need, delivery = (_signed(files, one, basis) for one in (said.get((code, "need")), row))
            found[code] = {
                "standing": confirming.standing(need, delivery, basis),
                "answered_on": files.day(row["stated_on"]),
                "answered_by": row["role"],
                "answer": row["words_fi"] or None,
            }
    return found


def _signed(files: Files, row: Row | None, basis: Basis) -> Signed | None:
    day = files.day(row["stated_on"]) if row else None
    if row is None or day is None:
        return None
    return Signed(
        number(row["hours"]), number(row["capacity_pct"]), day, basis, delivers=yes(row["delivers"]) is not False
    )
