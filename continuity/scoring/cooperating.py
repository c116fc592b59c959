"""Indicators of cooperation: I09 interfaces, I10 agreements, I13 transfer, I17 dependencies confirmed."""

from datetime import date

from continuity.scoring.cases import AgreementFacts, DependencyFacts, InterfaceFacts, TransferFacts
from continuity.scoring.indicator import Mark, Row, Step
from continuity.scoring.vocabulary import weight_of
from dependencies import confirming
from dependencies.completeness import is_exercised, is_reviewed
from dependencies.vocabulary import Standing
from prepare.texts import N_

MEND_INTERFACE = N_("See to what the interface lacks.")
MEND_AGREEMENT = N_("Renew or complete the agreement.")
ASK_SUPPLIER = N_("Ask the supplier to confirm the dependency.")
SECURE = N_("Decide what becomes of it, and secure it.")


def interface(case: InterfaceFacts, on: date) -> Row:
    """I09: which of the six checks an interface passes."""
    checks: tuple[tuple[bool | None, str], ...] = (
        (case.owners, N_("owners on both sides")),
        (case.duty_contacts, N_("duty contacts on both sides")),
        (case.alerting, N_("a documented way of alerting")),
        (case.agreement, N_("a valid agreement")),
        (is_exercised(case.criticality, case.exercised_on, on), N_("a joint exercise in time")),
        (is_reviewed(case.next_review, on), N_("a review that is not overdue")),
    )
    lacking = tuple(what for passed, what in checks if not passed)
    weight, share = weight_of(case.criticality), (len(checks) - len(lacking)) / len(checks)
    if not lacking:
        return Row(case.item, weight, 1, N_("It passes all six checks."))
    unknown = sum(passed is None for passed, _what in checks) / len(checks)
    why, step = N_("It lacks: %(what)s."), Step(case.item, MEND_INTERFACE)
    return Row(case.item, weight, share, why, {"what": lacking}, unknown=unknown, step=step)


def agreement(case: AgreementFacts) -> Row:
    """I10: which of the three checks an agreement passes under an essential dependency of a K1-K2 function."""
    checks = (
        (case.is_valid, N_("a term that has not run out")),
        (case.preparedness_clause, N_("a preparedness clause")),
        (case.recovery_time, N_("a recovery time")),
    )
    lacking = tuple(what for passed, what in checks if not passed)
    if not lacking:
        return Row(case.item, 1, 1, N_("It is valid, and states preparedness and a recovery time."))
    share, hole = (len(checks) - len(lacking)) / len(checks), case.carries_vital and not case.is_valid
    unknown = sum(passed is None for passed, _what in checks) / len(checks)
    why, step, mark = N_("It lacks: %(what)s."), Step(case.item, MEND_AGREEMENT), Mark.HOLE if hole else None
    return Row(case.item, 1, share, why, {"what": lacking}, unknown, step, mark)


def transfer(case: TransferFacts) -> Row:
    """I13: whether what changed hands is secured: retained, renewed, moved or not needed."""
    if case.is_secured:
        return Row(case.item, 1, 1, N_("It is secured."))
    step = Step(case.item, SECURE)
    if case.is_lost:
        return Row(case.item, 1, 0, N_("It was lost in the transfer."), step=step, mark=Mark.HOLE)
    if not case.is_assessed:
        return Row(case.item, 1, 0, N_("Nobody has assessed what became of it."), unknown=True, step=step)
    return Row(case.item, 1, 0, N_("It is at risk."), step=step)


def confirmed(case: DependencyFacts, on: date) -> Row:
    """I17: whether the supplier has confirmed an essential dependency of a K2 function in 24 months, of a K1 in 12."""
    values = {"supplier": case.supplier, "day": case.answered_on}
    step = Step(case.item, ASK_SUPPLIER)
    if case.standing is Standing.DISPUTED:
        why = N_("What %(supplier)s has signed is later or less than what is needed.")
        return Row(case.item, 1, 0, why, values, step=step)
    if case.standing is Standing.UNKNOWN:
        why = N_("%(supplier)s has answered, and does not know how soon it delivers.")
        return Row(case.item, 1, 0, why, values, unknown=True, step=step)
    if case.standing is Standing.PROPOSED:
        return Row(case.item, 1, 0, N_("%(supplier)s has not answered."), values, step=step)
    if case.answered_on is None:
        why = N_("%(supplier)s has confirmed it; nobody knows when.")
        return Row(case.item, 1, 0, why, values, unknown=True, step=step)
    if confirming.is_fresh(case.answered_on, case.criticality, on=on):
        return Row(case.item, 1, 1, N_("%(supplier)s confirmed it on %(day)s."), values)
    why = N_("%(supplier)s confirmed it on %(day)s, longer ago than a confirmation holds.")
    return Row(case.item, 1, 0, why, values, step=step)
