"""Every change to the risk register."""

from dataclasses import replace
from datetime import date

from prepare import actor, audit
from prepare.access import Action, act
from prepare.db import db
from prepare.errors import RuleBroken, refuse_if
from prepare.merging import Seen, refuse_stale
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.queries import functions as function_queries
from prepare.texts import N_
from prepare.vocabulary import Role
from risks import matrix, treatment
from risks.entries.risks import COLUMNS, RiskEntry, of_record
from risks.models.risks import Risk
from risks.models.scenarios import Scenario
from risks.queries import scenarios as scenario_queries
from risks.register.codes import next_code


@act(Action.ADD_RISK)
def add(organisation: Organisation, entry: RiskEntry, *, on: date) -> Risk:
    """Register a risk of the organisation, under the next free code.

    Raises RuleBroken with every rule that the entry breaks.
    """
    refuse_if(treatment.problems(entry, on=on) + _acceptance_problems(organisation.path, None, entry))
    risk = Risk(code=next_code(Risk.code, "R-"), organisation=organisation)
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
    found = scenario_queries.scenarios(actor.current().scope).where(Scenario.id == scenario.id)
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
    found = db.session.scalars(
        scenario_queries.scenarios(actor.current().scope).where(Scenario.code == code)
    ).one_or_none()
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
