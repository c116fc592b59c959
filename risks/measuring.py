"""What a measure must satisfy, what it still lacks, and how it goes from planned to verified (domain.md 2.3, 2.4)."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar

from prepare.errors import RuleBroken
from prepare.registration import Gap
from prepare.texts import N_
from prepare.vocabulary import Confidentiality
from risks.entries.measures import MeasureEntry, ProgressEntry, ReopeningEntry
from risks.reasons import reason_problems
from risks.vocabulary.levels import SteeringLevel
from risks.vocabulary.measures import OPEN_STATES, MeasureState, OpenState


class HasState(Protocol):
    """A measure, as far as its state tells."""

    @property
    def state(self) -> MeasureState:
        """Where it stands in its life cycle."""


M = TypeVar("M", bound=HasState)

#: field → what is missing, why it matters
MANDATORY: tuple[tuple[str, str, str], ...] = (
    ("kind", N_("Kind of measure"), N_("It tells whether the measure prevents, prepares or mends.")),
    ("source", N_("What it came from"), N_("Whoever asked for the measure wants to hear that it is done.")),
    ("owner_role", N_("Owner (role)"), N_("Without an owner nobody carries the measure out.")),
)
DUE = ("due", N_("Due date"), N_("Without a day nobody notices that it is late."))
AREA = ("area", N_("Area"), N_("A measure at the level of residential areas belongs to an area."))
OVERDUE = ("overdue_reason", N_("Reason for being late"), N_("Whoever waits for it must be able to prepare."))
#: From these states → what the step leads to.
STARTS = frozenset({MeasureState.PLANNED, MeasureState.ON_HOLD})
CANCELS = OPEN_STATES | {MeasureState.DONE}
REOPENS = frozenset({MeasureState.DONE, MeasureState.VERIFIED, MeasureState.CANCELLED})
#: Progress of a measure that is not done stays below this.
DONE_PCT = 100


def problems(entry: MeasureEntry) -> list[RuleBroken]:
    """Every rule that the entry breaks."""
    found = []
    if not entry.name_fi or not entry.name_fi.strip():
        found.append(RuleBroken(N_("Give the measure a name."), field="name_fi"))
    if entry.source_code and entry.source is None:
        found.append(RuleBroken(N_("Say what kind of record the code belongs to."), field="source"))
    if entry.cost_eur is not None and entry.cost_eur < 0:
        found.append(RuleBroken(N_("The value cannot be negative."), field="cost_eur"))
    if entry.confidentiality is Confidentiality.CONFIDENTIAL and not entry.secrecy_basis:
        message = N_("State the legal basis of secrecy, for example “Openness Act 24 § 1 mom. 8”.")
        found.append(RuleBroken(message, field="secrecy_basis"))
    return found


def is_overdue(state: MeasureState, due: date | None, *, on: date) -> bool:
    """Whether the day has passed and somebody is still to work on it; never stored."""
    return state in OPEN_STATES and due is not None and due < on


def overdue_days(state: MeasureState, due: date | None, *, on: date) -> int | None:
    """By how many days it is late; None when it is not."""
    return (on - due).days if due is not None and is_overdue(state, due, on=on) else None


def in_force(measures: Iterable[M]) -> list[M]:
    """Those of the measures that were not cancelled: a risk is treated by them only."""
    return [measure for measure in measures if measure.state is not MeasureState.CANCELLED]


def gaps(entry: MeasureEntry, *, overdue_reason: str | None = None, is_late: bool = False) -> list[Gap]:
    """What the measure still lacks, in the order of the form; at the level of areas no day is demanded (S003)."""
    at_area = entry.level is SteeringLevel.AREA
    wanted = [*MANDATORY, AREA if at_area else DUE]
    found = [Gap(name, what, why) for name, what, why in wanted if getattr(entry, name) in (None, "")]
    if is_late and not overdue_reason:
        found.append(Gap(*OVERDUE))
    return found


def refuse_unless(state: MeasureState, allowed: frozenset[MeasureState]) -> None:
    """Raise RuleBroken unless the measure is in one of the states from which the step leads on."""
    if state not in allowed:
        raise RuleBroken(N_("The measure is now “%(state)s”, so this cannot be done."), state=state.label)


def progress_problems(entry: ProgressEntry) -> list[RuleBroken]:
    """What is planned has not begun, what has begun is not done, and what rests has a reason."""
    found = []
    if entry.progress_pct is not None and not 0 <= entry.progress_pct < DONE_PCT:
        message = N_("Progress lies from 0 to 99 %; a measure that is ready is reported done.")
        found.append(RuleBroken(message, field="progress_pct"))
    if entry.state is OpenState.PLANNED and entry.progress_pct:
        found.append(RuleBroken(N_("What is only planned has no progress yet: choose “In progress”."), field="state"))
    if entry.state is OpenState.ON_HOLD and not entry.state_reason:
        found.append(RuleBroken(N_("Say why the measure is on hold."), field="state_reason"))
    return found


def reopening_problems(entry: ReopeningEntry) -> list[RuleBroken]:
    """A measure is taken up again for a reason, and what is taken up again is not ready."""
    found = reason_problems(entry)
    if not 0 <= (entry.progress_pct or 0) < DONE_PCT:
        message = N_("Progress lies from 0 to 99 %; a measure that is ready is reported done.")
        found.append(RuleBroken(message, field="progress_pct"))
    return found


def refuse_same_person(done_by: int | None, verifier: int | None) -> None:
    """Raise RuleBroken when the person who reported a measure done would verify it."""
    if done_by is not None and done_by == verifier:
        raise RuleBroken(N_("You reported the measure done, so somebody else verifies it."))
