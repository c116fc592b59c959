"""The demo city's scenarios and risks."""

from typing import Any

from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.sow.files import Row, codes, names
from prepare.sow.sowing import Sowing, folded
from prepare.sow.users import CITY
from risks.models.risks import Risk, risk_function
from risks.models.scenarios import Scenario, ScenarioHit
from risks.vocabulary.risks import RiskState, Treatment, Trend
from risks.vocabulary.scenarios import Effect, Severity


def sow_scenarios(sowing: Sowing) -> None:
    """The disruption scenarios and what each hits first."""
    city = sowing.id_of(Organisation, CITY)
    scenarios = [
        {
            "code": row["id"],
            "organisation_id": city,
            **names(row),
            **names(row, "description"),
            "threat": row["threat"],
            "duration_h": float(row["duration_h"]),
            "severity": Severity(row["severity"]),
            "area": None if row["area"] == "all" else row["area"],
        }
        for row in sowing.files.rows("scenarios")
    ]
    sowing.write(Scenario, scenarios)
    hits = [
        {
            "scenario_id": sowing.id_of(Scenario, row["scenario"]),
            "function_id": sowing.id_of(Function, row["node"]),
            "start_h": float(row["start_h"]),
            "duration_h": float(row["duration_h"]),
            "effect": Effect(row["effect"]),
            "capacity_pct": float(row["capacity_pct"]),
        }
        for row in sowing.files.rows("scenario_hits")
    ]
    sowing.write(ScenarioHit, hits)


def sow_risks(sowing: Sowing) -> None:
    """The risk register; the level is not stored, for it follows from the steps."""
    rows = sowing.files.rows("risks")
    sowing.write(Risk, [_risk(sowing, row) for row in rows])
    links = [
        {"risk_id": sowing.id_of(Risk, row["id"]), "function_id": sowing.id_of(Function, code)}
        for row in rows
        for code in codes(row["functions"])
    ]
    sowing.link(risk_function, links)


def _risk(sowing: Sowing, row: Row) -> dict[str, Any]:
    texts = names(row, "title")
    return {
        "code": row["id"],
        "organisation_id": sowing.id_of(Organisation, row["sector"]),
        "state": RiskState(row["status"]),
        **texts,
        **folded(row["id"], texts),
        "threat": row["threat"],
        "scenario_id": sowing.id_of(Scenario, row["scenario"]) if row["scenario"] else None,
        "owner_role": row["owner_role"],
        "likelihood": int(row["likelihood"]),
        "impact": int(row["impact"]),
        "trend": Trend(row["trend"]),
        "treatment": Treatment(row["treatment"]),
        "residual_likelihood": int(row["residual_likelihood"]),
        "residual_impact": int(row["residual_impact"]),
        "next_review": sowing.files.day(row["next_review"]),
    }
