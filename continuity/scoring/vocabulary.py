"""Words of the score: the indicators and the kinds of records that they count."""

from prepare.texts import N_
from prepare.vocabulary import Criticality, Dimension, Labelled

#: Stands in every snapshot; a change of any formula raises it.
METHOD = "1"

#: How much a function of each class weighs; one that is not classified weighs as K2 until it is.
WEIGHTS = {Criticality.K1: 4.0, Criticality.K2: 2.0, Criticality.K3: 1.0, Criticality.K4: 0.5}
UNCLASSIFIED = 2.0


def weight_of(criticality: Criticality | None) -> float:
    """How much a function, or an interface, of this class weighs."""
    return WEIGHTS[criticality] if criticality else UNCLASSIFIED


class Code(Labelled):
    """An indicator; its value runs from 0 to 100."""

    COMPLETE = "I01", N_("Completeness of functions")
    REVIEWED = "I02", N_("Currency of impact analyses")
    PLANNED = "I03", N_("Plan coverage")
    CURRENT = "I04", N_("Plan currency")
    EXERCISED = "I05", N_("Functions exercised")
    ACHIEVABLE = "I06", N_("RTO can be kept")
    LOSSES = "I07", N_("Single points of failure treated")
    REDUNDANT = "I08", N_("Real redundancy")
    INTERFACES = "I09", N_("Interfaces in order")
    AGREEMENTS = "I10", N_("Agreements in order")
    RISKS = "I11", N_("Significant risks treated")
    MEASURES = "I12", N_("Measures on time")
    TRANSFERS = "I13", N_("Transfer secured")
    CADENCE = "I14", N_("Meetings held in time")
    HOLDERS = "I15", N_("Duty holders named")
    GUIDANCE = "I16", N_("Guidance answered")
    CONFIRMED = "I17", N_("Dependencies confirmed")

    @property
    def dimension(self) -> Dimension:
        """The side of readiness of which it tells."""
        return _DIMENSIONS[self]


_DIMENSIONS = {
    Code.COMPLETE: Dimension.KNOW,
    Code.REVIEWED: Dimension.KNOW,
    Code.PLANNED: Dimension.PLAN,
    Code.CURRENT: Dimension.PLAN,
    Code.EXERCISED: Dimension.EXER,
    Code.ACHIEVABLE: Dimension.KNOW,
    Code.LOSSES: Dimension.IMPR,
    Code.REDUNDANT: Dimension.PLAN,
    Code.INTERFACES: Dimension.COOP,
    Code.AGREEMENTS: Dimension.COOP,
    Code.RISKS: Dimension.KNOW,
    Code.MEASURES: Dimension.IMPR,
    Code.TRANSFERS: Dimension.COOP,
    Code.CADENCE: Dimension.LEAD,
    Code.HOLDERS: Dimension.LEAD,
    Code.GUIDANCE: Dimension.LEAD,
    Code.CONFIRMED: Dimension.COOP,
}


class Kind(Labelled):
    """The kind of a record that counts in an indicator."""

    AGREEMENT = "agreement", N_("Agreement")
    BODY = "body", N_("Body")
    DEPENDENCY = "dependency", N_("Dependency")
    EXERCISE = "exercise", N_("Exercise")
    FUNCTION = "function", N_("Function")
    INTERFACE = "interface", N_("Interface")
    LOSS = "loss", N_("Single point of failure")
    MEASURE = "measure", N_("Measure")
    NEED = "need", N_("Need")
    OBSERVATION = "observation", N_("Observation")
    ORGANISATION = "organisation", N_("Organisation")
    PLAN = "plan", N_("Plan")
    REQUIREMENT = "requirement", N_("Requirement")
    RISK = "risk", N_("Risk")
    SCENARIO = "scenario", N_("Scenario")
    TRANSFER = "transfer", N_("Transfer of responsibility")


class Tone(Labelled):
    """What a score from 0 to 100 means, in a word; a colour only repeats it."""

    GOOD = "good", N_("In good order")
    FAIR = "fair", N_("Needs work")
    WEAK = "weak", N_("Weak")
    UNKNOWN = "unknown", N_("Not enough data")
