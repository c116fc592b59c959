"""What the demo city's plans hold: texts, strategies, action cards, level tasks and documents of some of them."""

from typing import Any

from continuity.models.contents import ActionCard, CardTask, DocumentRef, LevelTask, Strategy, strategy_resource
from continuity.models.plans import PlanSection, PlanVersion
from continuity.vocabulary.contents import LostResource, PreparednessLevel
from continuity.vocabulary.plans import Section
from prepare.models.functions import Function, Resource
from prepare.models.users import User
from prepare.sow.files import Row, codes, number, yes
from prepare.sow.sowing import Sowing
from prepare.sow.users import person
from prepare.vocabulary import Role


def sow_plan_contents(sowing: Sowing) -> None:
    """What stands in the versions that the plans have."""
    owners = {row["id"]: row["sector"] for row in sowing.files.rows("plans")}
    sowing.write(PlanSection, [_section(sowing, owners, row) for row in sowing.files.rows("plan_sections")])
    sowing.write(LevelTask, [_level_task(sowing, row) for row in sowing.files.rows("level_tasks")])
    sowing.write(DocumentRef, [_document(sowing, row) for row in sowing.files.rows("plan_documents")])
    _sow_strategies(sowing)
    _sow_cards(sowing)


def _part(sowing: Sowing, row: Row) -> dict[str, int]:
    return {"plan_version_id": sowing.id_of(PlanVersion, row["plan"])}


def _section(sowing: Sowing, owners: dict[str, str], row: Row) -> dict[str, Any]:
    author = person(Role.SECTOR_CONTACT, owners[row["plan"]])
    return {
        **_part(sowing, row),
        "section": Section(row["section"]),
        "text": row["text"],
        "finished": bool(yes(row["finished"])),
        "author_id": sowing.id_of(User, author.email) if author else None,
    }


def _level_task(sowing: Sowing, row: Row) -> dict[str, Any]:
    return {
        **_part(sowing, row),
        "level": PreparednessLevel(row["level"]),
        "task": row["task"],
        "role": row["role"] or None,
        "trigger": row["trigger"] or None,
        "within_h": number(row["within_h"]),
    }


def _document(sowing: Sowing, row: Row) -> dict[str, Any]:
    texts = {name: row[name] for name in ("title", "kept_at")}
    return {**_part(sowing, row), **texts, "case_number": row["case_number"] or None}


def _sow_strategies(sowing: Sowing) -> None:
    rows = sowing.files.rows("strategies")
    strategies = sowing.write(Strategy, [_strategy(sowing, row) for row in rows])
    links = [
        {"strategy_id": strategy, "resource_id": sowing.id_of(Resource, told)}
        for strategy, row in zip(strategies, rows, strict=True)
        for told in codes(row["resources"])
    ]
    sowing.link(strategy_resource, links)


def _strategy(sowing: Sowing, row: Row) -> dict[str, Any]:
    return {
        **_part(sowing, row),
        "lost_resource": LostResource(row["lost_resource"]),
        "text": row["text"],
        "covers_h": number(row["covers_h"]),
        "reference": row["reference"] or None,
    }


def _sow_cards(sowing: Sowing) -> None:
    rows = sowing.files.rows("action_cards")
    written = sowing.write(ActionCard, [_card(sowing, row) for row in rows])
    cards = {(row["plan"], row["place"]): card for row, card in zip(rows, written, strict=True)}
    sowing.write(CardTask, [_task(cards, row) for row in sowing.files.rows("card_tasks")])


def _card(sowing: Sowing, row: Row) -> dict[str, Any]:
    function = row["function"]
    return {
        **_part(sowing, row),
        "place": int(row["place"]),
        "title": row["title"],
        "lost_resource": LostResource(row["lost_resource"]) if row["lost_resource"] else None,
        "function_id": sowing.id_of(Function, function) if function else None,
        "role": row["role"] or None,
    }


def _task(cards: dict[tuple[str, str], int], row: Row) -> dict[str, Any]:
    return {
        "card_id": cards[row["plan"], row["card"]],
        "place": int(row["place"]),
        "what": row["what"],
        "who": row["who"] or None,
        "within_min": int(row["within_min"]) if row["within_min"] else None,
    }
