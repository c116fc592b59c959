"""Readings of what a transfer of responsibility touches: the giver's records, and the functions that each is about."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, union_all
from sqlalchemy.orm import aliased

from continuity.models.exercises import Exercise, exercise_function, exercise_plan
from continuity.models.plans import Plan, PlanVersion, plan_function
from continuity.models.transfers import Transfer, TransferMove, moving_function
from continuity.vocabulary.exercises import AHEAD
from continuity.vocabulary.plans import PlanState
from continuity.vocabulary.transfers import Moving
from dependencies.models.agreements import Agreement, agreement_function, interface_agreement
from dependencies.models.interfaces import Interface
from dependencies.models.needs import Dependency, Need
from dependencies.vocabulary import AgreementState, InterfaceState
from prepare.actor import Scope
from prepare.models.functions import BiaImpact, Function, FunctionRevision, Resource
from prepare.models.organisations import Organisation
from prepare.models.users import RoleGrant
from prepare.queries.scopes import below, within
from prepare.vocabulary import OWN_KINDS, FunctionState, RevisionState, Role
from risks.models.measures import Measure
from risks.models.risks import Risk, risk_function, risk_measure
from risks.vocabulary.measures import ENDED_STATES
from risks.vocabulary.risks import RiskState

#: Other rows of the same tables; made once, since making one costs more than a query.
Consumer = aliased(Function, name="consumer")
Supplier = aliased(Function, name="supplier")
Uses = aliased(Organisation, name="uses")
Gives = aliased(Organisation, name="gives")
Keeps = aliased(Organisation, name="keeps")

#: The kinds of record that a move gives to the receiver.
RECORDS: dict[Moving, Any] = {
    Moving.FUNCTION: Function,
    Moving.PLAN: Plan,
    Moving.RISK: Risk,
    Moving.MEASURE: Measure,
    Moving.AGREEMENT: Agreement,
    Moving.INTERFACE: Interface,
    Moving.EXERCISE: Exercise,
}
IN_USE = Function.state != FunctionState.RETIRED


def on_givers_side(transfer: Transfer, owner: type[Organisation] = Organisation) -> ColumnElement[bool]:
    """Condition for the giver and what stands below it on its side: the city group's own, or outside it.

    What stands below the receiver is the receiver's already.
    """
    giver, receiver = transfer.organisation, transfer.receiver
    kinds = owner.kind.in_(OWN_KINDS) if giver.kind.is_own else owner.kind.not_in(OWN_KINDS)
    found = and_(below(giver.path, owner), kinds)
    return found if giver.path.startswith(receiver.path) else and_(found, ~below(receiver.path, owner))


def chosen(transfer: Transfer) -> Select[int]:
    """The ids of the functions that move; not reduced to what anybody reads, since no name goes with them."""
    if not transfer.whole:
        rows = select(moving_function.c.function_id).where(moving_function.c.transfer_id == transfer.id)
        return rows.join(Function, Function.id == moving_function.c.function_id).where(IN_USE)
    return select(Function.id).join(Function.organisation).where(on_givers_side(transfer), IN_USE)


def offered(scope: Scope, transfer: Transfer) -> Select[Function]:
    """The functions that the giver could hand over."""
    rows = select(Function).join(Function.organisation).where(on_givers_side(transfer), IN_USE)
    return rows.where(within(scope, Function.confidentiality)).order_by(Function.code)


def movers(scope: Scope, transfer: Transfer) -> Select[Any]:
    """(function, its impacts, resources, needs and waiting changes, by number) of what moves and may be read."""
    waiting = FunctionRevision.state.not_in((RevisionState.APPLIED, RevisionState.DISCARDED))
    counts = (
        _count(BiaImpact.id, BiaImpact.function_id),
        _count(Resource.id, Resource.function_id, Resource.retired.is_(False)),
        _count(Need.id, Need.consumer_id, Need.retired.is_(False)),
        _count(FunctionRevision.id, FunctionRevision.function_id, waiting),
    )
    rows = select(Function, *counts).join(Function.organisation)
    rows = rows.where(Function.id.in_(chosen(transfer)), within(scope, Function.confidentiality))
    return rows.order_by(Function.code)


def _count(key: Any, of: Any, *more: Any) -> Any:
    return select(func.count(key)).where(of == Function.id, *more).correlate(Function).scalar_subquery()


def plans(scope: Scope, transfer: Transfer) -> Select[Any]:
    """(plan, one of its functions' ids or None, the id of its approved version or None): a row for each function."""
    approved = and_(PlanVersion.plan_id == Plan.id, PlanVersion.state == PlanState.APPROVED)
    rows = select(Plan, plan_function.c.function_id, PlanVersion.id)
    rows = rows.outerjoin(plan_function, plan_function.c.plan_id == Plan.id).outerjoin(PlanVersion, approved)
    return _given(rows.join(Plan.organisation), Plan, scope, transfer, Plan.retired.is_(False))


def risks(scope: Scope, transfer: Transfer) -> Select[Any]:
    """(risk, one of its functions' ids or None) of the risks that are not closed."""
    rows = select(Risk, risk_function.c.function_id).outerjoin(risk_function, risk_function.c.risk_id == Risk.id)
    return _given(rows.join(Risk.organisation), Risk, scope, transfer, Risk.state != RiskState.CLOSED)


def measures(scope: Scope, transfer: Transfer) -> Select[Any]:
    """(measure, the id of a function of a risk that it treats, or None) of the measures that have not ended."""
    rows = select(Measure, risk_function.c.function_id)
    rows = rows.outerjoin(risk_measure, risk_measure.c.measure_id == Measure.id)
    rows = rows.outerjoin(risk_function, risk_function.c.risk_id == risk_measure.c.risk_id)
    return _given(rows.join(Measure.organisation), Measure, scope, transfer, Measure.state.not_in(ENDED_STATES))


def exercises(scope: Scope, transfer: Transfer) -> Select[Any]:
    """(exercise, the id of a function that it tests, or None) of the exercises that lie ahead."""
    by_plan = select(exercise_plan.c.exercise_id, plan_function.c.function_id).join(
        plan_function, plan_function.c.plan_id == exercise_plan.c.plan_id
    )
    tested = union_all(select(exercise_function), by_plan).subquery("tested")
    rows = select(Exercise, tested.c.function_id).outerjoin(tested, tested.c.exercise_id == Exercise.id)
    return _given(rows.join(Exercise.organisation), Exercise, scope, transfer, Exercise.state.in_(AHEAD))


def interfaces(scope: Scope, transfer: Transfer) -> Select[Any]:
    """(interface) of those that are in use."""
    rows = select(Interface).join(Interface.organisation)
    return _given(rows, Interface, scope, transfer, Interface.state != InterfaceState.DISSOLVED)


def agreements(scope: Scope, transfer: Transfer) -> Select[Any]:
    """(agreement, an interface that rests on it or None, a service that it covers or None), by their ids."""
    rows = select(Agreement, interface_agreement.c.interface_id, agreement_function.c.function_id)
    rows = rows.outerjoin(interface_agreement, interface_agreement.c.agreement_id == Agreement.id)
    rows = rows.outerjoin(agreement_function, agreement_function.c.agreement_id == Agreement.id)
    in_use = Agreement.state.in_((AgreementState.ACTIVE, AgreementState.DRAFT))
    return _given(rows.join(Agreement.organisation), Agreement, scope, transfer, in_use)


def _given(rows: Select[Any], kind: Any, scope: Scope, transfer: Transfer, *more: Any) -> Select[Any]:
    """The rows of the giver's side that the scope reads."""
    return rows.where(on_givers_side(transfer), within(scope, kind.confidentiality), *more).order_by(kind.code)


def lines(transfer: Transfer) -> Select[Dependency, Function, Function]:
    """(dependency, consumer, supplier) of what the giver's side needs or provides, or that runs over its interfaces.

    It is the graph around what moves: whoever shows a name of it asks first whether it may be shown.
    """
    rows = select(Dependency, Consumer, Supplier).join(Dependency.need)
    rows = rows.join(Consumer, Consumer.id == Need.consumer_id).join(Uses, Uses.id == Consumer.organisation_id)
    rows = rows.join(Supplier, Supplier.id == Dependency.supplier_id).join(Gives, Gives.id == Supplier.organisation_id)
    rows = rows.outerjoin(Interface, Interface.id == Dependency.interface_id)
    rows = rows.outerjoin(Keeps, Keeps.id == Interface.organisation_id)
    sides = or_(on_givers_side(transfer, Uses), on_givers_side(transfer, Gives), on_givers_side(transfer, Keeps))
    in_use = Dependency.retired.is_(False), Need.retired.is_(False)
    return rows.where(sides, *in_use).order_by(Dependency.id)


def resources(scope: Scope, transfer: Transfer) -> Select[Resource, Function]:
    """(resource, its function) of everything that the giver's functions name and the scope reads."""
    rows = select(Resource, Function).join(Resource.function).join(Function.organisation)
    rows = rows.where(on_givers_side(transfer), IN_USE, Resource.retired.is_(False))
    return rows.where(within(scope, Function.confidentiality)).order_by(Resource.id)


def directors(path: str) -> Select[int]:
    """How many people hold the role of a director over the organisation at this path alone or a part of its branch."""
    held = RoleGrant.role == Role.SECTOR_DIRECTOR, RoleGrant.ended_at.is_(None)
    rows = select(func.count(RoleGrant.id)).join(Organisation, Organisation.id == RoleGrant.organisation_id)
    return rows.where(*held, literal(path).startswith(Organisation.path))


def moves(transfer: Transfer) -> Select[TransferMove]:
    """What the transfer has moved and not given back."""
    rows = select(TransferMove).where(TransferMove.transfer_id == transfer.id, TransferMove.undone_at.is_(None))
    return rows.order_by(TransferMove.id)
