"""Every answer of an organisation to a requirement of the guidance."""

from datetime import date

from sqlalchemy import select

from prepare import actor, guiding
from prepare.access import Action, act
from prepare.checks import Checked
from prepare.db import db
from prepare.entries import AnswerEntry
from prepare.errors import RuleBroken, refuse_if
from prepare.merging import Seen, refuse_stale
from prepare.models.guidance import Requirement, RequirementAnswer
from prepare.models.organisations import Organisation
from prepare.register import carrying
from prepare.texts import N_


@act(Action.ANSWER_GUIDANCE)
def answer(
    organisation: Organisation,
    requirement: Requirement,
    entry: AnswerEntry,
    *,
    seen: Seen[AnswerEntry] | None,
    counted: Checked | None,
    on: date,
) -> RequirementAnswer:
    """Answer a requirement of an issued version; what the register `counted` then is kept beside it.

    `seen` is what the person edited. Raises StaleEntry if it has changed since, RuleBroken as the rules say.
    """
    if requirement.guidance_version.issued_on is None:
        raise RuleBroken(N_("The version has not been issued yet."))
    given = answer_of(organisation, requirement)
    refuse_stale(seen, answer_now(organisation, requirement))
    refuse_if(guiding.answer_problems(entry))
    given = given or RequirementAnswer(organisation_id=organisation.id, requirement=requirement)
    given.organisation, given.carried_from_id = organisation, None
    given.status, given.evidence, given.comment = entry.status, entry.evidence, entry.comment  # type: ignore[assignment]
    given.answered_on, given.answered_by_id = on, actor.current().user_id
    given.counted_result = counted.result if counted else None
    given.counted_good, given.counted_of = (counted.good, counted.of) if counted else (None, None)
    db.session.add(given)
    db.session.flush()
    carrying.carry_on(given)
    return given


def answer_of(organisation: Organisation, requirement: Requirement) -> RequirementAnswer | None:
    """The organisation's answer as it stands."""
    rows = select(RequirementAnswer).where(RequirementAnswer.requirement_id == requirement.id)
    return db.session.scalars(rows.where(RequirementAnswer.organisation_id == organisation.id)).one_or_none()


def answer_now(organisation: Organisation, requirement: Requirement) -> Seen[AnswerEntry]:
    """What a person sees who answers the requirement now."""
    given = answer_of(organisation, requirement)
    if given is None:
        return Seen(AnswerEntry())
    return Seen(AnswerEntry(status=given.status, evidence=given.evidence, comment=given.comment))
