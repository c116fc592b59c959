"""What a guidance workbook is made of: which sheets its variant has, and what is left out."""

from collections.abc import Sequence
from dataclasses import dataclass

from continuity.findings.finding import Finding
from continuity.readiness import holdings
from continuity.readiness.holdings import Holdings
from exports.frames import (
    agreements,
    bands,
    cards,
    changes,
    codes,
    dependants,
    dependencies,
    exercises,
    findings,
    functions,
    guidance,
    impacts,
    interfaces,
    levels,
    measures,
    plans,
    resources,
    risks,
    scenarios,
    since,
)
from exports.frames.chosen import Chosen, Offered, Progress, Sheet, chosen
from exports.frames.reader import Reader
from exports.frames.scenarios import Run
from prepare.db import db
from prepare.models.codes import CodeItem
from prepare.queries import organisations
from prepare.texts import _, name_of
from prepare.vocabulary import CodeList, Confidentiality

PUBLIC, INTERNAL, SECRET = Confidentiality.PUBLIC, Confidentiality.INTERNAL, Confidentiality.CONFIDENTIAL
#: The basis of secrecy of what is secret only when put together; the city's lawyer confirms it.
AGGREGATE_BASIS = "JulkL (621/1999) 24 § 1 mom. 8 k."


@dataclass(frozen=True)
class Parts:
    """What the workbook is made of: its sheets in their order, and what they rest on."""

    reader: Reader
    held: Holdings
    found: Sequence[Finding]
    traced: Sequence[Run]
    chosen: Chosen

    @property
    def shown(self) -> Sequence[Sheet]:
        """The sheets that the variant has."""
        return self.chosen.shown

    @property
    def rows(self) -> int:
        """How many rows the variant has."""
        return self.chosen.rows

    @property
    def left_out(self) -> int:
        """How many rows the variant leaves out, those of whole sheets included."""
        return self.chosen.left_out

    @property
    def unshown(self) -> str:
        """What the variant leaves out, in a sentence; empty when it leaves out nothing."""
        return self.chosen.unshown

    @property
    def digest(self) -> str:
        """The fingerprint of the rows that the workbook holds."""
        return self.chosen.digest

    @property
    def basis(self) -> str:
        """The legal bases that the secret records state, else that of what is secret only when put together."""
        stated = {function.secrecy_basis for function in self.held.functions}
        stated |= {risk.secrecy_basis for risk in self.held.risks}
        stated |= {measure.secrecy_basis for measure in self.held.measures}
        stated |= {plan.secrecy_basis for plan, _version, _case in self.held.plans}
        stated |= {interface.secrecy_basis for interface in self.held.interfaces}
        return "; ".join(sorted(basis for basis in stated if basis)) or AGGREGATE_BASIS


def parts_of(reader: Reader, told: Progress | None = None) -> Parts:
    """Everything that the reader's variant holds, filtered by class before anything is written."""
    held = holdings.holdings(reader.scope, reader.organisation, on=reader.on)
    found = holdings.findings(held, reader.on)
    traced = scenarios.runs(reader, held.functions)
    return Parts(reader, held, found, traced, chosen(reader, _sheets(reader, held, found, traced), told))


def _sheets(reader: Reader, held: Holdings, found: list[Finding], traced: Sequence[Run]) -> list[Offered]:
    """The sheets in their order, each with the lowest variant that has it.

    Weaknesses are not for the public; who depends on whom, and how preparedness is raised, is secret.
    """
    items = [item for kind in (CodeList.VITAL_FUNCTION, CodeList.THREAT) for item in _codes(kind)]
    words = {item.code: name_of(item) for item in items}
    return [
        (PUBLIC, guidance.register),
        (PUBLIC, lambda reader: functions.register(reader, held.functions, held.cases, held.approved, words)),
        (INTERNAL, lambda reader: impacts.register(reader, held)),
        (INTERNAL, lambda reader: resources.register(reader, held)),
        (SECRET, lambda reader: dependencies.register(reader, held)),
        (SECRET, dependants.register),
        (INTERNAL, lambda reader: interfaces.register(reader, held.interfaces)),
        (INTERNAL, lambda reader: agreements.register(reader, agreements.found(reader))),
        (SECRET, lambda _reader: scenarios.heat_map(held, traced)),
        (SECRET, lambda reader: bands.register(reader, held, traced)),
        (SECRET, lambda reader: scenarios.chains(reader, held, traced)),
        (PUBLIC, lambda reader: risks.register(reader, held.risks, words)),
        (INTERNAL, lambda reader: measures.register(reader, held.measures)),
        (PUBLIC, lambda reader: plans.register(reader, held.plans)),
        (INTERNAL, lambda reader: cards.register(reader, held.plans)),
        (SECRET, lambda reader: levels.register(reader, held.plans)),
        (INTERNAL, lambda reader: exercises.register(reader, exercises.found(reader))),
        (INTERNAL, lambda reader: findings.register(reader, found)),
        (INTERNAL, changes.register),
        *since.offered(reader, "guidance", _("Preparedness guidance"), changes.INSIDE | changes.SECRET),
        (PUBLIC, lambda _reader: codes.register(items)),
    ]


def _codes(kind: CodeList) -> list[CodeItem]:
    return list(db.session.scalars(organisations.codes(kind)))
