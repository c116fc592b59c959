"""Rules on keeping agreements: what may be entered, and which step may follow which (domain.md 2.4)."""

from dataclasses import replace
from datetime import date

from dependencies.agreements import Terms
from dependencies.entries.agreements import AgreementEntry, EndEntry, RenewalEntry
from dependencies.vocabulary import AgreementState
from prepare.errors import RuleBroken
from prepare.texts import N_
from prepare.vocabulary import Confidentiality

#: Those that go on: they may be changed, ended and renewed.
OPEN = frozenset({AgreementState.DRAFT, AgreementState.ACTIVE})
#: Longer periods of notice are slips of the pen.
MOST_MONTHS = 120


def completed(entry: AgreementEntry) -> AgreementEntry:
    """The entry with what follows from it: a time that is recorded is promised."""
    return entry if entry.recovery_h is None else replace(entry, recovery_time_stated=True)


def problems(entry: AgreementEntry, state: AgreementState) -> list[RuleBroken]:
    """Every rule that the entry breaks as an agreement in this state (E7, E12, E13)."""
    found = _time_problems(entry, state)
    if not (entry.name_fi or "").strip():
        found.append(RuleBroken(N_("Give the agreement a name in Finnish."), field="name_fi"))
    if entry.recovery_h is not None and entry.recovery_h < 0:
        found.append(RuleBroken(N_("A duration cannot be negative."), field="recovery_h"))
    if entry.recovery_h is not None and entry.recovery_time_stated is False:
        message = N_("You gave a recovery time: then the agreement promises one. Empty the hours, or say yes.")
        found.append(RuleBroken(message, field="recovery_time_stated"))
    if entry.confidentiality is Confidentiality.CONFIDENTIAL and not (entry.secrecy_basis or "").strip():
        found.append(RuleBroken(N_("Give the legal basis of secrecy."), field="secrecy_basis"))
    return found


def _time_problems(entry: AgreementEntry, state: AgreementState) -> list[RuleBroken]:
    found = []
    if state is not AgreementState.DRAFT and entry.valid_from is None:
        found.append(RuleBroken(N_("Say from which day the agreement is in force."), field="valid_from"))
    if entry.valid_from and entry.valid_to and entry.valid_to < entry.valid_from:
        found.append(RuleBroken(N_("The last day cannot be before the first."), field="valid_to"))
    if entry.notice_months is not None and not 0 <= entry.notice_months <= MOST_MONTHS:
        message = N_("Give the period of notice in months, from 0 to %(most)s.")
        found.append(RuleBroken(message, field="notice_months", most=MOST_MONTHS))
    return found


def refuse_closed(state: AgreementState) -> None:
    """Raise RuleBroken when the agreement has been ended or replaced: it stays as it was."""
    if state not in OPEN:
        raise RuleBroken(N_("The agreement has been ended or replaced. It stays as it was."))


def beginning_problems(terms: Terms, *, on: date) -> list[RuleBroken]:
    """Every rule that stands against taking a draft into force on the day `on`."""
    if terms.state is not AgreementState.DRAFT:
        return [RuleBroken(N_("Only a draft is taken into force."))]
    if terms.valid_from is None:
        return [RuleBroken(N_("Say first, by editing it, from which day the agreement is in force."))]
    if terms.valid_to and terms.valid_to < on and not terms.auto_renew:
        return [RuleBroken(N_("Its last day has passed already. Correct its days by editing it."))]
    return []


def ending_problems(entry: EndEntry, terms: Terms, *, on: date) -> list[RuleBroken]:
    """Every rule that the end breaks: a draft needs only a reason, one in force also its last day."""
    refuse_closed(terms.state)
    found = []
    if not (entry.end_reason or "").strip():
        found.append(RuleBroken(N_("Say why it is ended."), field="end_reason"))
    if terms.state is AgreementState.DRAFT:
        return found
    if entry.ended_on is None:
        found.append(RuleBroken(N_("Give the last day on which it binds."), field="ended_on"))
    elif terms.valid_from and entry.ended_on < terms.valid_from:
        found.append(RuleBroken(N_("The last day cannot be before the first."), field="ended_on"))
    elif terms.valid_to and entry.ended_on > terms.valid_to and not terms.auto_renew:
        found.append(RuleBroken(N_("It ends by itself before that. Renew it instead."), field="ended_on"))
    if entry.noticed_on and entry.noticed_on > on:
        found.append(RuleBroken(N_("The day of the notice lies in the future."), field="noticed_on"))
    if entry.noticed_on and entry.ended_on and entry.ended_on < entry.noticed_on:
        found.append(RuleBroken(N_("The last day cannot be before the notice."), field="ended_on"))
    return found


def renewal_problems(entry: RenewalEntry, terms: Terms, successor: AgreementState | None) -> list[RuleBroken]:
    """Every rule that a renewal breaks; `successor` is the state of the one that replaces it already, if there is."""
    if terms.state is not AgreementState.ACTIVE:
        return [RuleBroken(N_("Only an agreement in force is renewed."))]
    if successor is not None and successor is not AgreementState.TERMINATED:
        return [RuleBroken(N_("It is being renewed already."))]
    found = []
    if entry.valid_from is None:
        found.append(RuleBroken(N_("Say from which day the new agreement is in force."), field="valid_from"))
    elif terms.valid_from and entry.valid_from <= terms.valid_from:
        found.append(RuleBroken(N_("The new agreement begins after the old one."), field="valid_from"))
    if entry.valid_from and entry.valid_to and entry.valid_to < entry.valid_from:
        found.append(RuleBroken(N_("The last day cannot be before the first."), field="valid_to"))
    return found
