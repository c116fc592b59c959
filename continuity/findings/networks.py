"""Rule on networks: W22."""

from collections.abc import Iterator

from continuity.findings.cases import OverlapCase
from continuity.findings.finding import Finding, Rule, Severity, listed
from prepare.texts import N_, _

OVERLAP = Rule(
    "W22",
    N_("It works in the same area for the same people as %(other)s (areas: %(areas)s; target groups: %(groups)s)."),
    N_("The same members meet twice, residents do not know whom to turn to, and other areas are left without."),
    N_("Agree who does what and write it into both purposes, or merge the two."),
)


def of_overlap(case: OverlapCase) -> Iterator[Finding]:
    """W22: two networks have an area and a target group in common."""
    areas = listed(case.areas) or _("the whole city")
    values = {"other": case.other, "areas": areas, "groups": listed(case.groups)}
    yield Finding(OVERLAP, Severity.MINOR, case.thing, values)
