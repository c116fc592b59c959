"""The interfaces that are asked for, what belongs to one, and who may stand on its sides."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from dependencies import queries
from dependencies.completeness import JOINT_MONTHS
from dependencies.interface_lifecycle import IN_FORCE
from dependencies.models.interfaces import ContactPoint, InformationFlow, Interface, InterfaceTask, interface_sector
from dependencies.models.needs import Dependency, Need
from dependencies.vocabulary import InterfaceState
from prepare.actor import Scope
from prepare.models.organisations import Organisation
from prepare.months import months_after
from prepare.queries.scopes import below, within
from prepare.vocabulary import OWN_KINDS, Criticality, OrganisationKind

#: The security authorities with whom the city cooperates (S000).
SECURITY = frozenset(
    {OrganisationKind.POLICE, OrganisationKind.RESCUE, OrganisationKind.DEFENCE, OrganisationKind.STATE}
)


@dataclass(frozen=True)
class Wanted:
    """Which interfaces are asked for; what is not given does not narrow."""

    q: str = ""
    kinds: frozenset[OrganisationKind] = frozenset()
    sector: str = ""  #: path
    party: int | None = None
    criticality: Criticality | None = None
    state: InterfaceState | None = None


def found(scope: Scope, wanted: Wanted, on: date) -> Select[Interface]:
    """The interfaces in the scope that are asked for; dissolved ones only when they are."""
    rows = queries.interfaces(scope, q=wanted.q, dissolved=wanted.state is InterfaceState.DISSOLVED)
    if wanted.kinds:
        rows = rows.where(Interface.party.has(Organisation.kind.in_(wanted.kinds)))
    if wanted.sector:
        rows = rows.where(works(wanted.sector))
    if wanted.party is not None:
        rows = rows.where(Interface.party_id == wanted.party)
    if wanted.criticality:
        rows = rows.where(Interface.criticality == wanted.criticality)
    if wanted.state:
        rows = rows.where(_stands(wanted.state, on))
    return rows


def works(path: str) -> ColumnElement[bool]:
    """Condition for interfaces that the organisation at this path leads or works across, or something below it."""
    return or_(Interface.organisation.has(below(path)), Interface.sectors.any(below(path)))


def _stands(state: InterfaceState, on: date) -> ColumnElement[bool]:
    """Condition that an interface stands so on the day, as `interface_lifecycle.standing` tells it."""
    if state not in IN_FORCE:
        return Interface.state == state
    fresh = [
        (Interface.criticality == one) & (Interface.exercised_on >= months_after(on, -months))
        for one, months in JOINT_MONTHS.items()
    ]
    exercised = or_(*fresh, (Interface.criticality == Criticality.K4) & Interface.exercised_on.is_not(None))
    exercised = func.coalesce(exercised, False)
    return and_(Interface.state.in_(IN_FORCE), exercised if state is InterfaceState.EXERCISED else ~exercised)


def contacts(scope: Scope, interface: Interface) -> Select[ContactPoint]:
    """The duty contacts of an opened interface, the city's side first.

    A partner to whom the interface is shown reads them all: its own, and those of the city that it must be able to
    call over this interface.
    """
    rows = _parts(ContactPoint, interface).order_by(None).order_by(ContactPoint.side, ContactPoint.place)
    if interface.id in scope.interfaces:
        return rows
    sides: list[ColumnElement[bool]] = [
        Interface.organisation.has(within(scope, ContactPoint.confidentiality)),
        Interface.sectors.any(within(scope, ContactPoint.confidentiality)),
    ]
    return rows.join(Interface, Interface.id == ContactPoint.interface_id).where(or_(*sides))


def contacts_of(scope: Scope, ids: Collection[int]) -> Select[ContactPoint]:
    """The duty contacts of several interfaces that the scope reads, the city's side first."""
    row = ContactPoint
    sides: list[ColumnElement[bool]] = [
        Interface.organisation.has(within(scope, row.confidentiality)),
        Interface.sectors.any(within(scope, row.confidentiality)),
        *([Interface.id.in_(scope.interfaces)] if scope.interfaces else []),
    ]
    rows = select(row).join(Interface, Interface.id == row.interface_id).where(or_(*sides))
    rows = rows.options(contains_eager(row.interface))
    return rows.where(row.interface_id.in_(ids), row.retired.is_(False)).order_by(row.side, row.place)


def tasks(interface: Interface) -> Select[InterfaceTask]:
    """The responsibility matrix of an opened interface, row by row."""
    return _parts(InterfaceTask, interface)


def flows(interface: Interface) -> Select[InformationFlow]:
    """What the sides of an opened interface tell each other."""
    return _parts(InformationFlow, interface)


def _parts(model: Any, interface: Interface) -> Select[Any]:
    rows: Select[Any] = select(model).where(model.interface_id == interface.id, model.retired.is_(False))
    return rows.order_by(model.place)


def carries(interface: Interface) -> Select[int]:
    """How many dependencies in use run over an interface, whoever may read them: it decides only what may be done."""
    rows = select(func.count(Dependency.id)).join(Dependency.need)
    return rows.where(Dependency.interface_id == interface.id, Dependency.retired.is_(False), Need.retired.is_(False))


def partners(scope: Scope, organisation: Organisation) -> Select[Organisation]:
    """The outside partners that an interface led by the organisation may have, by name.

    They stand beside it or above it in the tree. That they exist is known inside the house.
    """
    return _beside(scope, organisation).where(Organisation.kind.not_in(OWN_KINDS))


def workers(scope: Scope, interface: Interface) -> Select[Organisation]:
    """The city's organisations that may work across an interface, and those that do."""
    held = [one.id for one in interface.sectors] if interface.id else []
    own = Organisation.kind.in_(OWN_KINDS - {OrganisationKind.CITY}) | (Organisation.id == interface.organisation.id)
    return _beside(scope, interface.organisation, held).where(or_(own, Organisation.id.in_(held)))


def _beside(scope: Scope, organisation: Organisation, held: Collection[int] = ()) -> Select[Organisation]:
    above = [int(step) for step in organisation.path.split("/") if step]
    near = or_(Organisation.parent_id.in_(above), Organisation.id == organisation.id)
    known = or_(within(scope), *(below(prefix) for prefix in scope.directory))
    rows = select(Organisation).where(or_(near & known & Organisation.active.is_(True), Organisation.id.in_(held)))
    return rows.order_by(Organisation.sort_name, Organisation.code)


def to_review(scope: Scope, until: date) -> Select[Interface]:
    """The interfaces in use whose day of review lies on the day `until` or before, the longest waiting first."""
    rows = queries.interfaces(scope).where(Interface.next_review <= until)
    return rows.order_by(None).order_by(Interface.next_review, Interface.code)


def ends(scope: Scope) -> Select[Any]:
    """(interface, organisation that leads it or works across it) of the interfaces in the scope."""
    rows = queries.interfaces(scope).order_by(None).with_only_columns(Interface.id)
    readable = rows.options().subquery()
    led = select(Interface.id, Interface.organisation_id).where(Interface.id.in_(select(readable.c.id)))
    linked = interface_sector.c
    across = select(linked.interface_id, linked.organisation_id).where(linked.interface_id.in_(select(readable.c.id)))
    both: Select[Any] = select(led.union(across).subquery())
    return both


def loaded(rows: Select[Interface]) -> Select[Interface]:
    """The interfaces with their leading organisation."""
    return rows.options(joinedload(Interface.organisation, innerjoin=True))
