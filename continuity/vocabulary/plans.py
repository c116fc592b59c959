"""Words of plans that are stored, and the sections of a plan (domain.md 2.3, 2.4)."""

from prepare.texts import N_
from prepare.vocabulary import Labelled


class PlanKind(Labelled):
    """What a plan is for."""

    GENERAL = "general", N_("General part")
    OPERATIONAL = "operational", N_("Operational plan")
    CONTINUITY = "continuity", N_("Continuity plan")
    RECOVERY = "recovery", N_("Recovery plan")
    COMMUNICATION = "communication", N_("Communication plan")
    EVACUATION = "evacuation", N_("Evacuation plan")
    LEVEL_RAISING = "level_raising", N_("Plan for raising the preparedness level")


class PlanState(Labelled):
    """The life cycle of a version of a plan; whether it is overdue or expired is derived from its dates."""

    DRAFT = "draft", N_("Draft")
    SUBMITTED = "submitted", N_("Submitted")
    IN_REVIEW = "in_review", N_("In review")
    RETURNED = "returned", N_("Returned")
    APPROVED = "approved", N_("Approved")
    SUPERSEDED = "superseded", N_("Superseded")
    WITHDRAWN = "withdrawn", N_("Withdrawn")


#: States in which the sector still writes.
OPEN_STATES = frozenset({PlanState.DRAFT, PlanState.RETURNED})
#: States in which a version waits for the director.
WAITING_STATES = frozenset({PlanState.SUBMITTED, PlanState.IN_REVIEW})
#: States of a version that is being prepared: at most one of them at a time in a plan.
PENDING_STATES = OPEN_STATES | WAITING_STATES


class Section(Labelled):
    """The fourteen sections of a plan, in their order."""

    PURPOSE = "purpose", N_("Purpose and scope")
    LEGAL_BASIS = "legal_basis", N_("Legal basis, and what it means for us")
    ORGANISATION = "organisation", N_("Organisation and mandates")
    OBJECTIVES = "objectives", N_("Functions and objectives")
    ACTIVATION = "activation", N_("Activation criteria and alerting")
    FIRST_HOUR = "first_hour", N_("Action card of the first hour")
    STRATEGIES = "strategies", N_("Continuity strategies per lost resource")
    MINIMUM_LEVEL = "minimum_level", N_("Minimum service level and priorities")
    LEVEL_TASKS = "level_tasks", N_("Tasks by preparedness level")
    EMERGENCY_TASKS = "emergency_tasks", N_("Tasks in emergency conditions and personnel reservations")
    COMMUNICATION = "communication", N_("Communication")
    RECOVERY = "recovery", N_("Recovery and return")
    INTERFACES = "interfaces", N_("Interfaces and agreements")
    EXERCISES = "exercises", N_("Exercises, training and maintenance")

    @property
    def place(self) -> int:
        """The section's number in the plan, from 1."""
        return tuple(Section).index(self) + 1

    @property
    def hint_message(self) -> str:
        """The message that says what the section should tell."""
        return _HINTS[self]


_HINTS = {
    Section.PURPOSE: N_("What the plan secures, in which situations it is used and whom it binds."),
    Section.LEGAL_BASIS: N_("The acts and decisions the plan rests on, and the duties they give us."),
    Section.ORGANISATION: N_("Who leads, who decides what, who stands in for whom."),
    Section.OBJECTIVES: N_("What must be running again and when. The figures are kept in the register of functions."),
    Section.ACTIVATION: N_("When the plan is taken into use, who does it and how people are alerted."),
    Section.FIRST_HOUR: N_("What is done in the first hour, in order: who, what, within how many minutes."),
    Section.STRATEGIES: N_(
        "How we carry on without staff, premises, power, ICT, telecommunications, water, heat or a supplier."
    ),
    Section.MINIMUM_LEVEL: N_("What is kept running at any cost and what is closed first."),
    Section.LEVEL_TASKS: N_("What is done at basic, enhanced and full preparedness."),
    Section.EMERGENCY_TASKS: N_("Tasks under the Emergency Powers Act, and the staff reserved for them."),
    Section.COMMUNICATION: N_("Who informs whom, when and in which languages."),
    Section.RECOVERY: N_("How normal work is resumed, in which order, and who declares it."),
    Section.INTERFACES: N_("Which organisations share the chain with us and what has been agreed with them."),
    Section.EXERCISES: N_("How the plan is exercised, taught and kept up to date."),
}
