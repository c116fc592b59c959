"""Whether an interface holds when it is needed: eight checks, each of them there, lacking or not known.

Readiness counts six of them (domain.md 4, I09), the rule on vital interfaces (W12) three: it is one rule everywhere.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from dependencies.interface_vocabulary import Part
from prepare.months import months_after
from prepare.texts import N_, _
from prepare.vocabulary import Criticality, Labelled

#: Months within which an interface of each class is exercised together with the partner.
JOINT_MONTHS = {Criticality.K1: 24, Criticality.K2: 36, Criticality.K3: 48}
#: An interface of no class waits as long as one of the highest.
STRICTEST = 24
#: Months within which somebody tries whether alerting works.
ALERTING_MONTHS = 12
#: Months until an interface of each class is looked through again.
REVIEW_MONTHS = {Criticality.K1: 12, Criticality.K2: 12, Criticality.K3: 24, Criticality.K4: 36}

DOES_IT = frozenset({Part.RESPONSIBLE, Part.BOTH})


class Asked(Labelled):
    """What is asked of an interface."""

    OWNERS = "owners", N_("Owners on both sides")
    CONTACTS = "contacts", N_("Duty contacts on both sides")
    ALERTING = "alerting", N_("Alerting that is written down and tested")
    DUTIES = "duties", N_("Responsibilities that are settled")
    FLOWS = "flows", N_("Flows of information that are described")
    AGREEMENT = "agreement", N_("An agreement in force")
    EXERCISE = "exercise", N_("A joint exercise in time")
    REVIEW = "review", N_("A review that is not overdue")

    @property
    def matters(self) -> str:
        """Why it matters in a disruption."""
        return _(_MATTERS[self])


_MATTERS = {
    Asked.OWNERS: N_("What nobody owns on one side is settled by nobody when it breaks."),
    Asked.CONTACTS: N_("A disruption does not wait for office hours: somebody must answer on each side."),
    Asked.ALERTING: N_("Who alerts whom, and by what, is not worked out in the night. It is tried once a year."),
    Asked.DUTIES: N_("Two who each think that the other does it, do not do it."),
    Asked.FLOWS: N_("Who is told late decides late; what is told, when and how must be known before."),
    Asked.AGREEMENT: N_("A partner is held to what it has agreed to, and to nothing else."),
    Asked.EXERCISE: N_("Only an exercise shows whether both sides understand the same by what was written."),
    Asked.REVIEW: N_("People, numbers and duties change; what nobody looks at is wrong within a year or two."),
}


@dataclass(frozen=True)
class Held:
    """What an interface has; None is not known, and never counts as there."""

    criticality: Criticality | None = None
    owners: bool = False
    contacts: bool | None = False
    alerting_documented: bool | None = None
    alerting_tested_on: date | None = None
    duties: bool | None = False
    flows: bool | None = False
    agreement: bool | None = False
    exercised_on: date | None = None
    next_review: date | None = None


@dataclass(frozen=True)
class Verdict:
    """How an interface passes the checks."""

    checks: Mapping[Asked, bool | None]

    @property
    def passed(self) -> int:
        """How many of the checks it passes."""
        return sum(answer is True for answer in self.checks.values())

    @property
    def total(self) -> int:
        """How many checks there are."""
        return len(self.checks)

    @property
    def unknown(self) -> int:
        """For how many of the checks nobody knows."""
        return sum(answer is None for answer in self.checks.values())

    @property
    def lacking(self) -> tuple[Asked, ...]:
        """The checks that it does not pass, known or not."""
        return tuple(check for check, answer in self.checks.items() if not answer)


def verdict(held: Held, on: date) -> Verdict:
    """How an interface that has this passes the eight checks on the day `on`."""
    return Verdict(
        {
            Asked.OWNERS: held.owners,
            Asked.CONTACTS: held.contacts,
            Asked.ALERTING: held.alerting_documented and is_fresh(held.alerting_tested_on, ALERTING_MONTHS, on),
            Asked.DUTIES: held.duties,
            Asked.FLOWS: held.flows,
            Asked.AGREEMENT: held.agreement,
            Asked.EXERCISE: is_exercised(held.criticality, held.exercised_on, on),
            Asked.REVIEW: is_reviewed(held.next_review, on),
        }
    )


def is_fresh(day: date | None, months: int, on: date) -> bool:
    """Whether something was done within so many months before the day `on`."""
    return day is not None and day >= months_after(on, -months)


def is_exercised(criticality: Criticality | None, exercised_on: date | None, on: date) -> bool:
    """Whether it was exercised together within the interval of its class; the lowest class has none."""
    if criticality is Criticality.K4:
        return True
    return is_fresh(exercised_on, JOINT_MONTHS[criticality] if criticality else STRICTEST, on)


def is_reviewed(next_review: date | None, on: date) -> bool:
    """Whether the day of the next review is set and has not gone by."""
    return next_review is not None and next_review >= on


def next_review(criticality: Criticality | None, on: date) -> date:
    """When an interface of this class that is looked through on the day `on` is looked through again."""
    return months_after(on, REVIEW_MONTHS[criticality or Criticality.K1])


def both_reached(city: bool | None, partner: bool | None) -> bool | None:
    """Whether both sides can be reached; each side: True with a way to reach it, None without one, False nobody."""
    if city is False or partner is False:
        return False
    return None if city is None or partner is None else True


def reached(ways: Iterable[bool]) -> bool | None:
    """Whether a side can be reached by its duty contacts, each of which has a number, address or channel or not."""
    known = list(ways)
    return any(known) or (None if known else False)


def is_bound(*, binds: bool, is_referred_to: bool) -> bool | None:
    """Whether it rests on an agreement in force.

    One that is only referred to is not held by the register, so nobody knows whether it is in force.
    """
    return binds or (None if is_referred_to else False)


class Task(Protocol):
    """A row of the responsibility matrix."""

    city_normal: Part | None
    party_normal: Part | None
    city_disruption: Part | None
    party_disruption: Part | None
    city_emergency: Part | None
    party_emergency: Part | None


def who_does(task: Task) -> tuple[bool | None, ...]:
    """For normal times, a disruption and emergency conditions: whether somebody does it; None = a side is unsaid."""
    pairs = (
        (task.city_normal, task.party_normal),
        (task.city_disruption, task.party_disruption),
        (task.city_emergency, task.party_emergency),
    )
    return tuple(True if DOES_IT.intersection(pair) else (None if None in pair else False) for pair in pairs)


def settled(tasks: Iterable[Task]) -> bool | None:
    """Whether every task has somebody who does it under all three conditions; without a task nothing is settled."""
    answers = [answer for task in tasks for answer in who_does(task)]
    if not answers or False in answers:
        return False
    return None if None in answers else True


def described(flows: Iterable[tuple[object, object]]) -> bool | None:
    """Whether every flow, told by its direction and its channel, says both; without a flow nothing is described."""
    told = list(flows)
    if not told:
        return False
    return True if all(direction and channel for direction, channel in told) else None
