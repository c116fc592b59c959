"""Words of bodies, their meetings and decisions that are stored (domain.md 2.3)."""

from prepare.texts import N_
from prepare.vocabulary import Labelled


class BodyKind(Labelled):
    """What a body is for; its standing points on the agenda follow from it."""

    STEERING = "steering", N_("Steering group")
    EXPERTS = "experts", N_("Expert group")
    POLICE_LEADERSHIP = "police_leadership", N_("Meeting of the city's and the police's leadership")
    RAPID_RESPONSE = "rapid_response", N_("Cooperation group for rapid response")
    CONTACTS = "contacts", N_("Network of preparedness contacts")
    INTERFACE = "interface", N_("Interface group")
    AREA_NETWORK = "area_network", N_("Area network")
    MANAGEMENT = "management", N_("Management group")
    OTHER = "other", N_("Other body")


class Position(Labelled):
    """What somebody is in a body."""

    CHAIR = "chair", N_("Chair")
    MEMBER = "member", N_("Member")
    SECRETARY = "secretary", N_("Secretary")
    HEARS = "hears", N_("Expert who is heard")


class MeetingState(Labelled):
    """A meeting's life cycle."""

    PLANNED = "planned", N_("Planned")
    HELD = "held", N_("Held")
    MISSED = "missed", N_("Not held")
    CANCELLED = "cancelled", N_("Cancelled")


class DecisionState(Labelled):
    """Whether what was decided has been carried out; that it is overdue is derived and never stored."""

    OPEN = "open", N_("Open")
    DONE = "done", N_("Carried out")
    DROPPED = "dropped", N_("No longer needed")
