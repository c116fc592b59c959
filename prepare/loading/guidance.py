"""What organisations are asked by the guidance in force, and what they have answered."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from prepare import guiding
from prepare.actor import Scope
from prepare.db import db
from prepare.models.guidance import GuidanceVersion, Requirement, RequirementAnswer
from prepare.models.organisations import Organisation
from prepare.queries import guidance as queries


@dataclass(frozen=True)
class Asked:
    """A requirement that concerns an organisation, and its answer to it; None = not answered."""

    requirement: Requirement
    answer: RequirementAnswer | None

    @property
    def due(self) -> date | None:
        """When the answer is to be looked at again."""
        return guiding.due(self.answer.answered_on, self.requirement.cycle_months) if self.answer else None

    def is_open(self, on: date) -> bool:
        """Whether it waits for an answer: there is none, or it should have been looked at again before the day `on`."""
        if self.answer is None:
            return True
        return guiding.is_overdue(self.answer.answered_on, self.requirement.cycle_months, on=on)


def current(scope: Scope, organisation: Organisation, *, on: date) -> GuidanceVersion | None:
    """The version by which the organisation goes on the day `on`."""
    return db.session.scalars(queries.in_force(scope, organisation, on=on)).first()


def asked(scope: Scope, organisations: Collection[Organisation], version: GuidanceVersion) -> dict[int, list[Asked]]:
    """What a version asks of these organisations, by their ids, as far as the scope reads it; three statements."""
    every = db.session.scalars(queries.requirements(scope, version)).all()
    owned = db.session.execute(queries.classes(scope, [one.path for one in organisations])).all()
    found = db.session.scalars(queries.answers(scope, version, [one.id for one in organisations]))
    given = {(one.organisation_id, one.requirement_id): one for one in found}
    told = {}
    for one in organisations:
        classes = {criticality for path, criticality in owned if path.startswith(one.path)}
        mine = [r for r in every if guiding.applies(r, code=one.code, owned=classes)]
        told[one.id] = [Asked(r, given.get((one.id, r.id))) for r in mine]
    return told


def answered(scope: Scope, organisation: Organisation, *, on: date) -> list[Asked]:
    """The requirements of the version in force that concern an organisation, each with its answer: four statements.

    For the indicator I16 (requirements answered for the current version ÷ applicable): the denominator is the
    length of the list, the numerator counts those whose `answer` is not None; an answer that was carried over from
    the version before counts, since its requirement has not changed. `requirement.ref` and `answer.ref` name the rows.
    Empty where no version is in force.
    """
    version = current(scope, organisation, on=on)
    return asked(scope, [organisation], version)[organisation.id] if version else []


@dataclass
class Standing:
    """How far an organisation has come with the guidance in force: how much is asked, not answered, and due again."""

    organisation: Organisation
    total: int = 0
    fresh: int = 0
    late: int = 0
    due: date | None = None  #: since when the oldest answer should have been looked at again

    @property
    def open(self) -> int:
        """How many requirements wait for an answer."""
        return self.fresh + self.late


def standings(scope: Scope, owners: Collection[int], *, on: date) -> dict[int, Standing]:
    """How far each of these organisations (by id) has come; one of which nothing is asked is not there.

    Two statements, however many organisations and cities there are.
    """
    rows = db.session.execute(queries.asked_of(scope, owners, on=on)).all()
    paths = {row[0].path for row in rows}
    owned = db.session.execute(queries.classes(scope, paths)).all() if paths else []
    found: dict[int, Standing] = {}
    for organisation, classes, sectors, cycle, answered_on in rows:
        has = {criticality for path, criticality in owned if path.startswith(organisation.path)}
        if guiding.concerns(classes, sectors, code=organisation.code, owned=has):
            _add(found.setdefault(organisation.id, Standing(organisation)), answered_on, cycle, on)
    return found


def _add(standing: Standing, answered_on: date | None, cycle: int | None, on: date) -> None:
    standing.total += 1
    if answered_on is None:
        standing.fresh += 1
    elif guiding.is_overdue(answered_on, cycle, on=on):
        standing.late += 1
        standing.due = min(filter(None, [standing.due, guiding.due(answered_on, cycle)]))
