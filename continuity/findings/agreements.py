"""Rules on agreements: W10, W11."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from continuity.findings.finding import Finding, Rule, Severity, Thing, lighter, listed, weigh
from dependencies.agreements import NOT_BINDING, lacks_clause
from dependencies.covering import expects_time
from dependencies.promises import Demanded
from dependencies.vocabulary import AgreementKind, Clause, Validity
from prepare.texts import N_, _, day, hours, ngettext
from prepare.vocabulary import Criticality

ENDING = Rule(
    "W10",
    N_("It carries %(needs)s, and %(state)s."),
    N_("In a disruption a partner delivers what it is bound to; an agreement that has run out binds nobody."),
    N_("Renew the agreement or give notice in time and find another way; record its new dates."),
)
CLAUSES = Rule(
    "W11",
    N_("The agreement lacks: %(missing)s."),
    N_("Without it the partner need not prepare, nor say when the service is back; one's own times rest on a guess."),
    N_("Take it up with the partner, at the latest when the agreement is renewed, and record what was agreed."),
)
TOO_LATE = Rule(
    "W11",
    N_("It promises the service within %(promised)s, but these need it back sooner: %(functions)s."),
    N_("Even a partner that keeps its word comes too late: the function misses its objective (RTO)."),
    N_("Agree on a shorter time, find a second supplier or a longer workaround, or change the objective."),
    tells_suppliers=True,
)


@dataclass(frozen=True)
class AgreementCase:
    """An agreement as it stands on the day, and the essential needs of readable functions that hang on it."""

    thing: Thing
    kind: AgreementKind
    validity: Validity
    valid_to: date | None = None
    clause: Clause | None = None  #: the preparedness clause
    recovery_time_stated: bool | None = None
    hanging: int = 0  #: essential needs that run over an interface resting on it, or are met by what it covers
    worst_class: Criticality | None = None  #: the highest class among their functions
    promised_h: float | None = None  #: within how many hours the service is back, as it promises
    late: tuple[Demanded, ...] = ()  #: those among the needs that fail although the promise is kept

    @property
    def weight(self) -> Severity:
        """How much a flaw weighs: as on the most critical function that hangs on it."""
        return weigh(self.worst_class) if self.hanging else Severity.MINOR


def of_agreement(case: AgreementCase) -> Iterator[Finding]:
    """W10: essential needs hang on an agreement that holds for longer than half a year.

    W11: it says what it must, and what it promises is soon enough for the K1 and K2 functions that need it.
    """
    if case.hanging and (state := _state(case)):
        needs = ngettext("%(n)s essential need", "%(n)s essential needs", case.hanging)
        over = case.validity in (Validity.EXPIRED, Validity.UNKNOWN)
        severity = case.weight if over else lighter(case.weight)
        yield Finding(ENDING, severity, case.thing, {"needs": needs, "state": state})
    if case.validity not in NOT_BINDING and (missing := _missing(case)):
        yield Finding(CLAUSES, lighter(case.weight), case.thing, {"missing": listed(missing)})
    if case.validity not in NOT_BINDING and case.late:
        yield _too_late(case)


def _too_late(case: AgreementCase) -> Finding:
    vital = any(one.criticality is Criticality.K1 for one in case.late)
    functions = listed(dict.fromkeys(f"{one.label} ({hours(one.needed_h)})" for one in case.late))
    values = {"promised": hours(case.promised_h), "functions": functions}
    return Finding(TOO_LATE, weigh(Criticality.K1 if vital else Criticality.K2), case.thing, values)


def _state(case: AgreementCase) -> str:
    if case.validity is Validity.EXPIRED:
        return _("it expired on %(day)s", day=day(case.valid_to))
    if case.validity is Validity.EXPIRING:
        return _("it runs out on %(day)s", day=day(case.valid_to))
    if case.validity is Validity.REVIEW_DUE:
        return _("it has not been looked at in 24 months")
    if case.validity is Validity.UNKNOWN:
        return _("nobody has recorded since when it is in force")
    return ""


def _missing(case: AgreementCase) -> list[str]:
    missing = []
    if lacks_clause(case.clause):
        unknown = N_("a preparedness clause (nobody has recorded whether it has one)")
        missing.append(_(unknown) if case.clause is None else _("a preparedness clause"))
    if expects_time(case.kind, case.clause) and not case.recovery_time_stated:
        unknown = N_("a promised recovery time (nobody has recorded whether it has one)")
        missing.append(_(unknown) if case.recovery_time_stated is None else _("a promised recovery time"))
    return missing
