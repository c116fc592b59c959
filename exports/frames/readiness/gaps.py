"""The recovery times that cannot be kept (B4): by how much, through which chain, and whose time nobody knows."""

from dependencies.analysing.recovery import SeenRecovery
from dependencies.outcome import in_hours
from dependencies.reduction import Shown
from dependencies.vocabulary import RtoStatus
from exports.columns import Column, Kind, Tone
from exports.frames.reader import OUTSIDE, frame_of
from exports.frames.readiness.gathered import Gathered
from exports.sheets import Register
from exports.widths import joined
from prepare.texts import N_, _, name_of, named

CHAIN_WIDTH = 40
COLUMNS = (
    Column("code", N_("Function"), 10, Kind.CODE),
    Column("name", N_("Name of the function"), 34),
    Column("organisation", N_("Organisation"), 24),
    Column("criticality", N_("Class"), 7, Kind.CODE),
    Column("rto_h", N_("RTO h"), 8, Kind.HOURS),
    Column("own_h", N_("Capability h"), 10, Kind.HOURS, tone="own_tone", note=N_("What it achieves by itself.")),
    Column("achievable_h", N_("Achievable h"), 10, Kind.HOURS, note=N_("Through everything that it needs.")),
    Column("at_least_h", N_("At least h"), 9, Kind.HOURS, note=N_("Sooner it is not back, whatever is unknown.")),
    Column("gap_h", N_("Gap h"), 8, Kind.HOURS, tone="status_tone"),
    Column("status", N_("RTO"), 16, tone="status_tone"),
    Column("chain", N_("Chain that holds it up"), CHAIN_WIDTH),
    Column("unknown", N_("Whose recovery time nobody knows"), 34),
    Column("mtpd_h", N_("MTPD h"), 8, Kind.HOURS),
    Column("beyond", N_("MTPD exceeded"), 11, tone="beyond_tone"),
)
TONES = {RtoStatus.GAP: Tone.HIGH, RtoStatus.UNKNOWN: Tone.UNKNOWN, RtoStatus.OK: Tone.GOOD}


def register(held: Gathered) -> Register:
    """The sheet of the functions that cannot keep their RTO, the largest gap first, then the unknown ones."""
    found = [one for one in held.recoveries if one.status is not RtoStatus.OK]
    return Register(
        _("RTO gaps"),
        _("Which functions cannot keep their recovery time objective, by how much and why"),
        COLUMNS,
        frame_of([_row(one) for one in found], COLUMNS),
        tab="scenario",
        frozen=2,
        hint=held.held.chains.not_run,
    )


def _row(one: SeenRecovery) -> dict[str, object]:
    facts, card = one.facts, one.function.card
    return {
        "code": one.function.code,
        "name": shown_name(one.function),
        "organisation": named(card, "organisation") if card else None,
        "criticality": facts.criticality.value if facts.criticality else None,
        "rto_h": in_hours(facts.rto_min),
        "own_h": in_hours(one.own),
        "own_tone": Tone.HIGH if one.misses_by_itself else None,
        "achievable_h": in_hours(one.achievable),
        "at_least_h": in_hours(one.at_least) if one.achievable is None and one.at_least else None,
        "gap_h": in_hours(one.gap),
        "status": one.status.label,
        "status_tone": TONES[one.status],
        "chain": joined([step.function.code or "…" for step in one.steps], " → ", CHAIN_WIDTH)
        if one.is_held_up
        else None,
        "unknown": ", ".join(shown_name(each, with_code=True) for each in one.blocked_by) or None,
        "mtpd_h": in_hours(facts.mtpd_min),
        "beyond": _("Yes") if one.exceeds_mtpd else None,
        "beyond_tone": Tone.CRITICAL if one.exceeds_mtpd else None,
    }


def shown_name(function: Shown, *, with_code: bool = False) -> str:
    """What a function is called, or that it lies outside the reader's view."""
    if function.card is None:
        return _(OUTSIDE)
    name = name_of(function.card)
    return f"{function.code} {name}" if with_code else name
