"""The situation review of local safety (C7): priorities, measures, phenomena, what residents say, what is proposed."""

from collections.abc import Mapping
from datetime import date
from types import SimpleNamespace
from typing import Any

from continuity.models.reviews import SituationReview
from continuity.readiness import reviewing
from exports.columns import Column, Kind, Tone
from exports.frames.leadership.summary import review_of
from exports.frames.reader import frame_of
from exports.frames.readiness import progress
from exports.frames.readiness.gathered import Gathered
from exports.spreads import Section, Spread
from prepare.db import db
from prepare.texts import N_, _, name_of
from prepare.vocabulary import CodeList
from risks.queries import codelists
from risks.vocabulary.measures import MeasureState
from risks.vocabulary.risks import Trend

STATES = (
    Column("name", N_("Measures by state"), 44, Kind.CODE),
    Column("all", N_("All"), 14, Kind.COUNT),
    Column("safety", N_("Of the safety plans"), 26, Kind.COUNT),
)
PHENOMENA = (
    Column("name", N_("Phenomenon"), 44, Kind.CODE),
    Column("code", N_("Code"), 14, Kind.CODE),
    Column("trend", N_("Trend"), 14, tone="tone"),
)
RESIDENTS = (
    Column("question", N_("What residents were asked"), 44, Kind.CODE),
    Column("area", N_("Area"), 14),
    Column("value", N_("Value"), 14, Kind.QUANTITY),
    Column("unit", N_("Unit"), 12),
    Column("before", N_("Value before"), 14, Kind.QUANTITY),
    Column("day", N_("Day"), 14, Kind.DATE),
)
PROPOSALS = (Column("text", N_("Proposal of the expert group"), 44),)
PRIORITIES = (
    Column("name", N_("Priority"), 44, Kind.CODE),
    Column("total", N_("Measures"), 14, Kind.COUNT),
    Column("done", N_("Done or verified"), 14, Kind.COUNT),
    Column("late", N_("Overdue"), 12, Kind.COUNT, tone="late tone"),
    Column("progress", N_("Progress"), 14, Kind.PERCENT),
    Column("plan", N_("Safety plan"), 44),
)


def spread(held: Gathered) -> Spread:
    """The sheet of local safety, counted on the day of the report as a review would count it."""
    reader, review = held.reader, review_of(held)
    since = review.as_of if review else None
    scope = reader.scope.up_to(reader.variant)
    told = reviewing.figures(scope, reader.organisation, since=since, on=reader.on)
    proposals: list[dict[str, object]] = [{"text": line} for line in _lines(review)]
    return Spread(
        _("Local safety"),
        _("Priorities, measures, phenomena, what residents say and what the expert group proposes"),
        [
            Section(_("Priorities"), PRIORITIES, frame_of(progress.priorities(held), PRIORITIES)),
            Section(_("Measures by state"), STATES, frame_of(_states(told), STATES)),
            Section(_("Phenomena that are followed"), PHENOMENA, frame_of(_phenomena(told), PHENOMENA)),
            Section(_("Voice of residents"), RESIDENTS, frame_of(_residents(told), RESIDENTS)),
            Section(_("Proposals of the expert group"), PROPOSALS, frame_of(proposals, PROPOSALS)),
        ],
    )


def _lines(review: SituationReview | None) -> list[str]:
    return [line.strip() for line in ((review.proposals if review else None) or "").splitlines() if line.strip()]


def _states(told: Mapping[str, Any]) -> list[dict[str, object]]:
    return [
        {
            "name": state.label,
            "all": told["measures"].get(state.value, 0),
            "safety": told["safety_measures"].get(state.value, 0),
        }
        for state in MeasureState
    ]


def _phenomena(told: Mapping[str, Any]) -> list[dict[str, object]]:
    return [
        {
            "name": name_of(SimpleNamespace(**one)),
            "code": one["code"],
            "trend": Trend(one["trend"]).label if one["trend"] else _("unknown"),
            "tone": Tone.HIGH if one["trend"] == Trend.RISING.value else None,
        }
        for one in told["phenomena"] or ()
    ]


def _residents(told: Mapping[str, Any]) -> list[dict[str, object]]:
    areas = {item.code: name_of(item) for item in db.session.scalars(codelists.listed(CodeList.AREA))}
    return [
        {
            "question": one["question"],
            "area": areas.get(one["area"], one["area"]) if one["area"] else _("Whole city"),
            "value": one["value"],
            "unit": one["unit"],
            "before": one["before"],
            "day": date.fromisoformat(one["day"]),
        }
        for one in told["residents"] or ()
    ]
