"""Every change to the texts of a plan: each section is a record of its own, so that many may write at once."""

from datetime import datetime

from sqlalchemy import select

from continuity.entries.contents import SectionEntry, of_section
from continuity.models.plans import Plan, PlanSection, PlanVersion
from continuity.register import plans
from continuity.vocabulary.plans import OPEN_STATES, Section
from prepare import actor
from prepare.access import Action, act
from prepare.db import db
from prepare.errors import RuleBroken
from prepare.merging import Seen, refuse_stale
from prepare.texts import N_


@act(Action.WRITE_PLAN)
def write(
    plan: Plan, section: Section, entry: SectionEntry, *, seen: Seen[SectionEntry] | None, at: datetime
) -> PlanSection:
    """Write one section of the version that is being prepared.

    `seen` is what the person edited. Raises StaleEntry if the section has changed since, and RuleBroken unless a
    version is open for writing.
    """
    version = open_version(plan)
    refuse_stale(seen, seen_now(plan, section))
    row = held(version, section)
    if row is None:
        row = PlanSection(section=section)
        version.sections.append(row)
    row.text, row.finished = entry.text or "", entry.finished
    row.author_id, row.edited_at = actor.current().user_id, at
    plans.sign(version, at=at)
    db.session.flush()
    return row


def open_version(plan: Plan) -> PlanVersion:
    """The version in which the sector may write. Raises RuleBroken when it is frozen or there is none."""
    version = plans.pending(plan)
    if version is None:
        raise RuleBroken(N_("The approved version is frozen. Begin a new version to change the plan."))
    if version.state not in OPEN_STATES:
        raise RuleBroken(N_("The version has been submitted. It can be edited when it has been returned."))
    return version


def held(version: PlanVersion | None, section: Section) -> PlanSection | None:
    """The row of a section; None where nothing has been written."""
    if version is None:
        return None
    rows = select(PlanSection).where(PlanSection.plan_version_id == version.id, PlanSection.section == section)
    return db.session.scalars(rows).one_or_none()


def seen_now(plan: Plan, section: Section) -> Seen[SectionEntry]:
    """What a person sees who writes in the section now."""
    version = plans.pending(plan)
    return Seen(of_section(held(version, section)), (version.state.value,) if version else ())
