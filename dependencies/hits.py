"""What somebody supposes to be hit: any set of functions, each from an hour on, for some hours, down or degraded.

A hit is written `CODE:START:HOURS`, or `CODE:START:HOURS:degraded`, the same in an address and on the command line.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from dependencies.outcome import HORIZON_H, Hit, in_minutes
from dependencies.vocabulary import State
from prepare.errors import RuleBroken, refuse_if
from prepare.texts import N_, typed_number

MOST_HITS = 30  #: hits that are traced together


@dataclass(frozen=True, kw_only=True)
class HitEntry:
    """One supposed hit: the function's code, hours from the start, for how many hours, down or degraded."""

    function: str
    start_h: float
    lasts_h: float
    state: State = State.DOWN


def read(text: str, row: int = 1) -> HitEntry:
    """The hit that is written as `CODE:START:HOURS`, with `:degraded` behind it when the function still works.

    Raises RuleBroken, with the number of the row, when it is written otherwise.
    """
    parts = text.strip().split(":")
    state = State.DOWN
    if parts[-1].strip().lower() in tuple(State):
        state = State(parts.pop().strip().lower())
    try:
        code, start_h, lasts_h = parts
        return HitEntry(function=code.strip().upper(), start_h=float(start_h), lasts_h=float(lasts_h), state=state)
    except ValueError:
        raise RuleBroken(
            N_("Row %(row)s: write the hit as CODE:START:HOURS, for example F-ENE-01:0:24, not “%(text)s”."),
            row=row,
            text=text[:100],
        ) from None


def written(entry: HitEntry) -> str:
    """The hit as `read` reads it."""
    end = "" if entry.state is State.DOWN else f":{entry.state.value}"
    return f"{entry.function}:{_plain(entry.start_h)}:{_plain(entry.lasts_h)}{end}"


def _plain(hours: float) -> str:
    return typed_number(hours).replace(",", ".")


def problems(entries: Sequence[HitEntry], known: Collection[str], retired: Collection[str]) -> list[RuleBroken]:
    """Every rule that the rows break: `known` are the codes that the reader may name, `retired` those out of use.

    The rows are counted from 1; each problem's `values` name its row and its `field` the field of the row.
    """
    found = []
    if not entries:
        found.append(RuleBroken(N_("Say what is hit: at least one function.")))
    if len(entries) > MOST_HITS:
        found.append(RuleBroken(N_("At most %(most)s hits are traced together. Remove some rows."), most=MOST_HITS))
    for row, entry in enumerate(entries, start=1):
        found += _of_row(row, entry, known, retired)
    return found


def _of_row(row: int, entry: HitEntry, known: Collection[str], retired: Collection[str]) -> list[RuleBroken]:
    found = []

    def broken(message: str, field: str) -> None:
        found.append(RuleBroken(message, field=field, row=row, code=entry.function, most=HORIZON_H))

    if entry.function in retired:
        message = N_(
            "Row %(row)s: %(code)s has been taken out of use. Choose the function that replaced it, or remove the row."
        )
        broken(message, "function")
    elif entry.function not in known:
        message = N_(
            "Row %(row)s: there is no function or service %(code)s that you may name. Look its code up in the list."
        )
        broken(message, "function")
    if not 0 <= entry.start_h < HORIZON_H:
        broken(N_("Row %(row)s: the hit must begin between hour 0 and hour %(most)s."), "start_h")
    if not 0 < entry.lasts_h <= HORIZON_H or not in_minutes(entry.lasts_h):
        broken(N_("Row %(row)s: the hit must last at least a minute and at most %(most)s hours."), "lasts_h")
    return found


def resolved(entries: Sequence[HitEntry], ids: Mapping[str, int], retired: Collection[str] = ()) -> list[Hit]:
    """The rows as the engine takes them; `ids` are those of the functions that the reader may name, by code.

    Raises RuleBroken with every rule that the rows break.
    """
    refuse_if(problems(entries, ids, retired))
    found = []
    for entry in entries:
        start, lasts = in_minutes(entry.start_h) or 0, in_minutes(entry.lasts_h) or 0
        found.append(Hit(ids[entry.function], start, start + lasts, degrades=entry.state is State.DEGRADED))
    return found
