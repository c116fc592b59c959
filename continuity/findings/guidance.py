"""The rule on answers to the guidance: W25."""

from collections.abc import Iterator
from dataclasses import dataclass

from continuity.findings.finding import Finding, Rule, Severity, Thing
from prepare import guiding
from prepare.checks import CheckResult
from prepare.texts import N_
from prepare.vocabulary import AnswerStatus

DIFFERS = Rule(
    "W25",
    N_("The answer is “%(said)s”, but the register shows “%(shown)s”."),
    N_("Whoever steers by the answers puts help and money in the wrong place."),
    N_("Record what is missing in the register, or correct the answer and say in the comment what it rests on."),
)


@dataclass(frozen=True)
class AnswerCase:
    """An organisation's answer to a requirement, and what the register shows; None = nothing is counted."""

    thing: Thing
    status: AnswerStatus
    shown: CheckResult | None


def of_answer(case: AnswerCase) -> Iterator[Finding]:
    """W25: an answer that says something else than the register; a better one weighs more than a worse one."""
    if case.shown is None or not guiding.differs(case.status, case.shown):
        return
    severity = Severity.NOTABLE if guiding.flatters(case.status, case.shown) else Severity.MINOR
    yield Finding(DIFFERS, severity, case.thing, {"said": case.status.label, "shown": case.shown.label})
