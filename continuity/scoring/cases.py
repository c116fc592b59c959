"""What the indicators look at, as plain values; None is unknown, never fine. All `_on` are days."""

from dataclasses import dataclass
from datetime import date

from continuity.scoring.indicator import Item
from dependencies.vocabulary import Handling, RtoStatus, Standing
from prepare.vocabulary import CapabilityBasis, Criticality


@dataclass(frozen=True)
class PlanFacts:
    """A version of a plan in force, or one that is being prepared."""

    item: Item
    is_approved: bool = False
    next_review: date | None = None
    valid_until: date | None = None  #: None = until further notice
    exercised_on: date | None = None


@dataclass(frozen=True)
class FunctionFacts:
    """A function of the city's own."""

    item: Item
    criticality: Criticality | None
    wanted: int = 1  #: mandatory facts of its class
    lacking: tuple[str, ...] = ()  #: N_() names of those that are missing or not valid
    reviewed_on: date | None = None
    plans: tuple[PlanFacts, ...] = ()
    rto: RtoStatus | None = None  #: None = could not be computed
    blocked_by: int = 0  #: unknown recovery times for which its own is unknown
    capability_basis: CapabilityBasis | None = None


@dataclass(frozen=True)
class NeedFacts:
    """A need of a K1-K2 function that is met in several ways."""

    item: Item
    common_cause: Item | None = None  #: the function whose loss alone leaves it unmet


@dataclass(frozen=True)
class LossFacts:
    """A single point of failure, and how many K1 functions its loss takes down within their MTPD."""

    item: Item
    lost: int
    handling: Handling  #: what holds today


@dataclass(frozen=True)
class InterfaceFacts:
    """An interface with its six checks; None = unknown."""

    item: Item
    criticality: Criticality | None
    owners: bool | None
    duty_contacts: bool | None
    alerting: bool | None
    agreement: bool | None  #: whether an agreement that covers it is in force
    exercised_on: date | None
    next_review: date | None


@dataclass(frozen=True)
class AgreementFacts:
    """An agreement under an essential dependency of a K1-K2 function; None = not said."""

    item: Item
    is_valid: bool
    preparedness_clause: bool | None
    recovery_time: bool | None  #: whether the time within which the partner recovers is stated
    carries_vital: bool = False  #: whether a K1 function stands on it


@dataclass(frozen=True)
class DependencyFacts:
    """One supplier of an essential need of a K1-K2 function."""

    item: Item
    supplier: Item
    standing: Standing
    answered_on: date | None
    criticality: Criticality | None = None  #: of the function that needs it


@dataclass(frozen=True)
class TransferFacts:
    """Something that changed hands when responsibility was transferred."""

    item: Item
    is_secured: bool  #: retained, renewed, moved or not needed; or lost, and what mends it has been verified
    is_lost: bool = False
    is_assessed: bool = True


@dataclass(frozen=True)
class RiskFacts:
    """An open risk at or above the level "significant"."""

    item: Item
    is_critical: bool
    has_owner: bool
    next_review: date | None
    has_measure: bool  #: or what causes it is given up
    is_accepted: bool  #: by whom, when, why and until when stated, and the day not passed


@dataclass(frozen=True)
class MeasureFacts:
    """A measure on which somebody is still to work."""

    item: Item
    due: date | None  #: not asked for at the level of areas
    wants_due: bool = True


@dataclass(frozen=True)
class ObservationFacts:
    """A gap that an exercise or a situation showed."""

    item: Item
    observed_on: date | None
    closed_on: date | None


@dataclass(frozen=True)
class BodyFacts:
    """A body with an interval between its meetings."""

    item: Item
    cadence_months: int
    held_on: date | None = None
    failed_on: date | None = None
    appointed_on: date | None = None


@dataclass(frozen=True)
class HolderFacts:
    """An organisation and which of its duty holders are named and have an active account."""

    item: Item
    contact: bool
    deputy: bool
    director: bool


@dataclass(frozen=True)
class AnswerFacts:
    """A requirement of the guidance in force that binds the organisation, and whether it has been answered."""

    item: Item
    is_answered: bool


@dataclass(frozen=True)
class SectorFacts:
    """Everything that the score of one sector looks at."""

    item: Item
    functions: tuple[FunctionFacts, ...] = ()
    needs: tuple[NeedFacts, ...] = ()
    losses: tuple[LossFacts, ...] = ()
    interfaces: tuple[InterfaceFacts, ...] = ()
    agreements: tuple[AgreementFacts, ...] = ()
    dependencies: tuple[DependencyFacts, ...] = ()
    transfers: tuple[TransferFacts, ...] = ()
    risks: tuple[RiskFacts, ...] = ()
    measures: tuple[MeasureFacts, ...] = ()
    observations: tuple[ObservationFacts, ...] = ()
    bodies: tuple[BodyFacts, ...] = ()
    holders: tuple[HolderFacts, ...] = ()
    answers: tuple[AnswerFacts, ...] = ()
