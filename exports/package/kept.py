"""Packages that were built: the newest of each audience, and who holds which."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, String, cast, func, select, tuple_
from sqlalchemy.orm import joinedload

from exports.models.packages import CrisisPackage
from exports.package.audiences import Audience
from prepare.access import Action
from prepare.actor import Actor, Scope
from prepare.audit import AuditEntry, AuditPayload
from prepare.db import db
from prepare.jobs import JobState
from prepare.models.jobs import Job
from prepare.models.organisations import Organisation
from prepare.models.users import RoleGrant, User
from prepare.powers import LEADING
from prepare.queries.scopes import within
from prepare.vocabulary import Role

Key = tuple[int, Role]  #: of an audience: its organisation and its role


@dataclass(frozen=True)
class Holding:
    """Somebody of an audience, and the newest package that was fetched by that person."""

    name: str
    held: CrisisPackage | None


@dataclass(frozen=True)
class Standing:
    """An audience, its newest package, and who of it holds which."""

    organisation: Organisation
    role: Role
    newest: CrisisPackage | None
    people: tuple[Holding, ...]

    def up_to_date(self) -> list[str]:
        """Who holds the newest one."""
        return [one.name for one in self.people if self.newest and one.held and self._is_newest(one.held)]

    def outdated(self) -> list[Holding]:
        """Who holds an older one."""
        return [one for one in self.people if one.held and not (self.newest and self._is_newest(one.held))]

    def without(self) -> list[str]:
        """Who has never fetched one."""
        return [one.name for one in self.people if one.held is None]

    def _is_newest(self, held: CrisisPackage) -> bool:
        """Languages are built one after the other: what was built on the same day is as new."""
        return self.newest is not None and held.built_at.date() >= self.newest.built_at.date()


def newest(audiences: Iterable[Audience]) -> Select[CrisisPackage]:
    """The newest package of these audiences in each language, as long as its file is there."""
    keys = [(one.organisation.id, one.role) for one in audiences]
    rows = select(func.max(CrisisPackage.id)).where(tuple_(CrisisPackage.organisation_id, CrisisPackage.role).in_(keys))
    rows = rows.group_by(CrisisPackage.organisation_id, CrisisPackage.role, CrisisPackage.language)
    found = select(CrisisPackage).options(joinedload(CrisisPackage.file)).where(CrisisPackage.id.in_(rows))
    return found.order_by(CrisisPackage.organisation_id, CrisisPackage.role, CrisisPackage.language)


def built(audiences: Iterable[Audience], most: int) -> Select[CrisisPackage]:
    """The packages that were built for these audiences, the newest first."""
    keys = [(one.organisation.id, one.role) for one in audiences]
    rows = select(CrisisPackage).options(joinedload(CrisisPackage.file)).order_by(CrisisPackage.id.desc())
    return rows.where(tuple_(CrisisPackage.organisation_id, CrisisPackage.role).in_(keys)).limit(most)


def older(package: CrisisPackage, keep: int) -> Select[CrisisPackage]:
    """The packages of the same audience and language that are to be taken away: all but the newest `keep`."""
    rows = select(CrisisPackage).where(
        CrisisPackage.organisation_id == package.organisation_id,
        CrisisPackage.role == package.role,
        CrisisPackage.language == package.language,
    )
    return rows.options(joinedload(CrisisPackage.file)).order_by(CrisisPackage.id.desc()).offset(keep)


def fetched_by(who: Actor) -> Select[AuditEntry, AuditPayload]:
    """What a person has fetched, the newest first."""
    rows = select(AuditEntry, AuditPayload).join(AuditPayload, AuditPayload.id == AuditEntry.payload_id)
    rows = rows.where(AuditEntry.user_id == who.user_id, AuditEntry.action == Action.EXPORT_PACKAGE.value)
    return rows.order_by(AuditEntry.id.desc())


def standings(scope: Scope) -> list[Standing]:
    """Every audience in the scope with who holds which package; four questions however many there are."""
    rows = select(RoleGrant.role, Organisation, User).join(Organisation, Organisation.id == RoleGrant.organisation_id)
    rows = rows.join(User, User.id == RoleGrant.user_id).where(within(scope), RoleGrant.role.in_(LEADING))
    rows = rows.where(RoleGrant.ended_at.is_(None), User.disabled_at.is_(None))
    people: dict[Key, dict[int, str]] = {}
    organisations: dict[int, Organisation] = {}
    for role, organisation, user in db.session.execute(rows):
        organisations[organisation.id] = organisation
        people.setdefault((organisation.id, role), {})[user.id] = user.name
    latest, held = _latest(organisations), _fetched(organisations)
    found = [
        Standing(
            organisations[key[0]],
            key[1],
            latest.get(key),
            tuple(Holding(name, held.get((*key, user))) for user, name in sorted(some.items(), key=lambda one: one[1])),
        )
        for key, some in people.items()
    ]
    return sorted(found, key=lambda one: (one.organisation.path, LEADING.index(one.role)))


def _latest(organisations: Collection[int]) -> dict[Key, CrisisPackage]:
    """Of each audience the package that was built last, in whatever language."""
    last = select(func.max(CrisisPackage.id)).where(CrisisPackage.organisation_id.in_(organisations))
    last = last.group_by(CrisisPackage.organisation_id, CrisisPackage.role)
    rows = db.session.scalars(select(CrisisPackage).where(CrisisPackage.id.in_(last)))
    return {(one.organisation_id, one.role): one for one in rows}


def _fetched(organisations: Collection[int]) -> dict[tuple[int, Role, int], CrisisPackage]:
    """Of each person the newest package that was fetched: organisation, role and person → package."""
    told, its = AuditEntry.subject_ref, cast(CrisisPackage.ref, String)  # one database writes it with dashes
    same = func.replace(told, "-", "") == func.replace(its, "-", "")
    rows = select(AuditEntry.user_id, func.max(CrisisPackage.id)).join(CrisisPackage, same)
    rows = rows.where(AuditEntry.action == Action.EXPORT_PACKAGE.value, AuditEntry.user_id.is_not(None))
    rows = rows.where(CrisisPackage.organisation_id.in_(organisations))
    rows = rows.group_by(AuditEntry.user_id, CrisisPackage.organisation_id, CrisisPackage.role)
    pairs = [(user, package) for user, package in db.session.execute(rows)]
    packages = select(CrisisPackage).where(CrisisPackage.id.in_([package for _user, package in pairs]))
    by_id = {one.id: one for one in db.session.scalars(packages)}
    found = {}
    for user, package in pairs:
        one = by_id[package]
        found[one.organisation_id, one.role, int(user or 0)] = one
    return found


def asked_for(kind: str) -> Select[int | None, dict[str, Any]]:
    """The jobs of this kind that wait for their turn: for which organisation, with which parameters."""
    return select(Job.organisation_id, Job.params).where(Job.kind == kind, Job.state == JobState.QUEUED)


def is_expired(package: CrisisPackage, on: date) -> bool:
    """Whether the package's last day has passed."""
    return package.expires_on < on
