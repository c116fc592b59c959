"""What nobody is sure of in a graph, as columns beside its arrays.

A dependency that its supplier has not confirmed may be absent. What is absent is left out, as if it had been
retired: a need without any alternative is not felt, a group counts with those that are left. An engine cannot
leave a link out from run to run, but it can be given other tolerances, and what is endured for the whole year is
never felt. So the graph is packed with a place of its own for every alternative that may be absent, and a group
with one copy for every number of absent ones that makes a difference, of which a draw keeps one in force.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from dependencies.draws import SPREAD_OF, Ids
from dependencies.graph import Link, NeedFacts
from dependencies.network import Member, Network
from dependencies.outcome import HORIZON_H
from dependencies.packed import UNKNOWN, Flags, Ints, Packed, pack
from dependencies.vocabulary import Standing, ToleranceBasis

NONE = -1
NEVER = HORIZON_H * 60  #: a tolerance of the whole year: its need is never exhausted
#: In how many of 1,000,000 draws a dependency is there, by what its supplier says of it.
PRESENT = {Standing.PROPOSED: 800_000, Standing.DISPUTED: 500_000}


@dataclass(frozen=True)
class Doubts:
    """A graph and what is unsure in it. Letters as in `Packed`; U links, W watched places, C copies, G groups."""

    packed: Packed  #: with a place for every alternative that may be absent
    rows: Ints  #: R: how far the tolerance may lie from the recorded one, a row of `draws.SPREADS`
    ids: Ids  #: R: which number of a draw's stream the tolerance takes
    restarts: Flags  #: F: whether the restart is known, and so may lie elsewhere
    links: NDArray[np.int64]  #: U: ids of the dependencies that may be absent
    presence: NDArray[np.int64]  #: U: in how many of a million draws it is present
    gate: Ints  #: U: number of the need that is not felt when the link is absent
    group: Ints  #: U: number of the group that the link belongs to, NONE for an only alternative
    copies: tuple[Ints, Ints, Ints]  #: C: number of the need, its group, how many are absent when it is in force
    last: Ints  #: G: the highest number of absent ones that makes a difference
    watched_from: Ints  #: U + 1: a link's watched places stand from watched_from[u] up to watched_from[u + 1]
    watched: Ints  #: W: places without whose loss the link makes no difference


def doubts(network: Network, bases: Mapping[int, ToleranceBasis | None], dependencies: Mapping[Link, int]) -> Doubts:
    """What is unsure in a network; `bases` by the needs' ids, `dependencies` are the ids of its links."""
    draft = _Draft(network, bases, dependencies)
    for number, need in enumerate(network.facts):
        if need is not None:
            draft.take(number, need)
    return draft.done()


class _Draft:
    """A network's lists while places and copies are added to them."""

    def __init__(
        self, network: Network, bases: Mapping[int, ToleranceBasis | None], dependencies: Mapping[Link, int]
    ) -> None:
        self.network, self.dependencies = network, dependencies
        self.restart, self.supplies = list(network.restart), [list(supplied) for supplied in network.supplies]
        self.consumer, self.tolerance = list(network.consumer), list(network.tolerance)
        self.losses, self.members = list(network.losses), [len(members) for members in network.members]
        self.needs = [need.id if need else UNKNOWN for need in network.facts]
        first = [members[0].link for members in network.members]
        self.rows = [SPREAD_OF[bases.get(link.need)] for link in first]
        #: A need goes by its own id, a reserve by that of its dependency.
        self.ids = [
            link.need * 2 if need else dependencies[link] * 2 + 1
            for need, link in zip(network.facts, first, strict=True)
        ]
        #: Place of a reserve → the number of its need for its supplier.
        self.reserves = {place: n for n, place in enumerate(network.consumer) if not network.is_function(place)}
        self.links: list[tuple[int, int, int, int]] = []
        self.copies: list[tuple[int, int, int]] = []
        self.last: list[int] = []
        self.watched: list[list[int]] = []

    def take(self, number: int, need: NeedFacts) -> None:
        """Note which of a need's alternatives may be absent."""
        standing = {alternative.supplier: alternative.standing for alternative in need.alternatives}
        members = self.network.members[number]
        unsure = [member for member in members if standing[member.link.supplier] in PRESENT]
        if not unsure:
            return
        group, suppliers = NONE, [self.network.supplier(member) for member in members]
        if len(members) > 1:
            group = len(self.last)
            gates = {member.link: self._apart(number, member) for member in unsure}
            ways = [(self.consumer[gates[m.link]], False) if m.link in gates else (m.place, m.loop) for m in members]
            self._copy(number, group, ways, min(len(unsure), need.losses - 1))
        for member in unsure:
            gate = number if group == NONE else gates[member.link]
            presence = PRESENT[standing[member.link.supplier]]
            self.links.append((self.dependencies[member.link], presence, gate, group))
            self.watched.append(suppliers)

    def _apart(self, number: int, member: Member) -> int:
        """The number of the need by which an alternative is lost to its group; a place is added if it has none."""
        if member.place in self.reserves:
            return self.reserves[member.place]
        place = len(self.restart)
        self.restart.append(0)
        supplied = self.supplies[member.place]
        supplied[supplied.index((number, member.loop))] = (len(self.consumer), member.loop)
        self.supplies.append([(number, False)])
        return self._add(place, 0, 1, 1, UNKNOWN, number)

    def _copy(self, number: int, group: int, ways: list[tuple[int, bool]], last: int) -> None:
        """One more need for each number of absent alternatives after which fewer losses are endured."""
        self.last.append(last)
        self.copies.append((number, group, 0))
        for absent in range(1, last + 1):
            copy = self._add(
                self.consumer[number],
                self.tolerance[number],
                self.losses[number] - absent,
                self.members[number],
                self.needs[number],
                number,
            )
            self.copies.append((copy, group, absent))
            for place, loop in ways:
                self.supplies[place].append((copy, loop))

    def _add(self, consumer: int, tolerance: int, losses: int, members: int, need: int, like: int) -> int:
        self.consumer.append(consumer)
        self.tolerance.append(tolerance)
        self.losses.append(losses)
        self.members.append(members)
        self.needs.append(need)
        self.rows.append(self.rows[like])
        self.ids.append(self.ids[like])
        return len(self.consumer) - 1

    def done(self) -> Doubts:
        """The columns."""
        supplied = list(chain.from_iterable(self.supplies))
        packed = replace(
            pack(self.network),
            restart=_ints(self.restart),
            need_ids=np.array(self.needs, np.int64),
            consumer=_ints(self.consumer),
            tolerance=_ints(self.tolerance),
            losses=_ints(self.losses),
            members=_ints(self.members),
            first=_ints([0, *np.cumsum([len(one) for one in self.supplies])]),
            need=_ints([need for need, _loop in supplied]),
            loop=np.array([loop for _need, loop in supplied], np.bool_),
        )
        known = [function.restart_min is not None for function in self.network.functions]
        links = np.array(self.links, np.int64).reshape(-1, 4).T
        copies = np.array(self.copies, np.int32).reshape(-1, 3).T
        return Doubts(
            packed,
            _ints(self.rows),
            np.array(self.ids, np.uint64),
            np.array(known, np.bool_),
            links[0].copy(),
            links[1].copy(),
            links[2].astype(np.int32),
            links[3].astype(np.int32),
            (copies[0].copy(), copies[1].copy(), copies[2].copy()),
            _ints(self.last),
            _ints([0, *np.cumsum([len(places) for places in self.watched])]),
            _ints(list(chain.from_iterable(self.watched))),
        )


def _ints(values: list[int]) -> Ints:
    return np.array(values, np.int32)
