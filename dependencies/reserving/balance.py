"""Whether a reserve is enough when everybody who counts on it calls at once.

Minutes count from the start of a scenario. The reserve is called when the first of those who count on it loses what
they need, and is in use a while later; what they need before that is missing, but that is another fault than too
little. What comes back from use is weighed by what is in use at the same time, what is used up by what has been taken
in all. Nobody's amount is guessed: one that is not known is left out, and the answer is then "at least" or "nobody
knows".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dependencies.intervals import Interval
from dependencies.reserving.vocabulary import Sufficiency

HOUR = 60
NOTHING = 1e-9  #: amounts below this are rounding


@dataclass(frozen=True)
class Stock:
    """A reserve as the calculation sees it; times in minutes, None is unknown, `lasts` None is without end."""

    quantity: float | None
    is_consumable: bool
    ready: int | None = 0
    lasts: int | None = None


@dataclass(frozen=True, order=True)
class Draw:
    """What one function takes of a reserve, and when; in the order in which functions are served."""

    rank: tuple[int, int, str]  #: class, priority and code
    key: int
    amount: float | None  #: in use at a time, taken an hour, or taken at once; None = nobody has said
    per_hour: bool
    spans: tuple[Interval, ...]  #: when it is needed
    called: int  #: when the loss began for which it is needed


@dataclass(frozen=True)
class Stretch:
    """A time in which nothing changes but what is used up.

    Of a reserve that comes back: how much is wanted and there at the same time. Of one that is used up: how much has
    been wanted by the end of it, how much there was, and how much of the wanted has not been there so far.
    """

    start: int
    end: int
    wanted: float
    there: float
    missing: float


@dataclass(frozen=True)
class Share:
    """What a function would be given if those of the highest class came first: a suggestion, not an order.

    Of a reserve that comes back the amounts are those of its worst hour, of one that is used up those in all.
    """

    draw: Draw
    wanted: float | None
    given: float | None
    short_from: int | None = None  #: since when it is left without, wholly or in part

    @property
    def is_short(self) -> bool:
        """Whether it is certain that it gets less than it counts on."""
        return self.short_from is not None


@dataclass(frozen=True)
class Balance:
    """How a reserve stands in one scenario."""

    status: Sufficiency
    called: int | None = None
    ready: int | None = None  #: when it is in use; None when nobody has said how long that takes
    stretches: tuple[Stretch, ...] = ()
    shares: tuple[Share, ...] = ()
    at_least: bool = False  #: whether something is unknown, so that more may be missing
    short_from: int | None = None
    short_until: int | None = None
    missing: float = 0.0  #: the most that is missing at once; of what is used up, all that is missing

    @property
    def left_without(self) -> tuple[Share, ...]:
        """Those who get less than they count on, the most critical first."""
        return tuple(share for share in self.shares if share.is_short)


def balance(stock: Stock, draws: Iterable[Draw], *, hides: bool = False) -> Balance:
    """Hold what is wanted of the reserve against what there is.

    `hides` says that others count on it too of whom nothing may be told.
    """
    served = sorted(draw for draw in draws if draw.spans)
    if not served:
        return Balance(Sufficiency.UNKNOWN if hides else Sufficiency.UNUSED, at_least=hides)
    called = min(draw.called for draw in served)
    ready = None if stock.ready is None else called + stock.ready
    unsure = hides or ready is None or any(draw.amount is None for draw in served)
    if stock.quantity is None:
        unknown = tuple(Share(draw, _wanted(stock, draw), None) for draw in served)
        return Balance(Sufficiency.UNKNOWN, called, ready, shares=unknown, at_least=True)
    since = called if ready is None else ready
    weigh, share = (_used_up, _rationed) if stock.is_consumable else (_in_use, _divided)
    stretches = weigh(stock, served, since)
    lacking = [one for one in stretches if one.missing > NOTHING]
    short = [one for one in lacking if one.start >= since]
    told = short or lacking
    otherwise = Sufficiency.LATE if lacking else Sufficiency.UNKNOWN if unsure else Sufficiency.ENOUGH
    return Balance(
        Sufficiency.SHORT if short else otherwise,
        called,
        ready,
        tuple(stretches),
        tuple(share(stock, served, since)),
        unsure,
        told[0].start if told else None,
        told[-1].end if told else None,
        max((one.missing for one in told), default=0.0),
    )


def _edges(draws: Iterable[Draw], further: Iterable[int]) -> list[int]:
    """Every minute at which something changes while the reserve is wanted."""
    ends = {edge for draw in draws for span in draw.spans for edge in span}
    first, last = min(ends), max(ends)
    return sorted(ends | {edge for edge in further if first < edge < last})


def _active(draws: Iterable[Draw], minute: int) -> list[Draw]:
    return [one for one in draws if any(start <= minute < end for start, end in one.spans)]


def _window(stock: Stock, since: int) -> list[int]:
    return [since] if stock.lasts is None else [since, since + stock.lasts]


def _in_use(stock: Stock, draws: Sequence[Draw], since: int) -> list[Stretch]:
    """What comes back from use: wanted and there, from one change to the next."""
    found = []
    edges = _edges(draws, _window(stock, since))
    for start, end in pairwise(edges):
        active = _active(draws, start)
        wanted = sum(one.amount or 0.0 for one in active)
        there = _there(stock, since, start)
        if active:
            found.append(Stretch(start, end, wanted, there, max(0.0, wanted - there)))
    return found


def _there(stock: Stock, since: int, minute: int) -> float:
    """How much is in use at this minute, of a reserve that comes back."""
    is_over = stock.lasts is not None and minute >= since + stock.lasts
    return 0.0 if minute < since or is_over else stock.quantity or 0.0


def _used_up(stock: Stock, draws: Sequence[Draw], since: int) -> list[Stretch]:
    """What is used up: wanted and missing so far, from one change to the next, and from when nothing is left."""
    found: list[Stretch] = []
    quantity = left = stock.quantity or 0.0
    wanted = missing = 0.0
    edges = _edges(draws, [since])
    for start, end in pairwise(edges):
        active = _active(draws, start)
        at_once = sum(one.amount or 0.0 for one in active if not one.per_hour and start in _starts(one))
        rate = sum(one.amount or 0.0 for one in active if one.per_hour) / HOUR
        for begin, until in _until_empty(start, end, left - at_once if start >= since else 0.0, rate):
            more = (at_once if begin == start else 0.0) + rate * (until - begin)
            taken = min(left, more) if begin >= since else 0.0
            wanted, missing, left = wanted + more, missing + more - taken, left - taken
            if active:
                found.append(Stretch(begin, until, wanted, quantity, missing))
    return _grown(found)


def _starts(draw: Draw) -> set[int]:
    return {start for start, _end in draw.spans}


def _until_empty(start: int, end: int, left: float, rate: float) -> list[Interval]:
    """The time in two parts where the reserve runs out within it."""
    empty = start + int(left / rate) if rate > 0 and left > 0 else start
    return [(start, empty), (empty, end)] if start < empty < end else [(start, end)]


def _grown(stretches: Iterable[Stretch]) -> list[Stretch]:
    """The same, with nothing missing in those in which no more has become so."""
    found, before = [], 0.0
    for one in stretches:
        grew = one.missing - before > NOTHING
        before = max(before, one.missing)
        found.append(one if grew else Stretch(one.start, one.end, one.wanted, one.there, 0.0))
    return found


def _divided(stock: Stock, draws: Sequence[Draw], since: int) -> list[Share]:
    """What comes back from use, given hour by hour to the most critical first."""
    worst: dict[int, tuple[float, int | None]] = {}
    edges = _edges(draws, _window(stock, since))
    for start in edges[:-1]:
        left = _there(stock, since, start)
        for one in _active(draws, start):
            amount = one.amount or 0.0
            given = min(amount, left)
            left -= given
            least, short_from = worst.get(one.key, (amount, None))
            short_from = start if short_from is None and amount - given > NOTHING else short_from
            worst[one.key] = (min(least, given), short_from)
    return [
        Share(one, one.amount, None if one.amount is None else worst[one.key][0], worst[one.key][1]) for one in draws
    ]


def _rationed(stock: Stock, draws: Sequence[Draw], since: int) -> list[Share]:
    """What is used up, set apart for the most critical first, each for as long as the scenario asks it."""
    found, left = [], stock.quantity or 0.0
    for one in draws:
        if one.amount is None:
            found.append(Share(one, None, None))
            continue
        wanted, in_time = _total(one, 0), _total(one, since)
        given = min(left, in_time)
        left -= given
        found.append(Share(one, wanted, given, _runs_out(one, given, since) if wanted - given > NOTHING else None))
    return found


def _wanted(stock: Stock, draw: Draw) -> float | None:
    if draw.amount is None:
        return None
    return _total(draw, 0) if stock.is_consumable else draw.amount


def _total(draw: Draw, since: int) -> float:
    """How much is taken in all from the minute `since` on."""
    return sum(_of(draw, span, since) for span in draw.spans)


def _of(draw: Draw, span: Interval, since: int) -> float:
    start, end = span
    amount = draw.amount or 0.0
    if draw.per_hour:
        return amount * max(0, end - max(start, since)) / HOUR
    return amount if start >= since else 0.0


def _runs_out(draw: Draw, given: float, since: int) -> int:
    """The first minute at which it lacks something: before the reserve is in use, or when its part is used up."""
    for span in draw.spans:
        start = span[0]
        if start < since:
            return start
        taken = _of(draw, span, since)
        if taken - given > NOTHING:
            return start + int(given * HOUR / (draw.amount or 1.0)) if draw.per_hour else start
        given -= taken
    raise AssertionError("Whoever gets less than all lacks it at some time.")  # pragma: no cover
