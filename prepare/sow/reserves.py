"""The demo city's reserves, and the functions that count on them."""

from typing import Any

from dependencies.models.reserves import Reserve, ReserveClaim
from dependencies.reserving.vocabulary import ClaimTrigger, Consent, ReserveKind, ReserveUnit, ReserveUse
from dependencies.vocabulary import DependencyKind
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.sow.files import Row, names, number, yes
from prepare.sow.sowing import Sowing, folded
from prepare.sow.users import CITY
from prepare.vocabulary import Confidentiality

RESERVE_TEXTS = ("location", "contact_role", "note", "named_as", "secrecy_basis")


def sow_reserves(sowing: Sowing) -> None:
    """The reserves, and who counts on them with what the owners have answered."""
    reserves = {row["id"]: row for row in sowing.files.rows("reserves")}
    sowing.write(Reserve, [_reserve(sowing, row) for row in reserves.values()])
    numbers: dict[str, int] = {}
    claims = []
    for row in sowing.files.rows("reserve_claims"):
        numbers[row["reserve"]] = numbers.get(row["reserve"], 0) + 1
        code = f"{row['reserve']}/{numbers[row['reserve']]:02}"
        claims.append({"code": code, **_claim(sowing, row, reserves[row["reserve"]])})
    sowing.write(ReserveClaim, claims)


def _reserve(sowing: Sowing, row: Row) -> dict[str, Any]:
    texts = names(row)
    return {
        "code": row["id"],
        "organisation_id": sowing.id_of(Organisation, row["organisation"]),
        "city_id": sowing.id_of(Organisation, CITY),
        "kind": ReserveKind(row["kind"]),
        "use": ReserveUse(row["use"]),
        **texts,
        **folded(row["id"], texts),
        **{name: number(row[name]) for name in ("quantity", "ready_h", "lasts_h")},
        "unit": ReserveUnit(row["unit"]),
        **{name: row[name] or None for name in RESERVE_TEXTS},
        "shared": bool(yes(row["shared"])),
        "next_review": sowing.files.day(row["next_review"]),
        "confidentiality": Confidentiality(row["confidentiality"]),
    }


def _claim(sowing: Sowing, row: Row, reserve: Row) -> dict[str, Any]:
    answered = sowing.files.day(row["answered_on"])
    return {
        "function_id": sowing.id_of(Function, row["function"]),
        "reserve_id": sowing.id_of(Reserve, row["reserve"]),
        "quantity": number(row["quantity"]),
        "unit": ReserveUnit(reserve["unit"]),
        "per_hour": bool(yes(row["per_hour"])),
        "trigger": ClaimTrigger(row["trigger"]),
        "lost": DependencyKind(row["lost"]) if row["lost"] else None,
        "supplier_id": sowing.id_of(Function, row["supplier"]) if row["supplier"] else None,
        "from_h": number(row["from_h"]) or 0.0,
        "for_h": number(row["for_h"]),
        "priority": int(row["priority"]) if row["priority"] else None,
        "basis": row["basis"] or None,
        "consent": Consent(row["consent"]),
        "answered_on": answered,
        "answered_by": reserve["contact_role"] if answered else None,
        "answer": row["answer"] or None,
    }
