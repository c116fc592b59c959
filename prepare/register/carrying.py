"""Answers that still stand go over to the next version of the guidance."""

from sqlalchemy import select

from prepare import guiding
from prepare.db import db
from prepare.models.guidance import GuidanceVersion, Requirement, RequirementAnswer

#: What an answer keeps when it is carried over.
SAID = (
    "status",
    "evidence",
    "comment",
    "answered_on",
    "answered_by_id",
    "counted_result",
    "counted_good",
    "counted_of",
)


def carry_all(before: GuidanceVersion, after: GuidanceVersion) -> int:
    """Carry over every answer to `before` whose requirement stands unchanged in `after`; gives how many."""
    to = standing(before, after)
    given = db.session.scalars(select(RequirementAnswer).where(RequirementAnswer.requirement_id.in_(to))).all()
    for answer in given:
        _carry(answer, to[answer.requirement_id], None)
    db.session.flush()
    return len(given)


def carry_on(answer: RequirementAnswer) -> None:
    """Carry an answer over to the version that waits to come into force, unless that one has been answered itself."""
    before = answer.requirement.guidance_version
    later = select(GuidanceVersion).where(GuidanceVersion.organisation_id == before.organisation_id)
    later = later.where(GuidanceVersion.valid_from > before.valid_from).order_by(GuidanceVersion.valid_from).limit(1)
    after = db.session.scalars(later).first()
    to = standing(before, after).get(answer.requirement_id) if after else None
    if to is None:
        return
    known = select(RequirementAnswer).where(
        RequirementAnswer.requirement_id == to.id, RequirementAnswer.organisation_id == answer.organisation_id
    )
    there = db.session.scalars(known).first()
    if there is None or there.carried_from_id is not None:
        carry_on(_carry(answer, to, there))


def standing(before: GuidanceVersion, after: GuidanceVersion) -> dict[int, Requirement]:
    """The requirements of `after` that say the same as in `before`, by the id of the one there."""
    new = {one.mark: one for one in after.requirements if not one.out_of_use}
    pairs = [(one, new[one.mark]) for one in before.requirements if one.mark in new and not one.out_of_use]
    return {old.id: now for old, now in pairs if not guiding.asks_anew(old, now)}


def _carry(answer: RequirementAnswer, to: Requirement, there: RequirementAnswer | None) -> RequirementAnswer:
    carried = there or RequirementAnswer(organisation_id=answer.organisation_id, requirement=to)
    for name in SAID:
        setattr(carried, name, getattr(answer, name))
    carried.carried_from_id = answer.requirement.guidance_version_id
    db.session.add(carried)
    db.session.flush()
    return carried
