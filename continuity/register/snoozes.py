"""Putting findings aside and taking them up again."""

from datetime import date, datetime

from sqlalchemy import select

from continuity import snoozing as rules
from continuity.entries.snoozes import SnoozeEntry
from continuity.findings.finding import Finding
from continuity.models.snoozes import FindingSnooze
from prepare import actor
from prepare.access import Action, act
from prepare.db import db
from prepare.errors import refuse_if
from prepare.models.organisations import Organisation
from prepare.vocabulary import Role


@act(Action.SNOOZE_FINDING)
def snooze(
    organisation: Organisation, finding: Finding, entry: SnoozeEntry, *, on: date, at: datetime
) -> FindingSnooze:
    """Put a finding on a record of the organisation aside; one that was aside before stands in the trail.

    Raises RuleBroken that names the field.
    """
    who = actor.current()
    answers = who.holds(Role.SECTOR_DIRECTOR, Role.CENTRAL, over=organisation.owner_path)
    refuse_if(rules.problems(entry, finding.severity, may_grave=answers, on=on))
    thing = finding.thing
    same = select(FindingSnooze).where(FindingSnooze.rule == finding.rule.code, FindingSnooze.woken_at.is_(None))
    same = same.where(FindingSnooze.subject == thing.subject, FindingSnooze.subject_ref == thing.ref)
    for earlier in db.session.scalars(same):
        earlier.woken_at = at
    db.session.flush()
    made = FindingSnooze(
        rule=finding.rule.code,
        subject=thing.subject,
        subject_ref=thing.ref,
        subject_code=thing.code,
        organisation=organisation,
        severity=finding.severity,
        reason=entry.reason,
        until=entry.until,
        snoozed_on=on,
        snoozed_at=at,
        snoozed_by=who.name,
        confidentiality=finding.confidentiality,
    )
    db.session.add(made)
    db.session.flush()
    return made


@act(Action.WAKE_FINDING)
def wake(snooze: FindingSnooze, *, at: datetime) -> FindingSnooze:
    """Take a finding up again before its day."""
    snooze.woken_at = at
    db.session.flush()
    return snooze
