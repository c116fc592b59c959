"""Every change to the risk register: adding, assessing and reviewing a risk; its life is in `risk_states`."""

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
from prepare.register.codes import next_code
from prepare.texts import N_
from risks import lifecycle, treatment
from risks.entries.risks import COLUMNS, ReviewEntry, RiskEntry, of_record
from risks.models import scales
from risks.models.risks import Risk, RiskAssessment
from risks.models.scenarios import Scenario
from risks.queries import scenarios as scenario_queries
from risks.vocabulary.risks import Occasion, RiskState

#: What makes up an assessment: a change of it is written into the risk's history.
WEIGHED = ("likelihood", "impact", "residual_likelihood", "residual_impact", "trend")
ACCEPTANCE = ("accepted_by", "accepted_on", "accepted_reason", "accepted_until")


@act(Action.ADD_RISK)
def add(organisation: Organisation, entry: RiskEntry, *, on: date) -> Risk:
    """Register a risk of the organisation, under the next free code; it counts as assessed once it has its steps.

    Raises RuleBroken with every rule that the entry breaks.
    """
    refuse_if(treatment.problems(entry, scales.in_force()))
    risk = Risk(code=next_code(Risk.code, "R-"), organisation=organisation)
    db.session.add(risk)
    _fill(risk, entry, on=on)
    return risk


@act(Action.ASSESS_RISK)
def assess(risk: Risk, entry: RiskEntry, *, seen: Seen[RiskEntry] | None, on: date) -> Risk:
    """Replace the risk's description and assessment; its history and the trail keep the old ones.

    Functions and a scenario that the acting person may not read stay as they are. An acceptance does not survive a
    rise of the score. `seen` is what the person edited. Raises StaleEntry if the risk has changed since, and
    RuleBroken with every rule that the entry breaks.
    """
    if risk.state is RiskState.CLOSED:
        raise RuleBroken(N_("A closed risk cannot be changed. Reopen it first."))
    refuse_stale(seen, seen_now(risk))
    refuse_if(treatment.problems(entry, scales.in_force()))
    _fill(risk, entry, on=on)
    return risk


@act(Action.REVIEW_RISK)
def review(risk: Risk, entry: ReviewEntry, *, on: date) -> Risk:
    """Note that the risk was looked at and nothing had changed, and when it is looked at again.

    Raises RuleBroken when there is nothing to review or the next day is missing.
    """
    refuse_if(lifecycle.review_problems(risk, entry, on=on))
    risk.reviewed_on, risk.next_review = on, entry.next_review
    db.session.flush()
    db.session.add(as_held(risk, Occasion.REVIEWED, entry.note, on=on))
    return risk


def seen_now(risk: Risk) -> Seen[RiskEntry]:
    """What a person sees who assesses the risk now: what it names and the person may not read is left out."""
    who = actor.current()
    functions = tuple(f.code for f in risk.functions if actor.readable(who, f))
    scenario = risk.scenario.code if risk.scenario and _reads(risk.scenario) else None
    return Seen(replace(of_record(risk), functions=functions, scenario=scenario), (risk.state.value,))


def as_held(risk: Risk, occasion: Occasion, note: str | None, *, on: date) -> RiskAssessment:
    """What the risk is held to be now, to be added to the history of its assessments."""
    scale = scales.in_force()
    held = {name: getattr(risk, name) for name in (*WEIGHED, "level", "residual_level")}
    counts = {"likelihoods": len(scale.likelihoods), "impacts": len(scale.impacts)}
    told = {"occasion": occasion, "note": note, "assessed_on": on, "assessed_by": actor.current().name}
    return RiskAssessment(risk=risk, **told, **held, **counts)


def _reads(scenario: Scenario) -> bool:
    found = scenario_queries.scenarios(actor.current().scope).where(Scenario.id == scenario.id)
    return db.session.scalars(found).first() is not None


def _fill(risk: Risk, entry: RiskEntry, *, on: date) -> None:
    before = [getattr(risk, name) for name in WEIGHED]
    grown = (treatment.score_at(entry, treatment.CURRENT) or 0) > (risk.score or 0)
    for name in COLUMNS:
        setattr(risk, name, getattr(entry, name))
    weighed = before != [getattr(risk, name) for name in WEIGHED]
    _move(risk, grown=grown)
    if weighed:
        risk.assessed_on = on if entry.likelihood is not None else None
        risk.reviewed_on = risk.assessed_on
    if entry.scenario is not None or risk.scenario is None or _reads(risk.scenario):
        risk.scenario = _scenario(entry.scenario)
    db.session.flush()
    _link(risk, entry.functions)
    if weighed:
        db.session.add(as_held(risk, Occasion.ASSESSED, entry.grounds, on=on))


def _move(risk: Risk, *, grown: bool) -> None:
    """Let the state follow the assessment: assessed with its steps, identified without; a growth ends an acceptance."""
    if risk.likelihood is None:
        risk.state = RiskState.IDENTIFIED
    elif risk.state in (None, RiskState.IDENTIFIED) or (risk.state is RiskState.ACCEPTED and grown):
        risk.state = RiskState.ASSESSED
    if risk.state is not RiskState.ACCEPTED:
        for name in ACCEPTANCE:
            setattr(risk, name, None)


def _scenario(code: str | None) -> Scenario | None:
    if code is None:
        return None
    rows = scenario_queries.scenarios(actor.current().scope).where(Scenario.code == code)
    found = db.session.scalars(rows).one_or_none()
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
