"""What people enter about plans, as values: the same from a page, a workbook or a command."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from continuity.vocabulary.plans import PlanKind
from prepare.vocabulary import Confidentiality


@dataclass(frozen=True, kw_only=True)
class PlanEntry:
    """What a plan is about and which version is being prepared; functions stand by their codes."""

    kind: PlanKind
    name_fi: str
    name_sv: str | None = None
    name_en: str | None = None
    functions: tuple[str, ...] = ()
    confidentiality: Confidentiality = Confidentiality.INTERNAL
    secrecy_basis: str | None = None
    number: str = "0.1"
    document_ref: str | None = None
    last_exercised_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class NewPlanEntry:
    """What is asked of a plan that is begun; the rest is written in the editor."""

    kind: PlanKind
    name_fi: str
    functions: tuple[str, ...] = ()

    @property
    def plan(self) -> PlanEntry:
        """The plan that it begins."""
        return PlanEntry(kind=self.kind, name_fi=self.name_fi, functions=self.functions)


@dataclass(frozen=True, kw_only=True)
class ApprovalEntry:
    """What a director decides when approving a version."""

    next_review: date | None = None
    valid_until: date | None = None


def of_record(plan: Any, version: Any, number: str) -> PlanEntry:
    """The entry that a plan and one of its versions hold, under the version number `number`."""
    return PlanEntry(
        kind=plan.kind,
        name_fi=plan.name_fi,
        name_sv=plan.name_sv,
        name_en=plan.name_en,
        functions=tuple(function.code for function in plan.functions),
        confidentiality=plan.confidentiality,
        secrecy_basis=plan.secrecy_basis,
        number=number,
        document_ref=version.document_ref,
        last_exercised_on=version.last_exercised_on,
    )
