"""Readings of the snapshots of readiness, of KUJA, and of the cities that a person may look at."""

from datetime import date

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import contains_eager

from continuity.models.readiness import KujaPart, KujaResult, ReadinessSnapshot
from prepare.actor import Scope
from prepare.models.organisations import Organisation
from prepare.queries.scopes import within
from prepare.vocabulary import OrganisationKind


def cities(scope: Scope) -> Select[Organisation]:
    """The cities of which the scope reads something: those inside it, and those in which it lies, by name."""
    rows = select(Organisation).where(Organisation.kind == OrganisationKind.CITY, Organisation.active.is_(True))
    return rows.where(or_(within(scope), Organisation.id.in_(_above(scope)))).order_by(Organisation.sort_name)


def city_of(organisation: Organisation) -> Select[Organisation]:
    """The city to which an organisation that has been opened belongs, or which it is."""
    steps = [int(step) for step in organisation.path.split("/") if step]
    rows = select(Organisation).where(Organisation.id.in_(steps), Organisation.kind == OrganisationKind.CITY)
    return rows.order_by(Organisation.path.desc())


def _above(scope: Scope) -> list[int]:
    """The organisations above those that the scope reads."""
    return [int(step) for root in scope.roots for step in root.path.split("/") if step]


def snapshots(city: Organisation) -> Select[ReadinessSnapshot]:
    """The snapshots of a city that has been opened, the newest first."""
    rows = select(ReadinessSnapshot).join(ReadinessSnapshot.organisation)
    rows = rows.options(contains_eager(ReadinessSnapshot.organisation))
    rows = rows.where(ReadinessSnapshot.organisation_id == city.id)
    return rows.order_by(ReadinessSnapshot.as_of.desc(), ReadinessSnapshot.id.desc())


def before(city: Organisation, on: date) -> Select[ReadinessSnapshot]:
    """The snapshots of a city up to the day `on`, the newest first."""
    return snapshots(city).where(ReadinessSnapshot.as_of <= on)


def parts(scope: Scope, city: Organisation) -> Select[KujaPart]:
    """The parts of KUJA as a city calls them, in order."""
    rows = select(KujaPart).join(KujaPart.organisation).options(contains_eager(KujaPart.organisation))
    return rows.where(within(scope), KujaPart.organisation_id == city.id).order_by(KujaPart.number)


def results(scope: Scope, city: Organisation) -> Select[KujaResult]:
    """What KUJA's assessments of a city gave, the newest first."""
    rows = select(KujaResult).join(KujaResult.organisation).options(contains_eager(KujaResult.organisation))
    rows = rows.where(within(scope), KujaResult.organisation_id == city.id)
    return rows.order_by(KujaResult.assessed_on.desc(), KujaResult.id.desc())
