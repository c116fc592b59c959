"""Who steers and when (B18), and who works where (B19): bodies with their rhythm, networks with their areas."""

from collections import Counter
from datetime import date
from typing import Any

from exports.columns import Column, Kind, Tone
from exports.frames.reader import frame_of
from exports.frames.readiness.gathered import Gathered
from exports.sheets import Register
from exports.spreads import Section, Spread
from prepare.db import db
from prepare.models.codes import CodeItem
from prepare.texts import N_, _, name_of
from prepare.vocabulary import CodeList
from risks import areas as area_rules
from risks import cadence
from risks import networks as network_rules
from risks.areas import Place
from risks.models.bodies import Body
from risks.models.networks import Network
from risks.queries import areas as area_queries
from risks.queries import bodies as body_queries
from risks.queries import codelists
from risks.queries import networks as network_queries
from risks.vocabulary.bodies import DecisionState

BODIES = (
    Column("code", N_("Code"), 8, Kind.CODE),
    Column("name", N_("Body"), 36),
    Column("level", N_("Level"), 16),
    Column("kind", N_("Kind"), 20),
    Column("cadence", N_("Meets every … months"), 10, Kind.COUNT, note=N_("Empty: it meets when it is called.")),
    Column("last", N_("Last meeting"), 11, Kind.DATE),
    Column("next", N_("Meets next by"), 11, Kind.DATE, tone="tone"),
    Column("missed", N_("Missed"), 10, tone="tone"),
    Column("open", N_("Open decisions"), 10, Kind.COUNT),
    Column("late", N_("Overdue decisions"), 10, Kind.COUNT, tone="late_tone"),
)


def bodies(held: Gathered) -> Register:
    """The sheet of the bodies that the variant may hold, those with a rhythm first."""
    told = rows(held)
    return Register(
        _("Governance"),
        _("Which bodies steer the work, whether they meet in time, and what they have decided but not done"),
        BODIES,
        frame_of(told, BODIES),
        frozen=2,
        left_out=len(_found(held)) - len(told),
    )


def _found(held: Gathered) -> list[Body]:
    every = db.session.scalars(body_queries.bodies(held.reader.scope))
    return [one for one in every if one.active and one.owner_path.startswith(held.reader.path)]


def rows(held: Gathered) -> list[dict[str, object]]:
    """The bodies in use that the variant may hold: their rhythm, their last and next meeting, open decisions."""
    reader = held.reader
    scope = reader.scope.up_to(reader.variant)
    admitted, _left_out = reader.divided(_found(held))
    days = {
        one: (last, failed) for one, last, failed in db.session.execute(body_queries.last_days(scope, until=reader.on))
    }
    decisions = db.session.scalars(body_queries.decisions(scope, state=DecisionState.OPEN)).all()
    still = Counter(one.meeting.body_id for one in decisions)
    late = Counter(one.meeting.body_id for one in decisions if one.due and one.due < reader.on)
    admitted.sort(key=lambda one: (one.cadence_months is None, one.sort_name))
    return [_body(one, days.get(one.id, (None, None)), still[one.id], late[one.id], reader.on) for one in admitted]


def _body(one: Body, days: tuple[date | None, date | None], still: int, late: int, on: date) -> dict[str, object]:
    last, failed = days
    due = cadence.due_on(one.cadence_months, last, one.appointed_on)
    missed = cadence.is_missed(one.cadence_months, last, one.appointed_on, on=on, failed_on=failed)
    return {
        "code": one.code,
        "name": name_of(one),
        "level": one.level.label,
        "kind": one.kind.label,
        "cadence": one.cadence_months,
        "last": last,
        "next": due,
        "missed": _("Yes") if missed else None,
        "tone": Tone.HIGH if missed else None,
        "open": still,
        "late": late,
        "late_tone": Tone.HIGH if late else None,
    }


AREAS = (
    Column("name", N_("Area"), 44, Kind.CODE),
    Column("networks", N_("Networks"), 24, Kind.COUNT),
    Column("phenomena", N_("Phenomena"), 20, Kind.COUNT),
    Column("signals", N_("Signals"), 20, Kind.COUNT),
    Column("measures", N_("Open measures"), 20, Kind.COUNT),
    Column("inputs", N_("Residents heard"), 12, Kind.COUNT),
    Column("people", N_("Residents who took part"), 14, Kind.COUNT),
)
NETWORKS = (
    Column("name", N_("Network"), 44, Kind.CODE),
    Column("areas", N_("Areas"), 24),
    Column("themes", N_("Themes"), 20),
    Column("groups", N_("Target groups"), 20),
    Column("coordinator", N_("Coordinator (role)"), 20),
    Column("members", N_("Members"), 12, Kind.COUNT),
    Column("measures", N_("Measures"), 14, Kind.COUNT),
)
OVERLAPS = (
    Column("one", N_("Network"), 44, Kind.CODE),
    Column("other", N_("The same work is done by"), 24),
    Column("areas", N_("In the areas"), 20),
    Column("groups", N_("For"), 20),
    Column("members", N_("In both"), 20),
)


def networks(held: Gathered) -> Spread:
    """The sheet of areas and networks, with the networks that do the same work, as far as the variant may tell."""
    scope = held.reader.scope.up_to(held.reader.variant)
    items = list(db.session.scalars(codelists.listed(CodeList.AREA)))
    codes = {item.id: item.code for item in items}
    places = [Place(item.code, codes.get(item.parent_id) if item.parent_id else None) for item in items]
    names = {item.code: name_of(item) for item in items}
    found = list(db.session.scalars(network_queries.networks(scope)).unique())
    pairs = network_rules.overlaps([network_queries.case(one) for one in found], area_rules.above(places))
    working, twice = [_network(one, names) for one in found], [_overlap(pair, found, names) for pair in pairs]
    every = db.session.scalars(network_queries.networks(held.reader.scope)).unique().all()
    return Spread(
        _("Areas and networks"),
        _("What is known and done in each area, who works together there, and where the same work is done twice"),
        [
            Section(_("Areas"), AREAS, frame_of(_areas(held, items, places), AREAS)),
            Section(_("Networks"), NETWORKS, frame_of(working, NETWORKS)),
            Section(_("Networks that overlap"), OVERLAPS, frame_of(twice, OVERLAPS)),
        ],
        left_out=len(every) - len(found),
    )


def _areas(held: Gathered, items: list[CodeItem], places: list[Place]) -> list[dict[str, object]]:
    """What is kept of each area and of everything in it."""
    scope = held.reader.scope.up_to(held.reader.variant)
    heard: Any = db.session.execute(area_queries.of_inputs(scope)).all()
    kept = area_rules.Held(
        tuple(db.session.scalars(area_queries.of_networks(scope))),
        tuple(db.session.scalars(area_queries.of_phenomena(scope))),
        _numbers(area_queries.of_signals(scope)),
        _numbers(area_queries.of_measures(scope)),
        {row[0]: row[1] for row in heard},
        {row[0]: row[2] or 0 for row in heard},
    )
    names = {item.code: name_of(item) for item in items}
    return [
        {"name": "\N{EM SPACE}" * (node.depth - 1) + names[node.code], **area_rules.tally(node, kept)}
        for node in area_rules.tree(places)
    ]


def _numbers(rows: Any) -> dict[str, int]:
    return {row[0]: row[1] for row in db.session.execute(rows)}


def _network(one: Network, names: dict[str, str]) -> dict[str, object]:
    return {
        "name": f"{one.code} {name_of(one)}",
        "areas": ", ".join(names.get(code, code) for code in one.areas) or _("Whole city"),
        "themes": ", ".join(theme.label for theme in one.themes) or None,
        "groups": ", ".join(group.label for group in one.target_groups) or _("not said"),
        "coordinator": one.coordinator_role,
        "members": len(one.in_force),
        "measures": len(one.measures),
    }


def _overlap(pair: network_rules.Overlap, found: list[Network], names: dict[str, str]) -> dict[str, object]:
    by_code = {one.code: f"{one.code} {name_of(one)}" for one in found}
    members = {m.organisation.code: name_of(m.organisation) for n in found for m in n.in_force if m.organisation}
    return {
        "one": by_code[pair.one.code],
        "other": by_code[pair.other.code],
        "areas": ", ".join(names.get(code, code) for code in pair.areas) or _("Whole city"),
        "groups": ", ".join(group.label for group in pair.target_groups),
        "members": ", ".join(members.get(code, code) for code in pair.members) or None,
    }
