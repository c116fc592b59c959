"""Answers to the guidance beside what an organisation keeps, as the rule W25 sees them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from continuity import checking
from continuity.checking import Facts, FunctionFact, NeedFact, PlanFact, RiskFact
from continuity.findings.finding import Subject, Thing
from continuity.findings.guidance import AnswerCase
from continuity.readiness.checks import function_fact, interface_fact
from dependencies.models.needs import Need
from dependencies.vocabulary import Standing, Strength
from prepare.checks import Check, CheckResult
from prepare.db import db
from prepare.models.functions import Function
from prepare.models.guidance import RequirementAnswer
from prepare.models.organisations import Organisation
from prepare.queries import guidance as queries
from prepare.texts import named
from risks import measuring
from risks.models.measures import Measure
from risks.models.risks import Risk
from risks.vocabulary.measures import OPEN_STATES
from risks.vocabulary.risks import RiskState

#: What cannot be counted from what is held; the answer knows what the register said when it was given.
ELSEWHERE = frozenset(
    {
        Check.AGREEMENTS_CLAUSE,
        Check.CALLOUT_TESTED,
        Check.LEVEL_TASKS,
        Check.MEETING_ATTENDANCE,
        Check.OBSERVATIONS_MEASURED,
        Check.SPOF_TREATED,
        Check.TRANSFER_CLOSED,
    }
)


def cases(held: Any, on: date) -> list[AnswerCase]:
    """The answers of an organisation to the guidance in force, where the register counts something; one statement.

    `held` are its Holdings. Each answer stands beside what they show now, or what was counted when it was given.
    """
    given = db.session.scalars(queries.answers_in_force(held.scope, held.organisation, on=on)).all()
    if not given:
        return []
    facts = _facts(held, on)
    return [_case(answer, facts, on) for answer in given]


def _case(answer: RequirementAnswer, facts: Facts, on: date) -> AnswerCase:
    asked, owner = answer.requirement, answer.organisation
    text = named(asked, "text")
    thing = Thing(Subject.REQUIREMENT, asked.mark, text, str(owner.ref), owner.code, answer.confidentiality)
    return AnswerCase(thing, answer.status, _shown(answer, facts, on))


def _shown(answer: RequirementAnswer, facts: Facts, on: date) -> CheckResult | None:
    check = answer.requirement.automatic
    if check is None:
        return None
    return answer.counted_result if check in ELSEWHERE else checking.checked(check, facts, on=on).result


def _facts(held: Any, on: date) -> Facts:
    """What an organisation keeps as the checks see it."""
    needs, suppliers = _needs([need for some in held.needs.values() for need in some])
    owner: Organisation = held.organisation
    return Facts(
        duties=(owner.contact_id is not None, owner.deputy_id is not None),
        functions=tuple(_function(one, held) for one in held.functions),
        needs=needs,
        suppliers=suppliers,
        plans=tuple(PlanFact(case.approved_on is not None) for _plan, _version, case in held.plans),
        risks=tuple(RiskFact(bool(one.threat), one.level is not None) for one in held.risks if _is_open(one)),
        interfaces=tuple(interface_fact(one, is_reached=held.reach.get(one.id)) for one in held.interfaces),
        measures=tuple(_is_in_order(one, on) for one in held.measures if one.state in OPEN_STATES),
    )


def _is_open(risk: Risk) -> bool:
    return risk.state is not RiskState.CLOSED


def _function(function: Function, held: Any) -> FunctionFact:
    """A function with its plan in force; a plan without an exercise counts from the first day of all."""
    planned = held.approved.get(function.id)
    exercised = (planned[1].last_exercised_on or date.min) if planned else None
    return function_fact(function, assessed=bool(held.cases[function.id].impacts), exercised=exercised)


def _needs(needs: Iterable[Need]) -> tuple[tuple[NeedFact, ...], tuple[NeedFact, ...]]:
    """The essential needs, and their suppliers."""
    whole: list[NeedFact] = []
    suppliers: list[NeedFact] = []
    for need in needs:
        if need.strength is Strength.ESSENTIAL:
            criticality, used = need.consumer.criticality, need.in_force
            told = bool(need.workaround) or any(one.workaround for one in used)
            whole.append(NeedFact(criticality, need.tolerance_h, told))
            days = [one.answered_on if one.standing is Standing.CONFIRMED else None for one in used]
            suppliers += [NeedFact(criticality, confirmed_on=day) for day in days]
            suppliers += [] if used else [NeedFact(criticality, has_supplier=False)]
    return tuple(whole), tuple(suppliers)


def _is_in_order(measure: Measure, on: date) -> bool:
    return bool(measure.overdue_reason) or not measuring.is_overdue(measure.state, measure.due, on=on)
