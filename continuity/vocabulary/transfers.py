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
#: States that tell what became of an item, for which somebody must show what tells it.
SETTLED_TRANSFERS = frozenset(TransferState) - {TransferState.NOT_ASSESSED, TransferState.AT_RISK}
#: States in which something must be done, so that a measure is asked for.
WANTING_MEASURE = frozenset({TransferState.AT_RISK, TransferState.LOST})


class TransferStage(Labelled):
    """How far a transfer has come; that it is in force is told by its day and never stored."""

    PLANNED = "planned", N_("Planned")
    PREPARED = "prepared", N_("Prepared")
    MOVED = "moved", N_("Decided")
    UNDONE = "undone", N_("Taken back")
    CANCELLED = "cancelled", N_("Cancelled")


#: Stages in which what moves and when may still be changed.
AHEAD = frozenset({TransferStage.PLANNED, TransferStage.PREPARED, TransferStage.UNDONE})


class Moving(Labelled):
    """A kind of record that goes from one organisation to another in a transfer."""

    FUNCTION = "function", N_("Function")
    PLAN = "plan", N_("Plan")
    RISK = "risk", N_("Risk")
    MEASURE = "measure", N_("Measure")
    AGREEMENT = "agreement", N_("Agreement")
    INTERFACE = "interface", N_("Interface")
    EXERCISE = "exercise", N_("Exercise")
