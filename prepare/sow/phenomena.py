"""The demo city's phenomena with their figures, and signals."""

from typing import Any

from prepare.models.organisations import Organisation
from prepare.sow.files import Row, codes, names
from prepare.sow.sowing import Sowing, folded
from prepare.sow.users import CITY
from prepare.vocabulary import Confidentiality
from risks.models.measures import Measure
from risks.models.phenomena import Indicator, Phenomenon, Signal, phenomenon_measure, phenomenon_risk
from risks.models.risks import Risk
from risks.vocabulary.phenomena import PhenomenonState, Reliability
from risks.vocabulary.risks import Trend
from risks.vocabulary.safety import Theme


def sow_phenomena(sowing: Sowing) -> None:
    """The phenomena with their figures, measures and risks."""
    rows = sowing.files.rows("phenomena")
    sowing.write(Phenomenon, [_phenomenon(sowing, row) for row in rows])
    sowing.write(Indicator, _indicators(sowing))
    for table, model, column in ((phenomenon_measure, Measure, "measure"), (phenomenon_risk, Risk, "risk")):
        links = [
            {"phenomenon_id": sowing.id_of(Phenomenon, row["id"]), f"{column}_id": sowing.id_of(model, code)}
            for row in rows
            for code in codes(row[f"{column}s"])
        ]
        sowing.link(table, links)


def _phenomenon(sowing: Sowing, row: Row) -> dict[str, Any]:
    texts = names(row)
    return {
        "code": row["id"],
        "organisation_id": sowing.id_of(Organisation, CITY),
        **texts,
        **folded(row["id"], texts),
        "description": row["description"],
        "evidence": row["evidence"],
        "areas": tuple(codes(row["areas"])),
        "themes": tuple(Theme(word) for word in codes(row["themes"])),
        "trend": Trend(row["trend"]),
        "trend_since": sowing.files.day(row["trend_since"]),
        "owner_role": row["owner_role"],
        "state": PhenomenonState(row["state"]),
        "state_reason": row["state_reason"] or None,
        "next_review": sowing.files.day(row["next_review"]),
    }


def _indicators(sowing: Sowing) -> list[dict[str, Any]]:
    """The figures, each with its number within its phenomenon."""
    counts: dict[str, int] = {}
    found = []
    for row in sowing.files.rows("indicators"):
        code = row["phenomenon"]
        counts[code] = counts.get(code, 0) + 1
        found.append(
            {
                "code": f"{code}/{counts[code]:02}",
                "phenomenon_id": sowing.id_of(Phenomenon, code),
                "name": row["name"],
                "unit": row["unit"],
                "measured_on": sowing.files.day(row["measured_on"]),
                "value": float(row["value"]),
                "source": row["source"],
            }
        )
    return found


def sow_signals(sowing: Sowing) -> None:
    """What partners and sectors have noticed."""
    sowing.write(Signal, [_signal(sowing, row) for row in sowing.files.rows("signals")])


def _signal(sowing: Sowing, row: Row) -> dict[str, Any]:
    return {
        "code": row["id"],
        "organisation_id": sowing.id_of(Organisation, row["sector"]),
        "name": row["name"],
        **folded(row["id"], {"name": row["name"]}),
        "description": row["description"] or None,
        "observed_on": sowing.files.day(row["observed_on"]),
        "area": row["area"] or None,
        "source_id": sowing.id_of(Organisation, row["source"]) if row["source"] else None,
        "source_role": row["source_role"] or None,
        "reliability": Reliability(row["reliability"]),
        "phenomenon_id": sowing.id_of(Phenomenon, row["phenomenon"]) if row["phenomenon"] else None,
        "confidentiality": Confidentiality(row["confidentiality"]),
    }
