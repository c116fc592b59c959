"""A rule on risks and the cascade of their scenario: W24."""

from collections.abc import Iterator
from dataclasses import dataclass

from continuity.findings.finding import Finding, Rule, Severity, Thing
from prepare.texts import N_

DIFFERENCE = Rule(
    "W24",
    N_(
        "The impact of the risk was assessed at %(assessed)s; by the cascade of its scenario %(scenario)s "
        "it is %(computed)s."
    ),
    N_("One of the two is wrong: the assessment, or what the register says of needs, tolerances and impacts."),
    N_("Look at both together, and correct the one that is wrong."),
    tells_suppliers=True,
)


@dataclass(frozen=True)
class CascadeCase:
    """A risk with its assessed impact and the one that the cascade gives, both steps of the risk scale."""

    thing: Thing
    scenario: str
    assessed: int
    computed: int


def of_cascade(case: CascadeCase) -> Iterator[Finding]:
    """The difference between an assessment and the cascade; graver when the cascade is."""
    severity = Severity.NOTABLE if case.computed > case.assessed else Severity.MINOR
    values = {"assessed": case.assessed, "computed": case.computed, "scenario": case.scenario}
    yield Finding(DIFFERENCE, severity, case.thing, values)
