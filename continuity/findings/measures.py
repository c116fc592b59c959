"""The rule on measures: W18."""

from collections.abc import Iterator

from continuity.findings.cases import MeasureCase
from continuity.findings.finding import Finding, Rule, Severity
from prepare.texts import N_, day, number

UNEXPLAINED = Rule(
    "W18",
    N_("The measure was to be done by %(day)s and is %(days)s days late; nobody has said why."),
    N_("Whoever counts on the measure goes on with a risk that was thought to be mended."),
    N_("Finish the measure, or say why it is late and when it will be done."),
)


def of_measure(case: MeasureCase) -> Iterator[Finding]:
    """The rule that an overdue measure breaks while nobody has given a reason; those that still have time are fine."""
    if case.overdue_days is not None and not case.has_reason:
        values = {"day": day(case.due), "days": number(case.overdue_days, 0)}
        yield Finding(UNEXPLAINED, Severity.NOTABLE, case.thing, values)
