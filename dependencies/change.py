"""What if one thing were otherwise: a changed copy of what a trace is computed from, while the records stay.

A change lengthens (or shortens) how long a need is endured, adds a supplier to a need, or lets a function restart or
be repaired in another time.
"""

from dataclasses import dataclass, replace

from dependencies.candidates import Kind
from dependencies.graph import Alternative, FunctionFacts
from dependencies.outcome import HORIZON_H, Hit
from dependencies.stored import Inputs
from dependencies.vocabulary import Standing
from prepare.errors import RuleBroken, refuse_if
from prepare.texts import N_

#: The kinds of measures that can be tried by hand.
KINDS = (Kind.TOLERANCE, Kind.SUPPLIER, Kind.RESTART, Kind.RECOVERY)
OF_NEED = frozenset({Kind.TOLERANCE, Kind.SUPPLIER})


@dataclass(frozen=True)
class Change:
    """One thing that is supposed to be otherwise in the function with the id `function`."""

    kind: Kind
    function: int
    need: int | None = None  #: of a tolerance and of a supplier
    supplier: FunctionFacts | None = None
    minutes: int | None = None  #: the new time of everything but a supplier


def changed(inputs: Inputs, change: Change) -> Inputs:
    """The inputs with this change.

    Raises RuleBroken when the function or need takes no part in them, when the time is missing or lies outside a year,
    when the supplier is there already, or when nothing would be changed.
    """
    refuse_if(_problems(inputs, change))
    if change.supplier:
        return _supplied(inputs, change.need, change.supplier)
    minutes = change.minutes or 0
    if change.kind is Kind.TOLERANCE:
        needs = (replace(n, tolerance_min=minutes) if n.id == change.need else n for n in inputs.needs)
        return replace(inputs, needs=tuple(needs))
    if change.kind is Kind.RESTART:
        functions = (replace(f, restart_min=minutes) if f.id == change.function else f for f in inputs.functions)
        return replace(inputs, functions=tuple(functions))
    hits = (_shortened(hit, minutes) if hit.function == change.function else hit for hit in inputs.hits)
    return replace(inputs, hits=tuple(hits))


def _shortened(hit: Hit, minutes: int) -> Hit:
    return replace(hit, end_min=min(hit.end_min, hit.start_min + max(1, minutes)))


def _problems(inputs: Inputs, change: Change) -> list[RuleBroken]:
    if change.function not in {function.id for function in inputs.functions}:
        message = N_("The disruption does not reach this function, so a change in it makes no difference.")
        return [RuleBroken(message, field="of")]
    if change.kind in OF_NEED and change.need not in {need.id for need in inputs.needs}:
        return [RuleBroken(N_("Choose a need of the function."), field="need")]
    if change.kind is Kind.SUPPLIER:
        return _supplier_problems(inputs, change)
    if change.minutes is None or not 0 <= change.minutes <= HORIZON_H * 60:
        return [RuleBroken(N_("Give the new time: at most a year (8760 h)."), field="hours")]
    if change.kind is Kind.RECOVERY and change.function not in {hit.function for hit in inputs.hits}:
        message = N_("Only a function that is hit itself is repaired; this one comes back after its needs.")
        return [RuleBroken(message, field="of")]
    return []


def _supplier_problems(inputs: Inputs, change: Change) -> list[RuleBroken]:
    need = next(need for need in inputs.needs if need.id == change.need)
    if change.supplier is None:
        return [RuleBroken(N_("Choose the further supplier."), field="supplier")]
    if change.supplier.id == need.consumer:
        return [RuleBroken(N_("A function cannot be its own supplier."), field="supplier")]
    if change.supplier.id in {alternative.supplier for alternative in need.alternatives}:
        return [RuleBroken(N_("It is a supplier of this need already."), field="supplier")]
    return []


def _supplied(inputs: Inputs, changed_need: int | None, supplier: FunctionFacts) -> Inputs:
    """With one supplier more; one that the disruption does not reach stays up, so it needs no needs of its own."""
    known = {function.id for function in inputs.functions}
    functions = inputs.functions if supplier.id in known else (*inputs.functions, supplier)
    further = Alternative(supplier.id, 0, Standing.PROPOSED)
    needs = (
        replace(need, alternatives=(*need.alternatives, further)) if need.id == changed_need else need
        for need in inputs.needs
    )
    return replace(inputs, functions=functions, needs=tuple(needs))
