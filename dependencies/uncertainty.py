"""What a disruption may do when nobody is sure: the same scenarios traced many times with what is unsure drawn anew.

Draw 0 is the records as they are. Every further draw takes other tolerances, restarts and durations, and leaves out
some of the unconfirmed dependencies. Scenarios are never mixed: each is drawn as often as every other.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dependencies import draws
from dependencies.bulk import Engine, Spells
from dependencies.cascade import Outage
from dependencies.doubts import NEVER, NONE, Doubts
from dependencies.draws import DURATION, RESTART
from dependencies.ground import Ground
from dependencies.packed import Flags, Ints, Packed
from dependencies.workers import CHUNK_S, Workers

#: Told while it goes on: the stage, how many of its pieces are done, and of how many.
Tell = Callable[[str, int, int], None]

PER_HOUR = 120  #: weighted minutes in a weighted hour: weights stand in halves (see `packed.WEIGHTS`)
AS_RECORDED = 0  #: number of the draw that is the records themselves


class Case(NamedTuple):
    """A scenario: its id, and the functions that it takes out."""

    scenario: int
    hits: tuple[Outage, ...]


class Effort(NamedTuple):
    """How much is drawn: of each scenario at least twice, since of one draw nobody knows the error."""

    draws: int  #: of each scenario
    seed: int
    tried: int  #: unconfirmed dependencies that are forced to be there and to be absent
    forced: int  #: in so many of the draws, if there are as many

    @property
    def in_both(self) -> int:
        """In how many draws they are forced."""
        return min(self.forced, self.draws)


@dataclass(frozen=True)
class Question:
    """Everything that a worker needs to draw."""

    doubts: Doubts
    cases: tuple[Case, ...]
    seed: int

    @property
    def packed(self) -> Packed:
        """The graph that engines are made for."""
        return self.doubts.packed

    @property
    def ground(self) -> Ground:
        """What is needed to tell what was drawn."""
        packed, scenarios = self.packed, np.array([case.scenario for case in self.cases], np.int64)
        return Ground(packed.revision, packed.ids, packed.mtpd, packed.weight, self.doubts.links, scenarios)


class Task(NamedTuple):
    """Draws `first` up to, not including, `last` of one case; `links` are forced both ways in each of them."""

    case: int
    first: int
    last: int
    links: tuple[int, ...] = ()


class Outages(NamedTuple):
    """What went down, ordered by draw, then by place: minutes down altogether, and the longest outage."""

    draws: Ints
    places: Ints
    minutes: Ints
    longest: Ints


class Moves(NamedTuple):
    """By how many minutes down a dependency that is there differs from one that is absent; equal ones are left out."""

    links: Ints
    draws: Ints
    places: Ints
    minutes: Ints


@dataclass(frozen=True)
class Sample:
    """Everything that was drawn, per case in the order of the question."""

    ground: Ground
    engine: str
    effort: Effort
    links: Ints  #: the numbers of the links that were forced, ascending
    outages: tuple[Outages, ...]
    moves: tuple[Moves, ...]


@dataclass(frozen=True)
class Draw:
    """What one draw takes for every figure."""

    doubts: Doubts
    tolerance: Ints  #: R: before absent links are taken out
    restart: Ints  #: P
    absent: Flags  #: U
    durations: np.uint64 | None  #: stream of the durations; None: as recorded

    @classmethod
    def of(cls, doubts: Doubts, seed: int, number: int) -> "Draw":
        """Draw number `number` of a seed."""
        packed = doubts.packed
        if number == AS_RECORDED:
            absent = np.zeros(len(doubts.links), np.bool_)
            return cls(doubts, packed.tolerance, packed.restart, absent, None)
        stream = draws.streams(seed, number)
        tolerance = draws.spread(packed.tolerance, doubts.rows, draws.lots(stream.tolerances, doubts.ids))
        restart, known = packed.restart.copy(), np.flatnonzero(doubts.restarts)
        lots = draws.lots(stream.restarts, packed.ids[known].astype(np.uint64))
        restart[known] = np.maximum(1, draws.spread(restart[known], np.full(len(known), RESTART, np.int32), lots))
        absent = draws.lots(stream.links, doubts.links.astype(np.uint64)) >= doubts.presence
        return cls(doubts, _narrow(tolerance), restart, absent, stream.durations)

    def hits(self, case: Case) -> list[Outage]:
        """What the case takes out, all of it longer or shorter by the same factor."""
        lasts = np.array([hit.end - hit.start for hit in case.hits], np.int32)
        if self.durations is not None:
            lot = draws.lots(self.durations, np.array([case.scenario], np.uint64)).repeat(len(lasts))
            lasts = _narrow(np.maximum(1, draws.spread(lasts, np.full(len(lasts), DURATION, np.int32), lot)))
        return [Outage(hit.place, hit.start, hit.start + int(last)) for hit, last in zip(case.hits, lasts, strict=True)]

    def endured(self, flipped: int | None = None) -> Ints:
        """The tolerances with what is absent taken out; the link `flipped` the other way round."""
        doubts, absent, endured = self.doubts, self.absent, self.tolerance.copy()
        if flipped is not None:
            absent = absent.copy()
            absent[flipped] = not absent[flipped]
        endured[doubts.gate[absent]] = NEVER
        grouped = doubts.group[absent]
        missing = np.minimum(np.bincount(grouped[grouped != NONE], minlength=len(doubts.last)), doubts.last)
        needs, groups, counts = doubts.copies
        endured[needs[missing[groups] != counts]] = NEVER
        return endured

    def told(self, engine: Engine, case: Case, flipped: int | None = None) -> tuple[Ints, Ints, Ints]:
        """The places that go down, their minutes down and their longest outages."""
        hits = self.hits(case)
        return _told(engine.outages(hits, NEVER, bridged=True, tolerance=self.endured(flipped), restart=self.restart))


def _narrow(minutes: NDArray[np.int64]) -> Ints:
    return np.minimum(minutes, NEVER).astype(np.int32)


def _told(spells: Spells) -> tuple[Ints, Ints, Ints]:
    lasted = spells.ends - spells.starts
    begins = np.flatnonzero(np.diff(spells.places, prepend=-1))
    if not len(begins):
        return lasted, lasted, lasted
    return spells.places[begins], np.add.reduceat(lasted, begins), np.maximum.reduceat(lasted, begins)


def work(question: Question, engine: Engine, task: Task) -> tuple[Outages, Moves]:
    """One piece of the work; without links what went down, with links what they change."""
    case, found, moved = question.cases[task.case], [], []
    for number in range(task.first, task.last):
        draw = Draw.of(question.doubts, question.seed, number)
        told = draw.told(engine, case)
        if task.links:
            moved += [(link, number, *_moved(draw, engine, case, told, link)) for link in task.links]
        else:
            found.append((number, *told))
    return _outages(found), _moves(moved)


def _moved(draw: Draw, engine: Engine, case: Case, told: tuple[Ints, Ints, Ints], link: int) -> tuple[Ints, Ints]:
    """Place and minutes of every difference between the link there and the link absent."""
    doubts = draw.doubts
    suppliers = doubts.watched[doubts.watched_from[link] : doubts.watched_from[link + 1]]
    if not np.isin(suppliers, told[0]).any():  # whoever supplies the need is up all the time, with the link and without
        return told[0][:0], told[1][:0]
    places, minutes, _longest = draw.told(engine, case, link)
    every, at = np.unique(np.concatenate([told[0], places]), return_inverse=True)
    more = np.bincount(at, np.concatenate([told[1], -minutes]), len(every)).astype(np.int32)
    changed = np.flatnonzero(more)
    return every[changed], -more[changed] if draw.absent[link] else more[changed]


def _outages(found: Iterable[tuple[int, Ints, Ints, Ints]]) -> Outages:
    rows = [(np.full(len(places), number, np.int32), places, *figures) for number, places, *figures in found]
    return Outages(*_joined(rows, 4))


def _moves(found: Iterable[tuple[int, int, Ints, Ints]]) -> Moves:
    rows = [
        (np.full(len(places), link, np.int32), np.full(len(places), number, np.int32), places, minutes)
        for link, number, places, minutes in found
    ]
    return Moves(*_joined(rows, 4))


def _joined(rows: Sequence[Sequence[Ints]], columns: int) -> list[Ints]:
    """The rows' arrays one behind the other, column by column."""
    none = np.zeros(0, np.int32)
    return [np.concatenate([none, *(row[column] for row in rows)], dtype=np.int32) for column in range(columns)]


def sample(question: Question, effort: Effort, workers: Workers, tell: Tell) -> Sample:
    """Draw everything that the effort asks for.

    First the records as they are, to learn how long a run takes and which unconfirmed dependencies matter at all;
    then the draws; then the dependencies that move most are forced to be there and to be absent, in the same draws.
    """
    mine, cases = workers.engine(question.packed), range(len(question.cases))
    recorded, seconds = _recorded(question, mine)

    def done(stage: str, tasks: list[Task]) -> list[tuple[Task, tuple[Outages, Moves]]]:
        results = workers.map(work, question, tasks, lambda ready, of: tell(stage, ready, of))
        return list(zip(tasks, results, strict=True))

    plain = [Task(case, *part) for case in cases for part in _parts(1, effort.draws + 1, seconds[case])]
    drawn = done("draws", plain)
    looks = [
        Task(case, AS_RECORDED, 1, tuple(links[a:b]))
        for case in cases
        for links in [_at_stake(question.doubts, recorded[case].places)]
        for a, b in _parts(0, len(links), seconds[case])
    ]
    links = _heaviest(question.packed, [moves for _, (_, moves) in done("first look", looks)], effort.tried)
    tries = [
        Task(case, *part, links)
        for case in cases
        for part in _parts(1, effort.in_both + 1, seconds[case] * (len(links) + 1))
        if links
    ]
    forced = done("forced", tries)
    return Sample(
        question.ground,
        mine.name,
        effort,
        np.array(links, np.int32),
        tuple(Outages(*_joined([recorded[c], *(o for t, (o, _) in drawn if t.case == c)], 4)) for c in cases),
        tuple(Moves(*_joined([m for t, (_, m) in forced if t.case == c], 4)) for c in cases),
    )


def _recorded(question: Question, mine: Engine) -> tuple[list[Outages], list[float]]:
    """Each case as it is recorded, and how many seconds that takes."""
    recorded, seconds = [], []
    for case in range(len(question.cases)):
        work(question, mine, Task(case, AS_RECORDED, 1))  # what is slow only the first time is not measured
        began = perf_counter()
        recorded.append(work(question, mine, Task(case, AS_RECORDED, 1))[0])
        seconds.append(perf_counter() - began)
    return recorded, seconds


def _parts(first: int, last: int, each_s: float) -> Iterator[tuple[int, int]]:
    """The numbers from `first` up to `last` in pieces that take about as long as a piece of work should."""
    size = max(1, int(CHUNK_S / max(each_s, 1e-6)))
    return ((start, min(last, start + size)) for start in range(first, last, size))


def _at_stake(doubts: Doubts, lost: Ints) -> list[int]:
    """The links whose need has a supplier among the places that are lost."""
    hit = np.concatenate([[0], np.cumsum(np.isin(doubts.watched, lost))])
    return [int(link) for link in np.flatnonzero(np.diff(hit[doubts.watched_from]))]


def _heaviest(packed: Packed, moved: Iterable[Moves], most: int) -> tuple[int, ...]:
    """The numbers of the links that move the weighted hours most, ascending."""
    totals: dict[int, int] = {}
    for moves in moved:
        for link, minutes in zip(moves.links.tolist(), weighted(packed, moves.places, moves.minutes), strict=True):
            totals[link] = totals.get(link, 0) + minutes
    moving = [link for link in sorted(totals, key=lambda link: (-abs(totals[link]), link)) if totals[link]]
    return tuple(sorted(moving[:most]))


def weighted(packed: Packed, places: Ints, minutes: Ints) -> list[int]:
    """The minutes, each times the weight of its function."""
    found: list[int] = (packed.weight[places].astype(np.int64) * minutes).tolist()
    return found
