"""The sheet of dependencies (A5): what each function needs, from whom, and whether the promises fit."""

from continuity.findings import needs as rules
from continuity.findings.cases import FunctionCase
from continuity.readiness.cases import need_case, need_name, supplier_case
from continuity.readiness.holdings import Holdings
from dependencies.models.needs import Dependency, Need
from dependencies.vocabulary import Standing
from exports.columns import Column, Kind, Tone
from exports.frames.reader import Reader, frame_of
from exports.sheets import Register
from prepare.models.functions import Function
from prepare.texts import N_, _, name_of

ENOUGH = N_("How many of the suppliers that replace each other must work, and for which need.")
COLUMNS = (
    Column("code", N_("Code"), 9, Kind.CODE),
    Column("function", N_("Function"), 11, Kind.CODE),
    Column("function_name", N_("Name of the function"), 24),
    Column("supplier", N_("Supplier"), 11, Kind.CODE),
    Column("supplier_name", N_("Name of the supplier"), 25),
    Column("organisation", N_("Organisation"), 20),
    Column("kind", N_("Kind"), 12),
    Column("strength", N_("Importance"), 13),
    Column("enough", N_("Enough of all"), 13, optional=True, note=ENOUGH),
    Column("tolerance_h", N_("Tolerance h"), 11, Kind.HOURS, note=N_("How long the function manages without.")),
    Column("workaround", N_("Workaround"), 18, optional=True),
    Column("interface", N_("Interface"), 11, Kind.CODE, optional=True),
    Column(
        "promised_h",
        N_("Promised h"),
        11,
        Kind.HOURS,
        optional=True,
        note=N_("The supplier's committed recovery time, or its RTO within the city; empty means unknown."),
    ),
    Column(
        "margin_h",
        N_("Margin h"),
        9,
        Kind.HOURS,
        tone="margin_tone",
        optional=True,
        note=N_("Tolerance + RTO − promised recovery. Below zero the function cannot keep its RTO."),
    ),
    Column("standing", N_("Confirmed"), 13, tone="standing_tone"),
    Column("answered_on", N_("Answered on"), 11, Kind.DATE, optional=True),
    Column("rules", N_("Findings"), 10, note=N_("Codes of the rules that the dependency breaks; see the findings.")),
)
STANDINGS = {
    Standing.CONFIRMED: Tone.GOOD,
    Standing.UNKNOWN: Tone.MODERATE,
    Standing.PROPOSED: Tone.MODERATE,
    Standing.DISPUTED: Tone.CRITICAL,
}


def register(reader: Reader, held: Holdings) -> Register:
    """The sheet of everything that the organisation's functions need."""
    rows = [
        _row(reader, held.cases[function.id], function, need, dependency)
        for function in sorted(held.functions, key=lambda function: function.code)
        for need in held.needs[function.id]
        for dependency in need.in_force
    ]
    frame = frame_of(rows, COLUMNS)
    return Register(
        _("Dependencies"),
        _("What the functions need, how long they manage without, and what the suppliers promise"),
        reader.shown(COLUMNS, frame),
        frame,
        tab="scenario",
        frozen=2,
    )


def _row(
    reader: Reader, case: FunctionCase, function: Function, need: Need, dependency: Dependency
) -> dict[str, object]:
    supplier, several = dependency.supplier, len(need.in_force) > 1
    promised = promise_h(supplier) if reader.names(supplier) else None
    tolerance = need.tolerance_h + dependency.extra_tolerance_h
    margin = None if promised is None or function.rto_h is None else tolerance + function.rto_h - promised
    seen = supplier_case(reader.scope, dependency)
    return {
        "code": dependency.code,
        "function": function.code,
        "function_name": name_of(function),
        "supplier": reader.code(supplier),
        "supplier_name": reader.name(supplier),
        "organisation": name_of(supplier.organisation) if reader.names(supplier) else None,
        "kind": dependency.kind.label,
        "strength": need.strength.label,
        "enough": f"{need.min_required}/{len(need.in_force)} {need_name(reader.scope, need)}" if several else None,
        "tolerance_h": tolerance,
        "workaround": need.workaround or dependency.workaround,
        "interface": dependency.interface.code if dependency.interface else None,
        "promised_h": promised,
        "margin_h": margin,
        "margin_tone": Tone.CRITICAL if margin is not None and margin < 0 else None,
        "standing": dependency.standing.label,
        "standing_tone": STANDINGS[dependency.standing],
        "answered_on": dependency.answered_on,
        "rules": ", ".join(rules.codes(case, need_case(reader.scope, need), seen, reader.on)) or None,
    }


def promise_h(supplier: Function) -> float | None:
    """What the supplier promises: a partner its committed recovery time, one of the city's own its RTO."""
    return supplier.rto_h if supplier.owner_is_own else supplier.committed_recovery_h
