"""Every rule by which findings are found, each with how much it weighs and where it comes from."""

from dataclasses import dataclass

from continuity.findings import (
    agreements,
    bodies,
    consequences,
    functions,
    guidance,
    interfaces,
    losses,
    measures,
    needs,
    networks,
    plans,
    reserves,
    transfers,
)
from continuity.findings.finding import Rule
from prepare.texts import N_

BY_CLASS = N_("Grave on class K1, notable on K2, minor below.")
LIGHTER = N_("Notable on class K1, minor below.")
NOTABLE = N_("Notable.")
MINOR = N_("Minor.")
GRAVE = N_("Grave.")
BY_RISK = N_("Grave on a critical risk, notable otherwise.")


@dataclass(frozen=True)
class Explained:
    """A rule with how much it weighs; `asks` says what it demands, as its own sentence holds places for values."""

    rule: Rule
    weight: str
    asks: str


RULES = (
    Explained(functions.MANDATORY, LIGHTER, N_("The facts that a function of its class must have are there.")),
    Explained(functions.IMPACTS, BY_CLASS, N_("Class, MTPD and impacts over time tell the same story.")),
    Explained(needs.INTERFACE, LIGHTER, N_("What comes from outside names an interface, or is a commodity.")),
    Explained(functions.CAPABILITY, BY_CLASS, N_("The recovery capability keeps the objective (RTO).")),
    Explained(functions.EVIDENCE, NOTABLE, N_("The capability of a vital function is shown, not guessed.")),
    Explained(functions.CHAIN, BY_CLASS, N_("The objective (RTO) can be kept through all suppliers.")),
    Explained(needs.COMMITMENT, BY_CLASS, N_("Outside suppliers of vital functions promise a recovery time.")),
    Explained(losses.SINGLE_POINT, GRAVE, N_("Something has been decided about every single point of failure.")),
    Explained(losses.FALSE_REDUNDANCY, BY_CLASS, N_("No single loss takes all the alternatives of a need.")),
    Explained(needs.WORKAROUND, LIGHTER, N_("A tolerance says what makes it true.")),
    Explained(needs.TOLERANCE, MINOR, N_("The tolerance of an essential need is shorter than the MTPD.")),
    Explained(needs.CONFIRMATION, MINOR, N_("The supplier has confirmed the dependency in 24 months, K1 in 12.")),
    Explained(agreements.ENDING, BY_CLASS, N_("The agreement under an essential need holds and is not about to end.")),
    Explained(agreements.CLAUSES, LIGHTER, N_("The agreement has a preparedness clause and promises a recovery time.")),
    Explained(agreements.TOO_LATE, BY_CLASS, N_("What the agreement promises is soon enough for vital functions.")),
    Explained(interfaces.VITAL_INTERFACE, NOTABLE, N_("A vital interface has contacts, alerting and joint exercises.")),
    Explained(interfaces.POLICE, NOTABLE, N_("Every sector has an interface with the police, or says why not.")),
    Explained(plans.EXERCISE, BY_CLASS, N_("An approved plan has been exercised in 24 months.")),
    Explained(plans.CHANGED, MINOR, N_("What the plan covers has not changed since it was approved.")),
    Explained(bodies.MISSED, NOTABLE, N_("A body meets within its interval and a month.")),
    Explained(plans.TREATMENT, BY_RISK, N_("A significant risk is treated, or accepted until a day.")),
    Explained(measures.UNEXPLAINED, NOTABLE, N_("A measure that is late says why.")),
    Explained(transfers.OPEN, BY_CLASS, N_("Nothing critical was lost when responsibility moved.")),
    Explained(needs.LOW_CLASS, LIGHTER, N_("An essential supplier is as critical as its consumer.")),
    Explained(losses.CIRCLE, BY_CLASS, N_("Functions that need each other have an order of starting.")),
    Explained(reserves.OVERBOOKED, BY_CLASS, N_("No more of a reserve is counted on than there is.")),
    Explained(networks.OVERLAP, MINOR, N_("No two networks do the same work for the same people.")),
    Explained(functions.LANGUAGES, MINOR, N_("What is public has its name in all three languages.")),
    Explained(consequences.DIFFERENCE, NOTABLE, N_("The assessed impact of a risk agrees with the cascade.")),
    Explained(needs.MISMATCH, BY_CLASS, N_("What suppliers have signed meets what is needed.")),
    Explained(guidance.DIFFERS, NOTABLE, N_("The sector's answer agrees with what the register shows.")),
    Explained(functions.REVIEW, MINOR, N_("The data have been reviewed in time.")),
    Explained(functions.NO_PLAN, BY_CLASS, N_("An approved plan covers the function.")),
    Explained(plans.OVERDUE, NOTABLE, N_("The plan is up to date.")),
    Explained(plans.RISK_REVIEW, NOTABLE, N_("The risk has an owner and a valid review.")),
    Explained(functions.HOLDERS, NOTABLE, N_("Contact, deputy and director are named.")),
)
CODES = tuple(dict.fromkeys(one.rule.code for one in RULES))
