"""How sure one can be: what was drawn, summed up over the functions that a reader may see."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dependencies import draws
from dependencies.doubts import PRESENT
from dependencies.draws import CERTAIN, DURATION, RESTART, SPREADS, TIGHT, WIDE, WIDEST
from dependencies.ground import Ground
from dependencies.packed import UNKNOWN, Flags
from dependencies.uncertainty import AS_RECORDED, Effort, Outages, Sample
from risks.frequency import Band, in_a_year, within

Totals = NDArray[np.int64]


class Range(NamedTuple):
    """How a figure lies over the draws; `recorded` is the figure of the records as they are."""

    recorded: int
    low: int  #: 5 % of the draws lie at this or below
    middle: int  #: half of them
    high: int  #: 95 % of them
    mean: float
    error: float  #: standard error of the mean

    def as_json(self, unit: int) -> dict[str, float]:
        """The figures in this unit."""
        names = ("recorded", "p5", "p50", "p95", "mean", "se")
        return {name: round(value / unit, 3) for name, value in zip(names, self, strict=True)}


class Picture(NamedTuple):
    """What one case does to the reader's functions."""

    down: Range  #: functions that go down
    minutes: Range  #: minutes down, of all of them together
    weighted: Range  #: the same, each minute times its function's weight
    over: Range  #: functions out for longer than their MTPD


class Yearly(NamedTuple):
    """How likely it is that a scenario comes within a year; None is unknown, which is never nothing."""

    probability: float | None
    error: float


NOT_KNOWN = Yearly(None, 0.0)


class Chance(NamedTuple):
    """How likely it is that one function is out for longer than its MTPD."""

    place: int
    passed: tuple[int, ...]  #: per case: in how many of the draws
    probability: float | None  #: within a year; None when it is unknown altogether
    error: float
    at_least: bool  #: whether a scenario adds to it of which nobody knows how often it comes


class Influence(NamedTuple):
    """By how much a dependency that is there, instead of absent, changes the weighted minutes of all cases together."""

    link: int
    mean: float
    error: float  #: standard error of the mean
    case: int  #: the case that it changes most


def pictures(ground: Ground, sample: Sample, own: Flags) -> list[Picture]:
    """What each case does to the functions `own`."""
    return [_picture(ground, outages, own, sample.effort.draws) for outages in sample.outages]


def _picture(ground: Ground, outages: Outages, own: Flags, count: int) -> Picture:
    mine = own[outages.places]
    at, places = outages.draws[mine], outages.places[mine]
    minutes = outages.minutes[mine].astype(np.int64)
    over = (ground.mtpd[places] != UNKNOWN) & (outages.longest[mine] > ground.mtpd[places])
    figures = (np.ones(len(at), np.int64), minutes, minutes * ground.weight[places], over.astype(np.int64))
    return Picture(*(_range(_per_draw(at, figure, count)) for figure in figures))


def _per_draw(at: NDArray[np.int32], figure: Totals, count: int) -> Totals:
    totals = np.zeros(count + 1, np.int64)
    np.add.at(totals, at, figure)
    return totals


def _range(totals: Totals) -> Range:
    drawn = np.sort(np.delete(totals, AS_RECORDED))
    low, middle, high = (int(drawn[math.ceil(share * len(drawn) / 100) - 1]) for share in (5, 50, 95))
    return Range(int(totals[AS_RECORDED]), low, middle, high, *_mean(drawn))


def _mean(drawn: Totals) -> tuple[float, float]:
    """Mean and its standard error, of two draws or more."""
    return float(drawn.mean()), float(drawn.std(ddof=1)) / math.sqrt(len(drawn))


def chances(ground: Ground, sample: Sample, own: Flags, years: Sequence[Yearly]) -> list[Chance]:
    """How likely each of the functions `own` with an MTPD passes it within a year, most likely first.

    Functions that pass it in no draw are left out. `years` tells of every case how often it comes.
    """
    counts = np.zeros((ground.functions, len(sample.outages)), np.int64)
    for case, outages in enumerate(sample.outages):
        counts[:, case] = _passed(ground, outages)
    found = []
    for place in np.flatnonzero(own & counts.any(axis=1)):
        passed = tuple(counts[place].tolist())
        found.append(Chance(int(place), passed, *chance(passed, years, sample.effort.draws)))
    return sorted(found, key=lambda c: (-(c.probability or 0), -sum(c.passed), c.place))


def _passed(ground: Ground, outages: Outages) -> Totals:
    known = ground.mtpd[outages.places] != UNKNOWN
    over = known & (outages.longest > ground.mtpd[outages.places]) & (outages.draws != AS_RECORDED)
    return np.bincount(outages.places[over], minlength=ground.functions)


def chance(passed: Sequence[int], years: Sequence[Yearly], drawn: int) -> tuple[float | None, float, bool]:
    """Probability within a year, its standard error, and whether it is a least one.

    1 - product over the scenarios of (1 - probability that it comes x share of the draws that pass). Of a share the
    standard error is that of one more draw that passes and one more that does not, since none of 100 is not never.
    """
    open_end = any(count and year.probability is None for count, year in zip(passed, years, strict=True))
    known = [
        (year.probability, year.error, count / drawn, (count + 1) / (drawn + 2))
        for count, year in zip(passed, years, strict=True)
        if year.probability is not None
    ]
    if open_end and not any(share for _, _, share, _ in known):
        return None, 0.0, True
    misses = [1 - yearly * share for yearly, _, share, _ in known]
    variance = 0.0
    for number, (yearly, error, share, careful) in enumerate(known):
        others = math.prod(misses[:number] + misses[number + 1 :])
        variance += others**2 * (yearly**2 * careful * (1 - careful) / drawn + (share * error) ** 2)
    return 1 - math.prod(misses), math.sqrt(variance), open_end


def influences(ground: Ground, sample: Sample, own: Flags) -> list[Influence]:
    """The dependencies that were forced, the one that moves the weighted hours of `own` most first."""
    totals = np.zeros((len(sample.outages), len(sample.links), sample.effort.in_both), np.int64)
    for case, moves in enumerate(sample.moves):
        mine = own[moves.places]
        minutes = moves.minutes[mine].astype(np.int64) * ground.weight[moves.places[mine]]
        np.add.at(totals[case], (np.searchsorted(sample.links, moves.links[mine]), moves.draws[mine] - 1), minutes)
    found = []
    for number, link in enumerate(sample.links.tolist()):
        if totals[:, number].any():
            most = int(np.abs(totals[:, number].sum(axis=1)).argmax())
            found.append(Influence(link, *_mean(totals[:, number].sum(axis=0)), most))
    return sorted(found, key=lambda influence: (-abs(influence.mean), influence.link))


def years(effort: Effort, scenarios: Sequence[int], bands: Mapping[int, Sequence[Band]]) -> list[Yearly]:
    """How likely each scenario comes within a year; `bands` are the frequencies of the risks that are linked to it.

    Every draw takes one of its risks, and a frequency within that risk's band. A scenario without one is unknown.
    """
    drawn: list[list[float]] = [[] for _ in scenarios]
    ids = np.array(scenarios, np.uint64)
    for number in range(1, effort.draws + 1):
        stream = draws.streams(effort.seed, number)
        lots = zip(draws.lots(stream.risks, ids).tolist(), draws.lots(stream.frequencies, ids).tolist(), strict=True)
        for scenario, found, (which, share) in zip(scenarios, drawn, lots, strict=True):
            if asked := bands.get(scenario):
                band = asked[which * len(asked) // CERTAIN]
                found.append(in_a_year(within(band, share / CERTAIN)))
    return [_yearly(found) for found in drawn]


def _yearly(drawn: Sequence[float]) -> Yearly:
    if not drawn:
        return NOT_KNOWN
    mean = math.fsum(drawn) / len(drawn)
    variance = math.fsum((one - mean) ** 2 for one in drawn) / (len(drawn) - 1)
    return Yearly(mean, math.sqrt(variance / len(drawn)))


def assumed(bands: Mapping[int, Band]) -> dict[str, Any]:
    """Everything that is taken for granted, as a script reads it; `bands` are those of the steps of likelihood."""
    names = {"tolerance_measured": TIGHT, "tolerance_estimated": WIDE, "tolerance_unknown": WIDEST}
    names |= {"duration": DURATION, "restart": RESTART}
    return {
        "percent_at": [0, 5, 50, 95, 100],
        **{f"{name}_percent": SPREADS[row].tolist() for name, row in names.items()},
        "present": {standing.value: share / CERTAIN for standing, share in PRESENT.items()},
        "frequency_a_year": {str(step): list(band) for step, band in bands.items()},
    }
