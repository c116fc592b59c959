"""Indicators of leadership and improvement.

I14 meetings, I15 duty holders, I16 guidance, I07 single points of failure, I12 measures and observations.
"""

from datetime import date, timedelta

from continuity.scoring.cases import AnswerFacts, BodyFacts, HolderFacts, LossFacts, MeasureFacts, ObservationFacts
from continuity.scoring.indicator import Effect, Row, Step
from dependencies.vocabulary import Handling
from prepare.texts import N_
from risks import cadence

#: An observed gap is closed within so many days.
CLOSE_DAYS = 90

MEET = N_("Call a meeting.")
NAME = N_("Name who is missing.")
ANSWER = N_("Answer the requirement.")
DECIDE = N_("Decide what is done about the loss.")
FINISH = N_("Finish the measure.")
SET_DUE = N_("Say by which day the measure is done.")
CLOSE = N_("Close the observation with a measure or a reason.")


def meets(case: BodyFacts, on: date) -> Row:
    """I14: whether the body has met within its interval and one month."""
    values = {"day": case.held_on, "months": case.cadence_months}
    missed = cadence.is_missed(case.cadence_months, case.held_on, case.appointed_on, on=on, failed_on=case.failed_on)
    if not missed:
        if case.held_on is None:
            return Row(case.item, 1, 1, N_("Its first meeting is not due yet."), values)
        return Row(case.item, 1, 1, N_("Met on %(day)s; it meets every %(months)s months."), values)
    step = Step(case.item, MEET)
    if case.held_on is None:
        unknown = case.appointed_on is None
        return Row(case.item, 1, 0, N_("No meeting has been recorded."), values, unknown=unknown, step=step)
    return Row(case.item, 1, 0, N_("Last met on %(day)s; it meets every %(months)s months."), values, step=step)


def holders(case: HolderFacts) -> Row:
    """I15: whether a contact, a deputy and a director are named, each with an account in use."""
    named = (
        (case.contact, N_("a preparedness contact")),
        (case.deputy, N_("a deputy")),
        (case.director, N_("a director")),
    )
    lacking = tuple(what for given, what in named if not given)
    if not lacking:
        return Row(case.item, 1, 1, N_("Contact, deputy and director are named."))
    return Row(case.item, 1, 0, N_("It lacks: %(what)s."), {"what": lacking}, step=Step(case.item, NAME))


def answered(case: AnswerFacts) -> Row:
    """I16: whether a requirement of the guidance in force has been answered."""
    if case.is_answered:
        return Row(case.item, 1, 1, N_("Answered."))
    return Row(case.item, 1, 0, N_("Not answered."), step=Step(case.item, ANSWER))


def loss(case: LossFacts) -> Row | None:
    """I07: whether a single point of failure is treated or accepted; what the city cannot double is left out."""
    if case.handling is Handling.BOUNDARY:
        return None
    values = {"count": case.lost}
    if case.handling is Handling.UNTREATED:
        why = N_("Its loss takes down %(count)s vital functions, and nothing has been decided.")
        return Row(case.item, case.lost, 0, why, values, step=Step(case.item, DECIDE))
    why = N_("Its loss takes down %(count)s vital functions; it is treated or accepted.")
    return Row(case.item, case.lost, 1, why, values)


def measure(case: MeasureFacts, on: date) -> Row:
    """I12: whether an active measure is not overdue; one that ought to have a day and has none is unknown."""
    if case.due is None:
        if not case.wants_due:
            return Row(case.item, 1, 1, N_("A measure of an area needs no day."))
        return Row(case.item, 1, 0, N_("It has no day."), unknown=True, step=Step(case.item, SET_DUE))
    values = {"day": case.due}
    if case.due >= on:
        return Row(case.item, 1, 1, N_("Due on %(day)s."), values)
    return Row(case.item, 1, 0, N_("Overdue since %(day)s."), values, step=Step(case.item, FINISH, Effect.LEAVES))


def observation(case: ObservationFacts, on: date) -> Row | None:
    """I12: whether an observed gap was closed within 90 days; one that still has time is not asked about."""
    if case.observed_on is None:
        step = None if case.closed_on else Step(case.item, CLOSE, Effect.NONE)
        return Row(case.item, 1, 0, N_("Nobody knows when it was observed."), unknown=True, step=step)
    limit = case.observed_on + timedelta(days=CLOSE_DAYS)
    values = {"day": case.closed_on or limit}
    if case.closed_on is None:
        if limit >= on:
            return None
        why = N_("Open, although it should have been closed by %(day)s.")
        return Row(case.item, 1, 0, why, values, step=Step(case.item, CLOSE, Effect.NONE))
    if case.closed_on <= limit:
        return Row(case.item, 1, 1, N_("Closed on %(day)s, within 90 days."), values)
    return Row(case.item, 1, 0, N_("Closed on %(day)s, later than 90 days."), values)
