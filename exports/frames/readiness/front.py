"""The cover of the readiness report (B0), and the course of the score."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from continuity.findings.finding import Severity
from continuity.scoring import snapshots
from continuity.scoring.scores import points
from continuity.scoring.vocabulary import Code
from exports.columns import Column, Kind
from exports.cover import Cover
from exports.diagrams import Diagram
from exports.frames import standing
from exports.frames.chosen import Chosen
from exports.frames.front import FOUND, LEGEND
from exports.frames.reader import frame_of
from exports.frames.readiness.gathered import Gathered
from exports.native import Shape
from exports.properties import Imprint
from exports.spreads import Section, Spread
from prepare.texts import N_, _, day, moment, name_of
from prepare.vocabulary import Confidentiality, Criticality, Dimension
from risks import measuring

COURSE = (
    Column("day", N_("Day"), 12, Kind.DATE),
    Column("snapshot", N_("Snapshot"), 12, Kind.CODE),
    Column("score", N_("Readiness score"), 12, Kind.COUNT),
    *(Column(one.value, one.message, 14, Kind.COUNT) for one in Dimension),
)


def course(held: Gathered) -> Spread:
    """The sheet of the course: every snapshot, and now, with a line for the score and for each dimension."""
    code = held.scored_code
    rows: list[dict[str, object]] = [
        {
            "day": one.as_of,
            "snapshot": one.code,
            "score": points(snapshots.score(one.figures, code)),
            **{d.value: points(snapshots.score(one.figures, code, d)) for d in Dimension},
        }
        for one in reversed(held.snapshots)
    ]
    if held.scored:
        sides = {d.value: points(one.score) for d, one in held.dimensions.items()}
        rows.append({"day": held.reader.on, "snapshot": _("now"), "score": points(held.scored.score), **sides})
    series = ("score", *(one.value for one in Dimension))
    chart = Diagram(_("Course of readiness"), series, Shape.LINES, 100, _("Points"), width_px=1000, height_px=400)
    title = _("Course of readiness")
    return Spread(
        title,
        _("How the score and its sides have developed from snapshot to snapshot"),
        [Section(title, COURSE, frame_of(rows, COURSE), chart)],
        tab="front",
        hint=_("From 0 to 100. Empty: unknown then."),
        is_one_page=True,
    )


def cover_of(held: Gathered, imprint: Imprint, found: Chosen) -> Cover:
    """The cover: what it is, how ready the whole is, how far the data can be trusted, what was left out."""
    is_inside = held.reader.variant is not Confidentiality.PUBLIC
    title, scores = standing.scores_of(held.reader) if is_inside else ("", [])
    return Cover(
        [*_facts(held, imprint), *found.absent],
        [*_trusted(held), *_figures(held)],
        [(tone, _(message)) for tone, message in LEGEND.items()],
        _advice(held),
        found.unshown,
        scores,
        title,
    )


def _facts(held: Gathered, imprint: Imprint) -> list[tuple[str, str | date | None]]:
    reader, newest = held.reader, next(iter(held.snapshots), None)
    facts: list[tuple[str, str | date | None]] = [
        (_("City"), imprint.city),
        (_("Organisation"), imprint.named),
        (_("Situation on"), imprint.as_of),
        (_("Variant"), reader.variant.label),
    ]
    if reader.variant is Confidentiality.CONFIDENTIAL:
        facts.append((_("Legal basis of secrecy"), imprint.secrecy_basis))
    if reader.variant is not Confidentiality.PUBLIC:
        before = f"{newest.code} {day(newest.as_of)}" if newest else _("none")
        facts.append((_("Compared with the snapshot"), before))
        lowest = held.score.lowest if held.is_whole else None
        if lowest:
            facts.append((_("Lowest sector"), f"{lowest.item.code} {name_of(lowest.item)}: {points(lowest.score)}"))
    return [*facts, (_("Taken from the register"), moment(imprint.made_at)), (_("Fingerprint"), imprint.digest[:16])]


def _trusted(held: Gathered) -> list[tuple[str, int | None]]:
    """How far the data can be trusted; nothing of it is for the public."""
    if held.reader.variant is Confidentiality.PUBLIC or held.scored is None:
        return []
    return [
        *((f"{code.label}, %", points(held.indicators[code].value)) for code in (Code.REVIEWED, Code.CONFIRMED)),
        (_("Share of what is asked that is known, %"), points(100 * held.scored.coverage)),
    ]


def _figures(held: Gathered) -> list[tuple[str, int | None]]:
    """What the variant holds, counted."""
    reader = held.reader
    functions = [one for one in held.held.functions if reader.admits(one.confidentiality)]
    classes = Counter(one.criticality for one in functions)
    figures: list[tuple[str, int | None]] = [
        (_("Functions in the class %(code)s", code=one.option), classes[one]) for one in Criticality
    ]
    if reader.variant is Confidentiality.PUBLIC:
        return figures
    weights = Counter(one.severity for one in held.found if reader.admits(one.confidentiality))
    figures += [(_(FOUND[one]), weights[one]) for one in Severity]
    measures = [one for one in held.held.measures if reader.admits(one.confidentiality)]
    late = sum(measuring.is_overdue(one.state, one.due, on=reader.on) for one in measures)
    return [*figures, (_("Measures that are overdue"), late)]


def _advice(held: Gathered) -> Sequence[str]:
    advice = [_("Mend the data in the register, not in this file, and take a new workbook afterwards.")]
    if held.reader.variant is not Confidentiality.PUBLIC:
        advice.insert(0, _("Begin with the sector summary: it tells who is behind, and the indicators tell in what."))
    if held.reader.tells_dependencies:
        advice.append(_("Keep the file where only those who need it may open it; destroy it when it is replaced."))
    return [*advice, _("An empty cell means that something is not known or does not apply; unknown is never fine.")]
