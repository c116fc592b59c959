"""What indicators ask about interfaces, agreements and transfers of responsibility of a city: all at once."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import literal, select

from continuity.models.exercises import exercise_interface
from continuity.models.transfers import TransferItem
from continuity.queries import transfers as queries
from continuity.readiness import rehearsed
from continuity.readiness.items import Land, Sorted, columns, item
from continuity.readiness.records_asked import Edge
from continuity.scoring.cases import AgreementFacts, InterfaceFacts, TransferFacts
from continuity.scoring.indicator import Item
from continuity.scoring.vocabulary import Kind
from continuity.transferring import is_open
from continuity.vocabulary.transfers import TransferState
from dependencies import agreements as rules
from dependencies.analysing import completeness
from dependencies.completeness import is_bound
from dependencies.models.agreements import Agreement, agreement_function, interface_agreement
from dependencies.models.interfaces import Interface, interface_sector
from dependencies.vocabulary import AgreementState, Clause, InterfaceState, Validity
from prepare.db import db

#: What has never been signed or has not begun yet binds nobody and lacks nothing; what has been replaced does so later.
ASIDE = (Validity.DRAFT, Validity.NOT_YET)


@dataclass(frozen=True)
class Agreed:
    """An agreement of the city with what it covers."""

    item: Item
    binds: bool
    clause: bool | None
    recovery_time: bool | None
    interfaces: frozenset[int]
    functions: frozenset[int]

    def covers(self, edge: Edge) -> bool:
        """Whether the dependency stands on it."""
        return edge.interface in self.interfaces or edge.supplier in self.functions


def agreed(land: Land, on: date) -> list[Agreed]:
    """The agreements of the city."""
    terms = (Agreement.state, Agreement.valid_from, Agreement.valid_to, Agreement.notice_months, Agreement.auto_renew)
    said = (Agreement.reviewed_on, Agreement.preparedness_clause, Agreement.recovery_time_stated)
    told = columns(Agreement, *terms, Agreement.ended_on, *said)
    rows = land.kept(select(*told), Agreement).order_by(Agreement.code)
    every = ((row, rules.validity(row, on)) for row in db.session.execute(rows))
    found = [(row, stands) for row, stands in every if not _is_aside(row.state, stands)]
    over, of = interface_agreement.c, agreement_function.c
    links: Any = select(over.agreement_id, over.interface_id.label("covered"), literal(1).label("is_interface"))
    links = links.union_all(select(of.agreement_id, of.function_id, literal(0)))
    covered: dict[tuple[int, int], set[int]] = defaultdict(set)
    for agreement, one, is_interface in db.session.execute(links):
        covered[agreement, is_interface].add(one)
    return [
        Agreed(
            item(Kind.AGREEMENT, row, land.paths[row.organisation_id]),
            stands not in rules.NOT_BINDING,
            None if row.preparedness_clause is None else row.preparedness_clause is not Clause.NO,
            row.recovery_time_stated,
            frozenset(covered[row.id, 1]),
            frozenset(covered[row.id, 0]),
        )
        for row, stands in found
    ]


def _is_aside(state: AgreementState, stands: Validity) -> bool:
    return stands in ASIDE or (state is AgreementState.RENEWED and stands is Validity.ENDED)


def agreements(every: list[Agreed], edges: dict[int, list[Edge]]) -> Sorted:
    """The agreements under essential dependencies of K1-K2 functions, in every sector that depends on one."""
    found: dict[int, list[AgreementFacts]] = {}
    for number, some in edges.items():
        for one in every:
            on_it = [edge for edge in some if one.covers(edge)]
            if on_it:
                vital = any(edge.is_vital for edge in on_it)
                facts = AgreementFacts(one.item, one.binds, one.clause, one.recovery_time, vital)
                found.setdefault(number, []).append(facts)
    return found


def interfaces(land: Land, every: list[Agreed], on: date) -> Sorted:
    """The interfaces in use, in every sector that leads one or works across it."""
    reach = completeness.reach()
    owners = (Interface.city_owner_role, Interface.party_owner_role)
    days = (Interface.exercised_on, Interface.next_review)
    held = rehearsed.last_held(exercise_interface.c.interface_id, on)
    told = columns(Interface, Interface.criticality, Interface.alerting_documented, Interface.agreement)
    works = interface_sector.c.organisation_id.label("works")
    rows: Any = select(*told, *owners, *days, works, held.c.held_on)
    rows = rows.outerjoin(held, held.c.tested == Interface.id)
    rows = rows.outerjoin(interface_sector, interface_sector.c.interface_id == Interface.id)
    rows = land.kept(rows, Interface).where(Interface.state != InterfaceState.DISSOLVED).order_by(Interface.code)
    found: dict[int, dict[int, InterfaceFacts]] = {}
    for row in db.session.execute(rows):
        for organisation in (row.organisation_id, row.works):
            if organisation is not None and (number := land.of(organisation)) is not None:
                found.setdefault(number, {})[row.id] = _interface(land, row, every, reach.get(row.id, False))
    return {number: list(by_id.values()) for number, by_id in found.items()}


def _interface(land: Land, row: Any, every: list[Agreed], is_reached: bool | None) -> InterfaceFacts:
    bound = any(one.binds and row.id in one.interfaces for one in every)
    return InterfaceFacts(
        item(Kind.INTERFACE, row, land.paths[row.organisation_id]),
        row.criticality,
        bool(row.city_owner_role and row.party_owner_role),
        is_reached,
        row.alerting_documented,
        is_bound(binds=bound, is_referred_to=bool(row.agreement)),
        rehearsed.newest(row.exercised_on, row.held_on),
        row.next_review,
    )


def transfers(land: Land) -> Sorted:
    """What must not be lost in transfers of responsibility, by the sector that sees to it."""
    verified = queries.is_verified().label("is_verified")
    rows = land.kept(select(*columns(TransferItem, TransferItem.state, verified)), TransferItem)
    rows = rows.order_by(TransferItem.code)
    return land.sorted_out(db.session.execute(rows), lambda row: _transfer(land, row))


def _transfer(land: Land, row: Any) -> TransferFacts:
    return TransferFacts(
        item(Kind.TRANSFER, row, land.paths[row.organisation_id]),
        not is_open(row.state, is_verified=row.is_verified),
        row.state is TransferState.LOST,
        row.state is not TransferState.NOT_ASSESSED,
    )
