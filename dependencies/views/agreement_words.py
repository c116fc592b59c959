"""What an agreement means today, in words."""

from datetime import date
from types import SimpleNamespace

from dependencies import agreements as rules
from dependencies.models.agreements import Agreement
from dependencies.vocabulary import AgreementState, Validity
from prepare.clock import today
from prepare.texts import _, day


def standing(agreement: Agreement) -> SimpleNamespace:
    """An agreement with how it stands today, and what that means."""
    stands = rules.validity(agreement, today())
    return SimpleNamespace(agreement=agreement, validity=stands, meaning=meaning(agreement, stands, today()))


def meaning(agreement: Agreement, stands: Validity, on: date) -> str:
    """What follows from how an agreement stands on the day `on`."""
    if stands is Validity.DRAFT:
        return _("A draft binds nobody yet.")
    if stands is Validity.NOT_YET:
        return _("It binds from %(day)s.", day=day(agreement.valid_from))
    if stands is Validity.UNKNOWN:
        return _("Nobody has recorded since when it is in force.")
    if stands is Validity.EXPIRED:
        return _("It ran out on %(day)s: the partner is no longer bound.", day=day(agreement.valid_to))
    if stands is Validity.ENDED:
        return _ended(agreement)
    if stands is Validity.REVIEW_DUE:
        return _("It binds, but nobody has looked at it in 24 months.")
    return _running(agreement, on)


def _ended(agreement: Agreement) -> str:
    if agreement.ended_on is None:
        return _("It was laid aside.")
    if agreement.state is AgreementState.RENEWED:
        return _("It was replaced; its last day was %(day)s.", day=day(agreement.ended_on))
    return _("It was ended; its last day was %(day)s.", day=day(agreement.ended_on))


def _running(agreement: Agreement, on: date) -> str:
    if agreement.state is AgreementState.RENEWED:
        return _("It binds until %(day)s; then the new one takes over.", day=day(agreement.ended_on))
    if agreement.ended_on:
        return _("Notice has been given: it binds until %(day)s.", day=day(agreement.ended_on))
    if agreement.valid_to is None or agreement.valid_to < on:
        begun = agreement.valid_from or on
        return _(
            "It goes on until further notice; look at it again by %(day)s.",
            day=day(rules.review_on(agreement, begun, on)),
        )
    ends, decide = day(agreement.valid_to), rules.decide_by(agreement)
    in_time = decide is not None and on <= decide < agreement.valid_to
    if agreement.auto_renew:
        if in_time:
            return _("It renews itself on %(end)s unless notice is given by %(day)s.", end=ends, day=day(decide))
        return _("It renews itself on %(end)s; the time to give notice has passed.", end=ends)
    if in_time:
        return _("It binds until %(end)s; decide by %(day)s what comes after it.", end=ends, day=day(decide))
    return _("It binds until %(end)s; what comes after it is to be decided now.", end=ends)
