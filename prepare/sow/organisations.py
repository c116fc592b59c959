"""The demo city's organisations and code lists."""

from typing import Any

from sqlalchemy import select, update

from prepare.db import db
from prepare.models.codes import CodeItem
from prepare.models.organisations import Organisation
from prepare.sow.files import Files, names, yes
from prepare.sow.sowing import Sowing
from prepare.sow.users import CITY
from prepare.texts import sort_key
from prepare.vocabulary import CodeList, OrganisationKind, RelationBasis

AREAS = select(CodeItem.code, CodeItem.id).where(CodeItem.kind == CodeList.AREA)


def sow_organisations(sowing: Sowing) -> None:
    """The city, below it its sectors, enterprises and subsidiaries, and the outside partners."""
    city = sowing.files.config["city"]["name"]
    top = _row(CITY, OrganisationKind.CITY, {f"name_{language}": name for language, name in city.items()})
    (root,) = sowing.write(Organisation, [top])
    sectors = [
        _row(
            row["id"], OrganisationKind(row["type"]), names(row), row["contact_role"], bool(yes(row["is_coordinator"]))
        )
        for row in sowing.files.rows("sectors")
    ]
    partners = [
        _row(row["id"], OrganisationKind(row["type"]), names(row), relation=RelationBasis(row["relation_basis"]))
        for row in sowing.files.rows("parties")
    ]
    below = sowing.write(Organisation, [{**row, "parent_id": root} for row in [*sectors, *partners]])
    db.session.execute(update(Organisation).where(Organisation.id == root).values(path=f"/{root}/"))
    for one in below:
        db.session.execute(update(Organisation).where(Organisation.id == one).values(path=f"/{root}/{one}/"))


def _row(
    code: str,
    kind: OrganisationKind,
    texts: dict[str, str | None],
    contact_role: str | None = None,
    coordinates: bool = False,
    relation: RelationBasis | None = None,
) -> dict[str, Any]:
    return {
        "code": code,
        "kind": kind,
        **texts,
        "path": "/",
        "sort_name": sort_key(texts["name_fi"] or ""),
        "contact_role": contact_role,
        "is_coordinator": coordinates,
        "relation_basis": relation,
    }


def sow_codes(sowing: Sowing) -> None:
    """The lists of threats, areas and vital functions of society."""
    sowing.write(CodeItem, code_rows(sowing.files))
    place_areas(sowing.files)


def place_areas(files: Files) -> None:
    """Put the areas that are written where they lie in the tree."""
    ids = {row.code: row.id for row in db.session.execute(AREAS)}
    for area in files.config["areas"]:
        if "parent" in area:
            inside = update(CodeItem).where(CodeItem.id == ids[area["id"]])
            db.session.execute(inside.values(parent_id=ids[area["parent"]]))


def code_rows(files: Files) -> list[dict[str, Any]]:
    """The items of the files' code lists, as rows."""
    areas = {area["id"]: area["name"] for area in files.config["areas"]}
    lists = (
        (CodeList.THREAT, "2023", files.config["threats"]),
        (CodeList.VITAL_FUNCTION, "2025", files.config["vital_functions"]),
        (CodeList.AREA, "2026", areas),
        (CodeList.AREA_LEVEL, "2026", files.config["area_levels"]),
    )
    return [
        {"kind": kind, "edition": edition, "code": code, "rank": rank}
        | {f"name_{language}": name[language] for language in ("fi", "sv", "en")}
        for kind, edition, items in lists
        for rank, (code, name) in enumerate(items.items(), start=1)
    ]
