"""Words of measures that are stored (domain.md 2.3, 2.4)."""

from prepare.texts import N_
from prepare.vocabulary import Labelled


class MeasureKind(Labelled):
    """What kind of work a measure is."""

    PREVENTIVE = "preventive", N_("Preventive")
    ADVANCE_PREPARATION = "advance_preparation", N_("Advance preparation")
    CORRECTIVE = "corrective", N_("Corrective")
    AGREEMENT = "agreement", N_("Agreement")
    EXERCISE = "exercise", N_("Exercise")
    TRAINING = "training", N_("Training")
    INVESTMENT = "investment", N_("Investment")


class MeasureSource(Labelled):
    """What a measure came from."""

    RISK = "risk", N_("Risk")
    EXERCISE = "exercise", N_("Exercise")
    SITUATION = "situation", N_("Situation")
    SPOF = "spof", N_("Single point of failure")
    RTO_GAP = "rto_gap", N_("Recovery gap")
    FINDING = "finding", N_("Finding")
    INTERFACE = "interface", N_("Interface")
    TRANSFER = "transfer", N_("Transfer of responsibility")
    GUIDANCE = "guidance", N_("Preparedness guidance")
    SAFETY_PLAN = "safety_plan", N_("Safety plan")
    MEETING = "meeting", N_("Meeting")
    AUDIT = "audit", N_("Audit")


class MeasureState(Labelled):
    """A measure's life cycle; that it is overdue is derived and never stored."""

    PLANNED = "planned", N_("Planned")
    IN_PROGRESS = "in_progress", N_("In progress")
    ON_HOLD = "on_hold", N_("On hold")
    DONE = "done", N_("Done")
    VERIFIED = "verified", N_("Verified")
    CANCELLED = "cancelled", N_("Cancelled")


class OpenState(Labelled):
    """The states of a measure in which somebody is still to work on it."""

    PLANNED = "planned", N_("Planned")
    IN_PROGRESS = "in_progress", N_("In progress")
    ON_HOLD = "on_hold", N_("On hold")


#: States in which somebody is still to work on a measure.
OPEN_STATES = frozenset({MeasureState.PLANNED, MeasureState.IN_PROGRESS, MeasureState.ON_HOLD})
#: States after which nothing more happens unless the measure is reopened.
ENDED_STATES = frozenset({MeasureState.VERIFIED, MeasureState.CANCELLED})
