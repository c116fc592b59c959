"""Words of the risk scale that are stored."""

from prepare.texts import N_
from prepare.vocabulary import Labelled


class Axis(Labelled):
    """An axis of the risk matrix."""

    LIKELIHOOD = "likelihood", N_("Likelihood")
    IMPACT = "impact", N_("Impact")
