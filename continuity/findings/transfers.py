"""The rule on transfers of responsibility: W19."""

from collections.abc import Iterator
from dataclasses import dataclass

from continuity.findings.finding import Finding, Rule, Thing, lighter, weigh
from continuity.transferring import is_open
from continuity.vocabulary.transfers import TransferState
from prepare.texts import N_, _
from prepare.vocabulary import Criticality

OPEN = Rule(
    "W19",
    N_("What was to be kept in the transfer of responsibility: %(state)s; %(measure)s."),
    N_("What gets lost when responsibility moves is noticed only in the next disruption."),
    N_("Find out what became of it, agree with the other side, and add a measure until it is in order."),
)


@dataclass(frozen=True)
class TransferCase:
    """An item of a transfer, and the measure that is to mend it."""

    thing: Thing
    state: TransferState
    measure: str = ""  #: code of the measure, if there is one
    is_verified: bool = False  #: whether that measure has been verified
    worst_class: Criticality | None = None  #: the highest class among the functions for which it is critical


def of_transfer(case: TransferCase) -> Iterator[Finding]:
    """W19: nothing is left unassessed, at risk or lost; a lost one is over when its measure has been verified."""
    if not is_open(case.state, is_verified=case.is_verified):
        return
    measure = _("the measure is %(code)s", code=case.measure) if case.measure else _("no measure mends it")
    weight = weigh(case.worst_class)
    severity = weight if case.state is TransferState.LOST else lighter(weight)
    yield Finding(OPEN, severity, case.thing, {"state": case.state.label.lower(), "measure": measure})
