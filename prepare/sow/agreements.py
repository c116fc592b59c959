"""The demo city's agreements with partners, and what they cover."""

from typing import Any

from sqlalchemy import update

from dependencies.models.agreements import Agreement, agreement_function
from dependencies.vocabulary import AgreementKind, AgreementState, Clause
from prepare.db import db
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.sow.files import Row, codes, names, number, yes
from prepare.sow.sowing import Sowing, folded

#: That an agreement has expired, or soon will, is derived from its dates; as people recorded it, it is in force.
DERIVED = {"expiring": "active", "expired": "active"}


def sow_agreements(sowing: Sowing) -> None:
    """The agreements with the services that they cover; interfaces name theirs as they are sown."""
    rows = sowing.files.rows("agreements")
    written = sowing.write(Agreement, [_agreement(sowing, row) for row in rows])
    links = [
        {"agreement_id": agreement, "function_id": sowing.id_of(Function, code)}
        for agreement, row in zip(written, rows, strict=True)
        for code in codes(row["functions"])
    ]
    sowing.link(agreement_function, links)
    for agreement, row in zip(written, rows, strict=True):
        if row["successor"]:
            successor = sowing.id_of(Agreement, row["successor"])
            db.session.execute(update(Agreement).where(Agreement.id == agreement).values(successor_id=successor))


def _agreement(sowing: Sowing, row: Row) -> dict[str, Any]:
    texts = names(row)
    return {
        "code": row["id"],
        "organisation_id": sowing.id_of(Organisation, row["sector"]),
        "party_id": sowing.id_of(Organisation, row["party"]),
        "kind": AgreementKind(row["type"]),
        "state": AgreementState(DERIVED.get(row["status"], row["status"])),
        **texts,
        **folded(row["id"], texts),
        "reference": row["reference"] or None,
        "valid_from": sowing.files.day(row["valid_from"]),
        "valid_to": sowing.files.day(row["valid_to"]),
        "notice_months": int(row["notice_months"]) if row["notice_months"] else None,
        "auto_renew": bool(yes(row["auto_renew"])),
        "reviewed_on": sowing.files.day(row["reviewed_on"]),
        "preparedness_clause": _clause(row["preparedness_clause"]),
        "recovery_time_stated": yes(row["recovery_time_stated"]),
        "recovery_h": number(row["recovery_h"]),
        "capacity": row["capacity"] or None,
        "noticed_on": sowing.files.day(row["noticed_on"]),
        "ended_on": sowing.files.day(row["ended_on"]),
        "end_reason": row["end_reason"] or None,
        "audit_right": _clause(row["audit_right"]),
        "emergency_priority": _clause(row["emergency_priority"]),
        "owner_role": row["owner_role"] or None,
    }


def _clause(text: str) -> Clause | None:
    return Clause(text) if text else None
