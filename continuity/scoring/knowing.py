"""Indicators of what is known: I01 completeness, I02 currency, I06 achievable RTO, I11 risks."""

from datetime import date

from continuity.scoring.cases import FunctionFacts, RiskFacts
from continuity.scoring.indicator import Mark, Row, Step
from continuity.scoring.vocabulary import weight_of
from dependencies.vocabulary import RtoStatus
from prepare.criticality import REVIEW_MONTHS
from prepare.entries import FunctionEntry
from prepare.months import months_after
from prepare.registration import IMPACTS_GAP, MANDATORY, TIMED, VITAL, problems
from prepare.texts import N_

FILL_IN = N_("Fill in what is missing.")
REVIEW_FUNCTION = N_("Review the function and have it confirmed.")
ASK_TIMES = N_("Find out the recovery times that are unknown.")
SHORTEN = N_("Shorten the recovery, or agree on an objective that can be kept.")
TREAT_RISK = N_("Give the risk an owner, a review and a measure or an acceptance.")


NEEDS = N_("What the function needs, or that it needs nothing")


def mandatory(entry: FunctionEntry, *, has_impacts: bool, has_needs: bool) -> tuple[int, tuple[str, ...]]:
    """How many facts a function of its class must state, and the N_() names of those that it lacks.

    The needs and the impact grid count as one each; a fact that breaks a rule counts as lacking.
    """
    broken = {problem.field for problem in problems(entry)}
    wanted = [
        (name, what) for name, classes, what, _why in MANDATORY if classes is None or entry.criticality in classes
    ]
    lacking = [what for name, what in wanted if getattr(entry, name) in (None, "") or name in broken]
    if entry.criticality not in VITAL:
        return len(wanted), tuple(lacking)
    lacking += [] if has_impacts else [IMPACTS_GAP.what_message]
    lacking += [] if has_needs else [NEEDS]
    return len(wanted) + 2, tuple(lacking)


def complete(case: FunctionFacts) -> Row:
    """I01: the share of the mandatory facts that are filled and valid."""
    lacking, weight = len(case.lacking), weight_of(case.criticality)
    if not lacking:
        return Row(case.item, weight, 1, N_("Everything that its class asks for is filled in."))
    share = 1 - lacking / case.wanted
    why = N_("%(count)s of %(wanted)s mandatory facts are missing: %(what)s.")
    values = {"count": lacking, "wanted": case.wanted, "what": case.lacking}
    return Row(case.item, weight, share, why, values, step=Step(case.item, FILL_IN))


def reviewed(case: FunctionFacts, on: date) -> Row | None:
    """I02: whether the function was reviewed within the interval of its class; K1-K3."""
    if case.criticality not in TIMED:
        return None
    weight, step = weight_of(case.criticality), Step(case.item, REVIEW_FUNCTION)
    if case.reviewed_on is None:
        return Row(case.item, weight, 0, N_("Nobody has recorded when it was last reviewed."), unknown=True, step=step)
    values = {"day": case.reviewed_on, "months": REVIEW_MONTHS[case.criticality]}
    if case.reviewed_on >= months_after(on, -REVIEW_MONTHS[case.criticality]):
        return Row(case.item, weight, 1, N_("Reviewed on %(day)s, within %(months)s months."), values)
    why = N_("Last reviewed on %(day)s, more than %(months)s months ago.")
    return Row(case.item, weight, 0, why, values, step=step)


def achievable(case: FunctionFacts) -> Row | None:
    """I06: whether the RTO can be kept through everything that the function needs; K1-K2."""
    if case.criticality not in VITAL or case.rto is None:
        return None
    weight = weight_of(case.criticality)
    if case.rto is RtoStatus.OK:
        return Row(case.item, weight, 1, N_("The recovery time objective can be kept."))
    if case.rto is RtoStatus.GAP:
        why = N_("The recovery time objective cannot be kept.")
        return Row(case.item, weight, 0, why, step=Step(case.item, SHORTEN))
    why = N_("Nobody knows: %(count)s recovery times in its chain are unknown.")
    values = {"count": case.blocked_by}
    return Row(case.item, weight, 0, why, values, unknown=True, step=Step(case.item, ASK_TIMES))


def risk(case: RiskFacts, on: date) -> Row:
    """I11: whether a significant risk has an owner, a valid review, and a measure or a dated acceptance."""
    is_treated = case.has_measure or case.is_accepted
    is_reviewed = case.next_review is not None and case.next_review >= on
    lacks = (
        (not case.has_owner, N_("an owner")),
        (not is_reviewed, N_("a review that is not overdue")),
        (not is_treated, N_("a measure or a dated acceptance")),
    )
    lacking = tuple(what for is_lacking, what in lacks if is_lacking)
    if not lacking:
        return Row(case.item, 1, 1, N_("It has an owner, a valid review, and a measure or an acceptance."))
    hole = case.is_critical and not (case.has_owner and is_treated)
    step = Step(case.item, TREAT_RISK)
    return Row(
        case.item, 1, 0, N_("It lacks: %(what)s."), {"what": lacking}, step=step, mark=Mark.HOLE if hole else None
    )
