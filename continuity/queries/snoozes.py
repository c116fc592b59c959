"""Readings of findings that have been put aside."""

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager

from continuity.models.snoozes import FindingSnooze
from prepare.actor import Scope
from prepare.queries.scopes import within


def snoozes(scope: Scope) -> Select[FindingSnooze]:
    """Those in the scope that nobody has taken up again; a day that has passed is for the rules."""
    rows = select(FindingSnooze).join(FindingSnooze.organisation).options(contains_eager(FindingSnooze.organisation))
    return rows.where(within(scope, FindingSnooze.confidentiality), FindingSnooze.woken_at.is_(None))
