"""How an agreement stands on a day: in force, expiring, expired, and by when one must decide (domain.md 2.4)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from dependencies.vocabulary import AgreementState, Clause, Deadline, Validity
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
        """The last day as it was agreed; None = until further notice."""

    @property
    def notice_months(self) -> int | None:
        """Months of notice."""

    @property
    def auto_renew(self) -> bool:
        """Whether it goes on by itself."""

    @property
    def reviewed_on(self) -> date | None:
        """When it was last looked at."""

    @property
    def ended_on(self) -> date | None:
        """The last day on which it binds, once it has been ended or replaced."""


@dataclass(frozen=True)
class Due:
    """A day by which somebody must do something about an agreement."""

    what: Deadline
    on: date


def validity(terms: Terms, on: date) -> Validity:
    """How the agreement stands on the day `on`.

    Without a first day nobody knows. One that has been ended binds until its last day, and one that is replaced
    until the new one begins; if it runs out before that, it has expired in between.
    """
    if terms.state is AgreementState.DRAFT:
        return Validity.DRAFT
    if _is_over(terms, on):
        return Validity.ENDED
    if terms.valid_from is None:
        return Validity.UNKNOWN
    if terms.valid_from > on:
        return Validity.NOT_YET
    if terms.state is AgreementState.TERMINATED:
        return Validity.EXPIRING
    return _running(terms, terms.valid_from, on)


def _is_over(terms: Terms, on: date) -> bool:
    left = terms.state in (AgreementState.TERMINATED, AgreementState.RENEWED)
    return left and (terms.ended_on is None or terms.ended_on < on)


def _running(terms: Terms, begun: date, on: date) -> Validity:
    """How one that has begun and has not been ended stands.

    One that renews itself never expires, but the decision to leave it must be made before its period of notice:
    it counts as expiring then. One until further notice is due for a review every 24 months, counted from the last
    review, from the day on which it renewed itself or from its first day, whichever is the latest.
    """
    if terms.valid_to is None or (terms.auto_renew and terms.valid_to < on):
        return Validity.REVIEW_DUE if review_on(terms, begun, on) < on else Validity.VALID
    if terms.valid_to < on:
        return Validity.EXPIRED
    if terms.ended_on is not None and terms.ended_on <= terms.valid_to:
        return Validity.VALID  # another one takes over in time
    soon = months_after(terms.valid_to, -max(SOON_MONTHS, terms.notice_months or 0))
    return Validity.EXPIRING if soon <= on else Validity.VALID


def review_on(terms: Terms, begun: date, on: date) -> date:
    """The last day on which one until further notice counts as looked at; `begun` is its first day."""
    renewed = [terms.valid_to] if terms.valid_to and terms.valid_to < on else []
    return months_after(max([begun, *renewed, *([terms.reviewed_on] if terms.reviewed_on else [])]), REVIEW_MONTHS)


def decide_by(terms: Terms) -> date | None:
    """The last day to decide whether to leave or to renew: its end less the period of notice; None without an end.

    A day that the month does not have becomes its last one, so that notice given on that day is always in time.
    """
    return months_after(terms.valid_to, -(terms.notice_months or 0)) if terms.valid_to else None


def earliest_end(terms: Terms, noticed_on: date) -> date:
    """The last day of an agreement of which notice is given on this day; it does not go beyond its agreed end."""
    end = months_after(noticed_on, terms.notice_months or 0)
    return min(end, terms.valid_to) if terms.valid_to and not terms.auto_renew else end


def deadlines(terms: Terms, on: date) -> list[Due]:
    """What is to be done about an agreement that binds or runs out, from the day `on`: the earliest first.

    The last day to decide is told until it has passed; of one that is replaced in time, or that has been ended,
    only the end is left.
    """
    stands = validity(terms, on)
    if terms.valid_from is None or stands in NOT_BINDING - {Validity.NOT_YET}:
        return []
    if terms.ended_on is not None:
        last = min(terms.ended_on, terms.valid_to) if terms.valid_to and not terms.auto_renew else terms.ended_on
        return [Due(Deadline.ENDS, last)]
    if terms.valid_to is None or (terms.auto_renew and terms.valid_to < on):
        return [Due(Deadline.REVIEW, review_on(terms, terms.valid_from, on))]
    decide = decide_by(terms)
    ends = Due(Deadline.RENEWS if terms.auto_renew else Deadline.ENDS, terms.valid_to)
    return [Due(Deadline.DECIDE, decide), ends] if decide and on <= decide < terms.valid_to else [ends]


def replaced_on(begins: date) -> date:
    """The last day of an agreement whose successor begins on this day."""
    return begins - timedelta(days=1)


def lacks_clause(clause: Clause | None) -> bool:
    """Whether a clause is missing that the agreement ought to have; one that nobody has looked for is missing too."""
    return clause in (Clause.NO, None)
