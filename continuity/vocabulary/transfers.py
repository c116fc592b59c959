"""Words of the transfer of responsibility that are stored (domain.md 2.3, 2.4)."""

from prepare.texts import N_
from prepare.vocabulary import Labelled


class TransferKind(Labelled):
    """What is transferred."""

    OPERATING_MODEL = "operating_model", N_("Operating model")
    AGREEMENT = "agreement", N_("Agreement")
    RESOURCE = "resource", N_("Resource")
    INFORMATION = "information", N_("Information")


class TransferState(Labelled):
    """What has become of it."""

    NOT_ASSESSED = "not_assessed", N_("Not assessed")
    AT_RISK = "at_risk", N_("At risk")
    RETAINED = "retained", N_("Retained")
    MOVED = "moved", N_("Moved")
    RENEWED = "renewed", N_("Renewed")
    LOST = "lost", N_("Lost")
    NOT_NEEDED = "not_needed", N_("No longer needed")


#: States in which somebody must still do something (W19); a lost one until a measure has been verified.
OPEN_TRANSFERS = frozenset({TransferState.NOT_ASSESSED, TransferState.AT_RISK, TransferState.LOST})
