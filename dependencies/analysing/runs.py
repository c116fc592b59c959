"""Stored runs of scenarios: what is put into one, and the same again when somebody looks at it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from dependencies import queries, stored, tracing
from dependencies.cascade import ENGINE
from dependencies.graph import build
from dependencies.models.runs import ScenarioRun
from dependencies.network import Network
from dependencies.outcome import HORIZON_H, Hit, trace
from dependencies.reduction import SeenTrace, met, reduced
from dependencies.stored import Computed, Damaged
from dependencies.tracing import Loaded, TooFar
from prepare.actor import EVERYTHING, Scope
from prepare.db import db
from prepare.errors import RuleBroken
from prepare.texts import N_
from prepare.version import VERSION
from risks.models.scenarios import Scenario
from risks.queries import scenarios as scenario_queries


@dataclass(frozen=True)
class Prepared:
    """A trace of a scenario as of now, with its inputs, ready to be stored."""

    computed: Computed
    missed: int  #: hits on functions that are no longer in force


@dataclass(frozen=True)
class Recalled:
    """A stored run, computed again from its inputs."""

    run: ScenarioRun
    seen: SeenTrace  #: cut to what the reader may see now
    is_same: bool  #: whether the result is the one that was stored
    computed: Computed


def prepared(scenario: Scenario) -> Prepared:
    """The trace of a scenario that has been opened, over everything that lies on a way from its hits.

    Raises RuleBroken when it hits nothing in force, and TooFar when the hits reach too many functions.
    """
    hits = tracing.hits_of(scenario)
    now = _reached(hits)
    in_force = [hit for hit in hits if hit.function in now.network.place]
    if not in_force:
        raise RuleBroken(N_("The scenario hits nothing that is in force, so there is nothing to store."))
    inputs = stored.reached(stored.inputs_of(now.graph, in_force, horizon_min=HORIZON_H * 60))
    _refuse_more(len(inputs.functions))
    network = Network(build(inputs.functions, inputs.needs, revision=inputs.revision))
    result = trace(network, inputs.hits, horizon_min=inputs.horizon_min)
    return Prepared(Computed(inputs, network, result), len(hits) - len(in_force))


def _refuse_more(count: int) -> None:
    if count > stored.MOST_FUNCTIONS:
        message = N_("The disruption reaches more than %(most)s functions; no more are stored.")
        raise TooFar(message, most=stored.MOST_FUNCTIONS)


def _reached(hits: Sequence[Hit]) -> Loaded:
    """A graph that holds everything on a way from the hits: the whole one, or of a country what they reach.

    Raises TooFar when those are more functions than are stored.
    """
    if (db.session.scalar(queries.functions_counted()) or 0) <= tracing.WHOLE:
        return tracing.loaded()
    starts = {hit.function for hit in hits}
    ids = set(db.session.scalars(queries.reached(EVERYTHING, starts).limit(stored.MOST_FUNCTIONS + 1)))
    _refuse_more(len(ids))
    return tracing.load(tracing.revision(), ids | starts)


def columns(ready: Prepared) -> dict[str, Any]:
    """What a stored run keeps of a trace: the inputs, what they were computed with, and the fingerprints."""
    inputs = ready.computed.inputs
    text = stored.text_of(inputs)
    return {
        "graph_revision": inputs.revision,
        "engine": ENGINE,
        "program": VERSION,
        "method": stored.METHOD,
        "horizon_h": inputs.horizon_min / 60,
        "function_count": len(inputs.functions),
        "need_count": len(inputs.needs),
        "missed": ready.missed,
        "inputs": stored.compressed(text),
        "inputs_sha256": stored.fingerprint(text),
        "result_sha256": ready.computed.fingerprint,
    }


def scenario_of(scope: Scope, code: str) -> Scenario:
    """The scenario in use with this code. Raises RuleBroken if there is none."""
    scenario = db.session.scalars(scenario_queries.scenarios(scope).where(Scenario.code == code)).one_or_none()
    if scenario is None:
        raise RuleBroken(N_("There is no such scenario."), field="scenario")
    return scenario


def recall(scope: Scope, run: ScenarioRun) -> Recalled:
    """A stored run as the reader may see it now, computed again.

    Raises Damaged when what is stored is not what was stored.
    """
    again = stored.computed(run.inputs, run.inputs_sha256, run.graph_revision)
    seen = reduced(scope, again.trace, again.network, tracing.cards(met(again.trace, again.network)))
    return Recalled(run, seen, again.fingerprint == run.result_sha256, again)


def of_code(scope: Scope, word: str) -> ScenarioRun:
    """The stored run with this code or reference. Raises RuleBroken when there is none."""
    rows = queries.runs(scope)
    try:
        found = db.session.scalars(rows.where(ScenarioRun.ref == UUID(word))).first()
    except ValueError:
        found = db.session.scalars(rows.where(ScenarioRun.code == word)).first()
    if found is None:
        raise RuleBroken(N_("There is no such stored run."), field="run")
    return found


def flaw(scope: Scope, run: ScenarioRun) -> str | None:
    """What is wrong with a stored run, in a sentence; None when it comes out as it was stored."""
    try:
        again = recall(scope, run)
    except Damaged as damaged:
        return damaged.text()
    return None if again.is_same else str(RuleBroken(DIFFERS))


DIFFERS = N_("Computed again from the stored inputs, the result is not the one that was stored.")
