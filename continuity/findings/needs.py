"""Rules on what a function needs: W0, W4, W7, W8, W9, W20, W26. One finding per function and rule names the needs."""

from collections.abc import Callable, Iterator
from datetime import date

from continuity.findings.cases import FunctionCase, NeedCase, SupplierCase
from continuity.findings.finding import Finding, Rule, Severity, lighter, listed, weigh
from dependencies import confirming
from prepare.registration import VITAL
from prepare.texts import N_, hours
from prepare.vocabulary import Criticality

INTERFACE = Rule(
    "W0",
    N_("No interface is named for what comes from outside the city: %(suppliers)s."),
    N_("Across organisations nobody answers unless owners, alerting and duties have been agreed."),
    N_("Link the dependency to an interface, or mark the service as a commodity that needs none."),
    tells_suppliers=True,
)
COMMITMENT = Rule(
    "W4",
    N_("The committed recovery time is unknown for: %(suppliers)s."),
    N_("The function cannot do without it, so its own objective rests on a guess."),
    N_("Ask the supplier for a committed recovery time, write it into the agreement and record it."),
    tells_suppliers=True,
)
WORKAROUND = Rule(
    "W7",
    N_("A tolerance is stated but not what makes it true: %(needs)s."),
    N_("A tolerance without a stock, a battery or a manual procedure behind it is a wish."),
    N_("Describe the workaround, or correct the tolerance to 0 h."),
    tells_suppliers=True,
)
TOLERANCE = Rule(
    "W8",
    N_("The tolerance is as long as the MTPD of %(mtpd)s or longer: %(needs)s."),
    N_("Such a need cannot bring the function down in time: it is not essential, or the tolerance is too good."),
    N_("Check the tolerance and the strength of the need."),
    tells_suppliers=True,
)
CONFIRMATION = Rule(
    "W9",
    N_("Not confirmed by the supplier in time: %(count)s of %(all)s dependencies (%(suppliers)s)."),
    N_("A supplier that does not know it is needed will not restore the service in time."),
    N_("Ask the suppliers to confirm the dependencies and their recovery times."),
    tells_suppliers=True,
)
MISMATCH = Rule(
    "W26",
    N_("What the supplier has signed is later or less than what is needed: %(suppliers)s."),
    N_("Both sides plan by different hours, and the function waits longer than it can."),
    N_("Agree on hours or amount, change the need or the agreement, and let both sides sign anew."),
    tells_suppliers=True,
)
LOW_CLASS = Rule(
    "W20",
    N_("A supplier that the function cannot do without is in a lower class or has a longer MTPD: %(suppliers)s."),
    N_("The supplier will be restored later than the function can wait."),
    N_("Ask the supplier to raise its class, or explain how the function manages until it is back."),
    tells_suppliers=True,
)

Flaw = Callable[[NeedCase, SupplierCase], bool]


def of_needs(case: FunctionCase, on: date) -> Iterator[Finding]:
    """Every rule that the function's needs break on the day `on`."""
    weight = weigh(case.criticality)
    for rule, severity, flaw in (
        (INTERFACE, lighter(weight), _lacks_interface),
        (COMMITMENT, weight, lambda n, s: case.criticality in VITAL and lacks_commitment(n, s)),
        (MISMATCH, weight, lambda n, s: s.is_disputed),
        (LOW_CLASS, lighter(weight), lambda n, s: is_low_class(case, n, s)),
    ):
        if found := _suppliers(case, flaw):
            yield Finding(rule, severity, case.thing, {"suppliers": listed(_labels(found))})
    if found := _suppliers(case, lambda n, s: is_unconfirmed(case, s, on)):
        every = {s.identity for need in case.needs for s in need.suppliers}
        values = {"suppliers": listed(_labels(found), 12), "count": len(found), "all": len(every)}
        yield Finding(CONFIRMATION, Severity.MINOR, case.thing, values)
    if needs := [need for need in case.needs if lacks_workaround(need)]:
        yield Finding(WORKAROUND, lighter(weight), case.thing, {"needs": _with_tolerance(needs)})
    if needs := [need for need in case.needs if outlasts_consumer(case, need)]:
        values = {"needs": _with_tolerance(needs), "mtpd": hours(case.entry.mtpd_h)}
        yield Finding(TOLERANCE, Severity.MINOR, case.thing, values)


def _suppliers(case: FunctionCase, flaw: Flaw) -> list[SupplierCase]:
    """The suppliers with the flaw, each once, in the order of the needs."""
    found = {s.identity: s for need in case.needs for s in need.suppliers if flaw(need, s)}
    return list(found.values())


def _labels(suppliers: list[SupplierCase]) -> list[str]:
    """Codes and names; those that the reader may not know are told once, at the end."""
    labels = [supplier.label for supplier in suppliers]
    known = [label for label, supplier in zip(labels, suppliers, strict=True) if supplier.code]
    return [*known, *dict.fromkeys(label for label, s in zip(labels, suppliers, strict=True) if not s.code)]


def _with_tolerance(needs: list[NeedCase]) -> str:
    return listed((f"{need.name} ({hours(need.tolerance_h)})" for need in needs), 12)


def _lacks_interface(need: NeedCase, supplier: SupplierCase) -> bool:
    return not need.is_supporting and lacks_interface(supplier)


def lacks_interface(supplier: SupplierCase) -> bool:
    """W0: an outside supplier without an interface that is not a commodity."""
    return not (supplier.is_own or supplier.commodity or supplier.has_interface)


def lacks_commitment(need: NeedCase, supplier: SupplierCase) -> bool:
    """W4: nobody knows when an outside supplier that cannot be done without is back."""
    return need.is_essential and not supplier.is_own and supplier.committed_recovery_h is None


def lacks_workaround(need: NeedCase) -> bool:
    """W7: a tolerance above 0 without a workaround."""
    return not need.is_supporting and bool(need.tolerance_h) and not need.has_workaround


def outlasts_consumer(case: FunctionCase, need: NeedCase) -> bool:
    """W8: the tolerance of an essential need is not shorter than the function's MTPD."""
    known = need.tolerance_h is not None and case.entry.mtpd_h is not None
    return need.is_essential and known and need.tolerance_h >= case.entry.mtpd_h  # type: ignore[operator]


def is_unconfirmed(case: FunctionCase, supplier: SupplierCase, on: date) -> bool:
    """W9: the supplier has not confirmed the dependency in 24 months, of a K1 function in 12 (a mismatch is W26)."""
    if supplier.is_disputed:
        return False
    return not (supplier.is_confirmed and confirming.is_fresh(supplier.confirmed_on, case.criticality, on=on))


def is_low_class(case: FunctionCase, need: NeedCase, supplier: SupplierCase) -> bool:
    """W20: the only supplier of an essential need is less critical than its consumer, or may be out longer."""
    if not need.is_essential or need.is_redundant or not supplier.is_own:
        return False
    lower = case.criticality and supplier.criticality and _place(supplier.criticality) > _place(case.criticality)
    longer = case.entry.mtpd_h is not None and supplier.mtpd_h is not None and supplier.mtpd_h > case.entry.mtpd_h
    return bool(lower or longer)


def _place(criticality: Criticality) -> int:
    return tuple(Criticality).index(criticality)


def codes(case: FunctionCase, need: NeedCase, supplier: SupplierCase, on: date) -> list[str]:
    """The codes of the rules that one dependency breaks, for a register that shows it in a row."""
    checks = {
        "W0": _lacks_interface(need, supplier),
        "W4": case.criticality in VITAL and lacks_commitment(need, supplier),
        "W7": lacks_workaround(need),
        "W8": outlasts_consumer(case, need),
        "W9": is_unconfirmed(case, supplier, on),
        "W20": is_low_class(case, need, supplier),
        "W26": supplier.is_disputed,
    }
    return [code for code, broken in checks.items() if broken]
