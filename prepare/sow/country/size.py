"""How large a synthetic country is to be, and whether there can be one of that size."""

from dataclasses import dataclass

from prepare.errors import RuleBroken
from prepare.texts import N_

MOST_MUNICIPALITIES = 999
TOWNS_IN_COUNTY = 12


@dataclass(frozen=True)
class Size:
    """A synthetic country: exactly so many functions and dependencies, over so many municipalities.

    The same numbers and the same `seed` give the same country. Raises RuleBroken when there can be none.
    """

    functions: int
    dependencies: int
    municipalities: int = 1
    seed: int = 1

    def __post_init__(self) -> None:
        if self.municipalities < 1:
            raise RuleBroken(N_("There must be at least one municipality: --municipalities 1 or more."))
        if self.municipalities > MOST_MUNICIPALITIES:
            raise RuleBroken(N_("At most %(most)s municipalities can be sown."), most=MOST_MUNICIPALITIES)
        if self.functions < 1:
            raise RuleBroken(N_("There must be at least one function: --functions 1 or more."))
        if self.municipalities > self.functions:
            raise RuleBroken(
                N_("%(functions)s functions are too few for %(municipalities)s municipalities: each has at least one."),
                functions=self.functions,
                municipalities=self.municipalities,
            )
        if self.dependencies < 0:
            raise RuleBroken(N_("The number of dependencies cannot be negative: --dependencies 0 or more."))
        if self.dependencies > (most := self.functions * (self.functions - 1)):
            raise RuleBroken(
                N_(
                    "%(functions)s functions can have at most %(most)s dependencies, each on another one. "
                    "Give fewer dependencies or more functions."
                ),
                functions=self.functions,
                most=most,
            )

    @property
    def counties(self) -> int:
        """How many counties there are."""
        return -(-self.municipalities // TOWNS_IN_COUNTY)

    def county_of(self, town: int) -> int:
        """The number of the county in which a municipality lies."""
        return town * self.counties // self.municipalities
