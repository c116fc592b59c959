"""Every change to the scenarios."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from prepare import actor
from prepare.access import Action, act
from prepare.db import db
from prepare.errors import RuleBroken, refuse_if
from prepare.merging import Seen, refuse_stale
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.queries import functions as function_queries
from prepare.register.codes import next_number
from prepare.texts import N_
from prepare.vocabulary import FunctionState
from risks import hits
from risks.entries.scenarios import HIT_COLUMNS, SCENARIO_COLUMNS, HitEntry, ScenarioEntry, of_scenario
from risks.models.scenarios import Scenario, ScenarioHit


@act(Action.ADD_SCENARIO)
def add_scenario(organisation: Organisation, entry: ScenarioEntry) -> Scenario:
    """Keep a disruption to be traced, under the next free code; it binds the organisation and everything below it.

    Raises RuleBroken with every rule that the entry breaks.
    """
    functions = _named(entry.hits)
    refuse_if(hits.problems(entry, _in_force(functions)))
    scenario = Scenario(code=f"S{next_number(Scenario.code, 'S')}", organisation=organisation)
    db.session.add(scenario)
    _fill_scenario(scenario, entry, functions)
    return scenario


@act(Action.EDIT_SCENARIO)
def edit_scenario(scenario: Scenario, entry: ScenarioEntry, *, seen: Seen[ScenarioEntry] | None) -> Scenario:
    """Change a scenario and what it hits; hits that the entry does not hold are retired.

    Hits on functions that the acting person may not see stay as they are. `seen` is what the person edited. Raises
    StaleEntry if the scenario has changed since, and RuleBroken with every rule that the entry breaks.
    """
    if scenario.retired:
        raise RuleBroken(N_("The scenario has been retired."))
    refuse_stale(seen, scenario_now(scenario))
    functions = _named(entry.hits)
    refuse_if(hits.problems(entry, _in_force(functions)))
    _fill_scenario(scenario, entry, functions)
    return scenario


@act(Action.RETIRE_SCENARIO)
def retire_scenario(scenario: Scenario) -> None:
    """Take a scenario out of use; it, its history and its stored runs stay readable."""
    if scenario.retired:
        raise RuleBroken(N_("The scenario has been retired."))
    scenario.retired = True
    db.session.flush()


def scenario_now(scenario: Scenario) -> Seen[ScenarioEntry]:
    """What a person sees who edits the scenario now, without the hits that the person may not see."""
    entry, hidden = of_scenario(scenario), {hit.function.code for hit in hidden_hits(scenario)}
    open_to_me = tuple(hit for hit in entry.hits if hit.function not in hidden)
    return Seen(replace(entry, hits=open_to_me), ("retired",) if scenario.retired else ())


def hidden_hits(scenario: Scenario) -> list[ScenarioHit]:
    """The scenario's hits on functions that the acting person may not see."""
    names = actor.current().scope.names
    hit = [(one, one.function) for one in scenario.in_force]
    return [one for one, f in hit if not names(f.id, f.owner_path, f.confidentiality)]


def _named(entries: Iterable[HitEntry]) -> dict[str, Function]:
    """The functions with these codes that the acting person may name, in force or not."""
    rows = function_queries.nameable(actor.current().scope)
    return {f.code: f for f in db.session.scalars(rows.where(Function.code.in_({one.function for one in entries})))}


def _in_force(functions: Mapping[str, Function]) -> dict[str, bool]:
    return {code: function.state is not FunctionState.RETIRED for code, function in functions.items()}


def _fill_scenario(scenario: Scenario, entry: ScenarioEntry, functions: Mapping[str, Function]) -> None:
    for name in SCENARIO_COLUMNS:
        setattr(scenario, name, getattr(entry, name))
    db.session.flush()
    _hit(scenario, entry.hits, functions)


def _hit(scenario: Scenario, entries: Iterable[HitEntry], functions: Mapping[str, Function]) -> None:
    """Give the scenario these hits; a row that is changed stays the same row, so that the trail tells the change."""
    kept = set(hidden_hits(scenario))
    held: dict[tuple[str, float | None], ScenarioHit] = {
        (hit.function.code, hit.start_h): hit for hit in scenario.hits if hit not in kept
    }
    wanted = {(entry.function, entry.start_h): entry for entry in entries}
    moved = defaultdict(list)
    for key in held.keys() - wanted.keys():
        if not held[key].retired:
            moved[key[0]].append(held[key])
    for key, entry in wanted.items():
        hit = held.get(key) or (moved[entry.function].pop() if moved[entry.function] else None)
        values = {name: getattr(entry, name) for name in HIT_COLUMNS} | {"retired": False}
        if hit is None:
            db.session.add(ScenarioHit(scenario=scenario, function=functions[entry.function], **values))
        else:
            for name, value in values.items():
                setattr(hit, name, value)
    for hit in (one for some in moved.values() for one in some):
        hit.retired = True
    db.session.flush()
