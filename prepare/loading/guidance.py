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
