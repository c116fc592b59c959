"""The recovery order in words: who is harmed by a late repair, and what a return waited for."""

from collections.abc import Iterable

from dependencies.analysing.recovery_order import RecoveryOrder
from dependencies.analysing.worded import name
from dependencies.graph import FunctionFacts
from dependencies.outcome import in_hours
from dependencies.recovery_order import Deadline, Return
from prepare.texts import _, hours, name_of, ngettext

MOST_NAMED = 4  #: functions of one deadline that are named one by one


def why(found: RecoveryOrder, deadline: Deadline | None) -> str:
    """Who is past its MTPD when the deadline is missed."""
    if deadline is None:
        return ""
    return _("Later, this is out for longer than is tolerable: %(names)s", names=names(found, deadline.harmed))


def names(found: RecoveryOrder, places: Iterable[int]) -> str:
    """The functions at these places, the most critical first; beyond a few they are counted."""
    ordered = found.gravest(places)
    told = [name(found.shown(place)) for place in ordered[:MOST_NAMED]]
    more = len(ordered) - len(told)
    return ", ".join(told) + (" " + ngettext("and %(n)s more", "and %(n)s more", more) if more else "")


def _restart(function: FunctionFacts) -> str:
    """How long the function takes to restart; what nobody has said is told as unknown."""
    if function.restart_min is None:
        return _("restart time unknown")
    return _("restart %(time)s", time=hours(in_hours(function.restart_min)))


def waited(found: RecoveryOrder, one: Return) -> str:
    """What it waited for last, and how long it then took to restart."""
    if one.back_min is None:
        return _("It does not recover by itself.")
    if one.need is None:
        return _("Repaired itself.")
    restart = _restart(found.now.network.functions[one.place])
    suppliers = ", ".join(name(found.shown(place)) for place in one.waited_for)
    if not suppliers:
        return _("%(need)s is bridged by hand; %(restart)s.", need=one.need.name, restart=restart)
    if any(one.need.name == name_of(card) for place in one.waited_for if (card := found.shown(place).card)):
        return _("Waits for %(names)s; %(restart)s.", names=suppliers, restart=restart)
    return _("Waits for %(names)s (%(need)s); %(restart)s.", names=suppliers, need=one.need.name, restart=restart)
