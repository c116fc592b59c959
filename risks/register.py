"""Every change to the risk register and to the scenarios."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from prepare import actor, audit
from prepare.access import Action, act
from prepare.db import db
from prepare.errors import RuleBroken, refuse_if
from prepare.merging import Seen, refuse_stale
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.queries import functions as function_queries
from prepare.texts import N_
from prepare.vocabulary import FunctionState, Role
from risks import hits, matrix, queries, treatment
from risks.entries import (
    COLUMNS,
    HIT_COLUMNS,
    SCENARIO_COLUMNS,
    HitEntry,
    RiskEntry,
    ScenarioEntry,
    of_record,
    of_scenario,
)
from risks.models import Risk, Scenario, ScenarioHit


@act(Action.ADD_RISK)
def add(organisation: Organisation, entry: RiskEntry, *, on: date) -> Risk:
    """Register a risk of the organisation, under the next free code.

    Raises RuleBroken with every rule that the entry breaks.
    """
    refuse_if(treatment.problems(entry, on=on) + _acceptance_problems(organisation.path, None, entry))
    risk = Risk(code=_next_code(), organisation=organisation)
    db.session.add(risk)
    _fill(risk, entry, on=on)
    return risk


@act(Action.ASSESS_RISK)
def assess(risk: Risk, entry: RiskEntry, *, seen: Seen[RiskEntry] | None, on: date) -> Risk:
    """Replace the risk's description and assessment; the audit trail keeps the old ones.

    Functions and a scenario that the acting person may not read stay as they are. `seen` is what the person
    edited. Raises StaleEntry if the risk has changed since, and RuleBroken with every rule that the entry breaks.
    """
    refuse_stale(seen, seen_now(risk))
    refuse_if(treatment.problems(entry, on=on) + _acceptance_problems(risk.owner_path, of_record(risk), entry))
    _fill(risk, entry, on=on)
    return risk


def seen_now(risk: Risk) -> Seen[RiskEntry]:
    """What a person sees who assesses the risk now: what it names and the person may not read is left out."""
    who = actor.current()
    functions = tuple(f.code for f in risk.functions if actor.readable(who, f))
    scenario = risk.scenario.code if risk.scenario and _reads(risk.scenario) else None
    return Seen(replace(of_record(risk), functions=functions, scenario=scenario))


def _reads(scenario: Scenario) -> bool:
    found = queries.scenarios(actor.current().scope).where(Scenario.id == scenario.id)
    return db.session.scalars(found).first() is not None


def _acceptance_problems(path: str, before: RiskEntry | None, entry: RiskEntry) -> list[RuleBroken]:
    """An acceptance is given by those who may give it, and does not survive a rise of the level."""
    if not treatment.accepts(entry):
        return []
    level = matrix.level_of(entry.likelihood, entry.impact)
    if before and treatment.acceptance(before) == treatment.acceptance(entry):
        risen = (treatment.entry_score(entry) or 0) > (treatment.entry_score(before) or 0)
        return (
            [RuleBroken(N_("The risk has grown since it was accepted: accept it anew."), field="state")]
            if risen
            else []
        )
    needed = treatment.accepted_by(level)
    if actor.current().is_system or actor.current().holds(needed, over=path):
        return []
    if needed is Role.LEADERSHIP:
        return [RuleBroken(N_("A critical risk is accepted by the city leadership."), field="state")]
    return [RuleBroken(N_("A risk is accepted by the sector's executive director."), field="state")]


def _fill(risk: Risk, entry: RiskEntry, *, on: date) -> None:
    assessed = (risk.likelihood, risk.impact) != (entry.likelihood, entry.impact)
    for name in COLUMNS:
        setattr(risk, name, getattr(entry, name))
    if entry.likelihood is None:
        risk.assessed_on = None
    elif assessed or risk.assessed_on is None:
        risk.assessed_on = on
    if entry.scenario is not None or risk.scenario is None or _reads(risk.scenario):
        risk.scenario = _scenario(entry.scenario)
    db.session.flush()
    _link(risk, entry.functions)


def _scenario(code: str | None) -> Scenario | None:
    if code is None:
        return None
    found = db.session.scalars(queries.scenarios(actor.current().scope).where(Scenario.code == code)).one_or_none()
    if found is None:
        raise RuleBroken(N_("There is no such scenario."), field="scenario")
    return found


def _link(risk: Risk, codes: tuple[str, ...]) -> None:
    """Set the affected functions; those that the acting person may not read stay as they are."""
    scope = actor.current().scope
    readable = function_queries.functions(scope).with_only_columns(Function.id, maintain_column_froms=True)
    hidden = [f for f in risk.functions if f.id not in set(db.session.scalars(readable))]
    chosen = list(db.session.scalars(function_queries.functions(scope).where(Function.code.in_(codes))))
    if unknown := sorted(set(codes) - {f.code for f in [*chosen, *hidden]}):
        message = N_("There is no such function: %(codes)s.")
        raise RuleBroken(message, field="functions", codes=", ".join(unknown))
    before = sorted(f.code for f in risk.functions)
    wanted = {f.id: f for f in [*hidden, *chosen]}
    after = sorted(f.code for f in wanted.values())
    if before != after:
        risk.functions = list(wanted.values())
        db.session.flush()
        audit.note(risk, {"functions": [before, after]})


def _next_code() -> str:
    return f"R-{_next_number(Risk.code, 'R-'):02}"


def _next_number(code: InstrumentedAttribute[str], mark: str) -> int:
    codes = db.session.scalars(select(code).where(code.startswith(mark, autoescape=True)))
    numbers = [int(one.removeprefix(mark)) for one in codes if one.removeprefix(mark).isdecimal()]
    return max(numbers, default=0) + 1


@act(Action.ADD_SCENARIO)
def add_scenario(organisation: Organisation, entry: ScenarioEntry) -> Scenario:
    """Keep a disruption to be traced, under the next free code; it binds the organisation and everything below it.

    Raises RuleBroken with every rule that the entry breaks.
    """
    functions = _named(entry.hits)
    refuse_if(hits.problems(entry, _in_force(functions)))
    scenario = Scenario(code=f"S{_next_number(Scenario.code, 'S')}", organisation=organisation)
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
