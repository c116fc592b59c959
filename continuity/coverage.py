"""How far what is vital has been exercised: by class, within the months that the class asks for (domain.md I05)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from prepare.months import months_after
from prepare.vocabulary import Criticality

#: Within so many months a function of the class is exercised, by itself or through a plan that covers it.
MONTHS = {Criticality.K1: 24, Criticality.K2: 36}


@dataclass(frozen=True)
class Share:
    """How many functions of a class there are, how many were exercised in time, and how many never."""

    criticality: Criticality
    months: int
    total: int
    done: int
    never: int

    @property
    def lacking(self) -> int:
        """How many were not exercised in time."""
        return self.total - self.done

    @property
    def percent(self) -> float | None:
        """The share in per cent; None where there is no function of the class."""
        return 100 * self.done / self.total if self.total else None


def first_day(criticality: Criticality, *, on: date) -> date:
    """The day from which on an exercise counts for a function of this class, K1 or K2."""
    return months_after(on, -MONTHS[criticality])


def shares(counts: Mapping[Criticality, tuple[int, int, int]]) -> list[Share]:
    """The share of each class that has to be exercised; `counts` are class → all, those in time, those never."""
    return [Share(one, months, *counts.get(one, (0, 0, 0))) for one, months in MONTHS.items()]
