"""The three levels of local safety planning (S003)."""

from prepare.texts import N_
from prepare.vocabulary import Labelled


class SteeringLevel(Labelled):
    """At which level a plan, a body, a network or a measure stands."""

    STRATEGIC = "strategic", N_("Strategic level")
    CITY = "city", N_("City level")
    AREA = "area", N_("Residential-area level")
