"""What a function's entry must satisfy, and what it still lacks (domain.md 2.3, 2.5)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import IntEnum
from typing import Any
from uuid import UUID

from prepare.criticality import Impacts, mtpd_problems, suggested, time_problems
from prepare.entries import FunctionEntry
from prepare.errors import RuleBroken
from prepare.texts import N_, _
from prepare.vocabulary import Confidentiality, Criticality


class Weight(IntEnum):
    """How much a missing fact matters, the gravest first (domain.md 2.7)."""

    REQUIRED = 1  #: without it the function cannot be submitted
    EXPECTED = 2  #: a sector fills it in during its first round
    HELPFUL = 3


@dataclass(frozen=True)
class Gap:
    """Something that is missing: the field (None: not a field), what it is, why it matters and where it is mended.

    `page` is the endpoint of that page; it opens the record `ref` (None: the function itself), or takes the
    function's code when `by_code`. `name` fills the place in what is missing.
    """

    field: str | None
    what_message: str
    why_message: str
    weight: Weight = Weight.REQUIRED
    page: str = "prepare.edit_function"
    ref: UUID | None = None
    by_code: bool = False
    name: str = ""

    @property
    def what(self) -> str:
        """What is missing, in the current language."""
        return _(self.what_message, name=self.name) if self.name else _(self.what_message)

    @property
    def why(self) -> str:
        """Why it matters, in the current language."""
        return _(self.why_message)


VITAL = frozenset({Criticality.K1, Criticality.K2})
TIMED = VITAL | {Criticality.K3}

#: field → (classes that must have it; None = all), what is missing, why it matters
MANDATORY: tuple[tuple[str, frozenset[Criticality] | None, str, str], ...] = (
    ("criticality", None, N_("Criticality class"), N_("The class decides what is secured and restored first.")),
    (
        "mtpd_h",
        TIMED,
        N_("Maximum tolerable period of disruption (MTPD)"),
        N_("Without it nobody knows when an outage becomes intolerable."),
    ),
    ("rto_h", TIMED, N_("Recovery time objective (RTO)"), N_("Suppliers and plans are measured against it.")),
    ("owner_role", None, N_("Owner (role)"), N_("In a disruption somebody must decide.")),
    (
        "organiser",
        None,
        N_("Responsible for organising"),
        N_("Responsibilities break at interfaces if they are not stated."),
    ),
    ("production", None, N_("Way of production"), N_("A bought service is secured by contract, an own one by plans.")),
    ("vital_function", None, N_("Vital function of society"), N_("It links the function to comprehensive security.")),
    ("vulnerable_groups", None, N_("Effect on vulnerable groups"), N_("Help for vulnerable groups is planned first.")),
    (
        "mbco_text",
        VITAL,
        N_("Minimum service level in words"),
        N_("Staff must know what is kept running when not everything can be."),
    ),
    (
        "recovery_capability_h",
        VITAL,
        N_("Recovery capability"),
        N_("The objective is a promise; the capability shows whether it holds."),
    ),
    (
        "capability_basis",
        VITAL,
        N_("Basis of the recovery capability"),
        N_("An estimate and an exercised figure are not the same."),
    ),
    ("min_staff", VITAL, N_("Minimum staff"), N_("Absences and shifts are planned by it.")),
)
IMPACTS_GAP = Gap(
    None,
    N_("Impact analysis (BIA)"),
    N_("The class and the MTPD rest on impacts over time, not on a wish."),
    page="prepare.assess_impacts",
)


def problems(entry: FunctionEntry) -> list[RuleBroken]:
    """Every rule that the entry breaks (E1, E7, E13 and a class against the suggestion without a reason)."""
    found = time_problems(entry.rto_h, entry.mtpd_h)
    found += _range_problems(entry)
    if not entry.name_fi.strip():
        found.append(RuleBroken(N_("Give the function a name."), field="name_fi"))
    suggestion = suggested(entry.mtpd_h)
    if suggestion and entry.criticality not in (None, suggestion) and not entry.criticality_reason:
        message = N_("The MTPD suggests the class %(suggested)s. Give a reason for another class.")
        found.append(RuleBroken(message, field="criticality_reason", suggested=suggestion.value))
    if entry.confidentiality is Confidentiality.CONFIDENTIAL and not entry.secrecy_basis:
        message = N_("State the legal basis of secrecy, for example “Openness Act 24 § 1 mom. 8”.")
        found.append(RuleBroken(message, field="secrecy_basis"))
    return found


def _range_problems(entry: FunctionEntry) -> list[RuleBroken]:
    found = []
    for name in ("rto_h", "rpo_h", "recovery_capability_h", "restart_h", "committed_recovery_h", "min_staff"):
        value = getattr(entry, name)
        if value is not None and value < 0:
            found.append(RuleBroken(N_("The value cannot be negative."), field=name))
    if entry.mtpd_h is not None and entry.mtpd_h <= 0:
        found.append(RuleBroken(N_("The MTPD must be longer than 0 h."), field="mtpd_h"))
    if entry.mbco_pct is not None and not 0 <= entry.mbco_pct <= 100:
        found.append(RuleBroken(N_("A percentage lies from 0 to 100."), field="mbco_pct"))
    return found


def gaps(entry: FunctionEntry, *, assessed: bool) -> list[Gap]:
    """What the entry lacks before it can be submitted (E11), in the order of the form.

    `assessed` tells whether the function has an impact grid.
    """
    found = [
        Gap(name, what, why)
        for name, classes, what, why in MANDATORY
        if (classes is None or entry.criticality in classes) and getattr(entry, name) in (None, "")
    ]
    if entry.criticality in VITAL and not assessed:
        found.append(IMPACTS_GAP)
    return found


def contradictions(entry: FunctionEntry, impacts: Impacts) -> list[RuleBroken]:
    """The rules that the data breaks as it stands, whatever it lacks."""
    return problems(entry) + mtpd_problems(impacts, entry.mtpd_h, entry.criticality)


def submission_problems(entry: FunctionEntry, impacts: Impacts, further: Sequence[Gap]) -> list[RuleBroken]:
    """Why the entry cannot be submitted yet: broken rules, what is missing, and E3.

    `further` are gaps that other packages found (a vital function without needs, E11).
    """
    found = contradictions(entry, impacts)
    blocking = [gap for gap in further if gap.weight is Weight.REQUIRED]
    for gap in [*gaps(entry, assessed=bool(impacts)), *blocking]:
        found.append(RuleBroken(N_("Missing: %(what)s. %(why)s"), field=gap.field, what=gap.what, why=gap.why))
    return found


def of_record(record: Any) -> FunctionEntry:
    """The entry that a function's row holds."""
    return FunctionEntry(**{f.name: getattr(record, f.name) for f in fields(FunctionEntry)})


def differences(before: FunctionEntry, after: FunctionEntry) -> list[tuple[str, Any, Any]]:
    """The fields in which two entries differ: (name, before, after), in the order of the form."""
    pairs = ((f.name, getattr(before, f.name), getattr(after, f.name)) for f in fields(FunctionEntry))
    return [(name, old, new) for name, old, new in pairs if old != new]


#: Finds what the functions with these ids lack, as their entries stand: id → gaps.
GapSource = Callable[[Mapping[int, FunctionEntry]], Mapping[int, list[Gap]]]
