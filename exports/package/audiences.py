"""For whom packages are made: everybody who holds one role over one organisation, and what such a person may see."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from dependencies import queries as dependency_queries
from dependencies.analysing import partners
from prepare.actor import LISTS_SUPPLIERS, Actor, Grant, top
from prepare.db import db
from prepare.models.organisations import Organisation
from prepare.models.users import RoleGrant, User
from prepare.powers import LEADING
from prepare.queries import organisations
from prepare.texts import name_of
from prepare.vocabulary import OrganisationKind, Role, Shared


@dataclass(frozen=True)
class Audience:
    """Everybody who holds a role over an organisation; `home` is the path of the municipality in which it lies."""

    role: Role
    organisation: Organisation
    home: str = ""

    @property
    def key(self) -> str:
        """How commands and files call it, as sector_contact:KAS."""
        return f"{self.role.value}:{self.organisation.code}"

    @property
    def name(self) -> str:
        """It in words."""
        return f"{self.role.label}: {name_of(self.organisation)}"

    @property
    def is_partner(self) -> bool:
        """Whether it stands outside the city."""
        return self.role is Role.PARTNER


def held(paths: Collection[str] | None = None) -> Select[Role, Organisation, str | None]:
    """Every role that leads and is held by somebody with an account, once for each organisation over which it is held.

    `paths` leaves only those of organisations at these paths.
    """
    city = aliased(Organisation)
    home = select(city.path).where(city.kind == OrganisationKind.CITY, Organisation.path.startswith(city.path))
    home = home.order_by(func.length(city.path).desc()).limit(1).correlate(Organisation)
    rows = select(RoleGrant.role, Organisation, home.scalar_subquery())
    rows = rows.join(Organisation, Organisation.id == RoleGrant.organisation_id)
    rows = rows.join(User, User.id == RoleGrant.user_id)
    rows = rows.where(RoleGrant.ended_at.is_(None), User.disabled_at.is_(None), RoleGrant.role.in_(LEADING))
    if paths is not None:
        rows = rows.where(Organisation.path.in_(paths))
    return rows.distinct().order_by(Organisation.path, RoleGrant.role)


def audiences(paths: Collection[str] | None = None) -> list[Audience]:
    """The audiences for which there is somebody, all or those of organisations at these paths."""
    found = [Audience(role, organisation, home or "") for role, organisation, home in db.session.execute(held(paths))]
    return sorted(found, key=lambda one: (one.organisation.path, LEADING.index(one.role)))


def of_person(who: Actor) -> list[Audience]:
    """The audiences to which a person belongs."""
    mine = {(grant.role, grant.path) for grant in who.grants if grant.role in LEADING}
    return [one for one in audiences({path for _role, path in mine}) if (one.role, one.organisation.path) in mine]


def languages(audience: Audience) -> list[str]:
    """The languages of those who belong to it."""
    rows = select(User.language).join(RoleGrant, RoleGrant.user_id == User.id).distinct()
    rows = rows.where(RoleGrant.role == audience.role, RoleGrant.organisation_id == audience.organisation.id)
    return sorted(db.session.scalars(rows.where(RoleGrant.ended_at.is_(None), User.disabled_at.is_(None))))


def actor_of(audience: Audience) -> Actor:
    """Somebody of the audience who has no other role: sees what the gate would show such a person."""
    grant = Grant(audience.role, audience.organisation.path, audience.home)
    lists = audience.role in LISTS_SUPPLIERS
    commons = _commons(grant) if lists else frozenset[str]()
    shares = db.session.scalars(organisations.shares_of([audience.organisation.id])) if audience.is_partner else ()
    functions, interfaces = set[int](), set[int]()
    for share in shares:
        (interfaces if share.what is Shared.INTERFACE else functions).add(share.record_id)
    return Actor(
        name=audience.name,
        grants=(grant,),
        shared_functions=frozenset(functions),
        shared_interfaces=frozenset(interfaces),
        known_functions=_known(grant, commons, interfaces),
        commons=commons,
    )


def _commons(grant: Grant) -> frozenset[str]:
    """Paths of what a country's municipalities share, for those who work in one of them."""
    if grant.home in ("", top(grant.path)):
        return frozenset()
    return frozenset(db.session.scalars(organisations.commons({top(grant.path)})))


def _known(grant: Grant, commons: frozenset[str], interfaces: set[int]) -> frozenset[int]:
    """Functions of others whose names are known: suppliers of one's own, and the ends of what runs over interfaces."""
    if interfaces:
        return frozenset(db.session.scalars(partners.known_over(interfaces)))
    if grant.role not in LISTS_SUPPLIERS or grant.path == top(grant.path):
        return frozenset()
    listed = grant.home or top(grant.path)
    return frozenset(db.session.scalars(dependency_queries.known([grant.path], [listed], commons)))
