"""The agreements in the scope, and the dependencies that hang on them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, union
from sqlalchemy.orm import aliased, joinedload, selectinload

from dependencies import queries
from dependencies.models.agreements import Agreement, agreement_function, interface_agreement
from dependencies.models.interfaces import Interface, interface_sector
from dependencies.models.needs import Dependency, Need
from dependencies.vocabulary import AgreementKind, AgreementState, Clause, Lack, Strength
from prepare.actor import Scope
from prepare.db import db
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.queries.scopes import below, containing, within
from prepare.registration import VITAL
from prepare.texts import search_key
from prepare.vocabulary import OWN_KINDS, FunctionState

#: Other rows of the same tables; made once, since making one costs more than a query.
Every = aliased(Dependency, name="every")

#: The last day on which an agreement binds, as far as it is known.
LAST_DAY = func.coalesce(Agreement.ended_on, Agreement.valid_to)
#: What the rules ask of an agreement's terms.
TERMS = (
    Agreement.state,
    Agreement.valid_from,
    Agreement.valid_to,
    Agreement.notice_months,
    Agreement.auto_renew,
    Agreement.reviewed_on,
    Agreement.ended_on,
)
#: Those that have been signed, whether they still bind or not.
BEGUN = (AgreementState.ACTIVE, AgreementState.TERMINATED, AgreementState.RENEWED)
_NO_CLAUSE = or_(Agreement.preparedness_clause.is_(None), Agreement.preparedness_clause == Clause.NO)
#: An agreement to which such clauses do not belong lacks nothing.
_NO_TIME = and_(
    Agreement.recovery_h.is_(None),
    or_(Agreement.preparedness_clause.is_(None), Agreement.preparedness_clause != Clause.NA),
)
_LACKING = {Lack.CLAUSE: _NO_CLAUSE, Lack.TIME: _NO_TIME}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which agreements are asked for; what is None or empty is not asked."""

    q: str = ""
    party: int | None = None  #: id of the partner
    kind: AgreementKind | None = None
    lacks: Lack | None = None
    organisation: str = ""  #: path of the city's side
    ends_until: date | None = None  #: they end on or before this day and from `on` on
    on: date | None = None


def agreements(scope: Scope, wanted: Wanted | None = None) -> Select[Agreement]:
    """The agreements of the organisations in the scope, and of those that work across an interface resting on one.

    Those that end first come first; those until further notice last.
    """
    works = (
        select(interface_agreement.c.agreement_id)
        .join(interface_sector, interface_sector.c.interface_id == interface_agreement.c.interface_id)
        .join(Organisation, Organisation.id == interface_sector.c.organisation_id)
        .where(interface_agreement.c.agreement_id == Agreement.id, within(scope, Agreement.confidentiality))
        .correlate(Agreement)
    )
    own = Agreement.organisation.has(within(scope, Agreement.confidentiality))
    rows = select(Agreement).options(joinedload(Agreement.party, innerjoin=True)).where(own | works.exists())
    rows = _asked(rows, wanted or Wanted())
    return rows.order_by(LAST_DAY.is_(None), LAST_DAY, Agreement.code)


def _asked(rows: Select[Agreement], wanted: Wanted) -> Select[Agreement]:
    if folded := search_key(wanted.q):
        rows = rows.where(containing(Agreement.search_text, folded))
    if wanted.party is not None:
        rows = rows.where(Agreement.party_id == wanted.party)
    if wanted.kind:
        rows = rows.where(Agreement.kind == wanted.kind)
    if wanted.organisation:
        rows = rows.where(Agreement.organisation.has(below(wanted.organisation)))
    if wanted.lacks:
        rows = rows.where(_LACKING[wanted.lacks])
    if wanted.ends_until and wanted.on:
        rows = rows.where(LAST_DAY.between(wanted.on, wanted.ends_until), Agreement.state.in_(BEGUN))
    return rows


def with_services(scope: Scope, wanted: Wanted) -> Select[Agreement]:
    """The same agreements with the services that they cover, to be handed over."""
    return agreements(scope, wanted).options(selectinload(Agreement.functions))


def interfaces_by_agreement(scope: Scope, agreements: Collection[int]) -> dict[int, list[str]]:
    """Codes of the interfaces in the scope that rest on each of the agreements."""
    linked = interface_agreement.c
    readable = queries.interfaces(scope).with_only_columns(Interface.id).order_by(None)
    rows = select(linked.agreement_id, Interface.code).join(Interface, linked.interface_id == Interface.id)
    rows = rows.where(Interface.id.in_(readable)).order_by(Interface.code)
    found: dict[int, list[str]] = {}
    for agreement, code in db.session.execute(rows.where(linked.agreement_id.in_(agreements))):
        found.setdefault(agreement, []).append(code)
    return found


def by_interface(scope: Scope, interfaces: Collection[int]) -> dict[int, list[Agreement]]:
    """The agreements in the scope on which each of these interfaces rests, those that end first on top."""
    linked = interface_agreement.c
    rows = agreements(scope).join(interface_agreement, linked.agreement_id == Agreement.id)
    rows = rows.where(linked.interface_id.in_(interfaces))
    found: dict[int, list[Agreement]] = {}
    for interface, agreement in db.session.execute(
        rows.add_columns(linked.interface_id).with_only_columns(
            linked.interface_id, Agreement, maintain_column_froms=True
        )
    ):
        found.setdefault(interface, []).append(agreement)
    return found


def standing(rows: Select[Agreement]) -> Select[Any]:
    """What the rules ask to tell how each of these agreements stands: its id and its terms."""
    columns: list[Any] = [Agreement.id, *TERMS]
    return rows.with_only_columns(*columns, maintain_column_froms=True).order_by(None)


def among(rows: Select[Agreement], ids: Collection[int]) -> Select[Agreement]:
    """Those of the agreements that have one of these ids."""
    return rows.where(Agreement.id.in_(ids))


def running(scope: Scope, *, on: date, organisation: str = "") -> Select[Agreement]:
    """The agreements that somebody must still follow on the day `on`, by code."""
    rows = agreements(scope, Wanted(organisation=organisation)).order_by(None)
    still = or_(Agreement.ended_on.is_(None), Agreement.ended_on >= on)
    return rows.where(Agreement.state.in_(BEGUN), still).order_by(Agreement.code)


def mine(scope: Scope, *, below_: Collection[str], exactly: Collection[str]) -> Select[Agreement]:
    """Agreements in force of the organisations at the paths `exactly`, and of those at and below the paths `below_`."""
    ways = [*(below(path) for path in below_), Organisation.path.in_(exactly)]
    rows = agreements(scope).where(Agreement.organisation.has(or_(*ways)), Agreement.state == AgreementState.ACTIVE)
    return rows.where(Agreement.successor_id.is_(None))


def partners(scope: Scope) -> Select[Organisation]:
    """Outside organisations by name with which an agreement may be made: those of the city, whoever reads their own."""
    listed = or_(within(scope), *(below(path) for path in scope.directory))
    rows = select(Organisation).where(listed, Organisation.kind.not_in(OWN_KINDS), Organisation.active.is_(True))
    return rows.order_by(Organisation.sort_name, Organisation.code)


def counted(rows: Select[Agreement]) -> Select[int]:
    """How many agreements there are."""
    return rows.with_only_columns(func.count(Agreement.id), maintain_column_froms=True).order_by(None)


def agreement(scope: Scope, ref: UUID) -> Select[Agreement]:
    """One agreement of the scope."""
    return agreements(scope).where(Agreement.ref == ref)


def of_interface(scope: Scope, interface: Interface) -> Select[Agreement]:
    """The agreements in the scope on which an opened interface rests."""
    linked = select(interface_agreement.c.agreement_id).where(interface_agreement.c.interface_id == interface.id)
    return agreements(scope).where(Agreement.id.in_(linked))


def interfaces_on(scope: Scope, agreement: Agreement) -> Select[Interface]:
    """The interfaces in the scope that rest on an opened agreement."""
    linked = select(interface_agreement.c.interface_id).where(interface_agreement.c.agreement_id == agreement.id)
    return queries.interfaces(scope).where(Interface.id.in_(linked))


def resting_on(agreement: Agreement) -> Select[Interface]:
    """Every interface that rests on an agreement, readable or not: only for the register, which keeps their links."""
    linked = select(interface_agreement.c.interface_id).where(interface_agreement.c.agreement_id == agreement.id)
    return select(Interface).where(Interface.id.in_(linked)).order_by(Interface.code)


def predecessors(agreement: Agreement) -> Select[Agreement]:
    """The agreements that this one replaces, readable or not: they have the same owner."""
    return select(Agreement).where(Agreement.successor_id == agreement.id).order_by(Agreement.code)


def readable_predecessors(scope: Scope, agreement: Agreement) -> Select[Agreement]:
    """The agreements in the scope that an opened one replaces."""
    return agreements(scope).where(Agreement.successor_id == agreement.id)


def successor(scope: Scope, agreement: Agreement) -> Select[Agreement]:
    """The agreement in the scope that replaces an opened one, if there is one."""
    return agreements(scope).where(Agreement.id == agreement.successor_id)


def served_by(party: Organisation) -> ColumnElement[bool]:
    """Condition for functions joined to their owner: services of the partner or of a unit of it."""
    return below(party.path)


def covered(agreements: Collection[int]) -> Select[int, int]:
    """(agreement, dependency) of the dependencies that run over an interface resting on it or on a service it covers.

    Readable or not: it is to be joined with dependencies of the scope.
    """
    over = select(interface_agreement.c.agreement_id, Dependency.id).join(
        Dependency, Dependency.interface_id == interface_agreement.c.interface_id
    )
    served = select(agreement_function.c.agreement_id, Dependency.id).join(
        Dependency, Dependency.supplier_id == agreement_function.c.function_id
    )
    pairs = union(
        over.where(interface_agreement.c.agreement_id.in_(agreements)),
        served.where(agreement_function.c.agreement_id.in_(agreements)),
    ).subquery()
    return select(pairs.c.agreement_id, pairs.c.id)


def hanging_needs(scope: Scope, agreements: Collection[int]) -> Select[Any]:
    """The essential needs of functions in the scope that hang on agreements: how they would fare without each.

    (agreement, need, class, code and RTO of the function, tolerance in hours, how many suppliers are `required`, how
    many are `lost` with the agreement, how many there are in all).
    """
    pairs = covered(agreements).subquery()
    total = select(func.count(Every.id)).where(Every.need_id == Need.id, Every.retired.is_(False)).correlate(Need)
    tolerance = Need.tolerance_h + func.min(Dependency.extra_tolerance_h)
    columns: list[Any] = [
        pairs.c.agreement_id,
        Need.id,
        Function.criticality,
        Function.code,
        Function.rto_h,
        tolerance.label("tolerance_h"),
        Need.min_required.label("required"),
        func.count(Dependency.id).label("lost"),
        total.scalar_subquery().label("total"),
    ]
    rows = select(*columns).select_from(pairs).join(Dependency, pairs.c.id == Dependency.id)
    rows = rows.join(Dependency.need).join(Need.consumer).join(Function.organisation).where(*_essential(scope))
    told = (Function.criticality, Function.code, Function.rto_h, Need.tolerance_h, Need.min_required)
    return rows.group_by(pairs.c.agreement_id, Need.id, *told).order_by(Function.code, Need.id)


def needs_resting(scope: Scope, agreement: Agreement) -> Select[Need]:
    """The essential needs of vital functions in the scope that rest on an opened agreement, with all their suppliers.

    A supplier may lie outside the scope: use `scope.names` before it is shown.
    """
    resting = select(Dependency.need_id).where(Dependency.id.in_(lines(agreement)), Dependency.retired.is_(False))
    rows = queries.needs(scope).where(Need.id.in_(resting), Need.strength == Strength.ESSENTIAL)
    rows = rows.where(Function.criticality.in_(VITAL)).order_by(None)
    return rows.order_by(Function.criticality, Function.code, Need.id)


def lines(agreement: Agreement) -> Select[int]:
    """Ids of the dependencies that rest on an agreement, readable or not: to be held against those that are seen."""
    pairs = covered([agreement.id]).subquery()
    return select(pairs.c.id)


def _essential(scope: Scope) -> list[ColumnElement[bool]]:
    in_use = (Dependency.retired.is_(False), Need.retired.is_(False), Function.state != FunctionState.RETIRED)
    return [within(scope, Function.confidentiality, shared=Function.id), *in_use, Need.strength == Strength.ESSENTIAL]
