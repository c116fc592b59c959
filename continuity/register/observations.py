"""Every change to what was observed when it mattered."""

from continuity import situations as rules
from continuity.entries.situations import OBSERVATION_COLUMNS, ObservationEntry, of_observation
from continuity.models.exercises import Exercise
from continuity.models.situations import Observation, Situation
from prepare import actor
from prepare.access import Action, act
from prepare.db import db
from prepare.errors import RuleBroken, refuse_if
from prepare.merging import Seen, refuse_stale
from prepare.register.codes import next_code
from prepare.texts import N_
from risks.models.measures import Measure
from risks.queries import measures as measure_queries


@act(Action.ADD_OBSERVATION)
def add(seen_in: Situation | Exercise, entry: ObservationEntry) -> Observation:
    """Keep what was observed in a situation or an exercise, under the next free code.

    Raises RuleBroken with every broken rule.
    """
    exercise = seen_in if isinstance(seen_in, Exercise) else None
    ahead = exercise is not None and not exercise.was_held
    refuse_if(
        [*([RuleBroken(N_("The exercise has not been held."))] if ahead else []), *rules.observation_problems(entry)]
    )
    measure = _measure(entry.measure)
    observation = Observation(
        code=next_code(Observation.code, "OB-"),
        organisation=seen_in.organisation,
        situation=seen_in if isinstance(seen_in, Situation) else None,
        exercise=exercise,
        confidentiality=seen_in.confidentiality,
    )
    db.session.add(observation)
    _fill(observation, entry, measure)
    return observation


@act(Action.EDIT_OBSERVATION)
def edit(observation: Observation, entry: ObservationEntry, *, seen: Seen[ObservationEntry] | None) -> Observation:
    """Change an observation, or say what is done about it. Raises StaleEntry and RuleBroken."""
    refuse_stale(seen, seen_now(observation))
    refuse_if(rules.observation_problems(entry))
    _fill(observation, entry, _measure(entry.measure))
    return observation


def seen_now(observation: Observation) -> Seen[ObservationEntry]:
    """What a person sees who edits the observation now."""
    return Seen(of_observation(observation))


def _fill(observation: Observation, entry: ObservationEntry, measure: Measure | None) -> None:
    for name in OBSERVATION_COLUMNS:
        setattr(observation, name, getattr(entry, name))
    observation.measure = measure
    db.session.flush()


def _measure(code: str | None) -> Measure | None:
    if code is None:
        return None
    rows = measure_queries.measures(actor.current().scope).where(Measure.code == code)
    found = db.session.scalars(rows).one_or_none()
    if found is None:
        raise RuleBroken(N_("There is no such measure: %(code)s."), field="measure", code=code)
    return found
