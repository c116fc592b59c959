"""What an exercise must satisfy, how it goes from planned to closed, and when it is late (domain.md 2.3, 2.4, E12)."""

from collections.abc import Iterable
from datetime import date, timedelta

from continuity.entries.exercises import EvaluationEntry, ExerciseEntry, HoldingEntry, InjectEntry, MeasurementEntry
from continuity.entries.situations import ObservationEntry
from continuity.situations import is_settled
from continuity.vocabulary.exercises import AHEAD, HELD, ExerciseState
from prepare.errors import RuleBroken
from prepare.texts import N_
from prepare.vocabulary import Confidentiality

#: An exercise that is nearer than this and not prepared waits for somebody.
PREPARED_DAYS = 30
#: A gap that has stood open for longer waits for somebody.
SETTLED_DAYS = 30
#: What stays as it is.
SETTLED = frozenset({ExerciseState.CLOSED, ExerciseState.CANCELLED})
STAYS = N_("The exercise has been closed or cancelled and stays as it is.")
LAST_HOUR = 8760.0  #: one year, as far as a cascade is traced


def problems(entry: ExerciseEntry) -> list[RuleBroken]:
    """Every rule that an exercise's entry breaks."""
    found = []
    if not (entry.name_fi or "").strip():
        found.append(RuleBroken(N_("Give the exercise a name in Finnish."), field="name_fi"))
    if entry.confidentiality is Confidentiality.CONFIDENTIAL and not entry.secrecy_basis:
        message = N_("State the legal basis of secrecy, for example “Openness Act 24 § 1 mom. 8”.")
        found.append(RuleBroken(message, field="secrecy_basis"))
    return found


def editing_problems(state: ExerciseState) -> list[RuleBroken]:
    """What has been closed or cancelled stays as it is."""
    return [RuleBroken(STAYS)] if state in SETTLED else []


def preparation_problems(entry: ExerciseEntry, state: ExerciseState) -> list[RuleBroken]:
    """An exercise is prepared once it is clear when it is held, what for and who leads it."""
    if state is not ExerciseState.PLANNED:
        return [RuleBroken(N_("Only a planned exercise can be called prepared."))]
    lacking = (
        (entry.planned_on, N_("Say on which day it is held.")),
        (entry.objectives, N_("Say what the exercise is to show.")),
        (entry.lead_role, N_("Say who leads it.")),
        (entry.plans or entry.functions or entry.interfaces, N_("Say which plan, function or interface it tests.")),
    )
    return [RuleBroken(message) for value, message in lacking if not value]


def holding_problems(entry: HoldingEntry, state: ExerciseState, *, on: date) -> list[RuleBroken]:
    """E12: an exercise has been held on a day that is not ahead of us."""
    found = []
    if state in SETTLED:
        found.append(RuleBroken(STAYS))
    if entry.held_on is None:
        found.append(RuleBroken(N_("Say on which day it was held."), field="held_on"))
    elif entry.held_on > on:
        found.append(RuleBroken(N_("The day of the exercise cannot lie ahead."), field="held_on"))
    if entry.headcount is not None and entry.headcount < 0:
        found.append(RuleBroken(N_("Give a number of people, or leave it empty."), field="headcount"))
    return found


def evaluation_problems(entry: EvaluationEntry, state: ExerciseState) -> list[RuleBroken]:
    """What was held is evaluated: in a few sentences, or by a report that is kept somewhere."""
    found = []
    if state not in (ExerciseState.HELD, ExerciseState.EVALUATED):
        found.append(RuleBroken(N_("Only an exercise that was held can be evaluated.")))
    if not ((entry.conclusion or "").strip() or (entry.report_ref or "").strip()):
        message = N_("Say in a few sentences what was learnt, or where the report is kept.")
        found.append(RuleBroken(message, field="conclusion"))
    return found


def closing_problems(state: ExerciseState, observations: Iterable[ObservationEntry]) -> list[RuleBroken]:
    """An evaluated exercise is closed once something was observed and every gap has a measure or a reason."""
    if state is not ExerciseState.EVALUATED:
        return [RuleBroken(N_("Only an evaluated exercise can be closed."))]
    learnt = list(observations)
    if not learnt:
        return [RuleBroken(N_("Record first what was observed, at least what worked."))]
    if not all(is_settled(one) for one in learnt):
        return [RuleBroken(N_("Every gap needs a measure, or the reason why nothing is done."))]
    return []


def cancelling_problems(reason: str | None, state: ExerciseState) -> list[RuleBroken]:
    """What lies ahead may be cancelled, for a reason."""
    found = []
    if state not in AHEAD:
        found.append(RuleBroken(N_("Only an exercise that lies ahead can be cancelled.")))
    if not (reason or "").strip():
        found.append(RuleBroken(N_("Say why the exercise is cancelled."), field="state_reason"))
    return found


def inject_problems(entry: InjectEntry) -> list[RuleBroken]:
    """An inject says what happens, within the first year of the scenario."""
    found = []
    if not (entry.happens or "").strip():
        found.append(RuleBroken(N_("Say what happens."), field="happens"))
    if entry.at_h is None or not 0 <= entry.at_h <= LAST_HOUR:
        found.append(RuleBroken(N_("Give the hour from the start of the scenario, from 0 on."), field="at_h"))
    return found


def measurement_problems(entry: MeasurementEntry, state: ExerciseState) -> list[RuleBroken]:
    """A recovery time is measured in an exercise that was held and is not closed."""
    found = []
    if state not in HELD or state is ExerciseState.CLOSED:
        found.append(RuleBroken(N_("Times are measured in an exercise that has been held and is not closed yet.")))
    if entry.achieved_recovery_h is None or not 0 <= entry.achieved_recovery_h <= LAST_HOUR:
        found.append(RuleBroken(N_("Give the measured time in hours."), field="achieved_recovery_h"))
    return found


def taking_problems(*, held_on: date | None, taken_over_on: date | None, known_on: date | None) -> list[RuleBroken]:
    """A measured time becomes the capability once, unless a newer figure is known already."""
    if held_on is None:
        return [RuleBroken(N_("The exercise has not been held."))]
    if taken_over_on is not None:
        return [RuleBroken(N_("The measured time has been taken over already."))]
    if known_on is not None and known_on > held_on:
        return [RuleBroken(N_("The function's capability is known from a later day than the exercise."))]
    return []


def is_unprepared(state: ExerciseState, planned_on: date | None, *, on: date) -> bool:
    """Whether the exercise is near and nobody has said that it is prepared."""
    near = planned_on is not None and planned_on <= on + timedelta(days=PREPARED_DAYS)
    return state is ExerciseState.PLANNED and near


def is_past(state: ExerciseState, planned_on: date | None, *, on: date) -> bool:
    """Whether its day has gone by and nobody has said what became of it."""
    return state in AHEAD and planned_on is not None and planned_on < on
