"""A good example of each section: short, of a fictional city, to show the manner and not to be copied."""

from continuity.vocabulary.plans import Section
from prepare.texts import N_

EXAMPLES = {
    Section.PURPOSE: N_(
        "This plan secures school meals and special diets for 9,200 pupils. It is used when the central kitchen or "
        "its deliveries are out for more than two hours. It binds the catering managers and the head teachers."
    ),
    Section.LEGAL_BASIS: N_(
        "Basic Education Act, section 31: every pupil is given a free meal on each school day. For us it means that "
        "a cold meal is served even when no kitchen works. Emergency Powers Act, section 12: we prepare in advance."
    ),
    Section.ORGANISATION: N_(
        "The catering manager leads; the deputy is the production manager. Each of them may order meals for up to "
        "20,000 euros a day without asking. Closing a kitchen for more than a day is decided by the director."
    ),
    Section.OBJECTIVES: N_(
        "Day care gets its food on the same day, schools on the second. The times stand in the register of functions; "
        "here we only say why: small children and diabetics cannot wait."
    ),
    Section.ACTIVATION: N_(
        "The plan is taken into use when a kitchen cannot deliver by 9.30 or when 50 meals or more are missing. The "
        "shift leader decides at once, calls the catering manager and sends the group message “Kitchen 1”."
    ),
    Section.FIRST_HOUR: N_(
        "0–5 min the shift leader finds out how long it lasts. Within 15 min she calls the reserve kitchen. Within "
        "30 min the schools know what is served and when. Within 60 min the transport has left."
    ),
    Section.STRATEGIES: N_(
        "Power: cold meals from the stores for two days; the freezers hold 24 hours unopened. Staff: menus of three "
        "dishes that half the shift can make. Supplier: a second wholesaler delivers in six hours by agreement A-11."
    ),
    Section.MINIMUM_LEVEL: N_(
        "At any cost: special diets, day care and shift care. Then the meals of grades 1–6. Cafés and staff "
        "restaurants are closed first, on the same day."
    ),
    Section.LEVEL_TASKS: N_(
        "Basic: stores for three days are checked each month. Enhanced, within 24 hours: stores are raised to seven "
        "days and leave is moved. Full, within 12 hours: two kitchens work around the clock."
    ),
    Section.EMERGENCY_TASKS: N_(
        "In emergency conditions we also feed 1,500 evacuees in two schools. Forty people have been reserved for it; "
        "the list of reservations is checked every January with the regional office."
    ),
    Section.COMMUNICATION: N_(
        "The head teacher tells the parents in Finnish and Swedish within an hour, in plain English where needed. The "
        "media are answered by the head of communications only. Ready-made messages are in annex 2."
    ),
    Section.RECOVERY: N_(
        "The catering manager declares the disruption over when two deliveries have come on time. Warm meals return "
        "first to day care. Costs and lessons are written down within two weeks."
    ),
    Section.INTERFACES: N_(
        "The wellbeing services county tells of special diets by 8.00 (interface IF-04). The waterworks warns of a "
        "boil-water notice by telephone. What has been agreed stands in agreement A-11, point 6."
    ),
    Section.EXERCISES: N_(
        "A table-top exercise each autumn, a practical one every second year with the reserve kitchen. The plan is "
        "gone through with new shift leaders in their first month and checked every October."
    ),
}
