"""Words of reserves and of who counts on them that are stored, and what the calculation says of a reserve."""

from prepare.texts import N_, _, number
from prepare.vocabulary import Labelled


class ReserveKind(Labelled):
    """What sort of thing is held in reserve."""

    GENERATOR = "generator", N_("Generator")
    FUEL = "fuel", N_("Fuel")
    PREMISES = "premises", N_("Premises")
    PEOPLE = "people", N_("People")
    VEHICLE = "vehicle", N_("Vehicle")
    EQUIPMENT = "equipment", N_("Equipment")
    OTHER = "other", N_("Something else")


class ReserveUnit(Labelled):
    """What a reserve is counted in."""

    LITRES = "litres", N_("Litres (l)")
    CUBIC_METRES = "cubic_metres", N_("Cubic metres (m³)")
    TONNES = "tonnes", N_("Tonnes (t)")
    KILOWATTS = "kilowatts", N_("Kilowatts (kW)")
    PERSONS = "persons", N_("Persons")
    PLACES = "places", N_("Places")
    PIECES = "pieces", N_("Pieces")

    @property
    def short(self) -> str:
        """The unit as it stands behind a number."""
        return _(_SHORT[self])

    def amount(self, value: float, *, per_hour: bool = False) -> str:
        """So much of it, in words: "200 kW", "40 l/h"."""
        told = f"{number(value)} {self.short}"
        return f"{told}/h" if per_hour else told


_SHORT = {
    ReserveUnit.LITRES: N_("l"),
    ReserveUnit.CUBIC_METRES: N_("m³"),
    ReserveUnit.TONNES: N_("t"),
    ReserveUnit.KILOWATTS: N_("kW"),
    ReserveUnit.PERSONS: N_("persons"),
    ReserveUnit.PLACES: N_("places"),
    ReserveUnit.PIECES: N_("pcs"),
}


class ReserveUse(Labelled):
    """What becomes of a reserve when it is used."""

    REUSABLE = "reusable", N_("It is in use and comes back (generators, people, premises)")
    CONSUMABLE = "consumable", N_("It is used up (fuel, water, food)")

    @property
    def word(self) -> str:
        """The same in a word or two."""
        return _(_USED[self])


_USED = {ReserveUse.REUSABLE: N_("Comes back from use"), ReserveUse.CONSUMABLE: N_("Is used up")}


class ClaimTrigger(Labelled):
    """In which loss a function takes the reserve into use."""

    LOSS = "loss", N_("Something of a kind that it needs is lost")
    SUPPLIER = "supplier", N_("One certain supplier is lost")
    DOWN = "down", N_("The function itself is down")
    DEGRADED = "degraded", N_("The function itself is down or degraded")


class Consent(Labelled):
    """What the owner of the reserve says of a function that counts on it."""

    ASKED = "asked", N_("The owner has not answered")
    AGREED = "agreed", N_("Agreed by the owner")
    REFUSED = "refused", N_("Refused by the owner")


class Sufficiency(Labelled):
    """How a reserve stands against what is counted on in a scenario, the worst first."""

    SHORT = "short", N_("Not enough")
    LATE = "late", N_("In use too late")
    UNKNOWN = "unknown", N_("Nobody knows")
    ENOUGH = "enough", N_("Enough")
    UNUSED = "unused", N_("Not called on")

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return tuple(Sufficiency).index(self)
