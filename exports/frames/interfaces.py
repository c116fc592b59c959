"""The sheet of interfaces (A7): where the city and its partners share a chain, and whether it holds."""

from collections.abc import Iterable, Sequence
from datetime import date

from dependencies import agreements as agreement_rules
from dependencies.analysing import agreements as agreement_queries
from dependencies.analysing import completeness
from dependencies.analysing import interfaces as queries
from dependencies.completeness import ALERTING_MONTHS, Verdict, is_exercised, is_fresh
from dependencies.interface_lifecycle import standing
from dependencies.interface_vocabulary import Side
from dependencies.models.agreements import Agreement
from dependencies.models.interfaces import ContactPoint, Interface
from dependencies.vocabulary import InterfaceState
from exports.columns import Column, Kind, Tone
from exports.frames.reader import Reader, frame_of
from exports.sheets import Register
from prepare.db import db
from prepare.texts import N_, _, name_of
from prepare.vocabulary import Confidentiality

SECRET = Confidentiality.CONFIDENTIAL
COLUMNS = (
    Column("code", N_("Code"), 8, Kind.CODE),
    Column("name", N_("Interface"), 20),
    Column("party", N_("Partner"), 16),
    Column("organisation", N_("The city's side"), 15, optional=True),
    Column("criticality", N_("Class"), 7, Kind.CODE),
    Column("city_owner", N_("Our owner (role)"), 14),
    Column("party_owner", N_("Their owner (role)"), 14),
    Column("city_duty", N_("Our duty contact"), 20, least=SECRET),
    Column("party_duty", N_("Their duty contact"), 20, least=SECRET),
    Column("alerting", N_("Alerting is written down"), 11, tone="alerting_tone"),
    Column("tested_on", N_("Alerting tested"), 11, Kind.DATE, tone="tested_tone"),
    Column("agreement", N_("Agreement"), 12),
    Column(
        "valid_to", N_("Binds until"), 11, Kind.DATE, tone="valid_tone", optional=True, note=N_("The first to end.")
    ),
    Column("exercised_on", N_("Last joint exercise"), 11, Kind.DATE, tone="exercised_tone"),
    Column("state", N_("Status"), 13, tone="state_tone"),
    Column("complete", N_("Complete"), 10, Kind.PERCENT, note=N_("The share of the eight checks that it passes.")),
    Column("lacking", N_("What is still open"), 24),
    Column("next_review", N_("Next review"), 11, Kind.DATE, tone="review_tone"),
)
TONES = {InterfaceState.EXERCISED: Tone.GOOD, InterfaceState.IDENTIFIED: Tone.HIGH}
ANSWERS = {True: N_("Yes"), False: N_("No"), None: N_("Nobody knows")}


def register(reader: Reader, interfaces: Sequence[Interface]) -> Register:
    """The sheet of the interfaces, in the order given."""
    admitted, left_out = reader.divided(interfaces)
    ids = [one.id for one in admitted]
    verdicts = completeness.verdicts(admitted, reader.on)
    resting = agreement_queries.by_interface(reader.scope, ids)
    duties = list(db.session.scalars(queries.contacts_of(reader.scope, ids))) if reader.admits(SECRET) else []
    rows = [
        _row(reader, one, verdicts[one.id], resting.get(one.id, []), [d for d in duties if d.interface_id == one.id])
        for one in admitted
    ]
    frame = frame_of(rows, COLUMNS)
    return Register(
        _("Interfaces"),
        _("Where the city and its partners share a chain, who owns it on each side, and what is still open"),
        reader.shown(COLUMNS, frame),
        frame,
        frozen=2,
        left_out=left_out,
    )


def _row(
    reader: Reader, one: Interface, verdict: Verdict, resting: Sequence[Agreement], duties: Sequence[ContactPoint]
) -> dict[str, object]:
    agreements, on = [a for a in resting if reader.admits(a.confidentiality)], reader.on
    ends = [last for a in agreements if (last := a.ended_on or a.valid_to) and _binds(a, on)]
    stands = standing(one.state, one.criticality, one.exercised_on, on)
    return {
        "code": one.code,
        "name": name_of(one),
        "party": name_of(one.party),
        "organisation": reader.keeper(one.organisation),
        "criticality": one.criticality.value,
        "city_owner": one.city_owner_role,
        "party_owner": one.party_owner_role,
        "city_duty": _duty(duties, Side.CITY),
        "party_duty": _duty(duties, Side.PARTNER),
        "alerting": _(ANSWERS[one.alerting_documented]),
        "alerting_tone": None if one.alerting_documented else Tone.HIGH,
        "tested_on": one.alerting_tested_on,
        "tested_tone": _late(is_fresh(one.alerting_tested_on, ALERTING_MONTHS, on)),
        "agreement": ", ".join([*(a.code for a in agreements), *filter(None, [one.agreement])]) or None,
        "valid_to": min(ends, default=None),
        "valid_tone": Tone.HIGH if resting and not any(_binds(a, on) for a in resting) else None,
        "exercised_on": one.exercised_on,
        "exercised_tone": _late(is_exercised(one.criticality, one.exercised_on, on)),
        "state": stands.label,
        "state_tone": TONES.get(stands, Tone.MODERATE),
        "complete": 100 * verdict.passed / verdict.total,
        "lacking": "; ".join(asked.label for asked in verdict.lacking) or None,
        "next_review": one.next_review,
        "review_tone": Tone.HIGH if one.next_review is None or one.next_review < on else None,
    }


def _duty(duties: Iterable[ContactPoint], side: Side) -> str | None:
    """How to reach a side, a line for each who can be called; nobody named is told as such."""
    told = []
    for one in duties:
        if one.side is side:
            ways = (one.phone, one.email, one.channel_fallback, one.availability and one.availability.label)
            told.append(": ".join(filter(None, (one.role_title, ", ".join(filter(None, ways))))))
    return "\n".join(told) or _("nobody named")


def _binds(agreement: Agreement, on: date) -> bool:
    return agreement_rules.validity(agreement, on) not in agreement_rules.NOT_BINDING


def _late(is_in_time: bool) -> Tone | None:
    return None if is_in_time else Tone.HIGH
