"""What the rules look at: functions with their needs, plans and risks, as plain values. All `_h` are hours."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from continuity.findings.finding import Thing
from prepare.criticality import Impacts
from prepare.entries import FunctionEntry
from prepare.registration import Gap
from prepare.vocabulary import Criticality

#: Evidence older than this many months no longer counts (W2, W14).
FRESH_MONTHS = 24


@dataclass(frozen=True)
class SupplierCase:
    """One way to satisfy a need, as its consumer may see the supplier."""

    code: str  #: empty when the reader may not know it
    name: str
    is_own: bool  #: whether the supplier belongs to the city group
    criticality: Criticality | None = None
    mtpd_h: float | None = None
    committed_recovery_h: float | None = None  #: an outside supplier's promise; None = unknown
    commodity: bool = False  #: needs no interface (W0)
    has_interface: bool = False
    is_confirmed: bool = False
    is_disputed: bool = False  #: it delivers later or less than needed, or not at all
    confirmed_on: date | None = None
    key: str = ""  #: tells suppliers apart that the reader may not know

    @property
    def identity(self) -> str:
        """What tells this supplier from another."""
        return self.key or self.code

    @property
    def label(self) -> str:
        """Code and name, for a sentence."""
        return f"{self.code} {self.name}".strip()


@dataclass(frozen=True)
class NeedCase:
    """A need of a function: at least `min_required` of the suppliers, or it endures `tolerance_h`."""

    name: str
    is_essential: bool
    is_supporting: bool
    tolerance_h: float | None
    has_workaround: bool
    suppliers: tuple[SupplierCase, ...]
    min_required: int = 1

    @property
    def is_redundant(self) -> bool:
        """Whether it survives the loss of one supplier."""
        return len(self.suppliers) > self.min_required


@dataclass(frozen=True)
class FunctionCase:
    """A function with everything that the rules ask about it."""

    thing: Thing
    entry: FunctionEntry
    impacts: Impacts = field(default_factory=dict)
    needs: tuple[NeedCase, ...] = ()
    further_gaps: tuple[Gap, ...] = ()
    has_approved_plan: bool = False
    reviewed_on: date | None = None
    next_review: date | None = None
    achievable_h: float | None = None
    achievable_known: bool = False  #: whether the recovery through the whole chain could be computed
    blocked_by: tuple[str, ...] = ()  #: suppliers whose unknown recovery time makes it unknown

    @property
    def criticality(self) -> Criticality | None:
        """The function's class."""
        return self.entry.criticality


@dataclass(frozen=True)
class PlanCase:
    """A plan with its approved version, if there is one."""

    thing: Thing
    worst_class: Criticality | None = None  #: the highest class among its functions
    approved_on: date | None = None
    next_review: date | None = None
    valid_until: date | None = None
    last_exercised_on: date | None = None
    changed: Mapping[str, date] = field(default_factory=dict)  #: functions confirmed anew: code → day
    #: What differs from what it was approved on, in words; None = that was not kept, so `changed` must do.
    differences: tuple[str, ...] | None = None


@dataclass(frozen=True)
class RiskCase:
    """A risk of the register."""

    thing: Thing
    level: str = ""  #: label of the level
    is_significant: bool = False  #: significant or critical
    is_critical: bool = False
    is_assessed: bool = False
    is_treated: bool = False
    is_accepted: bool = False  #: accepted, with who, when and until stated and not lapsed
    accepts: bool = False  #: whether its treatment is acceptance
    avoids: bool = False  #: whether what causes it is given up, so that no measure is needed
    has_measure: bool = False  #: whether a measure that was not cancelled treats it
    has_owner: bool = False
    next_review: date | None = None


@dataclass(frozen=True)
class MeasureCase:
    """A measure against a risk, a finding or a decision."""

    thing: Thing
    due: date | None = None
    overdue_days: int | None = None  #: None when it is not late
    has_reason: bool = False  #: whether somebody has said why it is late


@dataclass(frozen=True)
class InterfaceCase:
    """An interface with an outside partner; None counts as not there."""

    thing: Thing
    criticality: Criticality | None
    has_duty_contacts: bool = False
    has_alerting: bool = False
    exercised_on: date | None = None


@dataclass(frozen=True)
class OverlapCase:
    """Two networks that do the same work, told of the more secret of them; no area means the whole city."""

    thing: Thing
    other: str  #: code and name of the other one
    areas: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class BodyCase:
    """A body that meets, with the days of its last meetings; None = never recorded."""

    thing: Thing
    cadence_months: int | None
    held_on: date | None = None
    failed_on: date | None = None  #: when a meeting was last called and not held
    appointed_on: date | None = None
    active: bool = True


@dataclass(frozen=True)
class OrganisationCase:
    """An organisation's duty holders, and its tie to the police."""

    thing: Thing
    has_contact: bool
    has_deputy: bool
    has_director: bool
    needs_police: bool = False  #: whether it stands right below the city, so that W13 asks it
    has_police_interface: bool = False
    has_police_reason: bool = False  #: whether it says why it has none
