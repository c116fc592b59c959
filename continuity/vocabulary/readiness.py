"""Words of readiness that are stored."""

from prepare.texts import N_
from prepare.vocabulary import Labelled


class KujaTool(Labelled):
    """With which of KUJA's tools a result was reached."""

    QUICK_TEST = "quick_test", N_("Quick test")
    ASSESSMENT = "assessment", N_("Assessment model")
