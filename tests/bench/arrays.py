"""A synthetic country straight as arrays: national, regional and municipal functions in layers (cascade.md B).

It has what makes cascades slow or fast: few suppliers with very many consumers, seven round tolerances,
a quarter of the needs with several ways, and some links upward that close circles.
"""

from dataclasses import dataclass

import numpy as np

from dependencies.circles import loops
from dependencies.packed import UNKNOWN, Packed

TOLERANCES_H = (0, 1, 4, 8, 24, 72, 168)
SHARES = (0.20, 0.15, 0.20, 0.15, 0.20, 0.07, 0.03)
RESTARTS_MIN = (15, 60, 120, 240, 480, 1440)
NEEDS = (1.5, 2.5, 2.6, 4.65, 4.65)  #: on average, of a national, a regional and three layers of municipal functions
WAYS = (2, 2, 3, 4)  #: of a need with several ways
UPWARD = 0.03
MUNICIPALITY = 3_236  #: functions of an average one


@dataclass(frozen=True)
class _Land:
    """Where the functions of each layer and each place begin."""

    layer: np.ndarray
    region: np.ndarray
    city: np.ndarray
    national: int
    regions: np.ndarray  #: where each region's own functions begin
    cities: np.ndarray
    upper: np.ndarray  #: where a city's second layer begins
    lower: np.ndarray  #: and its third


def country(functions: int, seed: int = 1) -> Packed:
    """A country of so many functions with some five times as many links; the same seed gives the same one."""
    dice = np.random.default_rng(seed)
    land = _land(functions)
    consumer = np.repeat(np.arange(functions), dice.poisson(np.array(NEEDS)[land.layer]))
    ways = np.where(dice.random(len(consumer)) < 0.25, dice.choice(WAYS, len(consumer)), 1)
    need = np.repeat(np.arange(len(consumer)), ways)
    supplier = _suppliers(land, consumer[need], dice)
    _, once = np.unique(need * functions + supplier, return_index=True)
    once = once[supplier[once] != consumer[need[once]]]
    need, supplier = need[once], supplier[once]
    members = np.bincount(need, minlength=len(consumer))
    kept = members > 0
    need, consumer, members = (np.cumsum(kept) - 1)[need], consumer[kept], members[kept]
    enough = np.minimum(members, 1 + np.floor(dice.random(len(members)) * np.maximum(members - 1, 1)))
    tolerance = dice.choice(TOLERANCES_H, len(consumer), p=SHARES) * 60
    return _packed(land, consumer, tolerance, members, (members - enough + 1), need, supplier, dice)


def _land(functions: int) -> _Land:
    national, regional = max(3, functions // 100), max(5, functions // 25)
    count = max(1, round(functions / MUNICIPALITY))
    areas = max(1, min(21, count // 3))
    size = np.arange(1, count + 1.0) ** -0.6
    size = np.floor(size / size.sum() * (functions - national - regional)).astype(int)
    size[0] += functions - national - regional - size.sum()
    regions = np.linspace(national, national + regional, areas + 1).astype(int)
    cities = national + regional + np.concatenate([[0], np.cumsum(size)])
    upper, lower = (cities[:-1] + (share * size).astype(int) for share in (0.4, 0.7))
    place = np.arange(functions)
    city = np.searchsorted(cities, place, side="right") - 1
    region = np.where(city < 0, np.searchsorted(regions, place, side="right") - 1, city % areas)
    layer = np.where(city < 0, (place >= national) * 1, 2 + (place >= upper[city]) + (place >= lower[city]))
    return _Land(layer, region, city, national, regions, cities, upper, lower)


def _suppliers(land: _Land, consumer: np.ndarray, dice: np.random.Generator) -> np.ndarray:
    """A supplier for each link: nearby or above, and the earlier in its layer the more often."""
    layer, city, region = land.layer[consumer], land.city[consumer], land.region[consumer]
    drawn = dice.random(len(consumer))
    nation = (layer == 0) | (drawn < np.where(layer == 1, 0.5, 0.1))
    area = ~nation & ((layer == 1) | (drawn < 0.25))
    begin = np.where(nation, 0, np.where(area, land.regions[region], land.cities[city]))
    below = np.where(layer == 2, land.upper[city], land.lower[city])
    upward = dice.random(len(consumer)) < UPWARD
    inside = np.where(upward, land.cities[city + 1], np.maximum(below, begin + 1))
    end = np.where(nation, land.national, np.where(area, land.regions[region + 1], inside))
    steep = np.where(nation, 2.0, 3.0)
    return begin + np.floor((end - begin) * dice.random(len(consumer)) ** steep).astype(int)


def _packed(land, consumer, tolerance, members, losses, need, supplier, dice) -> Packed:
    functions = len(land.layer)
    order = np.argsort(supplier, kind="stable")
    need, supplier = need[order].astype(np.int32), supplier[order].astype(np.int32)
    first = np.concatenate([[0], np.cumsum(np.bincount(supplier, minlength=functions))])
    circles = loops(functions, supplier, consumer[need].astype(np.int32), tolerance[need].astype(np.int32))
    weight = dice.choice((1, 2, 4, 8), functions) * (land.layer >= 3)
    unknown = np.full(functions, UNKNOWN)
    ints = (np.asarray(column, np.int32) for column in (
        dice.choice((240, 1440, 4320), functions), dice.choice((1440, 4320, 10080), functions), unknown, weight,
        dice.choice(RESTARTS_MIN, functions),
    ))  # fmt: skip
    needs = (np.asarray(column, np.int32) for column in (consumer, tolerance, losses, members, first))
    ids = np.arange(1, functions + 1, dtype=np.int64)
    return Packed(1, ids, *ints, np.arange(1, len(consumer) + 1, dtype=np.int64), *needs, need, circles)
