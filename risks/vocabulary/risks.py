"""Words of risks that are stored (domain.md 2.2-2.4)."""

from prepare.texts import N_
from prepare.vocabulary import Labelled


class RiskState(Labelled):
    """A risk's life cycle."""

    IDENTIFIED = "identified", N_("Identified")
    ASSESSED = "assessed", N_("Assessed")
    TREATING = "treating", N_("Being treated")
    MONITORED = "monitored", N_("Monitored")
    ACCEPTED = "accepted", N_("Accepted")
    CLOSED = "closed", N_("Closed")


class Trend(Labelled):
    """Where the risk is going; the national risk assessment uses it as a criterion of its own."""

    RISING = "rising", N_("Rising")
    SAME = "same", N_("Unchanged")
    FALLING = "falling", N_("Falling")


class Confidence(Labelled):
    """How sure the assessors are."""

    LOW = "low", N_("Low confidence")
    MEDIUM = "medium", N_("Medium confidence")
    HIGH = "high", N_("High confidence")


class Treatment(Labelled):
    """What is done about the risk."""

    AVOID = "avoid", N_("Avoid")
    REDUCE = "reduce", N_("Reduce")
    SHARE = "share", N_("Share")
    ACCEPT = "accept", N_("Accept")


class Occasion(Labelled):
    """On what occasion an assessment was written down."""

    ASSESSED = "assessed", N_("Assessed")
    REVIEWED = "reviewed", N_("Reviewed without change")
    ACCEPTED = "accepted", N_("Accepted")
    CLOSED = "closed", N_("Closed")
    REOPENED = "reopened", N_("Reopened")
    RESCALED = "rescaled", N_("Moved to a new scale")
