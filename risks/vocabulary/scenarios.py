"""Words of scenarios that are stored (domain.md 2.2, 2.3)."""

from prepare.texts import N_
from prepare.vocabulary import Labelled


class Severity(Labelled):
    """The class of the situation that a scenario describes; the system records it and never declares it."""

    NORMAL = "normal", N_("Normal conditions")
    DISRUPTION = "disruption", N_("Disruption")
    SERIOUS_DISRUPTION = "serious_disruption", N_("Serious disruption")
    EMERGENCY = "emergency", N_("Emergency conditions")


class Effect(Labelled):
    """What a scenario does to a function that it hits."""

    DOWN = "down", N_("Down")
    DEGRADED = "degraded", N_("Degraded")
