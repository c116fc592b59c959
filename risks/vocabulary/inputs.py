"""Words of residents' input that are stored (S003)."""

from prepare.texts import N_
from prepare.vocabulary import Labelled


class InputSource(Labelled):
    """How residents were heard."""

    SURVEY = "survey", N_("Survey")
    HEARING = "hearing", N_("Hearing")
    MAP_FEEDBACK = "map_feedback", N_("Feedback on a map")
    EVENT = "event", N_("Event or safety walk")
