"""The extract for the annual report (C8): risk management in figures, and sentences to start from."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from continuity.findings.plans import staleness
from exports.columns import Column, Kind
from exports.frames import exercises
from exports.frames.reader import frame_of
from exports.frames.readiness.gathered import Gathered
from exports.spreads import Section, Spread
from prepare.models.functions import Function
from prepare.registration import TIMED
from prepare.texts import N_, _, day, ngettext
from prepare.vocabulary import Confidentiality, Criticality
from risks import measuring
from risks.matrix import Level
from risks.vocabulary.measures import OPEN_STATES, MeasureState
from risks.vocabulary.risks import RiskState

FIGURES = (
    Column("name", N_("Figure"), 60, Kind.CODE),
    Column("value", N_("Count"), 12, Kind.COUNT),
    Column("note", N_("What it counts"), 70),
)
TEXTS = (Column("text", N_("Text to start from"), 60),)


def spread(held: Gathered) -> Spread:
    """The sheet for the annual report: it holds no name of a risk, a function or a weakness."""
    figures = counts(held)
    rows: list[dict[str, object]] = [{"name": name, "value": count, "note": note} for name, count, note in figures]
    texts: list[dict[str, object]] = [{"text": text} for text in _texts(held)]
    return Spread(
        _("For the annual report"),
        _("Text and figures for what the annual report tells of risk management"),
        [
            Section(_("Text to start from"), TEXTS, frame_of(texts, TEXTS)),
            Section(_("Figures"), FIGURES, frame_of(rows, FIGURES)),
        ],
        tab="notes",
        hint=_("Edit the text in the annual report; the figures are those of the variant that you hold."),
    )


def counts(held: Gathered) -> list[tuple[str, int, str]]:
    """The figures, each with what it counts, as far as the variant may hold the records."""
    reader, kept = held.reader, held.held
    functions = [one for one in kept.functions if reader.admits(one.confidentiality)]
    covered = [one for one in functions if one.criticality in TIMED]
    planned = sum(one.id in kept.approved for one in covered)
    found: list[tuple[str, int, str]] = [
        (_("Functions in the class %(code)s", code=one.option), _classed(functions, one), "") for one in Criticality
    ]
    if reader.variant is not Confidentiality.PUBLIC:
        found.append((_("Functions K1–K3 with an approved plan"), planned, _("of %(all)s", all=len(covered))))
    risks = [one for one in kept.risks if reader.admits(one.confidentiality) and one.state is not RiskState.CLOSED]
    levels, scale = Counter(one.level for one in risks), _uncounted(held, kept.risks) or _("by the city's risk scale")
    for level in sorted(Level, reverse=True):
        found.append((_("Open risks: %(level)s", level=level.label.lower()), levels[level], scale))
    found.append((_("Open risks: not assessed"), levels[None], _uncounted(held, kept.risks)))
    measures = [one for one in kept.measures if reader.admits(one.confidentiality)]
    finished = [one for one in measures if one.state in (MeasureState.DONE, MeasureState.VERIFIED)]
    done = sum(_this_year(one.done_on, held) for one in finished)
    found.append(
        (
            _("Measures done this year"),
            done,
            _uncounted(held, kept.measures) or _("since %(day)s", day=day(_new_year(held))),
        )
    )
    if reader.variant is not Confidentiality.PUBLIC:
        active = [one for one in measures if one.state in OPEN_STATES]
        late = sum(measuring.is_overdue(one.state, one.due, on=reader.on) for one in active)
        found.append((_("Measures under way"), len(active), _("%(late)s of them overdue", late=late)))
        stale = sum(bool(staleness(case, reader.on)) for _plan, version, case in kept.plans if version)
        found.append((_("Plans whose review is overdue"), stale, _("of %(all)s", all=len(kept.plans))))
    every = exercises.found(reader)
    taken = [one for one in every if reader.admits(one.confidentiality) and one.was_held]
    year = sum(_this_year(one.held_on, held) for one in taken)
    found.append((_("Exercises held this year"), year, _uncounted(held, every)))
    return found


def _uncounted(held: Gathered, records: Iterable[Any]) -> str:
    """How many records the variant may not hold, which a figure therefore lacks; empty when it lacks none."""
    lacking = held.reader.divided(records)[1]
    if not lacking:
        return ""
    return ngettext("%(n)s record of a higher class is not counted", "%(n)s of a higher class are not counted", lacking)


def _classed(functions: Sequence[Function], criticality: Criticality) -> int:
    return sum(one.criticality is criticality for one in functions)


def _new_year(held: Gathered) -> date:
    return held.reader.on.replace(month=1, day=1)


def _this_year(on: date | None, held: Gathered) -> bool:
    return on is not None and _new_year(held) <= on <= held.reader.on


def _texts(held: Gathered) -> list[str]:
    """Sentences to start from, each from the figures; none from a figure that the variant holds only in part."""
    told = {name: count for name, count, _note in counts(held)}
    kept = held.held
    risks = sum(count for name, count in told.items() if name in _risk_names())
    year, done = told[_("Exercises held this year")], told[_("Measures done this year")]
    sentences = (
        (
            kept.risks,
            ngettext(
                "At the time of this report the city kept %(n)s open risk in its register.",
                "At the time of this report the city kept %(n)s open risks in its register.",
                risks,
            ),
        ),
        (
            exercises.found(held.reader),
            ngettext("During the year %(n)s exercise was held.", "During the year %(n)s exercises were held.", year),
        ),
        (
            kept.measures,
            ngettext(
                "During the year %(n)s measure was completed.", "During the year %(n)s measures were completed.", done
            ),
        ),
    )
    told_whole = [sentence for records, sentence in sentences if not _uncounted(held, records)]
    return [
        _("Continuity management and preparedness are part of the city's internal control and risk management."),
        *told_whole,
    ]


def _risk_names() -> set[str]:
    return {*(_("Open risks: %(level)s", level=one.label.lower()) for one in Level), _("Open risks: not assessed")}
