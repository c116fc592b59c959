"""The ten gravest weak points (C3) in plain words: single losses, redundancy that is not, promises that do not hold."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from dependencies.analysing.redundancy import SeenDefeat
from dependencies.outcome import in_hours
from dependencies.vocabulary import Handling, RtoStatus
from exports.columns import Column, Kind, Tone
from exports.frames.reader import frame_of
from exports.frames.readiness.gaps import shown_name
from exports.frames.readiness.gathered import Gathered
from exports.frames.scenarios import told_h
from exports.sheets import Register
from prepare.texts import N_, _, named, ngettext, number
from prepare.vocabulary import Criticality

MOST, MOST_OF_A_KIND = 10, 4
COLUMNS = (
    Column("place", N_("Number"), 9, Kind.COUNT),
    Column("kind", N_("What it is"), 20),
    Column("text", N_("In plain words"), 70),
    Column("organisation", N_("Whose"), 24),
    Column("owner", N_("Who answers for it"), 22),
    Column("measure", N_("What is done about it"), 44, tone="tone"),
    Column("day", N_("By when"), 11, Kind.DATE),
)


@dataclass(frozen=True)
class WeakPoint:
    """One weak point: what it is, in words, and what is being done."""

    weight: float
    kind: str
    text: str
    organisation: str
    owner: str | None = None
    measure: str | None = None
    day: date | None = None


def register(held: Gathered) -> Register:
    """The sheet of the ten gravest, at most four of a kind so that none hides the others."""
    kinds = (_losses(held), _defeats(held), _gaps(held))
    some = [one for kind in kinds for one in islice(kind, MOST_OF_A_KIND)]
    found = sorted(some, key=lambda one: -one.weight)[:MOST]
    rows = [_row(place, one) for place, one in enumerate(found, start=1)]
    return Register(
        _("Top ten"),
        _("The gravest weak points in plain words, who answers for them and what is being done"),
        COLUMNS,
        frame_of(rows, COLUMNS),
        tab="scenario",
        frozen=0,
        hint=held.held.chains.not_run or _("At most four of a kind: by how many vital functions each concerns."),
    )


def _row(place: int, one: WeakPoint) -> dict[str, object]:
    return {
        "place": place,
        "kind": one.kind,
        "text": one.text,
        "organisation": one.organisation,
        "owner": one.owner or _("nobody named"),
        "measure": one.measure or _("nothing has been decided"),
        "tone": None if one.measure else Tone.HIGH,
        "day": one.day,
    }


def _losses(held: Gathered) -> Iterator[WeakPoint]:
    """Single points of failure that the city could mend, the gravest first."""
    for one in held.losses:
        if not one.keystone.is_single_point or one.handling is Handling.BOUNDARY:
            continue
        count, card, decided = len(one.fatal), one.function.card, one.decision
        text = ngettext(
            "If %(name)s is lost, %(n)s vital function stops for longer than is tolerable; the first stops after"
            " %(hours)s h.",
            "If %(name)s is lost, %(n)s vital functions stop for longer than is tolerable; the first stops after"
            " %(hours)s h.",
            count,
            name=shown_name(one.function, with_code=True),
            hours=number(told_h(one.keystone.first)),
        )
        yield WeakPoint(
            float(count),
            _("Single point of failure"),
            text,
            named(card, "organisation") if card else "",
            decided.owner_role if decided else None,
            (decided.measure or decided.reason) if decided and not one.has_lapsed else None,
            decided.holds_until if decided else None,
        )


def _defeats(held: Gathered) -> Iterator[WeakPoint]:
    """Common causes by how many needs of vital functions hang on each."""
    by_cause: dict[str, list[SeenDefeat]] = defaultdict(list)
    for one in held.defeats:
        by_cause[one.cause.function.code or "…"].append(one)
    decided = {one.function.code: one.decision for one in held.losses if one.decision}
    for code, some in sorted(by_cause.items(), key=lambda pair: (-len(_vital(pair[1])), -len(pair[1]), pair[0])):
        cause, decision = some[0].cause.function, decided.get(code)
        text = ngettext(
            "%(n)s need that seems doubled hangs on %(name)s alone.",
            "%(n)s needs that seem doubled hang on %(name)s alone.",
            len(some),
            name=shown_name(cause, with_code=True),
        )
        yield WeakPoint(
            float(len(_vital(some))),
            _("False redundancy"),
            text,
            named(cause.card, "organisation") if cause.card else "",
            decision.owner_role if decision else None,
            (decision.measure or decision.reason) if decision else None,
            decision.holds_until if decision else None,
        )


def _vital(some: list[SeenDefeat]) -> list[SeenDefeat]:
    return [one for one in some if one.consumer.card and one.consumer.card.criticality is Criticality.K1]


def _gaps(held: Gathered) -> Iterator[WeakPoint]:
    """Vital functions that cannot keep their promise, the largest gap first."""
    mine = {one.code: one for one in held.held.functions}
    for one in held.recoveries:
        function = mine.get(one.function.code or "")
        if one.status is not RtoStatus.GAP or one.facts.criticality is not Criticality.K1 or function is None:
            continue
        text = _(
            "%(name)s should be back in %(rto)s h, but takes at least %(achieved)s h.",
            name=shown_name(one.function, with_code=True),
            rto=number(in_hours(one.facts.rto_min)),
            achieved=number(in_hours(one.achievable)),
        )
        yield WeakPoint(1.0, _("Recovery gap"), text, named(one.function.card, "organisation"), function.owner_role)
