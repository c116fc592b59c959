"""Running a disruption on the records: the whole graph is computed, the answer is cut to what the reader may see."""

from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Pool, select

from dependencies import queries
from dependencies.bulk import Engine
from dependencies.engines import engine
from dependencies.graph import Graph, Link, build
from dependencies.hits import HitEntry, resolved
from dependencies.loading import graphs, kept, near
from dependencies.network import Network
from dependencies.outcome import HORIZON_H, Hit, explained, in_minutes, trace
from dependencies.packed import Packed, pack
from dependencies.reduction import Card, SeenTrace, SeenWhy, met, named_in, opens, reduced, seen_why
from prepare.actor import Scope
from prepare.audit import Revision
from prepare.db import IMMEDIATE, db
from prepare.errors import RuleBroken
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.texts import LANGUAGES, N_
from risks.models.scenarios import Scenario, ScenarioHit
from risks.queries import scenarios as scenario_queries
from risks.vocabulary.scenarios import Effect

WHOLE = 10_000  #: functions up to which a page loads the whole graph and keeps it; beyond, only who is taken down
MOST_TOLD = 50_000  #: functions that a command tells of: some minutes
KEPT = 2  #: graphs that are kept in memory: the newest, and the one before for readers that are still on it


@dataclass(frozen=True)
class Loaded:
    """The graph of one revision of the records.

    `short` are the needs with fewer suppliers in force than they require: id of the need → its consumer.
    """

    graph: Graph
    network: Network
    short: Mapping[int, int]

    @cached_property
    def packed(self) -> Packed:
        """The graph as arrays."""
        return pack(self.network)

    @cached_property
    def engine(self) -> Engine:
        """What does bulk work on it."""
        return engine(self.packed)


class TooFar(RuleBroken):
    """A disruption reaches more functions than can be computed while somebody waits."""


_kept: WeakKeyDictionary[Pool, OrderedDict[int, Loaded]] = WeakKeyDictionary()


def revision() -> int:
    """The number of the newest state of everything that a cascade reads."""
    return db.session.scalar(select(Revision.number).where(Revision.kind == "graph")) or 0


def loaded() -> Loaded:
    """The graph of the records as they are now, kept from the last time if nothing has changed.

    Inside a transaction that writes, the graph is built anew and not kept: it may still be undone.
    """
    number = revision()
    if db.session.connection().get_execution_options().get(IMMEDIATE):
        return load(number)
    graphs_kept = _kept.setdefault(db.engine.pool, OrderedDict())
    if number not in graphs_kept:
        graphs_kept[number] = load(number)
        while len(graphs_kept) > KEPT:
            graphs_kept.popitem(last=False)
    return graphs_kept[number]


def load(number: int, only: Collection[int] | None = None, loops: Collection[Link] | None = None) -> Loaded:
    """The whole graph, or of the functions `only`, for which the `loops` of the whole are known."""
    functions, needs, short = graphs.read(only)
    graph = build(functions, needs, revision=number, loops=loops)
    return Loaded(graph, Network(graph), short)


def bulk() -> kept.Bulk:
    """The records as they are now as arrays, of whatever size: nothing but the revision is asked if they are known."""
    return kept.bulk(revision())


def warm() -> None:
    """Load a country, and compile what works on it, before somebody waits for it; of a city nothing."""
    if (db.session.scalar(queries.functions_counted()) or 0) > WHOLE:
        ready = bulk().engine
        ready.losses([], [], 1)
        ready.outages([], HORIZON_H * 60, bridged=True)


def run(scope: Scope, hits: Iterable[Hit]) -> SeenTrace:
    """What the hits do to the functions that may be read in this scope.

    Hits on functions that are no longer in force are left out. Raises RuleBroken when a hit lasts no time.
    """
    return _run(loaded(), scope, hits)


def run_near(scope: Scope, hits: Collection[Hit], *, most: int | None = None) -> SeenTrace:
    """As `run`, but beyond a city's size only those are loaded who go down, or may be degraded, and whom it concerns.

    The answer is the same: who is up all the time, or on no way to a function of the reader, changes nothing there.
    Raises TooFar when those are more than `most` functions.
    """
    return _run(_near(scope, hits, most), scope, hits)


def _near(scope: Scope, hits: Collection[Hit], most: int | None) -> Loaded:
    """The graph as far as `run_near` needs it."""
    if (db.session.scalar(queries.functions_counted()) or 0) <= WHOLE:
        return loaded()
    number = revision()
    everyone = kept.bulk(number)
    told = None if queries.reads_all(scope) else db.session.scalars(queries.readable(scope)).all()
    outages = [(hit.function, hit.start_min, hit.end_min) for hit in hits if not hit.degrades]
    found = near.near(everyone, outages, HORIZON_H * 60, told)
    functions = found.functions | {hit.function for hit in hits}
    if most is not None and len(functions) > most:
        raise TooFar(N_("The disruption reaches more than %(most)s functions."), most=most)
    return load(number, functions, found.loops)


def why(scope: Scope, hits: Collection[Hit], code: str, minute: int, *, most: int | None = None) -> SeenWhy:
    """Why the function of this code is down or degraded at the minute, or that it is not.

    Raises RuleBroken when there is no such function that may be read, TooFar as `run_near`.
    """
    return explain(scope, _near(scope, hits, most).network, hits, code, minute)


def explain(scope: Scope, network: Network, hits: Iterable[Hit], code: str, minute: int) -> SeenWhy:
    """Why the function of this code is down or degraded at the minute, on this graph; raises as `why`."""
    function = next((function for function in network.functions if function.code == code), None)
    known = cards([function.id]) if function else {}
    if function is None or not opens(scope, known[function.id]):
        raise RuleBroken(N_("There is no such function: %(codes)s."), field="why", codes=code)
    found = explained(network, [hit for hit in hits if hit.function in network.place], function.id, minute)
    return seen_why(scope, found, cards(named_in(found)))


def _run(now: Loaded, scope: Scope, hits: Iterable[Hit]) -> SeenTrace:
    result = trace(now.network, [hit for hit in hits if hit.function in now.network.place])
    return reduced(scope, result, now.network, cards(met(result, now.network)))


def hits_of(scenario: Scenario) -> list[Hit]:
    """What a scenario that has been opened hits."""
    return hits_of_all([scenario.id])[scenario.id]


def hits_of_all(scenarios: Collection[int]) -> dict[int, list[Hit]]:
    """What each of these scenarios hits, by its id; nothing of one without hits."""
    found: dict[int, list[Hit]] = {id_: [] for id_ in scenarios}
    rows = select(ScenarioHit).where(ScenarioHit.scenario_id.in_(found), ScenarioHit.retired.is_(False))
    for row in db.session.scalars(rows.order_by(ScenarioHit.id)):
        found[row.scenario_id].append(_hit(row.function_id, row.start_h, row.duration_h, row.effect))
    return found


def _hit(function: int, start_h: float, duration_h: float, effect: Effect = Effect.DOWN) -> Hit:
    start, lasts = in_minutes(start_h) or 0, max(1, in_minutes(duration_h) or 0)
    return Hit(function, start, start + lasts, degrades=effect is Effect.DEGRADED)


def outage_of(function: Function, hours: float) -> list[Hit]:
    """One function that has been opened is out from the start, for this long."""
    return [_hit(function.id, 0, hours)]


def hits_from(scope: Scope, entries: Sequence[HitEntry]) -> list[Hit]:
    """The supposed hits on functions that this scope may name. Raises RuleBroken with all that is wrong with them."""
    codes = {entry.function for entry in entries}
    known = {function.code: function.id for function in db.session.scalars(queries.named(scope, codes))}
    retired = {function.code for function in db.session.scalars(queries.retired_named(scope, codes - known.keys()))}
    return resolved(entries, known, retired)


def short_needs(scope: Scope) -> int:
    """How many needs of functions that may be read have fewer suppliers in force than they require."""
    return db.session.scalar(queries.short_needs_counted(scope)) or 0


def cards(ids: Collection[int]) -> dict[int, Card]:
    """Name, owner and class of these functions, whether or not they may be read: for `reduced` only."""
    columns = (Function.id, Function.ref, Function.code, Function.name_fi, Function.name_sv, Function.name_en)
    owner = (Organisation.code.label("organisation"), Organisation.path, Organisation.kind)
    names = [getattr(Organisation, f"name_{code}").label(f"organisation_{code}") for code in LANGUAGES]
    rows = select(*columns, Function.confidentiality, Function.criticality, *owner, *names)
    rows = rows.join(Organisation, Organisation.id == Function.organisation_id)
    if len(ids) <= graphs.MOST_NAMED:
        rows = rows.where(Function.id.in_(ids))
    return {row["id"]: Card(**row) for row in db.session.execute(rows).mappings() if row["id"] in ids}


def scenario_hits(scope: Scope, code: str) -> list[Hit]:
    """What the scenario of this code hits. Raises RuleBroken if there is none."""
    scenario = db.session.scalars(scenario_queries.scenarios(scope).where(Scenario.code == code)).one_or_none()
    if scenario is None:
        raise RuleBroken(N_("There is no such scenario."), field="scenario")
    return hits_of(scenario)


def function_hits(scope: Scope, code: str, hours: float) -> list[Hit]:
    """One function that is out for so many hours; it may be anybody's that the scope can name.

    Raises RuleBroken if there is none, or the time is not positive or beyond the horizon.
    """
    function = db.session.scalars(queries.named(scope, [code])).one_or_none()
    if function is None:
        raise RuleBroken(N_("There is no such function: %(codes)s."), field="function", codes=code)
    if not 0 < hours <= HORIZON_H:
        raise RuleBroken(N_("Give a time of at least a minute and at most a year."), field="hours")
    return outage_of(function, hours)


def trace_all(scope: Scope) -> list[dict[str, Any]]:
    """Every scenario as `prepare trace --all --json` prints it, by code."""
    scenarios = db.session.scalars(scenario_queries.scenarios(scope)).all()
    return [run_near(scope, hits_of(s), most=MOST_TOLD).as_json(scenario=s.code) for s in scenarios]
