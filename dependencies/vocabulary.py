"""Words of needs, dependencies and interfaces that are stored (domain.md 2.2-2.4)."""

from prepare.texts import N_, _
from prepare.vocabulary import Labelled


class Strength(Labelled):
    """What the loss of a need does to the function."""

    ESSENTIAL = "essential", N_("Essential")
    IMPORTANT = "important", N_("Important")
    SUPPORTING = "supporting", N_("Supporting")

    @property
    def meaning(self) -> str:
        """What it means for the function, in a sentence."""
        return _(_MEANINGS[self])


_MEANINGS = {
    Strength.ESSENTIAL: N_("Without it the function stops."),
    Strength.IMPORTANT: N_("Without it the function is degraded."),
    Strength.SUPPORTING: N_("The function carries on without it."),
}


class DependencyKind(Labelled):
    """What flows from the supplier to the consumer."""

    POWER = "power", N_("Power")
    HEAT = "heat", N_("Heat")
    WATER = "water", N_("Water")
    ICT = "ict", N_("ICT systems")
    TELECOM = "telecom", N_("Telecommunications")
    INFORMATION = "information", N_("Information")
    PERSONNEL = "personnel", N_("Personnel")
    PREMISES = "premises", N_("Premises")
    MATERIAL = "material", N_("Material")
    LOGISTICS = "logistics", N_("Logistics")
    TRANSPORT = "transport", N_("Transport")
    SERVICE = "service", N_("Service")


class ToleranceBasis(Labelled):
    """What the tolerance is known from."""

    ESTIMATED = "estimated", N_("Estimated")
    MEASURED = "measured", N_("Measured")
    EXERCISED = "exercised", N_("Exercised")


class Standing(Labelled):
    """What the supplier says of a dependency."""

    PROPOSED = "proposed", N_("Not confirmed")
    CONFIRMED = "confirmed", N_("Confirmed")
    UNKNOWN = "unknown", N_("Time not known")  #: it delivers, but cannot say how soon
    DISPUTED = "disputed", N_("Disputed")


class InterfaceLevel(Labelled):
    """On which of the three levels of local safety planning the interface works."""

    STRATEGIC = "strategic", N_("Strategic level")
    CITY = "city", N_("City level")
    AREA = "area", N_("Residential-area level")


class InterfaceState(Labelled):
    """An interface's life cycle."""

    IDENTIFIED = "identified", N_("Identified")
    DRAFT = "draft", N_("Draft")
    AGREED = "agreed", N_("Agreed")
    EXERCISED = "exercised", N_("Exercised together")
    UNDER_REVIEW = "under_review", N_("Under review")
    DISSOLVED = "dissolved", N_("Dissolved")


class State(Labelled):
    """The worst that a disruption does to a function."""

    DOWN = "down", N_("Down")
    DEGRADED = "degraded", N_("Degraded")


class Verdict(Labelled):
    """A function's outage held against its objectives."""

    OK = "ok", N_("Within the objective")
    RTO_EXCEEDED = "rto_exceeded", N_("RTO exceeded")
    MTPD_EXCEEDED = "mtpd_exceeded", N_("MTPD exceeded")
    DEGRADED = "degraded", N_("Degraded")
    UNKNOWN = "unknown", N_("Objective unknown")


class Phase(Labelled):
    """Where a function stands at one moment of a disruption."""

    WAITING = "waiting", N_("Works as yet")
    DOWN = "down", N_("Out of use")
    LATE = "late", N_("Out for longer than is tolerable")
    DEGRADED = "degraded", N_("Works, but degraded")
    BACK = "back", N_("Works again")


class Handling(Labelled):
    """What has been decided about the loss of a function that others cannot do without."""

    UNTREATED = "untreated", N_("Untreated")
    TREATED = "treated", N_("Treated")
    ACCEPTED = "accepted", N_("Accepted")
    BOUNDARY = "boundary", N_("Boundary node")

    @property
    def meaning(self) -> str:
        """What it means, in a sentence."""
        return _(_HANDLED[self])


_HANDLED = {
    Handling.UNTREATED: N_("Nothing has been decided."),
    Handling.TREATED: N_("A measure is under way or in force."),
    Handling.ACCEPTED: N_("The city leadership knows it and lives with it until a set day."),
    Handling.BOUNDARY: N_(
        "It lies outside what the city can double. What is missing is the buffer of those who need it."
    ),
}


class RtoStatus(Labelled):
    """Whether a function can keep its recovery time objective, through everything that it needs."""

    GAP = "gap", N_("Cannot be kept")
    UNKNOWN = "unknown", N_("Nobody knows")
    OK = "ok", N_("Can be kept")


class AgreementKind(Labelled):
    """What sort of agreement it is."""

    COOPERATION = "cooperation", N_("Cooperation agreement")
    PROTOCOL = "protocol", N_("Protocol or instruction")
    SERVICE_BOUGHT = "service_bought", N_("Service that is bought")
    SERVICE_SOLD = "service_sold", N_("Service that is sold")
    LEASE = "lease", N_("Lease")
    STATUTORY_PLAN = "statutory_plan", N_("Statutory plan")


class AgreementState(Labelled):
    """Where an agreement stands as people have recorded it; that it expires is told by its dates."""

    DRAFT = "draft", N_("Being drafted")
    ACTIVE = "active", N_("In force")
    TERMINATED = "terminated", N_("Terminated")
    RENEWED = "renewed", N_("Replaced by a new one")


class Clause(Labelled):
    """Whether an agreement has a clause."""

    YES = "yes", N_("Yes")
    NO = "no", N_("No")
    NA = "na", N_("Not applicable")


class Validity(Labelled):
    """How an agreement stands on one day, told from its state and dates."""

    DRAFT = "draft", N_("Being drafted")
    NOT_YET = "not_yet", N_("Not in force yet")
    VALID = "valid", N_("In force")
    EXPIRING = "expiring", N_("Expires soon")
    EXPIRED = "expired", N_("Run out")
    REVIEW_DUE = "review_due", N_("To be reviewed")
    ENDED = "ended", N_("Ended")
    UNKNOWN = "unknown", N_("Not known")


class Deadline(Labelled):
    """What must be done about an agreement by a day."""

    DECIDE = "decide", N_("Last day to decide")
    ENDS = "ends", N_("Ends")
    RENEWS = "renews", N_("Renews itself")
    REVIEW = "review", N_("To be looked at again")


class Cover(Labelled):
    """How a dependency on a partner is covered by agreements on one day."""

    COVERED = "covered", N_("Covered")
    PARTLY = "partly", N_("Covered in part")
    UNKNOWN = "unknown", N_("Not known")
    NOT = "not", N_("Not covered")


class Lack(Labelled):
    """What an agreement may lack that a disruption asks for."""

    CLAUSE = "clause", N_("No preparedness clause")
    TIME = "time", N_("No promised hours")


class StatementKind(Labelled):
    """What somebody has put on record of a dependency."""

    ASK = "ask", N_("Asked to confirm")
    NEED = "need", N_("What is needed")
    DELIVERY = "delivery", N_("What is delivered")


class Accord(Labelled):
    """How the two sides of a dependency stand to each other on one day, told from what both have signed."""

    MISMATCH = "mismatch", N_("Does not match")
    EXPIRED = "expired", N_("Expired")
    WAITS_PROVIDER = "waits_provider", N_("Waits for the supplier")
    WAITS_CONSUMER = "waits_consumer", N_("Waits for whoever needs it")
    UNSTATED = "unstated", N_("Nothing signed")
    UNKNOWN = "unknown", N_("Answered, not known")
    AGREED = "agreed", N_("Agreed")
