"""Words of exercises that are stored (domain.md 2.3, 2.4)."""

from prepare.texts import N_
from prepare.vocabulary import Labelled


class ExerciseKind(Labelled):
    """How an exercise is held, from talking to everything at once."""

    SEMINAR = "seminar", N_("Seminar or training")
    DRILL = "drill", N_("Drill")
    TABLETOP = "tabletop", N_("Table-top exercise")
    FUNCTIONAL = "functional", N_("Functional exercise")
    GAME_BASED = "game_based", N_("Game-based exercise")
    COMMAND_POST = "command_post", N_("Command post exercise")
    TECHNICAL_TEST = "technical_test", N_("Technical test")
    FULL_SCALE = "full_scale", N_("Full-scale exercise")


class ExerciseState(Labelled):
    """An exercise's life cycle."""

    PLANNED = "planned", N_("Exercise planned")
    PREPARED = "prepared", N_("Exercise prepared")
    HELD = "held", N_("Exercise held")
    EVALUATED = "evaluated", N_("Exercise evaluated")
    CLOSED = "closed", N_("Exercise closed")
    CANCELLED = "cancelled", N_("Exercise cancelled")


#: States before the exercise: it lies ahead.
AHEAD = frozenset({ExerciseState.PLANNED, ExerciseState.PREPARED})
#: States after the exercise: it was held.
HELD = frozenset({ExerciseState.HELD, ExerciseState.EVALUATED, ExerciseState.CLOSED})
