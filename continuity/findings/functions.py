"""Rules on a function itself and on its duty holders: E3, E11, W1, W2, W3, W23, I02, I03, I15."""

from collections.abc import Iterator
from datetime import date

from continuity.findings.cases import FRESH_MONTHS, FunctionCase, OrganisationCase
from continuity.findings.finding import Finding, Rule, Severity, lighter, listed, weigh
from prepare.criticality import mtpd_problems
from prepare.months import months_after
from prepare.registration import TIMED, VITAL, gaps
from prepare.texts import N_, _, day, hours
from prepare.vocabulary import CapabilityBasis, Confidentiality, Criticality

MANDATORY = Rule(
    "E11",
    N_("Missing: %(gaps)s."),
    N_("In a disruption decisions rest on these facts; a missing one is never the same as fine."),
    N_("Fill in the fields on the function's page and submit it for confirmation."),
)
IMPACTS = Rule(
    "E3",
    N_("%(problem)s"),
    N_("The class, the MTPD and the impacts over time must tell the same story, or the order of recovery is wrong."),
    N_("Check the impact analysis and the MTPD together, and correct the one that is wrong."),
)
CAPABILITY = Rule(
    "W1",
    N_("The recovery capability %(capability)s is worse than the objective (RTO) %(rto)s."),
    N_("The objective is a promise that cannot be kept today."),
    N_("Improve the capability, or agree on a longer RTO within the MTPD and tell those who rely on it."),
)
EVIDENCE = Rule(
    "W2",
    N_("The capability of a vital function rests on: %(basis)s."),
    N_("Only an exercise or a real event shows what is achieved."),
    N_("Measure the recovery time in an exercise and record its date."),
)
CHAIN = Rule(
    "W3",
    N_("Through its suppliers the function is back in %(achievable)s at best; the objective (RTO) is %(rto)s."),
    N_("However well the function itself recovers, it waits for the slowest supplier it cannot do without."),
    N_("Agree on a shorter recovery with the supplier, lengthen the own tolerance, or find an alternative."),
    tells_suppliers=True,
)
CHAIN_UNKNOWN = Rule(
    "W3",
    N_("Whether the objective (RTO) can be kept is unknown, because no recovery time is known for: %(suppliers)s."),
    N_("An unknown recovery time counts as one that never ends."),
    N_("Ask the supplier for a committed recovery time and record it."),
    tells_suppliers=True,
)
LANGUAGES = Rule(
    "W23",
    N_("A public function has no name %(languages)s."),
    N_("A bilingual municipality informs its residents in both national languages."),
    N_("Add the missing names on the function's page."),
)
REVIEW = Rule(
    "I02",
    N_("The data have not been reviewed in time: %(state)s."),
    N_("Old figures give false comfort."),
    N_("Go through the function's data and confirm or correct them."),
)
NO_PLAN = Rule(
    "I03",
    N_("No approved plan covers the function."),
    N_("Without a plan the first hours are spent on deciding who does what."),
    N_("Add the function to a plan and have the plan approved by the director."),
)
HOLDERS = Rule(
    "I15",
    N_("No named: %(holders)s."),
    N_("In a disruption somebody must answer the telephone and decide."),
    N_("Name the duty holders; the deputy is another person than the contact."),
)


def of_function(case: FunctionCase, on: date) -> Iterator[Finding]:
    """Every rule that the function itself breaks on the day `on`."""
    weight = weigh(case.criticality)
    if missing := [gap.what for gap in [*gaps(case.entry, assessed=bool(case.impacts)), *case.further_gaps]]:
        yield Finding(MANDATORY, lighter(weight), case.thing, {"gaps": listed(missing, 20)})
    for problem in mtpd_problems(case.impacts, case.entry.mtpd_h, case.criticality):
        yield Finding(IMPACTS, weight, case.thing, {"problem": problem.text()})
    if case.criticality in TIMED and not case.has_approved_plan:
        yield Finding(NO_PLAN, weight, case.thing)
    yield from _of_capability(case, on)
    yield from _of_chain(case)
    if case.criticality in TIMED and (state := review_state(case, on)):
        yield Finding(REVIEW, Severity.MINOR, case.thing, {"state": state})
    if lacking := missing_languages(case):
        yield Finding(LANGUAGES, Severity.MINOR, case.thing, {"languages": listed(lacking)})


def _of_capability(case: FunctionCase, on: date) -> Iterator[Finding]:
    entry = case.entry
    if exceeds_objective(entry.recovery_capability_h, entry.rto_h):
        values = {"capability": hours(entry.recovery_capability_h), "rto": hours(entry.rto_h)}
        yield Finding(CAPABILITY, weigh(case.criticality), case.thing, values)
    if case.criticality is Criticality.K1 and (basis := weak_evidence(case, on)):
        yield Finding(EVIDENCE, Severity.NOTABLE, case.thing, {"basis": basis})


def _of_chain(case: FunctionCase) -> Iterator[Finding]:
    if case.criticality not in VITAL or not case.achievable_known:
        return
    if case.blocked_by:
        yield Finding(CHAIN_UNKNOWN, Severity.NOTABLE, case.thing, {"suppliers": listed(case.blocked_by)})
    elif exceeds_objective(case.achievable_h, case.entry.rto_h):
        values = {"achievable": hours(case.achievable_h), "rto": hours(case.entry.rto_h)}
        yield Finding(CHAIN, weigh(case.criticality), case.thing, values)


def exceeds_objective(duration_h: float | None, rto_h: float | None) -> bool:
    """Whether a known recovery time is longer than a known objective (W1, W3)."""
    return duration_h is not None and rto_h is not None and duration_h > rto_h


def gap_h(duration_h: float | None, rto_h: float | None) -> float | None:
    """By how many hours a recovery time misses the objective; None when it does not or is not known."""
    return duration_h - rto_h if duration_h is not None and rto_h is not None and duration_h > rto_h else None


def weak_evidence(case: FunctionCase, on: date) -> str:
    """What weak ground the capability stands on (W2), in words; empty when an exercise or event proves it."""
    basis = case.entry.capability_basis
    if basis in (None, CapabilityBasis.UNKNOWN):
        return _("nothing that is known")
    if basis is not CapabilityBasis.ESTIMATED:
        return ""
    known_on = case.entry.capability_on
    if known_on is None:
        return _("an estimate of unknown date")
    old = known_on < months_after(on, -FRESH_MONTHS)
    return _("an estimate of %(day)s", day=day(known_on)) if old else ""


def review_state(case: FunctionCase, on: date) -> str:
    """Why the review is overdue, in words; empty when it is not."""
    if case.next_review is not None and case.next_review < on:
        return _("it was due on %(day)s", day=day(case.next_review))
    if case.reviewed_on is None and case.next_review is None:
        return _("no review is recorded")
    return ""


def missing_languages(case: FunctionCase) -> list[str]:
    """The languages in which a public function has no name (W23)."""
    if case.thing.confidentiality is not Confidentiality.PUBLIC:
        return []
    names = {N_("in Swedish"): case.entry.name_sv, N_("in English"): case.entry.name_en}
    return [_(language) for language, name in names.items() if not name]


def of_organisation(case: OrganisationCase) -> Iterator[Finding]:
    """I15: an organisation has a contact, a deputy and a director."""
    holders = {
        N_("preparedness contact"): case.has_contact,
        N_("deputy contact"): case.has_deputy,
        N_("director"): case.has_director,
    }
    if lacking := [_(holder) for holder, named in holders.items() if not named]:
        yield Finding(HOLDERS, Severity.NOTABLE, case.thing, {"holders": listed(lacking)})


def sorted_by_weight(findings: Iterator[Finding] | list[Finding]) -> list[Finding]:
    """The gravest first, then by thing and rule."""
    return sorted(findings, key=lambda finding: finding.order)
