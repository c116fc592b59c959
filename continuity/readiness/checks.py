"""What the register counts for the guidance: the facts of many organisations at once."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from continuity import checking
from continuity.checking import FunctionFact, InterfaceFact, NeedFact, PlanFact, RiskFact, SeatFact
from continuity.queries import checks as queries
from continuity.transferring import is_open
from continuity.vocabulary.contents import PreparednessLevel
from continuity.vocabulary.transfers import TransferState
from dependencies.analysing import completeness, keystones, scenarios
from dependencies.analysing.view import view
from dependencies.models.interfaces import Interface
from dependencies.tracing import TooFar
from dependencies.vocabulary import Clause, Handling, Standing
from prepare.actor import Scope
from prepare.checks import Check, Checked, Findings
from prepare.db import db
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.vocabulary import FunctionState
from risks import measuring
from risks.vocabulary.measures import MeasureState

#: A part of the facts with its owner's path.
Owned = Iterable[tuple[str, Any]]
#: Part of the facts → the checks that look at it; what nobody asks for is not read.
PARTS: Mapping[str, frozenset[Check]] = {
    "functions": frozenset(
        {
            Check.FUNCTIONS_REGISTERED,
            Check.BIA_COMPLETE,
            Check.PLAN_APPROVED,
            Check.PLAN_EXERCISED,
            Check.REVIEWED,
        }
    ),
    "needs": frozenset({Check.WORKAROUND_72H, Check.DEPENDENCIES_CONFIRMED}),
    "plans": frozenset({Check.PLANS_APPROVED, Check.LEVEL_TASKS}),
    "small": frozenset(
        {
            Check.RISK_COVERAGE,
            Check.OVERDUE_EXPLAINED,
            Check.OBSERVATIONS_MEASURED,
            Check.AGREEMENTS_CLAUSE,
            Check.TRANSFER_CLOSED,
        }
    ),
    "interfaces": frozenset({Check.INTERFACE_OWNERS, Check.INTERFACE_ALERTING, Check.INTERFACE_EXERCISED}),
    "seats": frozenset({Check.MEETING_ATTENDANCE}),
    "points": frozenset({Check.SPOF_TREATED}),
}


def counted(scope: Scope, organisations: Collection[Organisation], wanted: Collection[Check], on: date) -> Findings:
    """What the register counts on the day `on` for these organisations, each with everything below it.

    Only what the scope reads is counted. One statement for each part of the facts, however many organisations.
    """
    paths = [one.path for one in organisations]
    owned: dict[str, list[tuple[str, Any]]] = defaultdict(list)
    for part, checks in PARTS.items():
        if paths and checks & set(wanted):
            for name, path, fact in READ[part](scope, paths, on):
                owned[name].append((path, fact))
    return {one.id: _of_one(one, owned, wanted, on) for one in organisations}


def _of_one(
    organisation: Organisation, owned: Mapping[str, Owned], wanted: Collection[Check], on: date
) -> dict[Check, Checked]:
    duties = (organisation.contact_id is not None, organisation.deputy_id is not None)
    mine = {
        name: tuple(fact for path, fact in found if path.startswith(organisation.path)) for name, found in owned.items()
    }
    facts = replace(checking.Facts(duties=duties), **mine)
    return {check: checking.checked(check, facts, on=on) for check in wanted}


Rows = Iterable[tuple[str, str, Any]]


def _functions(scope: Scope, paths: Sequence[str], on: date) -> Rows:
    for path, function, assessed, exercised in db.session.execute(queries.functions(scope, paths)):
        yield "functions", path, function_fact(function, assessed=assessed, exercised=exercised)


def function_fact(function: Function, *, assessed: bool, exercised: date | None) -> FunctionFact:
    """A function as the checks see it; `exercised` is None without a plan in force, and the first day of all without
    an exercise."""
    told = all((function.mtpd_h, function.rto_h is not None, function.mbco_text or function.mbco_pct))
    is_planned = exercised is not None
    return FunctionFact(
        function.criticality,
        function.state is FunctionState.CONFIRMED,
        assessed and told,
        function.reviewed_on,
        is_planned,
        exercised,
    )


def _needs(scope: Scope, paths: Sequence[str], on: date) -> Rows:
    seen: dict[int, list[Any]] = defaultdict(list)
    for row in db.session.execute(queries.needs(scope, paths)):
        seen[row[2]].append(row)
    for rows in seen.values():
        path, criticality, _need, tolerance, workaround = rows[0][:5]
        told = bool(workaround) or any(row[5] for row in rows)
        yield "needs", path, NeedFact(criticality, tolerance, told)
        for row in rows:
            day = row[7] if row[6] is Standing.CONFIRMED else None
            yield "suppliers", path, NeedFact(criticality, confirmed_on=day, has_supplier=row[6] is not None)


def _plans(scope: Scope, paths: Sequence[str], on: date) -> Rows:
    for path, approved_on, levels in db.session.execute(queries.plans(scope, paths)):
        yield "plans", path, PlanFact(approved_on is not None, levels == len(PreparednessLevel))


def _interfaces(scope: Scope, paths: Sequence[str], on: date) -> Rows:
    found = db.session.execute(queries.interfaces(scope, paths)).all()
    reach = completeness.reach([interface.id for _path, interface in found])
    for path, interface in found:
        yield "interfaces", path, interface_fact(interface, is_reached=reach.get(interface.id))


def interface_fact(interface: Interface, *, is_reached: bool | None) -> InterfaceFact:
    """An interface as the checks see it; `is_reached` tells whether both sides can be reached."""
    alerted = interface.alerting_documented or interface.alerting_practice
    owners = interface.city_owner_role and interface.party_owner_role
    return InterfaceFact(interface.criticality, bool(owners), bool(is_reached and alerted), interface.exercised_on)


def _seats(scope: Scope, paths: Sequence[str], on: date) -> Rows:
    for path, *days in db.session.execute(queries.seats(scope, paths, on=on)):
        yield "seats", path, SeatFact(*days)


def _small_things(scope: Scope, paths: Sequence[str], on: date) -> Rows:
    for part, path, word, text, day in db.session.execute(queries.small_things(scope, paths)):
        if (fact := SMALL[part](word, text, day, on)) is not None:
            yield part, path, fact


def _measure(state: str, reason: str | None, due: date | None, on: date) -> bool:
    return bool(reason) or not measuring.is_overdue(MeasureState(state), due, on=on)


def _agreement(clause: str | None, stated: str | None, _day: None, _on: date) -> bool | None:
    """None where a preparedness clause has no place in the agreement."""
    return None if clause == Clause.NA.value else clause == Clause.YES.value and bool(stated)


#: Part of the facts → what its words, day and the day `on` say.
SMALL: Mapping[str, Callable[[Any, Any, Any, date], Any]] = {
    "risks": lambda threat, level, _day, _on: RiskFact(bool(threat), level is not None),
    "measures": _measure,
    "observations": lambda measure, reason, _day, _on: measure is not None or bool(reason),
    "agreements": _agreement,
    "transfers": lambda state, verified, _day, _on: not is_open(TransferState(state), is_verified=bool(verified)),
}


def _points(scope: Scope, paths: Sequence[str], on: date) -> Rows:
    """Single points of failure among functions that the scope reads; none where the graph is too large to wait for."""
    try:
        seen = view(scope, scenarios.graph())
    except TooFar:
        return
    for one in keystones.every(seen, on=on):
        if one.keystone.is_single_point and one.handling is not None and not one.is_boundary:
            yield "points", seen.card(one.keystone.place).path, one.handling is not Handling.UNTREATED


READ: Mapping[str, Callable[[Scope, Sequence[str], date], Rows]] = {
    "functions": _functions,
    "needs": _needs,
    "plans": _plans,
    "small": _small_things,
    "interfaces": _interfaces,
    "seats": _seats,
    "points": _points,
}
