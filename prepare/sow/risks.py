"""The demo city's scenarios and risks."""

from collections.abc import Mapping
from typing import Any

from dependencies.models.interfaces import Interface, risk_interface
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.sow.files import Row, codes, names
from prepare.sow.sowing import Sowing, folded
from prepare.sow.users import CITY
from prepare.vocabulary import Confidentiality
from risks.matrix import DEFAULT
from risks.models.offers import ScenarioOffer
from risks.models.risks import Risk, RiskAssessment, risk_function
from risks.models.scenarios import Scenario, ScenarioHit
from risks.vocabulary.risks import Occasion, RiskState, Treatment, Trend
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
            "confidentiality": Confidentiality(row["confidentiality"]),
        }
        for row in sowing.files.rows("scenarios")
    ]
    sowing.write(Scenario, scenarios)
    offers = [
        {"scenario_id": sowing.id_of(Scenario, row["id"]), "offered_on": sowing.files.day(row["offered_on"])}
        for row in sowing.files.rows("scenarios")
        if row["offered_on"]
    ]
    sowing.write(ScenarioOffer, offers, by="scenario_id")
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
    """The risk register with its history; the levels follow from the steps of the scale that comes with the product."""
    rows = sowing.files.rows("risks")
    details = {row["risk"]: row for row in sowing.files.rows("risk_details")}
    judged = {row["risk"]: row for row in sowing.files.rows("risk_assessments")}  # the last of each
    sowing.write(Risk, [_risk(sowing, row, details.get(row["id"], {}), judged.get(row["id"], {})) for row in rows])
    links = [
        {"risk_id": sowing.id_of(Risk, row["id"]), "function_id": sowing.id_of(Function, code)}
        for row in rows
        for code in codes(row["functions"])
    ]
    sowing.link(risk_function, links)
    over = [
        {"risk_id": sowing.id_of(Risk, code), "interface_id": sowing.id_of(Interface, interface)}
        for code, row in details.items()
        for interface in codes(row["interfaces"])
    ]
    sowing.link(risk_interface, over)
    roles = {row["id"]: row["contact_role"] for row in sowing.files.rows("sectors")}
    contacts = {row["id"]: roles[row["sector"]] for row in rows}
    told = sowing.files.rows("risk_assessments")
    sowing.write(RiskAssessment, [_assessment(sowing, row, contacts) for row in told])


def _risk(sowing: Sowing, row: Row, detail: Row, judged: Row) -> dict[str, Any]:
    texts = names(row, "title")
    assessed_on = sowing.files.day(judged.get("date", ""))
    return {
        "code": row["id"],
        "organisation_id": sowing.id_of(Organisation, row["sector"]),
        "state": RiskState(row["status"]),
        **texts,
        **folded(row["id"], texts),
        **{name: detail.get(name) or None for name in ("cause", "event", "consequence", "existing_controls")},
        **_steps(detail, "inherent"),
        **_steps(detail, "target"),
        "grounds": judged.get("note") or None,
        "threat": row["threat"],
        "scenario_id": sowing.id_of(Scenario, row["scenario"]) if row["scenario"] else None,
        "owner_role": row["owner_role"],
        **_weighed(row),
        "treatment": Treatment(row["treatment"]),
        "assessed_on": assessed_on,
        "reviewed_on": assessed_on,
        "next_review": sowing.files.day(row["next_review"]),
    }


def _steps(row: Row, place: str) -> dict[str, int | None]:
    found = {f"{place}_{axis}": row.get(f"{place}_{axis}") for axis in ("likelihood", "impact")}
    return {name: int(step) if step else None for name, step in found.items()}


def _weighed(row: Row) -> dict[str, Any]:
    likelihood, impact = int(row["likelihood"]), int(row["impact"])
    residual = int(row["residual_likelihood"]), int(row["residual_impact"])
    return {
        "likelihood": likelihood,
        "impact": impact,
        "level": DEFAULT.level(likelihood, impact),
        "residual_likelihood": residual[0],
        "residual_impact": residual[1],
        "residual_level": DEFAULT.level(*residual),
        "trend": Trend(row["trend"]),
    }


def _assessment(sowing: Sowing, row: Row, contacts: Mapping[str, str]) -> dict[str, Any]:
    return {
        "risk_id": sowing.id_of(Risk, row["risk"]),
        "assessed_on": sowing.files.day(row["date"]),
        "assessed_by": contacts[row["risk"]],
        "occasion": Occasion(row["occasion"]),
        **_weighed(row),
        "likelihoods": len(DEFAULT.likelihoods),
        "impacts": len(DEFAULT.impacts),
        "note": row["note"] or None,
    }
