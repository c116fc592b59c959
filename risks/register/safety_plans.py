"""Every change to the safety plans and their priorities."""

from dataclasses import replace
from datetime import date

from prepare import actor
from prepare.access import Action, act
from prepare.db import db
from prepare.errors import refuse_if
from prepare.merging import Seen, refuse_stale
from prepare.models.organisations import Organisation
from prepare.queries import organisations
from prepare.register.codes import next_code
from risks import safety_planning
from risks.entries.safety_plans import (
    PLAN_COLUMNS,
    PRIORITY_COLUMNS,
    AdoptionEntry,
    EndingEntry,
    PriorityEntry,
    SafetyPlanEntry,
    of_plan,
    of_priority,
)
from risks.models.safety_plans import SafetyPlan, SafetyPriority
from risks.queries import measures as measure_queries
from risks.queries import national_programmes as national_queries
from risks.queries import objectives as objective_queries
from risks.queries import safety_plans as queries
from risks.register import links
from risks.vocabulary.safety import SafetyPlanState


@act(Action.ADD_SAFETYPLAN)
def add(organisation: Organisation, entry: SafetyPlanEntry) -> SafetyPlan:
    """Keep the draft of a safety plan for the organisation and everything below it, under the next free code.

    Raises RuleBroken with every rule that the entry breaks.
    """
    refuse_if(safety_planning.plan_problems(entry))
    plan = SafetyPlan(code=next_code(SafetyPlan.code, "SP-"), organisation=organisation)
    named = _named(entry)
    db.session.add(plan)
    _fill(plan, entry, *named)
    return plan


@act(Action.EDIT_SAFETYPLAN)
def edit(plan: SafetyPlan, entry: SafetyPlanEntry, *, seen: Seen[SafetyPlanEntry] | None) -> SafetyPlan:
    """Change a plan that has neither been replaced nor has ended.

    `seen` is what the person edited. Raises StaleEntry if it has changed since, RuleBroken as `add` does.
    """
    safety_planning.refuse_closed(plan.state)
    refuse_stale(seen, plan_now(plan))
    before = {one.code: one.predecessor.code if one.predecessor else None for one in _every()}
    order = safety_planning.order_problems(plan.code, entry.predecessor, before)
    refuse_if(safety_planning.plan_problems(entry) + order)
    _fill(plan, entry, *_named(entry))
    return plan


@act(Action.ADOPT_SAFETYPLAN)
def adopt(plan: SafetyPlan, entry: AdoptionEntry, *, on: date) -> None:
    """Take a draft into force; the plan before it is from then on replaced. Raises RuleBroken as its rules say."""
    count = len(plan.open_priorities)
    refuse_if(safety_planning.adoption_problems(of_plan(plan), entry, state=plan.state, priorities=count, on=on))
    plan.approved_by, plan.approved_on = entry.approved_by, entry.approved_on
    plan.state = SafetyPlanState.IN_FORCE
    before = plan.predecessor
    if before and before.state is SafetyPlanState.IN_FORCE:
        before.state, before.ended_on = SafetyPlanState.SUPERSEDED, entry.approved_on
    db.session.flush()


@act(Action.END_SAFETYPLAN)
def end(plan: SafetyPlan, entry: EndingEntry, *, on: date) -> None:
    """End a plan in force that no other one replaces; it stays to be read. Raises RuleBroken as its rules say."""
    refuse_if(safety_planning.ending_problems(entry, state=plan.state, on=on))
    plan.state, plan.ended_on, plan.state_reason = SafetyPlanState.ENDED, entry.ended_on, entry.state_reason
    db.session.flush()


@act(Action.ADD_PRIORITY)
def add_priority(plan: SafetyPlan, entry: PriorityEntry) -> SafetyPriority:
    """Give a plan a further priority, under its next number.

    Raises RuleBroken when the plan is closed, and with every rule that the entry breaks.
    """
    safety_planning.refuse_closed(plan.state)
    refuse_if(safety_planning.priority_problems(entry))
    chosen = _chosen(entry)
    priority = SafetyPriority(safety_plan=plan, rank=1 + max((one.rank for one in plan.priorities), default=0))
    _fill_priority(priority, entry, chosen)
    return priority


@act(Action.EDIT_PRIORITY)
def edit_priority(
    priority: SafetyPriority, entry: PriorityEntry, *, seen: Seen[PriorityEntry] | None
) -> SafetyPriority:
    """Change a priority of an open plan; measures that the person may not read stay under it.

    `seen` is what the person edited. Raises StaleEntry if it has changed since, RuleBroken as `add_priority` does.
    """
    safety_planning.refuse_closed(priority.safety_plan.state)
    refuse_stale(seen, priority_now(priority))
    refuse_if(safety_planning.priority_problems(entry))
    _fill_priority(priority, entry, _chosen(entry))
    return priority


def plan_now(plan: SafetyPlan) -> Seen[SafetyPlanEntry]:
    """What a person sees who edits the plan now."""
    return Seen(of_plan(plan), (plan.state.value,))


def priority_now(priority: SafetyPriority) -> Seen[PriorityEntry]:
    """What a person sees who edits the priority now, without measures that the person may not read."""
    who = actor.current()
    codes = tuple(one.code for one in priority.measures if actor.readable(who, one))
    return Seen(replace(of_priority(priority), measures=codes), (priority.safety_plan.state.value,))


def _every() -> list[SafetyPlan]:
    return list(db.session.scalars(queries.every(actor.current().scope)))


def _named(entry: SafetyPlanEntry) -> tuple[list[Organisation], SafetyPlan | None]:
    """The organisations that take part, and the plan before. Raises RuleBroken when one of them is not there."""
    scope = actor.current().scope
    rows = organisations.organisations(scope, own=None)
    before = links.named_by(queries.every(scope), filter(None, [entry.predecessor]), "predecessor")
    return links.named_by(rows, entry.participants, "participants"), before[0] if before else None


def _fill(plan: SafetyPlan, entry: SafetyPlanEntry, chosen: list[Organisation], before: SafetyPlan | None) -> None:
    who = actor.current()
    for name in PLAN_COLUMNS:
        setattr(plan, name, getattr(entry, name))
    plan.predecessor = before
    db.session.flush()
    links.relink(plan, "participants", chosen, hidden=lambda one: not actor.readable(who, one))


def _chosen(entry: PriorityEntry) -> dict[str, list[object]]:
    """What a priority names, by field. Raises RuleBroken when one of them is not there."""
    scope = actor.current().scope
    rows = {
        "objective": (objective_queries.objectives(scope, every=True), filter(None, [entry.objective])),
        "national_line": (national_queries.lines(scope, every=True), filter(None, [entry.national_line])),
        "participants": (organisations.organisations(scope, own=None), entry.participants),
        "measures": (measure_queries.coded_among(scope, entry.measures), entry.measures),
    }
    return {name: links.named_by(found, codes, name) for name, (found, codes) in rows.items()}


def _fill_priority(priority: SafetyPriority, entry: PriorityEntry, chosen: dict[str, list[object]]) -> None:
    who = actor.current()
    for name in PRIORITY_COLUMNS:
        setattr(priority, name, getattr(entry, name))
    for name in ("objective", "national_line"):
        setattr(priority, name, chosen[name][0] if chosen[name] else None)
    db.session.add(priority)
    db.session.flush()
    for name in ("participants", "measures"):
        links.relink(priority, name, chosen[name], hidden=lambda one: not actor.readable(who, one))
