"""The demo city's situation reviews that have been given; their figures are those of their day, as the files tell."""

from typing import Any

from continuity.models.reviews import NeededDecision, SituationReview
from continuity.vocabulary.reviews import ReviewState
from prepare import audit, sealing
from prepare.models.organisations import Organisation
from prepare.sow import files
from prepare.sow.sowing import Sowing
from prepare.sow.users import CITY

#: Code of a review → what the registers held then; the later ones are counted.
FIGURES: dict[str, dict[str, Any]] = {}
FIGURES["TK-01"] = {
    "measures": {"planned": 7, "in_progress": 6, "done": 1},
    "safety_measures": {"planned": 2, "in_progress": 1},
    "overdue": 1,
    "overdue_named": [],
    "risks": {"low": 0, "moderate": 15, "significant": 16, "critical": 9, "rising": 12},
    "decisions": {"open": 2, "overdue": 0},
    "meetings": {"held": 3, "missed": 0, "late": []},
    "situations": [],
    "phenomena": None,
    "residents": None,
}
FIGURES["TK-02"] = {
    "measures": {"planned": 6, "in_progress": 9, "on_hold": 1, "done": 6},
    "safety_measures": {"planned": 2, "in_progress": 4, "done": 1},
    "overdue": 3,
    "overdue_named": [],
    "risks": {"low": 0, "moderate": 13, "significant": 17, "critical": 11, "rising": 14},
    "decisions": {"open": 4, "overdue": 1},
    "meetings": {"held": 8, "missed": 1, "late": []},
    "situations": [],
    "phenomena": [],
    "residents": [],
}


def sow_reviews(sowing: Sowing) -> None:
    """The reviews that were given, with which the next one is compared, and what they asked for."""
    sowing.write(SituationReview, [_review(sowing, row) for row in sowing.files.rows("situation_reviews")])
    sowing.write(NeededDecision, [_asked(sowing, *pair) for pair in enumerate(sowing.files.rows("needed_decisions"))])


def _review(sowing: Sowing, row: dict[str, str]) -> dict[str, Any]:
    return {
        "code": row["id"],
        "organisation_id": sowing.id_of(Organisation, CITY),
        "state": ReviewState(row["state"]),
        "as_of": sowing.files.day(row["as_of"]),
        "given_on": sowing.files.day(row["given"]),
        "now_text": row["now"],
        "change_text": row["change"],
        "need_text": row["need"],
        "proposals": row["proposals"].replace(";", "\n"),
        "figures": FIGURES[row["id"]],
        "figures_sha256": sealing.fingerprint(audit.content_text(FIGURES[row["id"]])),
    }


def _asked(sowing: Sowing, place: int, row: dict[str, str]) -> dict[str, Any]:
    return {
        "code": f"{row['review']}/{place + 1:02}",
        "review_id": sowing.id_of(SituationReview, row["review"]),
        "what": row["what"],
        "decider": row["decider"],
        "due": sowing.files.day(row["due"]),
        "cost_eur": files.number(row["cost_eur"]),
        "consequence": row["consequence"],
    }
