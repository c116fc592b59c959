"""Risks for leaders (C5): the critical and significant ones, what has changed, acceptances that end, rare disasters."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from exports.columns import Column, Kind, Tone
from exports.frames.reader import frame_of
from exports.frames.readiness.gathered import Gathered
from exports.frames.risks import TONES
from exports.spreads import Section, Spread
from prepare.db import db
from prepare.months import months_after
from prepare.texts import N_, _, named
from risks import lifecycle
from risks.matrix import Level
from risks.measuring import in_force
from risks.models import scales
from risks.models.risks import Risk, RiskAssessment
from risks.queries import risks as queries
from risks.vocabulary.risks import RiskState

#: An acceptance that ends within so many months is told.
SOON_MONTHS = 6
RISKS = (
    Column("code", N_("Code"), 10, Kind.CODE),
    Column("title", N_("Risk"), 58),
    Column("sector", N_("Sector"), 30),
    Column("level", N_("Level"), 13, tone="tone"),
    Column("score", N_("Score"), 9, Kind.COUNT),
    Column("before", N_("Assessed before"), 13, tone="before tone", note=N_("The level at the assessment before.")),
    Column("change", N_("Change"), 14),
    Column("owner", N_("Owner (role)"), 22),
    Column("doing", N_("Measures"), 18),
)
ACCEPTED = (
    Column("code", N_("Code"), 10, Kind.CODE),
    Column("title", N_("Accepted risk"), 58),
    Column("by", N_("Accepted by"), 30),
    Column("until", N_("Accepted until"), 13, Kind.DATE, tone="tone"),
)
RARE = RISKS[:5]


def spread(held: Gathered) -> Spread:
    """The sheet of the risks; those that are rare but grave stand apart, since no score shows them."""
    admitted, left_out = held.reader.divided(held.held.risks)
    grave = [one for one in admitted if one.level in (Level.CRITICAL, Level.SIGNIFICANT) and _is_open(one)]
    rare = [one for one in admitted if _is_rare_disaster(one) and _is_open(one)]
    before = _before(held, grave)
    return Spread(
        _("Risks"),
        _("The gravest risks and what has changed, acceptances that end, and what is rare but grave"),
        [
            Section(
                _("Critical and significant risks"),
                RISKS,
                frame_of([_row(held, one, before.get(one.id)) for one in grave], RISKS),
            ),
            Section(_("Acceptances that end"), ACCEPTED, frame_of(list(_accepted(held, admitted)), ACCEPTED)),
            Section(_("Rare but grave"), RARE, frame_of([_row(held, one, None) for one in rare], RARE)),
        ],
        left_out=left_out,
        hint=_("Rare but grave: a likelihood of at most 2 and the gravest impact but one, or worse."),
    )


def _is_open(one: Risk) -> bool:
    return one.state is not RiskState.CLOSED


def _is_rare_disaster(one: Risk) -> bool:
    """Whether it is unlikely and its impact is one of the two gravest."""
    gravest = len(scales.in_force().impacts)
    return one.likelihood is not None and one.impact is not None and one.likelihood <= 2 and one.impact >= gravest - 1


def _before(held: Gathered, some: Sequence[Risk]) -> dict[int, RiskAssessment]:
    """For each risk the assessment before the newest one."""
    told: dict[int, list[RiskAssessment]] = defaultdict(list)
    for one in db.session.scalars(queries.histories(held.reader.scope, [risk.id for risk in some])):
        if one.assessed_on <= held.reader.on:
            told[one.risk_id].append(one)
    return {risk: some[-2] for risk, some in told.items() if len(some) > 1}


def _row(held: Gathered, one: Risk, before: RiskAssessment | None) -> dict[str, object]:
    measures = [m.code for m in in_force(one.measures) if held.reader.admits(m.confidentiality)]
    return {
        "code": one.code,
        "title": named(one, "title"),
        "sector": held.sector_of(one.owner_path),
        "level": one.level.label if one.level else _("Not assessed"),
        "tone": TONES[one.level] if one.level else Tone.UNKNOWN,
        "score": one.score,
        "before": before.level.label if before and before.level else _("unknown"),
        "before tone": TONES[before.level] if before and before.level else None,
        "change": _change(one, before),
        "owner": one.owner_role or _("nobody named"),
        "doing": ", ".join(measures) or _("none"),
    }


def _change(one: Risk, before: RiskAssessment | None) -> str:
    """How the level has changed since the assessment before; without one the trend that was judged."""
    if before is None or before.level is None or one.level is None:
        return one.trend.label if one.trend else _("unknown")
    if one.level == before.level:
        return _("= as before")
    return _("▲ graver") if one.level > before.level else _("▼ milder")


def _accepted(held: Gathered, some: Iterable[Risk]) -> Iterable[dict[str, object]]:
    """Accepted risks whose acceptance has lapsed or ends soon, the first to end on top."""
    soon = months_after(held.reader.on, SOON_MONTHS)
    accepted = [one for one in some if one.state is RiskState.ACCEPTED]
    ending = [one for one in accepted if one.accepted_until is None or one.accepted_until <= soon]
    for one in sorted(ending, key=lambda risk: (risk.accepted_until or held.reader.on, risk.code)):
        yield {
            "code": one.code,
            "title": named(one, "title"),
            "by": one.accepted_by or _("not said"),
            "until": one.accepted_until or _("without an end"),
            "tone": Tone.HIGH if lifecycle.has_lapsed(one, on=held.reader.on) else Tone.MODERATE,
        }
