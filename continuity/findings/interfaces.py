"""Rule on interfaces: W12."""

from collections.abc import Iterator
from datetime import date

from continuity.findings.cases import FRESH_MONTHS, InterfaceCase, OrganisationCase
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
POLICE = Rule(
    "W13",
    N_("No interface with the police is recorded, and nobody has said why there is none."),
    N_("Every sector meets the police in some disruption; whom to call must be known before it."),
    N_("Record the interface with the police, or write the reason why there is none on the organisation's page."),
)


def of_organisation(case: OrganisationCase) -> Iterator[Finding]:
    """W13: every sector has an interface with the police, or a reasoned none (S002)."""
    if case.needs_police and not (case.has_police_interface or case.has_police_reason):
        yield Finding(POLICE, Severity.NOTABLE, case.thing)


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
