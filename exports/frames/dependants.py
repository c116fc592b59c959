"""The sheet of who depends on us (A6): whose work stops when ours does, and when."""

from dependencies import queries
from dependencies.models.needs import Dependency
from exports.columns import Column, Kind, Tone
from exports.frames.dependencies import STANDINGS
from exports.frames.reader import Reader, frame_of
from exports.sheets import Register
from prepare.db import db
from prepare.queries.scopes import below
from prepare.texts import N_, _, name_of

COLUMNS = (
    Column("function", N_("Our function"), 11, Kind.CODE),
    Column("function_name", N_("Name of our function"), 34),
    Column("consumer", N_("Depends on us"), 12, Kind.CODE),
    Column("consumer_name", N_("Name of the function"), 36),
    Column("organisation", N_("Organisation"), 30),
    Column("criticality", N_("Class"), 7, Kind.CODE, optional=True),
    Column("strength", N_("Importance"), 14),
    Column("tolerance_h", N_("Tolerance h"), 11, Kind.HOURS, note=N_("How long it manages without us.")),
    Column(
        "rto_h", N_("RTO h"), 8, Kind.HOURS, optional=True, note=N_("Empty where the function lies outside your view.")
    ),
    Column(
        "within_h",
        N_("Needed from us within h"),
        14,
        Kind.HOURS,
        optional=True,
        note=N_("Tolerance + RTO of the one who depends on us: later than this it cannot keep its objective."),
    ),
    Column("our_rto_h", N_("Our RTO h"), 9, Kind.HOURS, tone="late_tone"),
    Column("standing", N_("Confirmed by us"), 14, tone="standing_tone"),
)


def register(reader: Reader) -> Register:
    """The sheet of the functions that need the organisation's own."""
    rows = queries.dependants(reader.scope).where(below(reader.path))
    frame = frame_of([_row(reader, dependency) for dependency in db.session.scalars(rows)], COLUMNS)
    return Register(
        _("Who depends on us"),
        _("Whose work stops when ours does, and within which time they need us"),
        reader.shown(COLUMNS, frame),
        frame,
        tab="scenario",
        frozen=1,
    )


def _row(reader: Reader, dependency: Dependency) -> dict[str, object]:
    need, ours = dependency.need, dependency.supplier
    consumer = need.consumer
    readable = reader.scope.covers(consumer.owner_path, consumer.confidentiality)
    tolerance = need.tolerance_h + dependency.extra_tolerance_h
    within = tolerance + consumer.rto_h if readable and consumer.rto_h is not None else None
    late = within is not None and ours.rto_h is not None and ours.rto_h > within
    return {
        "function": ours.code,
        "function_name": name_of(ours),
        "consumer": reader.code(consumer),
        "consumer_name": reader.name(consumer),
        "organisation": name_of(consumer.organisation) if reader.names(consumer) else None,
        "criticality": consumer.criticality.value if readable and consumer.criticality else None,
        "strength": need.strength.label,
        "tolerance_h": tolerance,
        "rto_h": consumer.rto_h if readable else None,
        "within_h": within,
        "our_rto_h": ours.rto_h,
        "late_tone": Tone.CRITICAL if late else None,
        "standing": dependency.standing.label,
        "standing_tone": STANDINGS[dependency.standing],
    }
