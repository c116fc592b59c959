"""The three groups into which the general part of a city's preparedness plan puts its sections (domain.md 2.3)."""

from continuity.vocabulary.plans import PlanKind, Section
from prepare.texts import N_
from prepare.vocabulary import Labelled


class SectionGroup(Labelled):
    """The parts of the general part, in their order."""

    STRATEGIC = "strategic", N_("Strategic part")
    OPERATIVE = "operative", N_("Operative part: managing disruptions")
    EMERGENCY = "emergency", N_("Special questions of emergency conditions")


STRATEGIC = frozenset({Section.PURPOSE, Section.LEGAL_BASIS, Section.ORGANISATION, Section.OBJECTIVES})
EMERGENCY = frozenset({Section.LEVEL_TASKS, Section.EMERGENCY_TASKS})


def group_of(section: Section) -> SectionGroup:
    """The group of a section."""
    if section in STRATEGIC:
        return SectionGroup.STRATEGIC
    return SectionGroup.EMERGENCY if section in EMERGENCY else SectionGroup.OPERATIVE


def grouped(kind: PlanKind) -> list[tuple[SectionGroup | None, list[Section]]]:
    """The sections of a plan in their order; those of the general part under its three groups."""
    if kind is not PlanKind.GENERAL:
        return [(None, list(Section))]
    return [(group, [one for one in Section if group_of(one) is group]) for group in SectionGroup]
