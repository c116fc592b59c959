"""The demo city's safety plans, old ones too, with their priorities and the measures under them."""

from typing import Any

from prepare.models.organisations import Organisation
from prepare.sow.files import Row, codes, names, year_bound
from prepare.sow.sowing import Sowing, folded
from prepare.sow.users import CITY
from risks.models.measures import Measure
from risks.models.national_programmes import NationalLine
from risks.models.objectives import Objective
from risks.models.safety_plans import (
    SafetyPlan,
    SafetyPriority,
    safety_plan_participant,
    safety_priority_measure,
    safety_priority_participant,
)
from risks.vocabulary.levels import SteeringLevel
from risks.vocabulary.safety import SafetyPlanKind, SafetyPlanState, TargetGroup, Theme

#: Columns that the file fills as they stand.
TEXTS = ("owner_role", "support_role", "other_participants", "prepared_by", "approved_by", "document_ref")


def sow_safety_plans(sowing: Sowing) -> None:
    """Plans, each after the one that it follows, and their priorities."""
    rows = sowing.files.rows("safety_plans")
    for row in rows:
        sowing.write(SafetyPlan, [_plan(sowing, row)])
    links = [
        {"safety_plan_id": sowing.id_of(SafetyPlan, row["id"]), "organisation_id": sowing.id_of(Organisation, code)}
        for row in rows
        for code in codes(row["participants"])
    ]
    sowing.link(safety_plan_participant, links)
    _sow_priorities(sowing)


def _plan(sowing: Sowing, row: Row) -> dict[str, Any]:
    texts = names(row)
    return {
        "code": row["id"],
        "organisation_id": sowing.id_of(Organisation, CITY),
        **texts,
        **folded(row["id"], texts),
        **names(row, "purpose"),
        "kind": SafetyPlanKind(row["kind"]),
        "level": SteeringLevel(row["level"]),
        "state": SafetyPlanState(row["state"]),
        "area": row["area"] or None,
        "predecessor_id": sowing.id_of(SafetyPlan, row["predecessor"]) if row["predecessor"] else None,
        **{name: year_bound(row[name]) for name in ("period_from", "period_to", "approved_on", "ended_on")},
        **{name: row[name] or None for name in (*TEXTS, "wellbeing_ref", "state_reason")},
    }


def _sow_priorities(sowing: Sowing) -> None:
    rows = sowing.files.rows("safety_priorities")
    written = sowing.write(SafetyPriority, [_priority(sowing, row) for row in rows])
    pairs = list(zip(written, rows, strict=True))
    taking_part = [(one, Organisation, "organisation_id", row["participants"]) for one, row in pairs]
    done = [(one, Measure, "measure_id", row["measures"]) for one, row in pairs]
    for table, chosen in ((safety_priority_participant, taking_part), (safety_priority_measure, done)):
        links = [
            {"safety_priority_id": one, column: sowing.id_of(model, code)}
            for one, model, column, text in chosen
            for code in codes(text)
        ]
        sowing.link(table, links)


def _priority(sowing: Sowing, row: Row) -> dict[str, Any]:
    line, objective = row["national_line"], row["objective"]
    return {
        "safety_plan_id": sowing.id_of(SafetyPlan, row["plan"]),
        "rank": int(row["rank"]),
        **names(row),
        "description": row["description"] or None,
        "theme": Theme(row["theme"]),
        "area": row["area"] or None,
        "target_groups": tuple(TargetGroup(word) for word in codes(row["target_groups"])),
        "objective_id": sowing.id_of(Objective, objective) if objective else None,
        "national_line_id": sowing.id_of(NationalLine, line) if line else None,
        "other_participants": row["other_participants"] or None,
    }
