"""Words of situations and of what is learnt from them that are stored (domain.md 2.3, 2.4)."""

from prepare.texts import N_
from prepare.vocabulary import Labelled


class SituationState(Labelled):
    """A situation's life cycle."""

    OPEN = "open", N_("Situation open")
    PICTURE_SHARED = "picture_shared", N_("Picture shared")
    MEASURES_AGREED = "measures_agreed", N_("Measures agreed")
    PRESENTED = "presented", N_("Presented")
    CLOSED = "closed", N_("Closed")
    LEARNED = "learned", N_("Lessons settled")


#: States in which the picture is still being formed.
LIVE = frozenset(
    {
        SituationState.OPEN,
        SituationState.PICTURE_SHARED,
        SituationState.MEASURES_AGREED,
        SituationState.PRESENTED,
    }
)


class Reliability(Labelled):
    """How far a source can be relied on, from A to D."""

    A = "A", N_("A Certain: seen or confirmed by an authority")
    B = "B", N_("B Probable: from a source that is usually right")
    C = "C", N_("C Uncertain: not confirmed")
    D = "D", N_("D Doubtful: contradicts other information")


class Recipient(Labelled):
    """To whom a situation is presented."""

    CHIEF_EXECUTIVE = "chief_executive", N_("Chief executive")
    MAYOR = "mayor", N_("Mayor")
    MANAGEMENT_GROUP = "management_group", N_("City management group")


class ObservationKind(Labelled):
    """Whether something worked or was lacking."""

    STRENGTH = "strength", N_("Strength")
    GAP = "gap", N_("Shortcoming")


class ObservationSeverity(Labelled):
    """How much an observation weighs."""

    MINOR = "minor", N_("Minor observation")
    NOTABLE = "notable", N_("Notable observation")
    GRAVE = "grave", N_("Grave observation")
