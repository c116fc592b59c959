"""What a scenario's entry must satisfy: its length, and what it hits first (domain.md 2.3, cascade.md 2.2)."""

from collections.abc import Mapping
from itertools import combinations
from math import inf, isfinite

from prepare.errors import RuleBroken
from prepare.texts import N_
from prepare.vocabulary import Confidentiality
from risks.entries.scenarios import HitEntry, ScenarioEntry
from risks.vocabulary.scenarios import Effect

LONGEST_H = 8760  #: one year: what lies later is not traced
SHORTEST_H = 1 / 60  #: the engine counts whole minutes
MOST_HITS = 100


def problems(entry: ScenarioEntry, functions: Mapping[str, bool]) -> list[RuleBroken]:
    """Every rule that the entry breaks.

    `functions` are the functions that the acting person may name, by code: whether each is in force. A broken rule of
    the n-th hit names its field as "hits-n-start_h". A scenario without hits is a draft, and allowed.
    """
    found = _scenario_problems(entry)
    if len(entry.hits) > MOST_HITS:
        message = N_("A scenario has at most %(most)s hits. Hit the suppliers: the rest follows from the needs.")
        found.append(RuleBroken(message, field="hits", most=MOST_HITS))
    for place, hit in enumerate(entry.hits):
        found += _located(place, [*_function_problems(hit, functions), *_time_problems(hit), *_effect_problems(hit)])
    return found + _overlaps(entry.hits)


def _located(place: int, broken: list[RuleBroken]) -> list[RuleBroken]:
    return [RuleBroken(one.message, field=f"hits-{place}-{one.field}", **one.values) for one in broken]


def _scenario_problems(entry: ScenarioEntry) -> list[RuleBroken]:
    found = []
    if not (entry.name_fi or "").strip():
        found.append(RuleBroken(N_("Give the scenario a name."), field="name_fi"))
    if not _within(entry.duration_h, SHORTEST_H):
        message = N_("Say how long it lasts: at least a minute and at most a year (8760 h).")
        found.append(RuleBroken(message, field="duration_h"))
    if entry.severity is None:
        found.append(RuleBroken(N_("Say how grave the situation is."), field="severity"))
    if entry.confidentiality is Confidentiality.CONFIDENTIAL and not entry.secrecy_basis:
        message = N_("State the legal basis of secrecy, for example “Openness Act 24 § 1 mom. 8”.")
        found.append(RuleBroken(message, field="secrecy_basis"))
    return found


def _within(hours: float | None, least: float) -> bool:
    return hours is not None and isfinite(hours) and least <= hours <= LONGEST_H


def _function_problems(hit: HitEntry, functions: Mapping[str, bool]) -> list[RuleBroken]:
    if functions.get(hit.function):
        return []
    message = N_("There is no such function: %(codes)s.")
    if hit.function in functions:
        message = N_("%(codes)s has been retired. Remove the hit, and choose the function that took its place.")
    return [RuleBroken(message, field="function", codes=hit.function)]


def _time_problems(hit: HitEntry) -> list[RuleBroken]:
    found = []
    if not _within(hit.start_h, 0):
        message = N_("Say when it begins: 0 at the start of the scenario, and at most 8760 h after it.")
        found.append(RuleBroken(message, field="start_h"))
    if not _within(hit.duration_h, SHORTEST_H):
        message = N_("Say how long it is out: at least a minute and at most a year (8760 h).")
        found.append(RuleBroken(message, field="duration_h"))
    if not found and _end(hit) > LONGEST_H:
        message = N_("It would end later than a year (8760 h) after the start; nothing later is traced.")
        found.append(RuleBroken(message, field="duration_h"))
    return found


def _effect_problems(hit: HitEntry) -> list[RuleBroken]:
    left = hit.capacity_pct
    if hit.effect is None:
        return [RuleBroken(N_("Say whether it is down or degraded."), field="effect")]
    if left is None or not 0 <= left <= 100:
        return [RuleBroken(N_("Say how much is left, from 0 to 100 %."), field="capacity_pct")]
    if hit.effect is Effect.DEGRADED and left == 100:
        message = N_("With 100 % left it is not degraded: give less, or remove the hit.")
        return [RuleBroken(message, field="capacity_pct")]
    if hit.effect is Effect.DEGRADED and left == 0:
        return [RuleBroken(N_("With nothing left it is down, not degraded."), field="capacity_pct")]
    if hit.effect is Effect.DOWN and left > 0:
        message = N_("What is down has nothing left: give 0 %, or choose degraded.")
        return [RuleBroken(message, field="capacity_pct")]
    return []


def _overlaps(hits: tuple[HitEntry, ...]) -> list[RuleBroken]:
    """The same function hit twice at one time, told at the later of the two rows."""
    found = []
    for (_place, one), (place, other) in combinations(enumerate(hits), 2):
        if one.function == other.function and max(_start(one), _start(other)) < min(_end(one), _end(other)):
            message = N_("%(codes)s is hit twice at the same time. Put the two together, or change the times.")
            found.append(RuleBroken(message, field=f"hits-{place}-start_h", codes=other.function))
    return found


def _start(hit: HitEntry) -> float:
    return inf if hit.start_h is None else hit.start_h


def _end(hit: HitEntry) -> float:
    return _start(hit) + (hit.duration_h or 0.0)
