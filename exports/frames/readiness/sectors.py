"""The summary of the sectors (B1): how ready each is, why not more, and what is late."""

from collections import Counter
from collections.abc import Iterable

from continuity.scoring import snapshots
from continuity.scoring.maturity import maturity
from continuity.scoring.scores import DimensionScore, SectorScore, points
from dependencies import agreements as agreement_rules
from dependencies.vocabulary import RtoStatus, Validity
from exports.columns import Column, Kind, Tone
from exports.diagrams import Diagram
from exports.frames.reader import frame_of
from exports.frames.readiness.gathered import Gathered
from exports.frames.standing import TONES
from exports.spreads import Section, Spread
from prepare.registration import VITAL
from prepare.texts import N_, _, name_of
from prepare.vocabulary import Confidentiality, Criticality, Dimension
from risks import measuring

SECRET = Confidentiality.CONFIDENTIAL
SCORES = (
    Column("code", N_("Sector"), 8, Kind.CODE),
    Column("name", N_("Name of the sector"), 26),
    Column("score", N_("Readiness score"), 11, Kind.COUNT, tone="score tone"),
    Column("meaning", N_("In words"), 14, tone="score tone"),
    Column("change", N_("Change"), 10, Kind.COUNT, note=N_("In points, since the newest snapshot.")),
    *(Column(one.value, one.message, 11, Kind.COUNT, tone=f"{one.value} tone") for one in Dimension),
    Column("level", N_("Level of maturity"), 16),
    Column("capped", N_("What holds the score down"), 30, optional=True),
)
BEHIND = (
    Column("code", N_("Sector"), 8, Kind.CODE),
    Column("name", N_("Name of the sector"), 26),
    *(Column(one.value, one.value, 11, Kind.COUNT, note=one.message) for one in Criticality),
    Column("unplanned", N_("K1 without a plan"), 11, Kind.COUNT, tone="unplanned tone"),
    Column("gaps", N_("RTO cannot be kept"), 11, Kind.COUNT, tone="gaps tone", least=SECRET),
    Column("unsure", N_("RTO: nobody knows"), 11, Kind.COUNT, tone="unsure tone", least=SECRET),
    Column("late", N_("Overdue measures"), 11, Kind.COUNT, tone="late tone"),
    Column("expired", N_("Agreements that have run out"), 11, Kind.COUNT, tone="expired tone"),
    Column("reviewed", N_("Last reviewed"), 12, Kind.DATE),
    Column("unknown", N_("Unknown facts"), 16, Kind.COUNT, note=N_("Rows of indicators that nobody knows fully.")),
)


def spread(held: Gathered) -> Spread:
    """The sheet of the sectors, with the course of the score below it."""
    scores = frame_of([_row(held, one) for one in held.sectors], SCORES)
    behind = frame_of([_behind(held, one) for one in held.sectors], BEHIND)
    bars = Diagram(_("Readiness score by sector"), ("score",), most=100, up=_("Points"), height_px=300)
    shown = held.reader.shown
    return Spread(
        _("Sector summary"),
        _("How ready each sector is, what holds it back and what is late"),
        [
            Section(_("Readiness by sector"), shown(SCORES, scores), scores, bars),
            Section(_("What lies behind it"), shown(BEHIND, behind), behind),
        ],
        tab="front",
        hint=_("Scores count every record, as the readiness page does. 80 or more is good, below 60 is weak."),
    )


def _row(held: Gathered, one: SectorScore) -> dict[str, object]:
    before = held.snapshots[0].figures if held.snapshots else {}
    told = points(one.score)
    return {
        "code": one.item.code,
        "name": name_of(one.item),
        "score": _("unknown") if told is None else told,
        "score tone": TONES[one.tone],
        "meaning": _("Stale data") if one.is_stale and told is not None else one.tone.label,
        "change": snapshots.change(one.score, snapshots.score(before, one.item.code)).points,
        **_sides(one.dimensions.values()),
        "level": maturity(held.known(one)).level.label,
        "capped": " ".join(_(cap.reason) for cap in one.caps) or None,
    }


def _behind(held: Gathered, one: SectorScore) -> dict[str, object]:
    return {
        "code": one.item.code,
        "name": name_of(one.item),
        "unknown": sum(row.unknown > 0 for each in one.indicators.values() for row in each.rows),
        **_functions(held, one.item.path),
        **_work(held, one.item.path),
    }


def _sides(scores: Iterable[DimensionScore]) -> dict[str, object]:
    """The score of each side; what nobody can say is told in a word."""
    row: dict[str, object] = {}
    for one in scores:
        told = points(one.score)
        row[one.dimension.value] = _("unknown") if told is None else told
        row[f"{one.dimension.value} tone"] = TONES[one.tone]
    return row


def _functions(held: Gathered, path: str) -> dict[str, object]:
    """Functions as far as the variant holds them: by class, without a plan, late, unknown."""
    mine = [one for one in held.held.functions if one.owner_path.startswith(path)]
    mine = [one for one in mine if held.reader.admits(one.confidentiality)]
    classes = Counter(one.criticality for one in mine)
    vital = [one for one in mine if one.criticality is Criticality.K1]
    unplanned = sum(one.id not in held.held.approved for one in vital)
    recoveries = held.held.chains.recoveries
    stands = Counter(found.status for one in mine if (found := recoveries.get(one.id)) and one.criticality in VITAL)
    gaps, unsure = stands[RtoStatus.GAP], stands[RtoStatus.UNKNOWN]
    return {
        **{one.value: classes[one] for one in Criticality},
        "unplanned": unplanned,
        "unplanned tone": Tone.CRITICAL if unplanned else None,
        "gaps": gaps if recoveries else None,
        "gaps tone": Tone.HIGH if gaps else None,
        "unsure": unsure if recoveries else None,
        "unsure tone": Tone.UNKNOWN if unsure else None,
        "reviewed": max((one.reviewed_on for one in mine if one.reviewed_on), default=None),
    }


def _work(held: Gathered, path: str) -> dict[str, object]:
    """What is late: measures, and agreements under what is vital."""
    on = held.reader.on
    measures = [one for one in held.held.measures if one.owner_path.startswith(path)]
    measures = [one for one in measures if held.reader.admits(one.confidentiality)]
    late = sum(measuring.is_overdue(one.state, one.due, on=on) for one in measures)
    bound = [one for one in held.agreements if one.owner_path.startswith(path)]
    expired = sum(agreement_rules.validity(one, on) is Validity.EXPIRED for one in bound)
    return {
        "late": late,
        "late tone": Tone.HIGH if late else None,
        "expired": expired,
        "expired tone": Tone.HIGH if expired else None,
    }
