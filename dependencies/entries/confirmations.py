"""What the two sides of a dependency sign, as values: the same from a page, a partner's link or a command."""

from dataclasses import dataclass

from prepare.errors import RuleBroken
from prepare.texts import N_


@dataclass(frozen=True, kw_only=True)
class StatedNeed:
    """What the consumer signs: needed back within `hours`, at least at `capacity_pct`; None = not known.

    `words` say how much in its own units, `reason` why other hours than the register suggests; `role` signs.
    """

    hours: float | None = None
    capacity_pct: float | None = None
    words: str | None = None
    reason: str | None = None
    role: str | None = None
    told_by: str | None = None


@dataclass(frozen=True, kw_only=True)
class StatedDelivery:
    """What the provider signs: delivered within `hours`, at `capacity_pct` of the usual; None = not known.

    `delivers` says whether it is provided at all, `words` on what condition or by which alternative; `role` signs.
    """

    delivers: bool | None = None
    hours: float | None = None
    capacity_pct: float | None = None
    words: str | None = None
    role: str | None = None
    told_by: str | None = None


def need_problems(entry: StatedNeed, suggested_h: float | None, *, on_behalf: bool = False) -> list[RuleBroken]:
    """Every rule that the consumer's statement breaks; `suggested_h` are the hours that the register suggests.

    `on_behalf`: the unit writes down what somebody of an outside organisation said.
    """
    found = _problems(entry, on_behalf=on_behalf)
    other = entry.hours is not None and suggested_h is not None and entry.hours != suggested_h
    if other and not (entry.reason or "").strip():
        found.append(RuleBroken(N_("Say why other hours are needed than the register suggests."), field="reason"))
    return found


def delivery_problems(entry: StatedDelivery, *, on_behalf: bool = False) -> list[RuleBroken]:
    """Every rule that the provider's statement breaks; `on_behalf` as above."""
    found = _problems(entry, on_behalf=on_behalf)
    if entry.delivers is None:
        found.append(RuleBroken(N_("Say whether you provide it."), field="delivers"))
    if entry.delivers is False and not (entry.words or "").strip():
        found.append(RuleBroken(N_("Say what the other side should know or correct."), field="words"))
    return found


def _problems(entry: StatedNeed | StatedDelivery, *, on_behalf: bool) -> list[RuleBroken]:
    found = []
    if entry.hours is not None and entry.hours < 0:
        found.append(RuleBroken(N_("A duration cannot be negative."), field="hours"))
    if entry.capacity_pct is not None and not 0 <= entry.capacity_pct <= 100:
        found.append(RuleBroken(N_("A percentage lies from 0 to 100."), field="capacity_pct"))
    if not (entry.role or "").strip():
        found.append(RuleBroken(N_("Say in which role you sign."), field="role"))
    if on_behalf and not (entry.told_by or "").strip():
        found.append(RuleBroken(N_("Say who of the organisation told it: role, and how."), field="told_by"))
    return found
