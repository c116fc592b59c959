"""What the register itself can tell of a requirement: the automatic checks, and what comes of one (domain.md 2.3)."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from prepare.texts import N_
from prepare.vocabulary import Labelled


class Check(Labelled):
    """A check that the register makes by itself, named for what it counts."""

    CONTACT_AND_DEPUTY = "contact_and_deputy", N_("Contact and deputy named")
    PLANS_APPROVED = "plans_approved_by_director", N_("Plans approved by the director")
    MEETING_ATTENDANCE = "meeting_attendance", N_("Networks of contacts that have met in time")
    FUNCTIONS_REGISTERED = "functions_registered", N_("Functions classified and confirmed")
    BIA_COMPLETE = "bia_complete", N_("K1 and K2 functions with a whole impact analysis")
    DEPENDENCIES_CONFIRMED = "dependencies_confirmed", N_("Essential dependencies confirmed by the supplier")
    RISK_COVERAGE = "risk_coverage", N_("Risks assessed against a threat of the list")
    PLAN_APPROVED = "plan_approved", N_("K1 and K2 functions with an approved plan")
    WORKAROUND_72H = "workaround_72h", N_("Essential needs of K1 functions bridged for 72 hours")
    LEVEL_TASKS = "level_tasks", N_("Plans with tasks for each level of preparedness")
    CALLOUT_TESTED = "callout_tested", N_("K1 functions whose call-out of staff was tested")
    INTERFACE_OWNERS = "interface_owners", N_("Interfaces with an owner on both sides")
    INTERFACE_ALERTING = "interface_alerting", N_("K1 interfaces with an alerting practice and duty contacts")
    TRANSFER_CLOSED = "transfer_items_closed", N_("Things to transfer that are secured")
    AGREEMENTS_CLAUSE = "agreements_clause", N_("Agreements with a preparedness clause and a recovery time")
    INTERFACE_EXERCISED = "interface_exercised", N_("K1 interfaces exercised together in two years")
    PLAN_EXERCISED = "plan_exercised", N_("K1 functions whose plan was exercised in two years")
    OBSERVATIONS_MEASURED = "observations_to_measures", N_("Observations settled by a measure or a reason")
    REVIEWED = "reviewed_12m", N_("Functions reviewed within a year")
    OVERDUE_EXPLAINED = "overdue_explained", N_("Open measures in time, or late for a stated reason")
    SPOF_TREATED = "spof_treated", N_("Single points of failure treated or accepted")


class CheckResult(Labelled):
    """What an automatic check found."""

    MET = "met", N_("Met")
    PARTLY = "partly", N_("Partly met")
    NOT_MET = "not_met", N_("Not met")
    UNKNOWN = "unknown", N_("Cannot be counted")


@dataclass(frozen=True)
class Checked:
    """How many of how many things are in order; `of` 0 is nothing to count, which is unknown and not fine."""

    good: int
    of: int

    @property
    def result(self) -> CheckResult:
        """Met when all are in order, partly when some are."""
        if self.of == 0:
            return CheckResult.UNKNOWN
        if self.good >= self.of:
            return CheckResult.MET
        return CheckResult.PARTLY if self.good else CheckResult.NOT_MET


NOTHING = Checked(0, 0)

#: What the checks found: id of the organisation → check → what was counted. A check that is not there is unknown.
Findings = Mapping[int, Mapping[Check, Checked]]
#: A source that a package to the right offers as CHECKS: (scope, organisations, checks wanted, day) → what it found.
CheckSource = Callable[[Any, Collection[Any], Collection[Check], date], Findings]
