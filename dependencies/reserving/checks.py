"""What reserves and claims on them must satisfy, and what they still lack."""

from collections.abc import Collection
from dataclasses import dataclass

from dependencies.entries.reserves import ClaimEntry, ReserveEntry
from dependencies.reserving.vocabulary import ClaimTrigger, ReserveUnit, ReserveUse
from prepare.errors import RuleBroken
from prepare.registration import Gap
from prepare.texts import N_
from risks import checks

NEEDED = N_("This is needed.")
NOT_NEGATIVE = N_("Give a number of at least 0.")
MORE_THAN_NOTHING = N_("Give a time of more than 0 hours.")
#: field → what is missing, why it matters
MANDATORY: tuple[tuple[str, str, str], ...] = (
    ("quantity", N_("How much there is"), N_("Without it nobody sees whether it is enough for all who count on it.")),
    (
        "ready_h",
        N_("How long it takes until it is in use"),
        N_("What is needed before that must be bridged otherwise."),
    ),
    ("location", N_("Where it is"), N_("In a disruption somebody has to fetch it.")),
    ("contact_role", N_("Who is called"), N_("Whoever counts on it has to know whom to call.")),
    ("next_review", N_("Next check"), N_("A reserve that nobody looks at is gone when it is needed.")),
)


@dataclass(frozen=True)
class Held:
    """What the rules ask about a reserve that is counted on: its code, what it is counted in, and how it is used."""

    code: str
    unit: ReserveUnit
    use: ReserveUse


def problems(entry: ReserveEntry, claimed: Collection[tuple[ReserveUnit, bool]] = ()) -> list[RuleBroken]:
    """Every rule that the reserve breaks; `claimed` tells the units in which it is counted on, and if by the hour."""
    found = checks.name(entry) + checks.secrecy(entry)
    wanted = {"kind": entry.kind, "use": entry.use, "unit": entry.unit}
    found += [RuleBroken(NEEDED, field=name) for name, value in wanted.items() if value is None]
    found += _not_negative({"quantity": entry.quantity, "ready_h": entry.ready_h})
    found += _some_time("lasts_h", entry.lasts_h)
    units = {unit for unit, _per_hour in claimed}
    if entry.unit is not None and units - {entry.unit}:
        message = N_("Functions count on it in another unit (%(unit)s). Ask them to change their claims first.")
        found.append(RuleBroken(message, field="unit", unit=min(units - {entry.unit}).short))
    if entry.use is ReserveUse.REUSABLE and any(per_hour for _unit, per_hour in claimed):
        message = N_(
            "Functions count on so much of it an hour, so it is used up. Ask them to change their claims first."
        )
        found.append(RuleBroken(message, field="use"))
    return found


def gaps(entry: ReserveEntry) -> list[Gap]:
    """What a reserve still lacks, in the order of the form."""
    return [Gap(name, what, why) for name, what, why in MANDATORY if getattr(entry, name) in (None, "")]


def claim_problems(entry: ClaimEntry, reserve: Held | None, suppliers: Collection[str]) -> list[RuleBroken]:
    """Every rule that a claim breaks; `suppliers` are the codes of those that the function depends on."""
    found = [RuleBroken(NEEDED, field="reserve")] if reserve is None else _against(entry, reserve)
    found += _not_negative({"quantity": entry.quantity, "from_h": entry.from_h})
    found += _some_time("for_h", entry.for_h)
    if entry.priority is not None and entry.priority < 1:
        found.append(RuleBroken(N_("Give a whole number from 1 on; 1 comes first."), field="priority"))
    return found + _trigger(entry, suppliers)


def _against(entry: ClaimEntry, reserve: Held) -> list[RuleBroken]:
    found = []
    if entry.unit is None:
        found.append(RuleBroken(NEEDED, field="unit"))
    elif entry.unit is not reserve.unit:
        message = N_("%(code)s is counted in %(unit)s. Give how much you count on in the same unit.")
        found.append(RuleBroken(message, field="unit", code=reserve.code, unit=reserve.unit.short))
    if entry.per_hour and reserve.use is ReserveUse.REUSABLE:
        message = N_("%(code)s comes back from use. Give how much of it is in use at a time, not an hour.")
        found.append(RuleBroken(message, field="per_hour", code=reserve.code))
    return found


def _trigger(entry: ClaimEntry, suppliers: Collection[str]) -> list[RuleBroken]:
    if entry.trigger is None:
        return [RuleBroken(NEEDED, field="trigger")]
    if entry.trigger is ClaimTrigger.LOSS and entry.lost is None:
        return [RuleBroken(N_("Say what is lost: power, premises, staff …"), field="lost")]
    if entry.trigger is ClaimTrigger.SUPPLIER and entry.supplier not in suppliers:
        return [RuleBroken(N_("Choose one of the suppliers that the function depends on."), field="supplier")]
    return []


def _not_negative(values: dict[str, float | None]) -> list[RuleBroken]:
    return [RuleBroken(NOT_NEGATIVE, field=name) for name, value in values.items() if value is not None and value < 0]


def _some_time(name: str, value: float | None) -> list[RuleBroken]:
    return [RuleBroken(MORE_THAN_NOTHING, field=name)] if value is not None and value <= 0 else []
