"""What the rules find on an organisation, kept for as long as nothing changes."""

from dataclasses import dataclass
from datetime import date

from continuity.findings.finding import Finding
from continuity.readiness import holdings
from continuity.readiness.keeping import Kept
from prepare import texts
from prepare.actor import Scope
from prepare.models.organisations import Organisation


@dataclass(frozen=True)
class Judged:
    """The findings on an organisation and on what lies below it."""

    findings: tuple[Finding, ...]
    not_run: str  #: why the rules of the whole graph were not run; empty when they were


#: (reader's scope, id of the organisation, day, language) → findings.
_kept: Kept[Judged] = Kept(most=64)


def judged(scope: Scope, organisation: Organisation, *, on: date) -> Judged:
    """What the rules find on what the scope shows of an organisation on a day, in the language in use."""
    return _kept.reckoned((scope, organisation.id, on, texts.language()), lambda: _judge(scope, organisation, on))


def _judge(scope: Scope, organisation: Organisation, on: date) -> Judged:
    held = holdings.holdings(scope, organisation, on=on)
    return Judged(tuple(holdings.findings(held, on)), held.chains.not_run)
