"""Indicators of plans: I03 coverage, I04 currency, I05 exercised, I08 real redundancy."""

from datetime import date

from continuity.scoring.cases import FunctionFacts, NeedFacts, PlanFacts
from continuity.scoring.indicator import Mark, Row, Step
from continuity.scoring.vocabulary import weight_of
from prepare.months import months_after
from prepare.registration import TIMED, VITAL
from prepare.texts import N_
from prepare.vocabulary import Criticality

#: Months within which the plan of a function of each class is exercised.
EXERCISE_MONTHS = {Criticality.K1: 24, Criticality.K2: 36}
#: Without an exercise of any K1 plan in so many months a sector's exercises are capped.
LONGEST_MONTHS = 36

APPROVE = N_("Finish the plan and have it approved.")
WRITE = N_("Make a plan that covers the function.")
RENEW = N_("Review the plan and approve a new version.")
PLAN_AND_EXERCISE = N_("Get the function an approved plan, and exercise it.")
EXERCISE = N_("Exercise the plan.")
SEPARATE = N_("Find a way that does not hang on the same supplier.")


def in_force(case: FunctionFacts, on: date) -> list[PlanFacts]:
    """The function's approved plans that have not expired, the one that is valid longest first."""
    held = [one for one in case.plans if one.is_approved and (one.valid_until is None or one.valid_until >= on)]
    return sorted(held, key=lambda one: (one.next_review is not None, one.next_review), reverse=True)


def _towards(case: FunctionFacts) -> Step:
    """How the function comes by an approved plan: by the plan that is begun, or has expired, or by a new one."""
    if not case.plans:
        return Step(case.item, WRITE)
    begun = next((one for one in case.plans if not one.is_approved), None)
    return Step(begun.item, APPROVE) if begun else Step(case.plans[0].item, RENEW)


def planned(case: FunctionFacts, on: date) -> Row | None:
    """I03: whether an approved plan that has not expired covers the function; K1-K3."""
    if case.criticality not in TIMED:
        return None
    weight, held = weight_of(case.criticality), in_force(case, on)
    if held:
        return Row(case.item, weight, 1, N_("Covered by %(plan)s."), {"plan": held[0].item})
    mark = Mark.HOLE if case.criticality is Criticality.K1 else None
    if case.plans:
        why, values = N_("The plan that covers it is not in force: %(plan)s."), {"plan": _towards(case).item}
        return Row(case.item, weight, 0, why, values, step=_towards(case), mark=mark)
    return Row(case.item, weight, 0, N_("No plan covers it."), step=_towards(case), mark=mark)


def current(case: FunctionFacts, on: date) -> Row | None:
    """I04: as I03, and the plan's review is not overdue."""
    if case.criticality not in TIMED:
        return None
    weight, held = weight_of(case.criticality), in_force(case, on)
    if not held:
        return Row(case.item, weight, 0, N_("No approved plan covers it."), step=_towards(case))
    best = held[0]
    values = {"plan": best.item, "day": best.next_review}
    if best.next_review is None:
        why = N_("%(plan)s does not say when it is reviewed.")
        return Row(case.item, weight, 0, why, values, unknown=True, step=Step(best.item, RENEW))
    if best.next_review >= on:
        return Row(case.item, weight, 1, N_("%(plan)s is reviewed next on %(day)s."), values)
    why = N_("The review of %(plan)s has been overdue since %(day)s.")
    return Row(case.item, weight, 0, why, values, step=Step(best.item, RENEW))


def exercised(case: FunctionFacts, on: date) -> Row | None:
    """I05: whether an approved plan of the function was exercised within the interval of its class; K1-K2."""
    if case.criticality not in VITAL:
        return None
    weight, held = weight_of(case.criticality), in_force(case, on)
    days = [one.exercised_on for one in held if one.exercised_on]
    is_vital = case.criticality is Criticality.K1
    recent = bool(days) and max(days) >= months_after(on, -LONGEST_MONTHS)
    mark = (Mark.RECENT if recent else Mark.VITAL) if is_vital else None
    months = EXERCISE_MONTHS[case.criticality]
    if not held:
        why = N_("No approved plan covers it that could be exercised.")
        return Row(case.item, weight, 0, why, step=Step(case.item, PLAN_AND_EXERCISE), mark=mark)
    if not days:
        why = N_("%(plan)s has never been exercised.")
        return Row(case.item, weight, 0, why, {"plan": held[0].item}, step=Step(held[0].item, EXERCISE), mark=mark)
    values = {"day": max(days), "months": months}
    if max(days) >= months_after(on, -months):
        return Row(case.item, weight, 1, N_("Exercised on %(day)s, within %(months)s months."), values, mark=mark)
    why = N_("Last exercised on %(day)s, more than %(months)s months ago.")
    return Row(case.item, weight, 0, why, values, step=Step(held[0].item, EXERCISE), mark=mark)


def redundant(case: NeedFacts) -> Row:
    """I08: whether no single loss leaves a need unmet that is met in several ways."""
    if not case.common_cause:
        return Row(case.item, 1, 1, N_("No single loss takes all of its ways."))
    why = N_("One loss takes all of its ways: %(code)s.")
    return Row(case.item, 1, 0, why, {"code": case.common_cause}, step=Step(case.item, SEPARATE))
