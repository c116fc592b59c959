"""A traced disruption in words: who, when and why, in the language in use."""

from collections.abc import Sequence

from dependencies.outcome import in_hours
from dependencies.reduction import SeenStep, SeenTrace, Shown
from dependencies.vocabulary import Verdict
from prepare.texts import _, hours, name_of, ngettext


def name(function: Shown) -> str:
    """Code and name of a function, or that it lies outside the reader's view."""
    return f"{function.code} {name_of(function.card)}" if function.card else _("a function outside your view")


def at(minutes: int | None) -> str:
    """A moment of the scenario: at once, or so many hours after its start."""
    return _("at once") if minutes == 0 else hours(in_hours(minutes))


def summary(seen: SeenTrace) -> str:
    """What happens, in one or two sentences."""
    down, degraded = seen.down(), len(seen.degraded())
    if not down and not degraded:
        return _("None of the city's functions that you may read goes down or is degraded.")
    if not down:
        return ngettext(
            "No function goes down, but %(n)s is degraded.", "No function goes down, but %(n)s are degraded.", degraded
        )
    first, last = down[0].outcome.down_at_min, down[-1].outcome.down_at_min
    told = ngettext("%(n)s function goes down", "%(n)s functions go down", len(down))
    when = _("%(what)s: the first %(first)s, the last %(last)s.", what=told, first=after(first), last=after(last))
    if first == last:
        when = _("%(what)s, %(first)s.", what=told, first=after(first))
    exceeded = len(seen.down(Verdict.MTPD_EXCEEDED))
    intolerable = ngettext(
        "%(n)s of them is out for longer than is tolerable.",
        "%(n)s of them are out for longer than is tolerable.",
        exceeded,
    )
    return f"{when} {intolerable}"


def after(minutes: int) -> str:
    """A moment inside a sentence."""
    return _("at once") if minutes == 0 else _("after %(time)s", time=hours(in_hours(minutes)))


def reason(steps: Sequence[SeenStep]) -> str:
    """Why the last of these steps came about: hit itself, or for want of the step before."""
    last = steps[-1]
    if len(steps) == 1:
        return _("Hit by the disruption itself.")
    supplier = steps[-2].function
    if last.need is None:
        return _("Lost %(supplier)s.", supplier=name(supplier))
    lasts = hours(in_hours(last.tolerance_min))
    if last.tolerance_min:
        sentence = _("Lost %(supplier)s, managed %(time)s without.", supplier=name(supplier), time=lasts)
    else:
        sentence = _("Lost %(supplier)s, felt at once.", supplier=name(supplier))
    if supplier.card is None or last.need.name not in (
        supplier.card.name_fi,
        supplier.card.name_sv,
        supplier.card.name_en,
    ):
        sentence = f"{last.need.name}: {sentence}"
    if last.also_lost:
        others = ", ".join(_since(other, minute) for other, minute in last.also_lost)
        sentence += " " + _("Lost as well: %(others)s.", others=others)
    return sentence


def _since(function: Shown, minute: int | None) -> str:
    return name(function) if minute is None else f"{name(function)} ({at(minute)})"


def to_the_minute(minutes: int) -> str:
    """A duration in hours and minutes."""
    whole, rest = divmod(minutes, 60)
    return _("%(hours)s h %(minutes)s min", hours=whole, minutes=rest) if whole and rest else hours(minutes / 60)
