"""Words of phenomena and signals that are stored (S002)."""

from prepare.texts import N_
from prepare.vocabulary import Labelled


class PhenomenonState(Labelled):
    """Whether a phenomenon is followed."""

    OPEN = "open", N_("Followed")
    CLOSED = "closed", N_("No longer followed")


class Reliability(Labelled):
    """How far a signal can be relied on, as its receiver judges it."""

    A = "A", N_("Confirmed by several sources")
    B = "B", N_("Reliable source, not confirmed")
    C = "C", N_("Source that cannot be judged")
    D = "D", N_("Hearsay or rumour")

    @property
    def option(self) -> str:
        """The letter with its meaning, as people speak of it."""
        return f"{self.value} {self.label}"
