"""A dozen figures of a report, kept with it when it is stored, so that the next one can be held against it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from continuity.findings.finding import Severity
from continuity.scoring.scores import points
from dependencies.vocabulary import Handling, RtoStatus
from exports.frames.readiness.gathered import Gathered
from prepare.registration import TIMED
from prepare.texts import N_
from prepare.vocabulary import Confidentiality, Criticality, Dimension
from risks import measuring
from risks.matrix import Level

Count = Callable[[Gathered], int | None]
INTERNAL, SECRET = Confidentiality.INTERNAL, Confidentiality.CONFIDENTIAL
#: The gravest weak points: what a kind is called, by the name under which its codes are kept.
WEAK = {"gaps": N_("Recovery gap of a vital function"), "single": N_("Single point of failure")}


@dataclass(frozen=True)
class Figure:
    """A figure: under which name it is kept, what it is called, what counts it and from which variant on it is told."""

    key: str
    label: str
    count: Count
    least: Confidentiality = INTERNAL
    more_is_better: bool | None = False


def _side(side: Dimension) -> Figure:
    return Figure(side.value, side.message, lambda held: _points_of(held, side), more_is_better=True)


def _points_of(held: Gathered, side: Dimension) -> int | None:
    found = held.dimensions.get(side)
    return points(found.score) if found else None


def _score(held: Gathered) -> int | None:
    return points(held.scored.score) if held.scored else None


def _admitted(held: Gathered, records: Iterable[Any]) -> list[Any]:
    return held.reader.divided(records)[0]


def _functions(held: Gathered) -> int:
    return len(_admitted(held, held.held.functions))


def _unplanned(held: Gathered) -> int:
    some = _admitted(held, held.held.functions)
    return sum(one.criticality in TIMED and one.id not in held.held.approved for one in some)


def _grave_risks(held: Gathered) -> int:
    return sum(one.level in (Level.SIGNIFICANT, Level.CRITICAL) for one in _admitted(held, held.held.risks))


def _late_measures(held: Gathered) -> int:
    some = _admitted(held, held.held.measures)
    return sum(measuring.is_overdue(one.state, one.due, on=held.reader.on) for one in some)


def _grave_findings(held: Gathered) -> int:
    return sum(one.severity is Severity.GRAVE for one in _admitted(held, held.found))


def _gaps(held: Gathered) -> int | None:
    return _standing(held, RtoStatus.GAP)


def _unknown(held: Gathered) -> int | None:
    return _standing(held, RtoStatus.UNKNOWN)


def _standing(held: Gathered, status: RtoStatus) -> int | None:
    return sum(one.status is status for one in held.recoveries) if held.seen else None


def _single(held: Gathered) -> int | None:
    return sum(one.keystone.is_single_point for one in held.losses) if held.seen else None


def _untreated(held: Gathered) -> int | None:
    some = [one for one in held.losses if one.keystone.is_single_point]
    return sum(one.handling is Handling.UNTREATED for one in some) if held.seen else None


def _defeats(held: Gathered) -> int | None:
    return len(held.defeats) if held.seen else None


FIGURES = (
    Figure("score", N_("Readiness as a whole"), _score, more_is_better=True),
    *map(_side, Dimension),
    Figure("functions", N_("Critical functions"), _functions, more_is_better=None),
    Figure("unplanned", N_("Functions K1–K3 without an approved plan"), _unplanned),
    Figure("risks", N_("Risks that are significant or critical"), _grave_risks),
    Figure("late", N_("Measures that are overdue"), _late_measures),
    Figure("findings", N_("Grave findings"), _grave_findings),
    Figure("gaps", N_("Recovery times that cannot be kept"), _gaps, SECRET),
    Figure("unknown", N_("Recovery times that nobody knows"), _unknown, SECRET),
    Figure("single", N_("Single points of failure"), _single, SECRET),
    Figure("untreated", N_("Single points of failure about which nothing is decided"), _untreated, SECRET),
    Figure("defeats", N_("Needs that only seem doubled"), _defeats, SECRET),
)


def admitted(held: Gathered) -> list[Figure]:
    """The figures that the variant may hold."""
    return [one for one in FIGURES if held.reader.admits(one.least)]


def counted(held: Gathered) -> dict[str, Any]:
    """The figures and the gravest weak points as they stand now, as JSON holds them: no more than the variant tells."""
    figures = {one.key: one.count(held) for one in admitted(held)}
    return {"figures": figures, **{name: sorted(codes) for name, codes in weak(held).items()}}


def weak(held: Gathered) -> Mapping[str, frozenset[str]]:
    """Codes of the vital functions that cannot keep their recovery time, and of single points of failure.

    They are secret when put together; a function outside the reader's view has no code.
    """
    if not held.reader.tells_dependencies or held.seen is None:
        return {}
    vital = [one for one in held.recoveries if one.facts.criticality is Criticality.K1]
    late = [one.function.code for one in vital if one.status is RtoStatus.GAP]
    single = [one.function.code for one in held.losses if one.keystone.is_single_point]
    return {"gaps": frozenset(filter(None, late)), "single": frozenset(filter(None, single))}
