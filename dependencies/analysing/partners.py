"""What is shared with partners, what a partner may know of it, and the confirmation links that are open."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from dependencies import queries
from dependencies.analysing import confirmations as reading
from dependencies.models.interfaces import Interface
from dependencies.models.links import ConfirmationLink
from dependencies.models.needs import Dependency, Need
from prepare.actor import Actor, Grant, Root, Scope
from prepare.db import db
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.models.users import RoleGrant, Share, User
from prepare.queries import functions
from prepare.vocabulary import Confidentiality, FunctionState, Role, Shared

#: Other rows of the same tables; made once, since making one costs more than a query.
Consumer = aliased(Function, name="consumer")
Supplier = aliased(Function, name="supplier")
ConsumerOwner = aliased(Organisation, name="consumer_owner")
SupplierOwner = aliased(Organisation, name="supplier_owner")
Party = aliased(Organisation, name="party")

SECRET = Confidentiality.CONFIDENTIAL


def known_over(interfaces: Collection[int]) -> Select[int]:
    """Ids of the functions at both ends of what runs over these interfaces between the city and the partner.

    A partner to whom an interface is shown knows their names; never that of one that is secret by law, nor one
    that only a secret dependency or another partner's service stands for.
    """
    rows = (
        select(Dependency.id)
        .join(Need, Need.id == Dependency.need_id)
        .join(Interface, Interface.id == Dependency.interface_id)
        .join(Party, Party.id == Interface.party_id)
        .join(Consumer, Consumer.id == Need.consumer_id)
        .join(ConsumerOwner, ConsumerOwner.id == Consumer.organisation_id)
        .join(Supplier, Supplier.id == Dependency.supplier_id)
        .join(SupplierOwner, SupplierOwner.id == Supplier.organisation_id)
        .where(Dependency.interface_id.in_(interfaces), Dependency.confidentiality != SECRET)
        .where(Dependency.retired.is_(False), Need.retired.is_(False))
        .where(or_(_inside(ConsumerOwner, Party), _inside(SupplierOwner, Party)))
        .where(Consumer.confidentiality != SECRET, Supplier.confidentiality != SECRET)
        .where(Consumer.state != FunctionState.RETIRED, Supplier.state != FunctionState.RETIRED)
    )
    consumers = rows.with_only_columns(Consumer.id, maintain_column_froms=True)
    suppliers = rows.with_only_columns(Supplier.id, maintain_column_froms=True)
    return select(consumers.union(suppliers).subquery().c.id)


def _inside(one: type[Organisation], party: type[Organisation]) -> ColumnElement[bool]:
    return func.substr(one.path, 1, func.length(party.path)) == party.path


def guest(interface: Interface, *, name: str = "", link: ConfirmationLink | None = None) -> Actor:
    """Somebody of the interface's partner to whom this interface and nothing else is shown, without an account."""
    shown = frozenset({interface.id})
    return Actor(
        name=name,
        grants=(Grant(Role.PARTNER, interface.party.path),),
        shared_interfaces=shown,
        known_functions=frozenset(db.session.scalars(known_over(shown))),
        link=link.id if link else None,
        session_hash=link.token_hash[:16] if link else None,
    )


def is_partner(who: Actor) -> bool:
    """Whether somebody reads nothing but what is shared with a partner."""
    return bool(who.grants) and who.roles <= {Role.PARTNER}


def open_lines(who: Actor, interface: Interface) -> Select[Dependency]:
    """The lines over an opened interface that this person may see whole; for a partner none with a secret end."""
    return every_open_line(who).where(Dependency.interface_id == interface.id)


def every_open_line(who: Actor) -> Select[Dependency]:
    """The lines that this person may see whole, over every interface; for a partner those over interfaces alone."""
    rows = reading.lines(who.scope, who.grants)
    if not is_partner(who):
        return rows
    rows = rows.where(Dependency.interface_id.in_(who.scope.interfaces))
    ends = (Dependency.confidentiality, reading.Consumer.confidentiality, reading.Supplier.confidentiality)
    return rows.where(and_(*(end != SECRET for end in ends)))


def scenario_scope(who: Actor, interface: Interface) -> Scope:
    """Of which scenarios the hours may be told over an interface: to a partner of all that are not secret by law."""
    if not is_partner(who):
        return who.scope
    return Scope((Root(interface.owner_path, Confidentiality.INTERNAL),))


def organisation(ref: UUID) -> Select[Organisation]:
    """The organisation of this ref, whoever asks: the view lets through whom what is shared with it concerns."""
    return select(Organisation).where(Organisation.ref == ref)


def accounts_of(organisation: Organisation) -> Select[int]:
    """How many people have an account as a partner's person of an organisation that has been opened."""
    rows = select(func.count(func.distinct(User.id))).join(RoleGrant, RoleGrant.user_id == User.id)
    rows = rows.where(RoleGrant.organisation_id == organisation.id, RoleGrant.role == Role.PARTNER)
    return rows.where(RoleGrant.ended_at.is_(None), User.disabled_at.is_(None))


def share_of(record: Interface | Function, organisation: Organisation) -> Select[Share]:
    """The share of an opened record with an organisation, in force or ended."""
    what = Shared.INTERFACE if isinstance(record, Interface) else Shared.FUNCTION
    rows = select(Share).where(Share.organisation_id == organisation.id)
    return rows.where(Share.what == what, Share.record_id == record.id)


def shared_interfaces(scope: Scope, organisation: Organisation) -> Select[Interface]:
    """The interfaces of the scope that are shared with an organisation."""
    return queries.interfaces(scope).where(Interface.id.in_(_shared(organisation, Shared.INTERFACE)))


def unshared_interfaces(scope: Scope, organisation: Organisation) -> Select[Interface]:
    """The interfaces of the scope with an organisation that are not shared with it."""
    rows = queries.interfaces(scope).where(Interface.party_id == organisation.id)
    return rows.where(Interface.id.not_in(_shared(organisation, Shared.INTERFACE)))


def shared_functions(scope: Scope, organisation: Organisation) -> Select[Function]:
    """The functions of the scope that are shared with an organisation."""
    return functions.functions(scope).where(Function.id.in_(_shared(organisation, Shared.FUNCTION)))


def _shared(organisation: Organisation, what: Shared) -> Select[int]:
    rows = select(Share.record_id).where(Share.organisation_id == organisation.id)
    return rows.where(Share.what == what, Share.ended_at.is_(None))


def links_of(interface: Interface) -> Select[ConfirmationLink]:
    """The confirmation links of an opened interface, the newest first."""
    rows = select(ConfirmationLink).where(ConfirmationLink.interface_id == interface.id)
    return rows.order_by(ConfirmationLink.id.desc())


def link(token_hash: str, *, at: datetime) -> Select[ConfirmationLink]:
    """The link that this token opens at this moment."""
    rows = select(ConfirmationLink).options(joinedload(ConfirmationLink.interface).joinedload(Interface.party))
    rows = rows.where(ConfirmationLink.token_hash == token_hash, ConfirmationLink.expires_at > at)
    return rows.where(ConfirmationLink.used_at.is_(None), ConfirmationLink.withdrawn_at.is_(None))
