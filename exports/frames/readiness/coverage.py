"""How far what is vital has been exercised (B15): by class, interfaces and plans never exercised, and what is open."""

from datetime import date

from continuity import coverage as rules
from continuity.queries import exercised as queries
from continuity.queries import exercises as exercise_queries
from exports.columns import Column, Kind, Tone
from exports.frames.reader import frame_of
from exports.frames.readiness.gathered import Gathered
from exports.spreads import Section, Spread
from prepare.db import db
from prepare.texts import N_, _, name_of

SHARES = (
    Column("class", N_("Class"), 12, Kind.CODE),
    Column("months", N_("Within months"), 30, Kind.COUNT),
    Column("total", N_("Functions"), 24, Kind.COUNT),
    Column("done", N_("Exercised in time"), 12, Kind.COUNT),
    Column("never", N_("Never exercised"), 12, Kind.COUNT, tone="never tone"),
    Column("percent", N_("Exercised, %"), 12, Kind.PERCENT),
)
UNTRIED = (
    Column("code", N_("Code"), 12, Kind.CODE),
    Column("name", N_("Name"), 30),
    Column("organisation", N_("Organisation"), 24),
    Column("kind", N_("What it is"), 14),
)
GAPS = (
    Column("code", N_("Code"), 12, Kind.CODE),
    Column("text", N_("Gap that was observed"), 30),
    Column("organisation", N_("Organisation"), 24),
    Column("day", N_("Observed on"), 12, Kind.DATE),
    Column("severity", N_("Weight"), 12),
)


def spread(held: Gathered) -> Spread:
    """The sheet of the coverage, as far as the variant may tell."""
    reader = held.reader
    scope, path, on = reader.scope.up_to(reader.variant).below(reader.path), reader.path, reader.on
    first = {one: rules.first_day(one, on=on) for one in rules.MONTHS}
    counted = db.session.execute(queries.counts(queries.functions(scope, organisation=path), first))
    shares = rules.shares({one: tuple(rest) for one, *rest in counted})
    interfaces = db.session.scalars(queries.interfaces_never(scope)).unique()
    plans = [row[0] for row in db.session.execute(queries.plans_never(scope, organisation=path)).unique()]
    untried = [
        *({**_named(one), "kind": _("Interface")} for one in interfaces),
        *({**_named(one), "kind": _("Plan")} for one in plans),
    ]
    return Spread(
        _("Exercise coverage"),
        _("How much of what is vital has been exercised, and what never has been"),
        [
            Section(_("Functions by class"), SHARES, frame_of([_share(one) for one in shares], SHARES)),
            Section(_("Interfaces and plans never exercised"), UNTRIED, frame_of(untried, UNTRIED)),
            Section(_("Observed gaps that are still open"), GAPS, frame_of(_gaps(held, on), GAPS)),
        ],
        tab="action",
    )


def _share(one: rules.Share) -> dict[str, object]:
    return {
        "class": one.criticality.value,
        "months": one.months,
        "total": one.total,
        "done": one.done,
        "never": one.never,
        "never tone": Tone.HIGH if one.never else None,
        "percent": one.percent,
    }


def _named(one: object) -> dict[str, object]:
    code, owner = getattr(one, "code", None), getattr(one, "organisation", None)
    return {"code": code, "name": name_of(one), "organisation": name_of(owner) if owner else None}


def _gaps(held: Gathered, on: date) -> list[dict[str, object]]:
    reader = held.reader
    found = db.session.scalars(exercise_queries.open_gaps(reader.scope, until=on)).unique()
    return [
        {
            "code": one.code,
            "text": one.text,
            "organisation": name_of(one.organisation),
            "day": one.noted_on,
            "severity": one.severity.label,
        }
        for one in found
        if reader.admits(one.confidentiality) and one.owner_path.startswith(reader.path)
    ]
