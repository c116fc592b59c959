"""Words of what a plan holds beside its texts: what may be lost, and how high preparedness has been raised."""

from prepare.texts import N_
from prepare.vocabulary import Labelled


class LostResource(Labelled):
    """What a function may have to carry on without (domain.md 2.3, section 7 of a plan)."""

    STAFF = "staff", N_("Staff")
    PREMISES = "premises", N_("Premises")
    POWER = "power", N_("Power")
    ICT = "ict", N_("Information systems")
    TELECOM = "telecom", N_("Telecommunications")
    WATER = "water", N_("Water")
    HEAT = "heat", N_("Heat")
    SUPPLIER = "supplier", N_("Supplier")
    INFORMATION = "information", N_("Information")


class PreparednessLevel(Labelled):
    """How high the city's preparedness has been raised, in rising order."""

    BASIC = "basic", N_("Basic preparedness")
    ENHANCED = "enhanced", N_("Enhanced preparedness")
    FULL = "full", N_("Full preparedness")
