"""The demo city's plans with the version that each of them has."""

from typing import Any

from continuity.models.plans import Plan, PlanVersion, plan_function
from continuity.vocabulary.plans import PlanKind, PlanState
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.models.users import User
from prepare.sow.files import Row, codes, names
from prepare.sow.functions import SECRECY_BASIS
from prepare.sow.sowing import Sowing, folded
from prepare.sow.users import person
from prepare.vocabulary import Confidentiality, Role


def sow_plans(sowing: Sowing) -> None:
    """Plans, one version each, and the functions that they cover."""
    rows = sowing.files.rows("plans")
    plans = sowing.write(Plan, [_plan(sowing, row) for row in rows])
    versions = sowing.write(PlanVersion, [_version(sowing, plan, row) for plan, row in zip(plans, rows, strict=True)])
    sowing.remember(PlanVersion, [row["id"] for row in rows], versions)
    links = [
        {"plan_id": plan, "function_id": sowing.id_of(Function, code)}
        for plan, row in zip(plans, rows, strict=True)
        for code in codes(row["functions"])
    ]
    sowing.link(plan_function, links)


def _plan(sowing: Sowing, row: Row) -> dict[str, Any]:
    texts, confidentiality = names(row), Confidentiality(row["confidentiality"])
    return {
        "code": row["id"],
        "organisation_id": sowing.id_of(Organisation, row["sector"]),
        "kind": PlanKind(row["type"]),
        **texts,
        **folded(row["id"], texts),
        "confidentiality": confidentiality,
        "secrecy_basis": SECRECY_BASIS if confidentiality is Confidentiality.CONFIDENTIAL else None,
    }


def _version(sowing: Sowing, plan: int, row: Row) -> dict[str, Any]:
    state = PlanState(row["status"])
    approver = person(Role.SECTOR_DIRECTOR, row["sector"]) if state is PlanState.APPROVED else None
    author = person(Role.SECTOR_CONTACT, row["sector"])
    return {
        "plan_id": plan,
        "number": row["version"],
        "state": state,
        "author_id": sowing.id_of(User, author.email) if author else None,
        "approver_id": sowing.id_of(User, approver.email) if approver else None,
        "approved_on": sowing.files.day(row["approved_on"]),
        "next_review": sowing.files.day(row["next_review"]),
        "last_exercised_on": sowing.files.day(row["last_exercised"]),
    }
