"""Rule on interfaces: W12."""

from collections.abc import Iterator
from datetime import date

from continuity.findings.cases import FRESH_MONTHS, InterfaceCase
from continuity.findings.finding import Finding, Rule, Severity, listed
from prepare.months import months_after
from prepare.texts import N_, _
from prepare.vocabulary import Criticality

VITAL_INTERFACE = Rule(
    "W12",
    N_("A vital interface lacks: %(missing)s."),
    N_("A chain breaks where two organisations meet and nobody can be reached."),
    N_("Agree on contacts and alerting with the partner, write them down and exercise together."),
)


def of_interface(case: InterfaceCase, on: date) -> Iterator[Finding]:
    """W12: a vital interface has duty contacts on both sides, an alerting practice and a recent joint exercise."""
    if case.criticality is not Criticality.K1:
        return
    exercised = case.exercised_on is not None and case.exercised_on >= months_after(on, -FRESH_MONTHS)
    held = {
        N_("duty contacts on both sides"): case.has_duty_contacts,
        N_("a documented alerting practice"): case.has_alerting,
        N_("a joint exercise in 24 months"): exercised,
    }
    if missing := [_(message) for message, there in held.items() if not there]:
        yield Finding(VITAL_INTERFACE, Severity.NOTABLE, case.thing, {"missing": listed(missing)})
