"""Rules on reserves: W27."""

from collections.abc import Iterator
from dataclasses import dataclass

from continuity.findings.finding import Finding, Rule, Thing, listed, weigh
from prepare.texts import N_
from prepare.vocabulary import Criticality

OVERBOOKED = Rule(
    "W27",
    N_("More is counted on than there is: in %(scenario)s %(missing)s is missing; left without: %(functions)s."),
    N_("When all call at once, somebody who plans with the reserve gets nothing, and learns it only then."),
    N_("Add to the reserve, agree on an order, or let one of the functions count on something else."),
    tells_suppliers=True,
)


@dataclass(frozen=True)
class ReserveCase:
    """A reserve that is not enough, in the scenario in which it stands worst."""

    thing: Thing
    scenario: str  #: its code and name
    missing: str  #: how much, in words
    left: tuple[tuple[str, Criticality | None], ...]  #: who is left without, the most critical first, with the class


def of_reserve(case: ReserveCase) -> Iterator[Finding]:
    """W27: nobody counts on more of a reserve than there is; it weighs as the most critical one left without."""
    severity = weigh(case.left[0][1] if case.left else None)
    names = listed(name for name, _class in case.left)
    values = {"scenario": case.scenario, "missing": case.missing, "functions": names}
    yield Finding(OVERBOOKED, severity, case.thing, values)
