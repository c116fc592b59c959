"""The demo city's situation review that was given last winter; its figures are those of that day, as the files tell."""

from typing import Any

from continuity.models.reviews import SituationReview
from continuity.vocabulary.reviews import ReviewState
from prepare import audit, sealing
from prepare.models.organisations import Organisation
from prepare.sow.sowing import Sowing
from prepare.sow.users import CITY

#: What the registers held then; the later ones are counted.
FIGURES: dict[str, Any] = {
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


def sow_reviews(sowing: Sowing) -> None:
    """One review that was given, with which the next one is compared."""
    sowing.write(SituationReview, [_review(sowing, row) for row in sowing.files.rows("situation_reviews")])


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
        "figures": FIGURES,
        "figures_sha256": sealing.fingerprint(audit.content_text(FIGURES)),
    }
