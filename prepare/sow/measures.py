"""The demo city's measures, and the risks that they treat."""

from typing import Any

from prepare.models.organisations import Organisation
from prepare.sow.files import Files, Row, names, number
from prepare.sow.sowing import Sowing, folded
from risks.models.measures import Measure
from risks.models.risks import Risk, risk_measure
from risks.vocabulary.levels import SteeringLevel
from risks.vocabulary.measures import MeasureKind, MeasureSource, MeasureState

#: Texts that are stored as they stand in the file.
TEXTS = ("budget_ref", "action_plan_ref", "state_reason", "overdue_reason", "progress_text", "effect_text")


def sow_measures(sowing: Sowing) -> None:
    """The measures; that one is overdue is not stored, for it follows from its day."""
    rows = sowing.files.rows("measures")
    owners = {row["id"]: sowing.id_of(Organisation, row["sector"]) for row in rows}
    sowing.write(Measure, [measure(sowing.files, row) | {"organisation_id": owners[row["id"]]} for row in rows])
    links = [
        {"risk_id": sowing.id_of(Risk, row["linked_risk"]), "measure_id": sowing.id_of(Measure, row["id"])}
        for row in rows
        if row["linked_risk"]
    ]
    sowing.link(risk_measure, links)


def measure(files: Files, row: Row) -> dict[str, Any]:
    """A measure of the file as columns, but for its owner."""
    texts = names(row)
    progress = int(row["progress_pct"])
    return {
        "code": row["id"],
        **texts,
        **folded(row["id"], texts),
        "kind": MeasureKind(row["kind"]),
        "source": MeasureSource(row["source"]),
        "source_code": row["source_code"] or None,
        "level": SteeringLevel(row["level"] or SteeringLevel.CITY),
        "area": row["area"] or None,
        "owner_role": row["owner_role"],
        "due": files.day(row["due"]),
        "state": state(row["status"], progress),
        "progress_pct": progress,
        "cost_eur": number(row["cost_eur"]),
        "done_on": files.day(row["done_on"]),
        "verified_on": files.day(row["verified_on"]),
        **{name: row[name] or None for name in TEXTS},
    }


def state(word: str, progress: int) -> MeasureState:
    """The state that the file's word means; what is overdue, or planned with some progress, is in progress."""
    if word == "overdue" or (word == MeasureState.PLANNED and progress):
        return MeasureState.IN_PROGRESS
    return MeasureState(word)
