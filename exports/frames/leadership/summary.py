"""The one page (C1): how ready the whole is, three sentences, and what is to be decided."""

from continuity.models.reviews import SituationReview
from continuity.queries import reviews as queries
from continuity.scoring import snapshots
from continuity.scoring.scores import DimensionScore, points
from continuity.scoring.snapshots import Change
from continuity.scoring.vocabulary import Code
from continuity.scoring.vocabulary import Tone as Meaning
from exports.columns import Column, Kind, Tone
from exports.frames.reader import frame_of
from exports.frames.readiness.gathered import Gathered
from exports.frames.standing import TONES
from exports.spreads import Section, Spread
from prepare.db import db
from prepare.texts import N_, _, day, name_of, number
from prepare.vocabulary import Dimension

STATE = (
    Column("name", N_("Side of readiness"), 30, Kind.CODE),
    Column("why", N_("What it rests on"), 62),
    Column("meaning", N_("Status"), 22, tone="tone"),
    Column("score", N_("Points"), 13, Kind.COUNT),
    Column("trend", N_("Change"), 50),
)
SENTENCES = (Column("question", N_("Matter"), 30, Kind.CODE), Column("text", N_("What the unit says"), 62))
DECISIONS = (
    Column("decider", N_("Who decides"), 30, Kind.CODE),
    Column("what", N_("What is to be decided"), 62),
    Column("due", N_("By when"), 22, Kind.DATE, tone="due tone"),
    Column("cost", N_("Cost, €"), 13, Kind.COUNT),
    Column("consequence", N_("What follows if it is not decided"), 50),
)


def spread(held: Gathered) -> Spread:
    """The sheet that a leader reads if he or she reads one only; it prints on one page."""
    review = review_of(held)
    asked = db.session.scalars(queries.decisions(held.reader.scope, review)).all() if review else []
    decisions: list[dict[str, object]] = [
        {
            "due": one.due,
            "due tone": Tone.HIGH if one.due and one.due < held.reader.on else None,
            "what": one.what,
            "decider": one.decider or _("not said"),
            "cost": _("not estimated") if one.cost_eur is None else one.cost_eur,
            "consequence": one.consequence or _("not said"),
        }
        for one in asked
    ]
    return Spread(
        _("On one page"),
        _("How ready we are, what the unit says and what must be decided"),
        [
            Section(_("How ready we are"), STATE, frame_of(_state(held), STATE)),
            Section(_("In three sentences"), SENTENCES, frame_of(_sentences(review), SENTENCES)),
            Section(_("Decisions needed"), DECISIONS, frame_of(decisions, DECISIONS)),
        ],
        tab="front",
        hint=_told_of(review),
        is_one_page=True,
    )


def review_of(held: Gathered) -> SituationReview | None:
    """The newest situation review that was given, if the variant may hold it."""
    reader = held.reader
    scope = reader.scope.up_to(reader.variant)
    return db.session.scalars(queries.newest_given(scope, reader.organisation, reader.on)).first()


def _told_of(review: SituationReview | None) -> str:
    if review is None:
        return _("No situation review has been given yet: write one, and the sentences and decisions stand here.")
    of = day(review.as_of)
    return _("Sentences and decisions are those of the review %(code)s of %(day)s.", code=review.code, day=of)


def _state(held: Gathered) -> list[dict[str, object]]:
    """The whole first, then its sides; what nobody can say is told as unknown."""
    before = held.snapshots[0].figures if held.snapshots else {}
    code = held.scored_code
    whole = held.scored
    rows = [_whole(held, snapshots.change(whole.score, snapshots.score(before, code)))] if whole else []
    for side, one in held.dimensions.items():
        told = snapshots.change(one.score, snapshots.score(before, code, side))
        rows.append(_row(side.label, _rests_on(held, side, one), one.tone, told))
    return rows


def _whole(held: Gathered, change: Change) -> dict[str, object]:
    score, lowest = held.score, held.score.lowest
    worst = _("Lowest: %(sector)s.", sector=f"{name_of(lowest.item)} {points(lowest.score)}") if lowest else ""
    known = _("%(share)s %% of what is asked is known.", share=points(100 * score.coverage))
    text = " ".join(filter(None, (worst if held.is_whole else "", known)))
    return _row(_("Readiness as a whole"), text, held.scored.tone if held.scored else Meaning.UNKNOWN, change)


def _row(name: str, why: str, meaning: Meaning, change: Change) -> dict[str, object]:
    return {
        "name": name,
        "why": why,
        "meaning": meaning.label,
        "tone": TONES[meaning],
        "score": _("unknown") if change.now is None else change.now,
        "trend": trend(change.points),
    }


def trend(change: int | None) -> str:
    """How a score has changed since the newest snapshot, in a sign and in words."""
    if change is None:
        return _("unknown: nothing to compare with")
    if change == 0:
        return _("= as before")
    return _("▲ up by %(points)s", points=change) if change > 0 else _("▼ down by %(points)s", points=-change)


def _rests_on(held: Gathered, side: Dimension, score: DimensionScore) -> str:
    """The indicators of a side with their values, and what caps it: the weakest first."""
    told = [(points(held.indicators[code].value), code.label) for code in Code if code.dimension is side]
    known = sorted((value, label) for value, label in told if value is not None)
    parts = [f"{label} {number(value)}" for value, label in known]
    lacking = [label for value, label in told if value is None]
    if lacking:
        parts.append(_("nothing to ask: %(names)s", names=", ".join(lacking)))
    capped = points(score.mean) != points(score.score)
    if capped:
        parts.append(_("held down by a hole"))
    return " · ".join(parts)


def _sentences(review: SituationReview | None) -> list[dict[str, object]]:
    questions = (
        (_("How it is now"), "now_text"),
        (_("What has changed"), "change_text"),
        (_("What is needed of the readers"), "need_text"),
    )
    return [
        {"question": question, "text": (getattr(review, name) if review else None) or _("not written yet")}
        for question, name in questions
    ]
