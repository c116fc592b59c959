"""Rules on plans and risks: I04, W14, W15 and I11, W17."""

from collections.abc import Iterator
from datetime import date

from continuity.findings.cases import FRESH_MONTHS, PlanCase, RiskCase
from continuity.findings.finding import Finding, Rule, Severity, listed, weigh
from prepare.months import months_after
from prepare.texts import N_, _, day

OVERDUE = Rule(
    "I04",
    N_("The plan is no longer up to date: %(state)s."),
    N_("A stale plan gives false comfort."),
    N_("Review the plan and have the new version approved."),
)
EXERCISE = Rule(
    "W14",
    N_("The plan is approved but has not been exercised: %(state)s."),
    N_("A plan that nobody has tried fails on the first call."),
    N_("Exercise the plan, at least around a table, and record the date."),
)
CHANGED = Rule(
    "W15",
    N_("Functions have changed since the plan was approved on %(day)s: %(functions)s."),
    N_("The plan may promise times or measures that no longer hold."),
    N_("Check the plan against the new data and approve it again if something changed for it."),
)
DIFFERS = Rule(
    "W15",
    N_("What the plan was approved on %(day)s has changed: %(differences)s."),
    N_("The plan may promise times or measures that no longer hold."),
    N_("Check the plan against the new data and approve it again if something changed for it."),
)
TREATMENT = Rule(
    "W17",
    N_("The risk is at the level “%(level)s” and %(state)s."),
    N_("A grave risk that nobody treats or accepts is left to chance."),
    N_("Decide on the treatment and add a measure, or have the risk accepted by those who may, with a date."),
)
RISK_REVIEW = Rule(
    "I11",
    N_("The risk lacks: %(missing)s."),
    N_("Without an owner and a valid review nobody notices when the risk grows."),
    N_("Name an owner and assess the risk again."),
)


def of_plan(case: PlanCase, on: date) -> Iterator[Finding]:
    """Every rule that an approved plan breaks on the day `on`; a plan without one is I03's matter."""
    if case.approved_on is None:
        return
    if state := staleness(case, on):
        yield Finding(OVERDUE, Severity.NOTABLE, case.thing, {"state": state})
    if state := exercise_state(case, on):
        yield Finding(EXERCISE, weigh(case.worst_class), case.thing, {"state": state})
    later = [code for code, changed in case.changed.items() if changed > case.approved_on]
    if case.differences:
        values = {"differences": listed(case.differences, 8), "day": day(case.approved_on)}
        yield Finding(DIFFERS, Severity.MINOR, case.thing, values)
    elif case.differences is None and later:
        values = {"functions": listed(later, 12), "day": day(case.approved_on)}
        yield Finding(CHANGED, Severity.MINOR, case.thing, values)


def staleness(case: PlanCase, on: date) -> str:
    """Why the plan is out of date, in words; empty when it is not."""
    if case.valid_until is not None and case.valid_until < on:
        return _("it expired on %(day)s", day=day(case.valid_until))
    if case.next_review is not None and case.next_review < on:
        return _("its review was due on %(day)s", day=day(case.next_review))
    return ""


def exercise_state(case: PlanCase, on: date) -> str:
    """Why the plan counts as not exercised, in words; empty when it was exercised in 24 months."""
    if case.last_exercised_on is None:
        return _("no exercise is recorded")
    if case.last_exercised_on < months_after(on, -FRESH_MONTHS):
        return _("last on %(day)s", day=day(case.last_exercised_on))
    return ""


def of_risk(case: RiskCase, on: date) -> Iterator[Finding]:
    """Every rule that a risk breaks on the day `on`; risks below significant are left to their owners."""
    severity = Severity.GRAVE if case.is_critical else Severity.NOTABLE
    if not case.is_assessed:
        yield Finding(RISK_REVIEW, Severity.MINOR, case.thing, {"missing": _("an assessment")})
        return
    if not case.is_significant:
        return
    if case.accepts and not case.is_accepted:
        state = _("its acceptance is not dated or has lapsed")
        yield Finding(TREATMENT, severity, case.thing, {"level": case.level, "state": state})
    elif not case.is_treated:
        state = _("no treatment has been decided")
        yield Finding(TREATMENT, severity, case.thing, {"level": case.level, "state": state})
    elif not (case.accepts or case.avoids or case.has_measure):
        state = _("no measure treats it")
        yield Finding(TREATMENT, severity, case.thing, {"level": case.level, "state": state})
    missing = [] if case.has_owner else [_("an owner")]
    if case.next_review is None or case.next_review < on:
        missing.append(_("a valid review"))
    if missing:
        yield Finding(RISK_REVIEW, Severity.NOTABLE, case.thing, {"missing": listed(missing)})
