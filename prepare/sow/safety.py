"""The demo city's national programmes, objectives and programmes across sectors."""

from typing import Any

from prepare.models.organisations import Organisation
from prepare.sow.files import Row, codes, names, number, year_bound
from prepare.sow.sowing import Sowing, folded
from prepare.sow.users import CITY
from risks.models.national_programmes import NationalLine, NationalProgramme
from risks.models.objectives import Objective
from risks.models.programmes import Programme, programme_organisation
from risks.vocabulary.safety import ProgrammeState, SafetyEffect, TargetGroup, Theme


def sow_national_programmes(sowing: Sowing) -> None:
    """What the state proposes, with the lines that concern a city."""
    sowing.write(NationalProgramme, [_national(sowing, row) for row in sowing.files.rows("national_programmes")])
    rows = sowing.files.rows("national_lines")
    lines = [
        {
            "national_programme_id": sowing.id_of(NationalProgramme, row["programme"]),
            "mark": row["mark"],
            "rank": rank,
            **names(row),
        }
        for rank, row in enumerate(rows, start=1)
    ]
    codes_of_lines = [f"{row['programme']} {row['mark']}" for row in rows]
    written = sowing.write(NationalLine, lines)
    sowing.ids[NationalLine.__tablename__] = dict(zip(codes_of_lines, written, strict=True))


def _national(sowing: Sowing, row: Row) -> dict[str, Any]:
    return {
        **_named(row),
        "organisation_id": sowing.id_of(Organisation, CITY),
        "issued_by": row["issued_by"],
        "valid_from": year_bound(row["valid_from"]),
        "valid_to": year_bound(row["valid_to"]),
        "themes": tuple(Theme(word) for word in codes(row["themes"])),
        "summary": row["summary"],
        "reference": row["reference"],
    }


def sow_objectives(sowing: Sowing) -> None:
    """What the council wants to be better by the end of its term."""
    sowing.write(Objective, [_objective(sowing, row) for row in sowing.files.rows("objectives")])


def _objective(sowing: Sowing, row: Row) -> dict[str, Any]:
    return {
        **_named(row),
        "organisation_id": sowing.id_of(Organisation, CITY),
        "term_from": int(row["term_from"]),
        "term_to": int(row["term_to"]),
        "theme": Theme(row["theme"]),
        "indicator": row["indicator"],
        "unit": row["unit"],
        "baseline": number(row["baseline"]),
        "target": number(row["target"]),
        "latest": number(row["latest"]),
        "latest_on": sowing.files.day(row["latest_on"]),
        "document_ref": row["document_ref"],
    }


def sow_programmes(sowing: Sowing) -> None:
    """Programmes across sectors and the organisations that carry them out."""
    rows = sowing.files.rows("programmes")
    sowing.write(Programme, [_programme(sowing, row) for row in rows])
    links = [
        {
            "programme_id": sowing.id_of(Programme, row["id"]),
            "organisation_id": sowing.id_of(Organisation, code),
        }
        for row in rows
        for code in codes(row["organisations"])
    ]
    sowing.link(programme_organisation, links)


def _programme(sowing: Sowing, row: Row) -> dict[str, Any]:
    return {
        **_named(row),
        "organisation_id": sowing.id_of(Organisation, row["organisation"]),
        "state": ProgrammeState(row["state"]),
        "description": row["description"],
        "themes": tuple(Theme(word) for word in codes(row["themes"])),
        "areas": tuple(codes(row["areas"])),
        "target_groups": tuple(TargetGroup(word) for word in codes(row["target_groups"])),
        "owner_role": row["owner_role"],
        "period_from": sowing.files.day(row["period_from"]),
        "period_to": sowing.files.day(row["period_to"]),
        "effect": SafetyEffect(row["effect"]),
        "budget_ref": row["budget_ref"] or None,
        "document_ref": row["document_ref"] or None,
    }


def _named(row: Row) -> dict[str, Any]:
    texts = names(row)
    return {"code": row["id"], **texts, **folded(row["id"], texts)}
