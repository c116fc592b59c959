"""What a guidance workbook is made of: which sheets its variant has, and what is left out."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from continuity.findings.finding import Finding
from continuity.readiness import holdings
from continuity.readiness.holdings import Holdings
from exports.frames import (
    codes,
    dependants,
    dependencies,
    findings,
    functions,
    guidance,
    impacts,
    measures,
    plans,
    resources,
    risks,
    scenarios,
)
from exports.frames.reader import Reader
from exports.frames.scenarios import Run
from exports.sheets import Register
from prepare.db import db
from prepare.models.codes import CodeItem
from prepare.queries import organisations
from prepare.texts import _, name_of, ngettext
from prepare.vocabulary import CodeList, Confidentiality

#: The basis of secrecy of what is secret only when put together; the city's lawyer confirms it.
AGGREGATE_BASIS = "JulkL (621/1999) 24 § 1 mom. 8 k."


@dataclass(frozen=True)
class Parts:
    """What the workbook is made of: its sheets in their order, and those that the variant leaves out whole."""

    reader: Reader
    held: Holdings
    found: Sequence[Finding]
    traced: Sequence[Run]
    shown: Sequence[Register]
    hidden: Sequence[Register]

    @property
    def rows(self) -> int:
        """How many rows the variant has."""
        return sum(len(register.frame) for register in self.shown)

    @property
    def left_out(self) -> int:
        """How many rows the variant leaves out, those of whole sheets included."""
        return sum(register.left_out for register in self.shown) + sum(len(register.frame) for register in self.hidden)

    @property
    def unshown(self) -> str:
        """What the variant leaves out, in a sentence; empty when it leaves out nothing."""
        count = self.left_out
        if not count:
            return ""
        rows = ngettext("%(n)s row was left out of this variant.", "%(n)s rows were left out of this variant.", count)
        titles = ", ".join(register.title for register in self.hidden)
        return f"{rows} {_('Sheets left out: %(titles)s.', titles=titles)}" if titles else rows

    @property
    def basis(self) -> str:
        """The legal bases that the secret records state, else that of what is secret only when put together."""
        stated = {function.secrecy_basis for function in self.held.functions}
        stated |= {risk.secrecy_basis for risk in self.held.risks}
        stated |= {measure.secrecy_basis for measure in self.held.measures}
        stated |= {plan.secrecy_basis for plan, _version, _case in self.held.plans}
        return "; ".join(sorted(basis for basis in stated if basis)) or AGGREGATE_BASIS

    @property
    def digest(self) -> str:
        """The fingerprint of the rows that the workbook holds."""
        told = hashlib.sha256()
        for register in self.shown:
            told.update(register.frame[[column.key for column in register.columns]].to_csv(index=False).encode())
        return told.hexdigest()


def parts_of(reader: Reader) -> Parts:
    """Everything that the reader's variant holds, filtered by class before anything is written."""
    held = holdings.holdings(reader.scope, reader.organisation, on=reader.on)
    found = holdings.findings(held, reader.on)
    traced = scenarios.runs(reader, held.functions)
    items = [item for kind in (CodeList.VITAL_FUNCTION, CodeList.THREAT) for item in _codes(kind)]
    words = {item.code: name_of(item) for item in items}
    whole, is_public = replace(reader, variant=Confidentiality.CONFIDENTIAL), reader.variant is Confidentiality.PUBLIC
    secret = _secret(whole, held, traced)
    grounds = _grounds(whole if is_public else reader, held)
    flaws = findings.register(reader, found)
    tasks = measures.register(whole if is_public else reader, held.measures)
    shown = [
        guidance.register(reader),
        functions.register(reader, held.functions, held.cases, held.approved, words),
        *(() if is_public else grounds),
        *(secret if reader.tells_dependencies else ()),
        risks.register(reader, held.risks, words),
        *(() if is_public else (tasks,)),
        plans.register(reader, held.plans),
        *(() if is_public else (flaws,)),
        codes.register(items),
    ]
    return Parts(reader, held, found, traced, shown, _hidden(reader, grounds, secret, [tasks, flaws]))


def _grounds(reader: Reader, held: Holdings) -> list[Register]:
    """What the class and the times rest on: impacts over time and resources. The public has neither."""
    return [impacts.register(reader, held), resources.register(reader, held)]


def _secret(whole: Reader, held: Holdings, traced: Sequence[Run]) -> list[Register]:
    """The sheets that are secret because they tell who depends on whom."""
    return [
        dependencies.register(whole, held),
        dependants.register(whole),
        scenarios.heat_map(held, traced),
        scenarios.chains(whole, held, traced),
    ]


def _hidden(reader: Reader, grounds: list[Register], secret: list[Register], work: list[Register]) -> list[Register]:
    """What the variant leaves out whole: the public has no grounds, measures and findings either."""
    if reader.tells_dependencies:
        return []
    return [*grounds, *secret, *work] if reader.variant is Confidentiality.PUBLIC else secret


def _codes(kind: CodeList) -> list[CodeItem]:
    return list(db.session.scalars(organisations.codes(kind)))
