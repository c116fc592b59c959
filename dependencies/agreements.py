"""How an agreement stands on a day: in force, expiring, expired (domain.md 2.4)."""

from datetime import date
from typing import Protocol

from dependencies.vocabulary import AgreementState, Clause, Validity
from prepare.months import months_after

#: An agreement expires soon when it ends within so many months, or within its period of notice if that is longer.
SOON_MONTHS = 6
#: One that goes on until further notice is looked at again after so many months.
REVIEW_MONTHS = 24
#: Those by which nobody can be held to anything on that day.
NOT_BINDING = frozenset({Validity.DRAFT, Validity.NOT_YET, Validity.EXPIRED, Validity.ENDED, Validity.UNKNOWN})


class Terms(Protocol):
    """What is asked of an agreement."""

    @property
    def state(self) -> AgreementState:
        """As people have recorded it."""

    @property
    def valid_from(self) -> date | None:
        """The first day."""

    @property
    def valid_to(self) -> date | None:
        """The last day; None = until further notice."""

    @property
    def notice_months(self) -> int | None:
        """Months of notice."""

    @property
    def auto_renew(self) -> bool:
        """Whether it goes on by itself."""

    @property
    def reviewed_on(self) -> date | None:
        """When it was last looked at."""


def validity(terms: Terms, on: date) -> Validity:
    """How the agreement stands on the day `on`.

    One that renews itself never expires, but the decision to leave it must be made before its period of notice:
    it counts as expiring then. One until further notice is due for a review every 24 months, counted from the last
    review or, if there was none, from its first day. Without a first day nobody knows.
    """
    if terms.state is AgreementState.DRAFT:
        return Validity.DRAFT
    if terms.state in (AgreementState.TERMINATED, AgreementState.RENEWED):
        return Validity.ENDED
    if terms.valid_from is None:
        return Validity.UNKNOWN
    if terms.valid_from > on:
        return Validity.NOT_YET
    return _running(terms, terms.valid_from, on)


def _running(terms: Terms, begun: date, on: date) -> Validity:
    if terms.valid_to is None:
        looked_at = max(terms.reviewed_on or begun, begun)
        return Validity.REVIEW_DUE if months_after(looked_at, REVIEW_MONTHS) < on else Validity.VALID
    if terms.valid_to < on and not terms.auto_renew:
        return Validity.EXPIRED
    if on <= terms.valid_to <= months_after(on, max(SOON_MONTHS, terms.notice_months or 0)):
        return Validity.EXPIRING
    return Validity.VALID


def lacks_clause(clause: Clause | None) -> bool:
    """Whether a clause is missing that the agreement ought to have; one that nobody has looked for is missing too."""
    return clause in (Clause.NO, None)
