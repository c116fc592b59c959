"""The sheet of agreements (A8): with whom, for how long, what binds them in a disruption, and what to do."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from dependencies import agreements as rules
from dependencies.analysing import agreements as queries
from dependencies.covering import expects_time
from dependencies.models.agreements import Agreement
from dependencies.vocabulary import Clause, Validity
from exports import widths
from exports.columns import Column, Kind, Tone
from exports.cover import Cover
from exports.frames.reader import Reader, frame_of
from exports.properties import Imprint
from exports.sheets import Register
from prepare.db import db
from prepare.texts import N_, _, day, moment, name_of

COVERS_WIDTH = 14
COLUMNS = (
    Column("code", N_("Code"), 8, Kind.CODE),
    Column("name", N_("Agreement"), 22),
    Column("party", N_("Partner"), 16),
    Column("organisation", N_("The city's side"), 16, optional=True),
    Column("kind", N_("Kind"), 13),
    Column("reference", N_("Case number"), 12, optional=True),
    Column("valid_from", N_("In force from"), 11, Kind.DATE),
    Column("valid_to", N_("Runs until"), 11, Kind.DATE, note=N_("Empty: until further notice.")),
    Column("months", N_("Months left"), 9, Kind.COUNT, tone="tone"),
    Column("notice", N_("Notice in months"), 9, Kind.COUNT),
    Column("decide", N_("Last day to decide"), 11, Kind.DATE),
    Column("clause", N_("Preparedness clause"), 13),
    Column("recovery", N_("Promised recovery time"), 11, Kind.HOURS),
    Column("capacity", N_("How much is delivered in a disruption"), 22, optional=True),
    Column("audit", N_("Right to audit or exercise"), 13),
    Column("priority", N_("The city is served first"), 12),
    Column("covers", N_("What it covers"), COVERS_WIDTH),
    Column("owner", N_("Owner (role)"), 14),
    Column("standing", N_("Status"), 12, tone="tone"),
    Column("action", N_("What to do"), 26),
)
TONES = {
    Validity.VALID: Tone.GOOD,
    Validity.EXPIRING: Tone.MODERATE,
    Validity.REVIEW_DUE: Tone.MODERATE,
    Validity.UNKNOWN: Tone.MODERATE,
    Validity.EXPIRED: Tone.HIGH,
}


def found(reader: Reader) -> list[Agreement]:
    """The agreements of the organisation and everything below it, those that end first on top."""
    wanted = queries.Wanted(organisation=reader.path)
    return list(db.session.scalars(queries.with_services(reader.scope, wanted)))


def register(reader: Reader, agreements: Sequence[Agreement]) -> Register:
    """The sheet of the agreements in the language in use, in the order given."""
    admitted, left_out = reader.divided(agreements)
    over = queries.interfaces_by_agreement(reader.scope.up_to(reader.variant), [one.id for one in admitted])
    frame = frame_of([_row(reader, one, over.get(one.id, ())) for one in admitted], COLUMNS)
    return Register(
        _("Agreements"),
        _("What partners are bound to, also in a disruption"),
        reader.shown(COLUMNS, frame),
        frame,
        tab="action",
        frozen=2,
        left_out=left_out,
    )


def _row(reader: Reader, one: Agreement, interfaces: Sequence[str]) -> dict[str, object]:
    on = reader.on
    stands, last = rules.validity(one, on), one.ended_on or one.valid_to
    services = [f.code for f in one.functions if reader.names(f)]
    return {
        "code": one.code,
        "name": name_of(one),
        "party": name_of(one.party),
        "organisation": reader.keeper(one.organisation),
        "kind": one.kind.label,
        "reference": one.reference,
        "valid_from": one.valid_from,
        "valid_to": last,
        "months": months_left(last, on) if last and last >= on else None,
        "tone": TONES.get(stands),
        "notice": one.notice_months,
        "decide": None if one.ended_on else rules.decide_by(one),
        "clause": _clause(one.preparedness_clause),
        "recovery": one.recovery_h,
        "capacity": one.capacity,
        "audit": _clause(one.audit_right),
        "priority": _clause(one.emergency_priority),
        "covers": widths.joined([*services, *interfaces], ", ", COVERS_WIDTH) or None,
        "owner": one.owner_role,
        "standing": stands.label,
        "action": " ".join(_actions(one, stands, on)) or None,
    }


def months_left(last: date, on: date) -> int:
    """How many whole months are left until the last day."""
    return (last.year - on.year) * 12 + last.month - on.month - (last.day < on.day)


def _clause(clause: Clause | None) -> str:
    return clause.label if clause else _("unknown")


def _actions(one: Agreement, stands: Validity, on: date) -> list[str]:
    found = []
    decide = rules.decide_by(one)
    if stands is Validity.EXPIRED:
        found.append(_("Renew it, or record what took its place."))
    if stands is Validity.EXPIRING and one.ended_on is None and one.successor_id is None:
        due = day(decide) if decide and decide >= on else day(one.valid_to)
        found.append(_("Decide by %(day)s what comes after it.", day=due))
    if stands is Validity.REVIEW_DUE:
        found.append(_("Look at it again."))
    if stands is Validity.UNKNOWN:
        found.append(_("Record since when it is in force."))
    if stands in rules.NOT_BINDING:
        return found
    if rules.lacks_clause(one.preparedness_clause):
        found.append(_("Agree on a preparedness clause."))
    if expects_time(one.kind, one.preparedness_clause) and one.recovery_h is None:
        found.append(_("Agree on a recovery time, and record its hours."))
    return found


def cover_of(rows: Sequence[Agreement], imprint: Imprint) -> Cover:
    """The cover: how many agreements there are, and how they stand."""
    stand: dict[Validity, int] = defaultdict(int)
    for one in rows:
        stand[rules.validity(one, imprint.as_of)] += 1
    advice = [
        _("Begin with those that have run out under vital functions, then with those to decide on next."),
        _("Correct the register, not the file: the next file is made from the register."),
    ]
    legend = [(tone, standing.label) for standing, tone in TONES.items()]
    facts = [(_("Taken from the register"), moment(imprint.made_at))]
    figures = [(standing.label, stand[standing]) for standing in Validity if stand[standing]]
    return Cover(facts, [(_("Agreements"), len(rows)), *figures], legend, advice)
