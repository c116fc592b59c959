"""How every figure is counted, in words: what the page of the method says. A change here goes with METHOD."""

from continuity.scoring.vocabulary import Code
from prepare.texts import N_

FORMULAS = {
    Code.COMPLETE: N_(
        "Of each function the share of the mandatory facts of its class that are filled in and valid, needs and"
        " impact analysis included; weighed by class."
    ),
    Code.REVIEWED: N_(
        "K1 to K3: functions reviewed within their interval (K1 and K2 12 months, K3 24 months) of all, weighed by"
        " class. One of which nobody knows when it was reviewed is unknown."
    ),
    Code.PLANNED: N_(
        "K1 to K3: functions covered by an approved plan that has not expired, of all, weighed by class."
        " An overdue review does not matter here."
    ),
    Code.CURRENT: N_("As plan coverage, but the review of the plan must not be overdue."),
    Code.EXERCISED: N_(
        "K1 and K2: functions whose approved plan was exercised within 24 months (K1) or 36 months (K2), of all,"
        " weighed by class. The exercise register and the plan's own last exercise both count."
    ),
    Code.ACHIEVABLE: N_(
        "K1 and K2: functions that can keep their recovery time objective through everything that they need, of"
        " all, weighed by class. Where a recovery time is unknown the function is unknown."
    ),
    Code.LOSSES: N_(
        "Single points of failure that are treated or accepted, of all, weighed by how many K1 functions each takes"
        " down within their MTPD. Boundary nodes, which the city cannot double, are left out."
    ),
    Code.REDUNDANT: N_(
        "Essential needs of K1 and K2 functions that are met in several ways: those that no single loss leaves unmet,"
        " of all."
    ),
    Code.INTERFACES: N_(
        "Of each interface one sixth for each check it passes: owners on both sides, duty contacts on both sides,"
        " documented alerting, a valid agreement, a joint exercise in time (K1 24, K2 36, K3 48 months) and a review"
        " that is not overdue; weighed by class."
    ),
    Code.AGREEMENTS: N_(
        "Of each agreement under an essential dependency of a K1 or K2 function one third for each: it is valid, it has"
        " a preparedness clause, it states a recovery time."
    ),
    Code.RISKS: N_(
        "Open risks from the level significant up that have an owner, a review that is not overdue, and a measure or a"
        " dated acceptance, of all."
    ),
    Code.MEASURES: N_(
        "Active measures that are not overdue, and observed gaps that were closed within 90 days, of all active"
        " measures and of all gaps that are closed or older than 90 days."
    ),
    Code.TRANSFERS: N_(
        "Items of a transfer of responsibility that were retained, renewed or moved, or are not needed, or that were"
        " lost and whose measure has been verified, of all. An item that nobody has assessed is unknown."
    ),
    Code.CADENCE: N_("Bodies that have met within their interval and one month, of all that have an interval."),
    Code.HOLDERS: N_(
        "Organisations with a contact, a deputy and a director recorded, the first two with an account in use, of all."
    ),
    Code.GUIDANCE: N_("Requirements of the guidance in force that have been answered, of those that apply."),
    Code.CONFIRMED: N_(
        "Essential dependencies of K1 and K2 functions that the supplier has confirmed within 24 months, K1 within 12,"
        " of all."
    ),
}
