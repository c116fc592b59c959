"""Words of area networks that are stored (domain.md 2.4)."""

from prepare.texts import N_
from prepare.vocabulary import Labelled


class NetworkState(Labelled):
    """A network's life cycle."""

    FORMING = "forming", N_("Being formed")
    ACTIVE = "active", N_("Active")
    SUPPORTED = "supported", N_("Active, supported by the unit")
    MERGED = "merged", N_("Merged into another")
    CLOSED = "closed", N_("Closed")

    @property
    def is_open(self) -> bool:
        """Whether the network still works, or begins to."""
        return self not in (NetworkState.MERGED, NetworkState.CLOSED)
