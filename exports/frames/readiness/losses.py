"""Single losses (B5) and redundancy that is not (B6): what takes most with it, and what is done about it."""

from dependencies.analysing.keystones import SeenKeystone
from dependencies.analysing.redundancy import SeenDefeat
from dependencies.vocabulary import Handling
from exports.columns import Column, Kind, Tone
from exports.frames.reader import frame_of
from exports.frames.readiness.gaps import shown_name
from exports.frames.readiness.gathered import Gathered
from exports.frames.scenarios import told_h
from exports.sheets import Register
from exports.widths import joined
from prepare.texts import N_, _, named, number

CODES_WIDTH = 26
DAY_MIN = 24 * 60
COLUMNS = (
    Column("code", N_("Function"), 10, Kind.CODE),
    Column("name", N_("Name of the function"), 34),
    Column("organisation", N_("Organisation"), 22),
    Column("single", N_("Single point of failure"), 10),
    Column("consumers", N_("Direct consumers"), 10, Kind.COUNT),
    Column("lost", N_("Functions lost"), 10, Kind.COUNT),
    Column("early", N_("K1 lost within 24 h"), 10, Kind.COUNT, tone="early_tone"),
    Column("fatal", N_("K1 lost within their MTPD"), CODES_WIDTH),
    Column("first_h", N_("First loss h"), 8, Kind.HOURS),
    Column(
        "between",
        N_("Chains that lead through it, %"),
        12,
        Kind.QUANTITY,
        optional=True,
        note=N_("On which share of the shortest ways it lies."),
    ),
    Column("handling", N_("What has been decided"), 13, tone="handling_tone"),
    Column("measure", N_("What is done, or why it is accepted"), 34),
    Column("until", N_("Holds until"), 11, Kind.DATE, tone="until_tone"),
)
TONES = {
    Handling.UNTREATED: Tone.CRITICAL,
    Handling.TREATED: Tone.GOOD,
    Handling.ACCEPTED: Tone.MODERATE,
    Handling.BOUNDARY: Tone.UNKNOWN,
}


def register(held: Gathered) -> Register:
    """The sheet of single losses, the gravest first."""
    frame = frame_of([_row(one) for one in held.losses], COLUMNS)
    return Register(
        _("Single losses"),
        _("What the loss of each function alone takes down, and what has been decided about it"),
        held.reader.shown(COLUMNS, frame),
        frame,
        tab="scenario",
        frozen=2,
        hint=held.held.chains.not_run,
    )


def _row(one: SeenKeystone) -> dict[str, object]:
    card, found, decided = one.function.card, one.keystone, one.decision
    fatal = [function.code or "…" for function, _minute in one.fatal]
    share = one.betweenness
    return {
        "code": one.function.code,
        "name": shown_name(one.function),
        "organisation": named(card, "organisation") if card else None,
        "single": _("Yes") if found.is_single_point else None,
        "consumers": one.consumers,
        "lost": found.lost,
        "early": len(one.early),
        "early_tone": Tone.CRITICAL if one.early else None,
        "fatal": joined(fatal, ", ", CODES_WIDTH) or None,
        "first_h": told_h(found.first),
        "between": None if share is None else round(100 * share, 2),
        "handling": _handled(one),
        "handling_tone": TONES[one.handling] if one.handling and found.is_single_point else None,
        "measure": (decided.measure or decided.reason) if decided else None,
        "until": decided.holds_until if decided else None,
        "until_tone": Tone.HIGH if one.has_lapsed else None,
    }


def _handled(one: SeenKeystone) -> str | None:
    """What has been decided; nothing is asked about what is no single point of failure."""
    if one.handling is None or (one.handling is Handling.UNTREATED and not one.keystone.is_single_point):
        return None
    return one.handling.label


REDUNDANCY = (
    Column("consumer", N_("Function"), 10, Kind.CODE),
    Column("name", N_("Name of the function"), 32),
    Column("organisation", N_("Organisation"), 22),
    Column("criticality", N_("Class"), 7, Kind.CODE),
    Column("need", N_("What it needs"), 22),
    Column("enough", N_("Enough of all"), 9, Kind.CODE),
    Column("ways", N_("Ways, and when each is lost"), 34),
    Column("cause", N_("Common cause"), 10, Kind.CODE),
    Column("cause_name", N_("Name of the common cause"), 30),
    Column("lost_h", N_("Lost at h"), 8, Kind.HOURS, note=N_("Hours from the loss of the common cause.")),
    Column("down_h", N_("Down at h"), 8, Kind.HOURS, tone="down_tone"),
    Column("others", N_("Other common causes"), 20, optional=True),
    Column("measure", N_("What is done about the cause"), 32),
)


def redundancy(held: Gathered) -> Register:
    """The sheet of needs that are met in several ways, all of which hang on the same thing."""
    decided = {one.function.code: one for one in held.losses if one.function.code}
    frame = frame_of([_defeat(one, decided.get(one.cause.function.code or "")) for one in held.defeats], REDUNDANCY)
    return Register(
        _("False redundancy"),
        _("Needs that are met in several ways, all of which one single loss takes away"),
        held.reader.shown(REDUNDANCY, frame),
        frame,
        tab="scenario",
        frozen=2,
        hint=held.held.chains.not_run,
    )


def _defeat(one: SeenDefeat, cause: SeenKeystone | None) -> dict[str, object]:
    card = one.consumer.card
    decided = cause.decision if cause else None
    return {
        "consumer": one.consumer.code,
        "name": shown_name(one.consumer),
        "organisation": named(card, "organisation") if card else None,
        "criticality": card.criticality.value if card and card.criticality else None,
        "need": one.need.name,
        "enough": f"{one.need.min_required}/{len(one.need.alternatives)}",
        "ways": "\n".join(f"{way.function.code or '…'} {number(told_h(way.minute))} h" for way in one.ways),
        "cause": one.cause.function.code,
        "cause_name": shown_name(one.cause.function),
        "lost_h": told_h(one.cause.minute),
        "down_h": told_h(one.down_min),
        "down_tone": Tone.HIGH if one.down_min <= DAY_MIN else None,
        "others": ", ".join(other.function.code or "…" for other in one.others) or None,
        "measure": (decided.measure or decided.reason) if decided else None,
    }
