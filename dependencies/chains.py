"""Why a function is down: the chain of losses from a hit to it.

A chain is read from the outages themselves, not from notes that the engine took: a function goes down at
minute x because a need ran out, so the need has been unmet since x minus its tolerance, so one of its
alternatives went down at that very minute; and so on back to a function that the scenario hits. The start
of that hit and the tolerances on the way add up to x. Among equally good chains the one with the fewest
steps is told, then the one by the supplier with the smallest code.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dependencies.cascade import Outage, Outages
from dependencies.graph import FunctionFacts, NeedFacts
from dependencies.intervals import Interval, at_least, before
from dependencies.network import Member, Network, Place


class Moment(NamedTuple):
    """The minute at which an outage of a function begins."""

    place: Place
    minute: int


class Cause(NamedTuple):
    """What an outage began with: the supplier's own outage, and the number of the need that it left unmet."""

    supplier: Moment
    need: int


class Lost(NamedTuple):
    """A further alternative of a need that was down as well, and since when."""

    function: FunctionFacts
    since_min: int


@dataclass(frozen=True)
class Step:
    """One step of a chain: the function was lost at this minute for want of this need (None: it was hit)."""

    function: FunctionFacts
    at_min: int
    need: NeedFacts | None = None
    tolerance_min: int = 0  #: from the loss of the supplier, the step before, to this one
    also_lost: tuple[Lost, ...] = ()  #: the need's other alternatives that were down as well


class Explanation:
    """The causes of all outages of one run."""

    def __init__(self, network: Network, outages: Outages, hits: Iterable[Outage], bridged_at: int) -> None:
        """`bridged_at` is the minute from which loop links do not count."""
        self._network, self._outages, self._bridged_at = network, outages, bridged_at
        self._effects: dict[Moment, list[tuple[Moment, int]]] = {}
        for need in sorted({number for place in outages for number, _ in network.supplies[place]}):
            if network.facts[need]:
                self._note_effects(need)
        self._causes = self._first_causes(hits)

    def _note_effects(self, need: int) -> None:
        """Note which outages of the need's suppliers begin which outages of its consumer."""
        consumer, tolerance = self._network.consumer[need], self._network.tolerance[need]
        begins = {start for start, _ in self._outages.get(consumer, ())}
        for start, end in self.unmet(need):
            if end - start > tolerance and start + tolerance in begins:
                effect = Moment(consumer, start + tolerance)
                for member in self._network.members[need]:
                    if any(lost_at == start for lost_at, _ in self._lost(member)):
                        loss = Moment(self._network.supplier(member), start - self._extra(need, member))
                        self._effects.setdefault(loss, []).append((effect, need))

    def unmet(self, need: int) -> list[Interval]:
        """The minutes in which the need, given by its number, has too few alternatives."""
        members = self._network.members[need]
        if len(members) == 1:
            return list(self._lost(members[0]))
        return at_least([self._lost(member) for member in members], self._network.losses[need])

    def _lost(self, member: Member) -> Sequence[Interval]:
        outages = self._outages.get(member.place, ())
        return before(outages, self._bridged_at) if member.loop else outages

    def _extra(self, need: int, member: Member) -> int:
        """The reserve's own tolerance, when the member is one."""
        facts = self._network.facts[need]
        if facts is None or self._network.is_function(member.place):
            return 0
        return next(a.extra_tolerance_min for a in facts.alternatives if a.supplier == member.link.supplier)

    def _first_causes(self, hits: Iterable[Outage]) -> dict[Moment, Cause | None]:
        """For every outage its cause that lies the fewest steps from a hit; None when it is hit itself."""
        begins = {Moment(place, start) for place, outages in self._outages.items() for start, _ in outages}
        causes: dict[Moment, Cause | None] = {m: None for m in (Moment(h.place, h.start) for h in hits) if m in begins}
        reached = list(causes)
        while reached:
            found: dict[Moment, Cause] = {}
            for loss in reached:
                for effect, need in self._effects.get(loss, ()):
                    cause = Cause(loss, need)
                    if effect not in causes:
                        found[effect] = min(found.get(effect, cause), cause, key=self._order)
            causes.update(found)
            reached = list(found)
        return causes

    def _order(self, cause: Cause) -> tuple[str, str, int]:
        facts = self._network.facts[cause.need]
        return (self._network.functions[cause.supplier.place].code, facts.name if facts else "", cause.need)

    def chain(self, place: Place, minute: int) -> tuple[Step, ...]:
        """The steps from a hit to the outage of the function at `place` that begins at `minute`."""
        steps = []
        moment, cause = Moment(place, minute), self._causes[Moment(place, minute)]
        while cause:
            facts = self._network.facts[cause.need]
            lasts = moment.minute - cause.supplier.minute
            others = self._also_lost(cause, moment.minute - self._network.tolerance[cause.need])
            steps.append(Step(self._network.functions[moment.place], moment.minute, facts, lasts, others))
            moment, cause = cause.supplier, self._causes[cause.supplier]
        steps.append(Step(self._network.functions[moment.place], moment.minute))
        return tuple(reversed(steps))

    def outage_at(self, place: Place, minute: int) -> Interval | None:
        """The outage of the function at `place` that contains the minute; `chain` tells how it began."""
        return next(((start, end) for start, end in self._outages.get(place, ()) if start <= minute < end), None)

    def _also_lost(self, cause: Cause, minute: int) -> tuple[Lost, ...]:
        return tuple(
            Lost(self._network.functions[self._network.supplier(member)], start - self._extra(cause.need, member))
            for member in self._network.members[cause.need]
            if self._network.supplier(member) != cause.supplier.place
            for start, end in self._lost(member)
            if start <= minute < end
        )
