"""Rule on bodies: W16."""

from collections.abc import Iterator
from datetime import date

from continuity.findings.cases import BodyCase
from continuity.findings.finding import Finding, Rule, Severity
from prepare.texts import N_, _, day
from risks import cadence

MISSED = Rule(
    "W16",
    N_("No meeting has been held within %(months)s months and one more: %(state)s."),
    N_("A body that does not meet neither forms a common picture nor notices what is left undone."),
    N_("Call the next meeting, or change how often the body meets if the interval is no longer right."),
)


def of_body(case: BodyCase, on: date) -> Iterator[Finding]:
    """W16: a body in use with an interval has held a meeting within it and a month."""
    missed = cadence.is_missed(case.cadence_months, case.held_on, case.appointed_on, on=on, failed_on=case.failed_on)
    if not case.active or not missed:
        return
    state = _("the last one was on %(day)s", day=day(case.held_on)) if case.held_on else _("none is recorded")
    yield Finding(MISSED, Severity.NOTABLE, case.thing, {"months": case.cadence_months, "state": state})
