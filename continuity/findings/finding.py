"""What a finding is: a rule, the thing it was found on, and the figures that fill its sentences."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from prepare.texts import N_, _
from prepare.vocabulary import Confidentiality, Criticality, Labelled


class Severity(Labelled):
    """How much a finding weighs, from the gravest."""

    GRAVE = "grave", N_("Grave")
    NOTABLE = "notable", N_("Notable")
    MINOR = "minor", N_("Minor finding")

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return tuple(Severity).index(self)


class Subject(Labelled):
    """What kind of thing a finding is about."""

    ORGANISATION = "organisation", N_("Organisation")
    FUNCTION = "function", N_("Function")
    PLAN = "plan", N_("Plan")
    RISK = "risk", N_("Risk")
    MEASURE = "measure", N_("Measure")
    INTERFACE = "interface", N_("Interface")
    NETWORK = "network", N_("Network")
    BODY = "body", N_("Body")
    REQUIREMENT = "requirement", N_("Requirement")  #: the thing's ref is that of the organisation that answers it
    AGREEMENT = "agreement", N_("Agreement")
    RESERVE = "reserve", N_("Reserve")
    TRANSFER_ITEM = "transfer_item", N_("Item of a transfer")


@dataclass(frozen=True)
class Rule:
    """One rule of the register: its code in domain.md, and three N_() sentences.

    The first sentence has `%(name)s` places that the finding's values fill. `tells_suppliers` marks a
    rule whose sentence tells on whom a function depends: such findings are secret when put together.
    """

    code: str
    missing: str
    matters: str
    mend: str
    tells_suppliers: bool = False


@dataclass(frozen=True)
class Thing:
    """What a finding is about: its kind, code, name in the current language, owner and class."""

    subject: Subject
    code: str
    name: str
    ref: str = ""
    organisation: str = ""  #: code of the owner
    confidentiality: Confidentiality = Confidentiality.INTERNAL


@dataclass(frozen=True)
class Finding:
    """A rule that does not hold for a thing; the values are texts in the language in which it was found."""

    rule: Rule
    severity: Severity
    thing: Thing
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def confidentiality(self) -> Confidentiality:
        """As confidential as the thing; secret when it tells on whom the thing depends."""
        return Confidentiality.CONFIDENTIAL if self.rule.tells_suppliers else self.thing.confidentiality

    @property
    def missing(self) -> str:
        """What is missing or wrong."""
        return _(self.rule.missing, **self.values)

    @property
    def matters(self) -> str:
        """Why it matters in a disruption."""
        return _(self.rule.matters)

    @property
    def mend(self) -> str:
        """How to mend it."""
        return _(self.rule.mend)

    @property
    def order(self) -> tuple[int, str, str]:
        """The gravest first, then by thing and rule."""
        return self.severity.rank, self.thing.code, self.rule.code


def weigh(criticality: Criticality | None) -> Severity:
    """How much a flaw weighs on a function of this class; an unknown class weighs like a critical one."""
    if criticality is Criticality.K1:
        return Severity.GRAVE
    return Severity.NOTABLE if criticality in (None, Criticality.K2) else Severity.MINOR


def lighter(severity: Severity) -> Severity:
    """One step less."""
    return tuple(Severity)[min(severity.rank + 1, len(Severity) - 1)]


def listed(texts: Iterable[str], longest: int = 6) -> str:
    """Texts as one, separated by commas; beyond the first few only their number is told."""
    shown = list(texts)
    more = len(shown) - longest
    tail = [_("%(count)s more", count=more)] if more > 0 else []
    return ", ".join([*shown[:longest], *tail])
