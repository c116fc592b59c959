"""Which kind of loss a failing supplier means, and for which losses of a plan no strategy is written."""

from collections.abc import Iterable

from continuity.vocabulary.contents import LostResource
from dependencies.vocabulary import DependencyKind

#: What flows from a supplier → what is lost when it stops; everything else is told as the loss of a supplier.
LOST = {
    DependencyKind.POWER: LostResource.POWER,
    DependencyKind.HEAT: LostResource.HEAT,
    DependencyKind.WATER: LostResource.WATER,
    DependencyKind.ICT: LostResource.ICT,
    DependencyKind.TELECOM: LostResource.TELECOM,
    DependencyKind.INFORMATION: LostResource.INFORMATION,
    DependencyKind.PERSONNEL: LostResource.STAFF,
    DependencyKind.PREMISES: LostResource.PREMISES,
}


def lost_with(kind: DependencyKind) -> LostResource:
    """What is lost when a supplier of this kind fails."""
    return LOST.get(kind, LostResource.SUPPLIER)


def without_strategy(lost: Iterable[LostResource], covered: Iterable[LostResource]) -> tuple[LostResource, ...]:
    """The losses for which no strategy is written, each once, in the order of the vocabulary."""
    open_ = set(lost) - set(covered)
    return tuple(one for one in LostResource if one in open_)
