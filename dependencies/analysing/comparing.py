"""Comparing two traced disruptions: stored runs, scenarios as of now or any hits, one of them with a change."""

from dataclasses import dataclass, replace
from math import isfinite
from typing import Any

from dependencies import hits as supposed
from dependencies import queries, stored, tracing
from dependencies.analysing import runs, scenarios
from dependencies.candidates import Kind
from dependencies.change import KINDS, OF_NEED, Change, changed
from dependencies.comparison import Comparison, Way
from dependencies.graph import FunctionFacts, build
from dependencies.models.needs import Need
from dependencies.network import Network
from dependencies.outcome import HORIZON_H, Hit, in_minutes, trace
from dependencies.reduction import SeenTrace, met, reduced
from dependencies.stored import Computed
from prepare.actor import Scope
from prepare.db import db
from prepare.errors import RuleBroken
from prepare.models.functions import Function
from prepare.texts import N_, _, hours, moment, name_of

RUN, SCENARIO, HITS = "run", "scenario", "hits"


@dataclass(frozen=True)
class Side:
    """One of the two that are compared."""

    word: str  #: as it was asked for: "run:S1 1", "scenario:S1", "hits:F-ENE-01:0:24"
    title: str
    lead: str  #: of which moment it is
    computed: Computed
    seen: SeenTrace
    missed: int = 0  #: hits on functions that are no longer in force


@dataclass(frozen=True)
class Asked:
    """A change as it is asked for: the function by its code, the need by its reference or name."""

    kind: Kind
    of: str
    need: str = ""
    hours: float | None = None
    supplier: str = ""


def side(scope: Scope, word: str) -> Side:
    """What is meant by `run:CODE`, `scenario:CODE` or `hits:CODE:START:HOURS,…`, traced and cut to the reader's view.

    Raises RuleBroken when there is no such thing that the reader may read, and TooFar when the graph is too large.
    """
    kind, _colon, what = word.strip().partition(":")
    if kind == RUN:
        return _of_run(scope, word, what.strip())
    if kind == SCENARIO:
        found = runs.scenario_of(scope, what.strip())
        return _of_now(scope, word, f"{found.code} {name_of(found)}", tracing.hits_of(found))
    if kind == HITS:
        entries = [supposed.read(text, row) for row, text in enumerate(what.split(","), start=1)]
        title = _("What if: %(hits)s", hits=", ".join(entry.function for entry in entries[:5]))
        return _of_now(scope, word, title, tracing.hits_from(scope, entries))
    raise RuleBroken(N_("Say what is compared: run:CODE, scenario:CODE or hits:CODE:START:HOURS."))


def _of_run(scope: Scope, word: str, code: str) -> Side:
    run = runs.of_code(scope, code)
    again = runs.recall(scope, run)
    title = f"{run.scenario.code} {name_of(run.scenario)}"
    lead = _("stored %(when)s: %(purpose)s", when=moment(run.made_at), purpose=run.purpose)
    if not again.is_same:
        lead = f"{lead}. {_(runs.DIFFERS)}"
    return Side(word, title, lead, again.computed, again.seen, run.missed)


def _of_now(scope: Scope, word: str, title: str, hits: list[Hit]) -> Side:
    now = scenarios.graph()
    in_force = tuple(hit for hit in hits if hit.function in now.network.place)
    inputs = stored.inputs_of(now.graph, in_force, horizon_min=HORIZON_H * 60)
    done = Computed(inputs, now.network, scenarios.traced(now, in_force))
    return Side(word, title, _("as of now"), done, cut(scope, done), len(hits) - len(in_force))


def cut(scope: Scope, done: Computed) -> SeenTrace:
    """A trace cut to what this scope may see."""
    return reduced(scope, done.trace, done.network, tracing.cards(met(done.trace, done.network)))


def with_change(scope: Scope, one: Side, change: Change, told: str) -> Side:
    """The same with one thing otherwise, which `told` says in words; nothing is saved.

    Raises RuleBroken as `changed`.
    """
    inputs = changed(one.computed.inputs, change)
    network = Network(build(inputs.functions, inputs.needs, revision=inputs.revision))
    done = Computed(inputs, network, trace(network, inputs.hits, horizon_min=inputs.horizon_min))
    return replace(one, lead=f"{one.lead}; {told}", computed=done, seen=cut(scope, done))


def function_of(scope: Scope, code: str) -> Function:
    """The function whose needs and times the reader may suppose to be otherwise: one that the reader may read.

    Raises RuleBroken when there is none with this code.
    """
    found = db.session.scalars(queries.named(scope, [code.strip().upper()])).first()
    if found is None or not _opens(scope, found):
        raise RuleBroken(N_("There is no such function: %(codes)s."), field="of", codes=code)
    return found


def _opens(scope: Scope, function: Function) -> bool:
    return function.id in scope.functions or scope.covers(function.owner_path, function.confidentiality)


def needs_of(scope: Scope, function: Function) -> list[Need]:
    """The needs of a function that has been opened."""
    return list(db.session.scalars(queries.needs_of(scope, function)))


def supposed_change(scope: Scope, asked: Asked) -> tuple[Change, str]:
    """What is supposed to be otherwise, and the same in words.

    Raises RuleBroken when the function, need or supplier is none that the reader may read or name.
    """
    function, kind = function_of(scope, asked.of), asked.kind
    need = next((one for one in needs_of(scope, function) if asked.need in (str(one.ref), one.name)), None)
    if kind in OF_NEED and need is None:
        raise RuleBroken(N_("Choose a need of the function."), field="need")
    supplier = _supplier(scope, asked.supplier) if kind is Kind.SUPPLIER else None
    minutes = None if asked.hours is None or not isfinite(asked.hours) else in_minutes(asked.hours)
    change = Change(kind, function.id, need.id if need else None, supplier, minutes)
    told = {"kind": kind.label, "value": supplier.code if supplier else hours(asked.hours)}
    told["function"] = f"{function.code} {name_of(function)}"
    if need and kind in OF_NEED:
        return change, _("%(kind)s: %(function)s, “%(need)s”, %(value)s", need=need.name, **told)
    return change, _("%(kind)s: %(function)s, %(value)s", **told)


CHANGES = N_(
    "Write the change as tolerance:FUNCTION:NEED:HOURS, supplier:FUNCTION:NEED:CODE, restart:FUNCTION:HOURS or "
    "recovery:FUNCTION:HOURS."
)


def written(text: str) -> Asked:
    """The change that is written as `tolerance:FUNCTION:NEED:HOURS`, `supplier:FUNCTION:NEED:CODE`,
    `restart:FUNCTION:HOURS` or `recovery:FUNCTION:HOURS`.

    Raises RuleBroken when it is written otherwise.
    """
    word, _colon, rest = text.partition(":")
    try:
        kind = Kind(word.strip().lower())
        of, *need, value = rest.split(":")
        name = ":".join(need).strip()
        if kind not in KINDS or bool(name) != (kind in OF_NEED):
            raise ValueError(text)
        if kind is Kind.SUPPLIER:
            return Asked(kind, of.strip(), need=name, supplier=value.strip())
        return Asked(kind, of.strip(), need=name, hours=float(value))
    except ValueError:
        raise RuleBroken(CHANGES) from None


def _supplier(scope: Scope, code: str) -> FunctionFacts:
    """The facts of a function that may be named as a supplier."""
    found = db.session.scalars(queries.named(scope, [code.strip().upper()])).first()
    if found is None:
        raise RuleBroken(N_("There is no such function: %(codes)s."), field="supplier", codes=code)
    return FunctionFacts(found.id, found.code, found.organisation_id)


def as_json(first: Side, second: Side, found: Comparison) -> dict[str, Any]:
    """A comparison as `prepare compare --json` prints it; times in hours."""
    outcomes = [{row["code"]: row for row in one.seen.as_json()["disruptions"]} for one in (first, second)]
    return {
        "a": _told(first),
        "b": _told(second),
        "figures": [
            {"name": one.name, "a": one.first, "b": one.second, "difference": one.difference} for one in found.figures
        ],
        "changed": [
            {"code": code, "way": row.way.value, "a": outcomes[0].get(code), "b": outcomes[1].get(code)}
            for row in found.rows
            for code in [row.outcome.function.code]
        ],
        "same": sorted(seen.outcome.function.code for seen in found.same),
        "count": {way.value: found.count(way) for way in Way},
    }


def _told(one: Side) -> dict[str, Any]:
    return {"of": one.word, "title": one.title, "lead": one.lead, "graph_revision": one.computed.inputs.revision}
