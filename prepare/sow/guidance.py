"""The demo city's preparedness guidance: a version in force and the one before it, and what sectors have answered."""

from typing import Any

from prepare.checks import Check
from prepare.models.guidance import GuidanceChapter, GuidanceVersion, Requirement, RequirementAnswer
from prepare.models.organisations import Organisation
from prepare.models.users import User
from prepare.sow.files import Row, codes, names, number
from prepare.sow.sowing import Sowing
from prepare.sow.users import CITY, USERS
from prepare.vocabulary import AnswerStatus, Confidentiality, Criticality, Dimension, Role

MANUAL, EVERYBODY = "manual", "all"
SECRECY_BASIS = "JulkL 24.1 § 8 k"


def sow_guidance(sowing: Sowing) -> None:
    """Versions, each after its predecessor, their chapters and requirements, and answers."""
    versions = sowing.files.rows("guidance_versions")
    for row in versions:
        sowing.write(GuidanceVersion, [_version(sowing, row)])
    sowing.write(GuidanceChapter, [_chapter(sowing, row) for row in sowing.files.rows("guidance_chapters")], by="title")
    written = _sow_requirements(sowing, versions)
    answers = sowing.files.rows("requirement_answers")
    former = [row | {"version": row["carried_from"], "carried_from": ""} for row in answers if row["carried_from"]]
    sowing.write(RequirementAnswer, [_answer(sowing, row, written) for row in [*former, *answers]])


def _version(sowing: Sowing, row: Row) -> dict[str, Any]:
    return {
        "code": row["id"],
        "organisation_id": sowing.id_of(Organisation, CITY),
        "number": row["number"],
        "summary": row["summary_fi"],
        "predecessor_id": sowing.id_of(GuidanceVersion, row["predecessor"]) if row["predecessor"] else None,
        "valid_from": sowing.files.day(row["valid_from"]),
        "issued_on": sowing.files.day(row["issued_on"]),
        "issued_by": row["issued_by"],
        "offered_on": sowing.files.day(row["offered_on"]),
    }


def _chapter(sowing: Sowing, row: Row) -> dict[str, Any]:
    return {
        "guidance_version_id": sowing.id_of(GuidanceVersion, row["version"]),
        "key": int(row["key"]),
        "rank": int(row["key"]),
        **names(row, "title"),
        **names(row, "text"),
        "confidentiality": Confidentiality(row["confidentiality"]),
        "secrecy_basis": row["secrecy_basis"] or None,
    }


def _sow_requirements(sowing: Sowing, versions: list[Row]) -> dict[tuple[str, str], int]:
    """The requirements of each version; gives (code of the version, code of the requirement) → id."""
    every = {row["id"]: row for row in sowing.files.rows("requirements")}
    other = {(row["version"], row["id"]): row for row in sowing.files.rows("former_requirements")}
    written: dict[tuple[str, str], int] = {}
    for version in versions:
        marks = codes(version["requirements"]) or list(every)
        rows = [every[mark] | other.get((version["id"], mark), {}) for mark in marks]
        ids = sowing.write(Requirement, [_requirement(sowing, version["id"], row) for row in rows])
        written |= {(version["id"], mark): one for mark, one in zip(marks, ids, strict=True)}
    return written


def _requirement(sowing: Sowing, version: str, row: Row) -> dict[str, Any]:
    return {"guidance_version_id": sowing.id_of(GuidanceVersion, version), **asked(row)}


def asked(row: Row) -> dict[str, Any]:
    """What a requirement of the files asks, and of whom."""
    concerned = [] if row["applies_to"] == EVERYBODY else row["applies_to"].split(",")
    confidentiality = Confidentiality(row["confidentiality"])
    return {
        "mark": row["id"],
        "dimension": Dimension(row["dimension"]),
        **names(row, "text"),
        "classes": tuple(Criticality(one) for one in concerned if one in {word.value for word in Criticality}),
        "sectors": tuple(one for one in concerned if one not in {word.value for word in Criticality}),
        "automatic": None if row["check"] == MANUAL else Check(row["check"]),
        "basis": row["basis"] or None,
        "cycle_months": int(cycle) if (cycle := number(row["cycle_months"])) else None,
        "confidentiality": confidentiality,
        "secrecy_basis": SECRECY_BASIS if confidentiality is Confidentiality.CONFIDENTIAL else None,
    }


def _answer(sowing: Sowing, row: Row, requirements: dict[tuple[str, str], int]) -> dict[str, Any]:
    contacts = {user.organisation: user.email for user in USERS if user.role is Role.SECTOR_CONTACT}
    carried = row["carried_from"]
    return {
        "organisation_id": sowing.id_of(Organisation, row["sector"]),
        "requirement_id": requirements[row["version"], row["requirement"]],
        "status": AnswerStatus(row["status"]),
        "evidence": row["evidence"] or None,
        "comment": row["comment"] or None,
        "answered_on": sowing.files.day(row["answered_on"]),
        "answered_by_id": sowing.id_of(User, contacts[row["sector"]]),
        "carried_from_id": sowing.id_of(GuidanceVersion, carried) if carried else None,
    }
