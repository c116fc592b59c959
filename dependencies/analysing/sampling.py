"""Uncertainty on the records: the whole graph is drawn, the answer is cut to what the reader may see."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from dependencies import queries, samples, sureness, tracing
from dependencies.analysing.keeping import once
from dependencies.cascade import Outage
from dependencies.doubts import doubts
from dependencies.graph import Link
from dependencies.models.needs import Dependency, Need
from dependencies.outcome import HORIZON_H, Hit
from dependencies.packed import UNKNOWN
from dependencies.reduction import Card, opens
from dependencies.sureness import Chance, Influence, Picture, Yearly
from dependencies.tracing import Loaded
from dependencies.uncertainty import PER_HOUR, Case, Effort, Question, Sample, Tell, sample
from dependencies.workers import Here, Workers
from prepare.actor import EVERYTHING, Scope
from prepare.db import db
from prepare.errors import RuleBroken
from prepare.models.functions import Function
from prepare.queries.scopes import within
from prepare.texts import N_
from risks import frequency
from risks.frequency import Band
from risks.models import scales
from risks.models.risks import Risk
from risks.models.scenarios import Scenario
from risks.queries import scenarios as scenario_queries
from risks.vocabulary.risks import RiskState

ON_A_PAGE = Effort(draws=100, seed=1, tried=10, forced=10)
WHOLE = 1_000  #: functions up to which a page draws by itself
FILE = "uncertainty.npz"  #: what a command has drawn, in the folder of the installation


def question(now: Loaded, *, seed: int, codes: Collection[str] = ()) -> Question:
    """Every scenario, or those with these codes, whoever may read them. Raises RuleBroken when one is missing."""
    scenarios = {scenario.code: scenario.id for scenario in db.session.scalars(scenario_queries.scenarios(EVERYTHING))}
    if missing := set(codes) - scenarios.keys():
        raise RuleBroken(N_("There is no such scenario: %(codes)s."), codes=", ".join(sorted(missing)))
    chosen = [id_ for code, id_ in scenarios.items() if not codes or code in codes]
    cases = tuple(Case(id_, _outages(now, hits)) for id_, hits in tracing.hits_of_all(chosen).items())
    known = select(Need.id, Need.tolerance_basis).where(Need.retired.is_(False))
    bases = {id_: basis for id_, basis in db.session.execute(known)}  # noqa: C416 - rows are no pairs
    links = select(Dependency.need_id, Dependency.supplier_id, Dependency.id).where(Dependency.retired.is_(False))
    numbers = {Link(need, supplier): id_ for need, supplier, id_ in db.session.execute(links)}
    return Question(doubts(now.network, bases, numbers), cases, seed)


def _outages(now: Loaded, hits: Iterable[Hit]) -> tuple[Outage, ...]:
    """The hits that take a function in force down; degrading ones do not travel."""
    place = now.network.place
    down = (hit for hit in hits if not hit.degrades and hit.function in place)
    return tuple(Outage(place[hit.function], hit.start_min, hit.end_min) for hit in down)


@dataclass(frozen=True)
class Seen:
    """What was drawn, as far as the reader may know it."""

    sample: Sample
    revision: int
    scenarios: tuple[tuple[Scenario, Picture, Yearly], ...]  #: those that the reader may trace, by code
    functions: tuple[tuple[Card, Chance], ...]  #: the city's own that the reader may open, most likely first
    links: tuple[tuple[Dependency, Influence, Scenario | None], ...]  #: needs of the reader's functions, heaviest first
    unknown: int  #: the reader's functions that go down in some draw and have no MTPD
    codes: tuple[str | None, ...]  #: of each case; None when the reader may not trace the scenario


def on_page(scope: Scope, folder: Path) -> Seen | None:
    """What a command has drawn of these records, else a smaller sample; None when that would take too long."""
    file = folder / FILE
    stamp = samples.stamp(file)
    if (db.session.scalar(queries.functions_counted()) or 0) > WHOLE:
        drawn = _read(file, stamp, samples.of_revision(tracing.revision()))
        return None if drawn is None else seen(scope, drawn)
    now = tracing.loaded()

    def ask() -> tuple[Question, str]:
        asked = question(now, seed=ON_A_PAGE.seed)
        return asked, samples.key_of(asked)

    asked, key = once(now.network, "what a page draws", ask)
    drawn = _read(file, stamp, key)
    if drawn is None:
        drawn = once(now.network, ON_A_PAGE, lambda: sample(asked, ON_A_PAGE, Here(), lambda *_: None))
    return seen(scope, drawn)


@lru_cache(maxsize=1)
def _read(file: Path, stamp: int | None, mark: str) -> Sample | None:
    """The sample in a file, read once as long as the file and the mark stay the same."""
    return None if stamp is None else samples.read(file, mark)


def by_command(effort: Effort, codes: Collection[str], workers: Workers, tell: Tell, folder: Path) -> Seen:
    """Draw as much as is asked for, and keep it for the page when it is of every scenario."""
    asked = question(tracing.loaded(), seed=effort.seed, codes=codes)
    drawn = sample(asked, effort, workers, tell)
    if not codes:
        samples.write(folder / FILE, samples.key_of(asked), drawn)
    return seen(EVERYTHING, drawn)


def seen(scope: Scope, drawn: Sample) -> Seen:
    """The part of the sample that this scope may see; what it cannot see has been computed all the same."""
    ground, cases = drawn.ground, drawn.ground.scenarios.tolist()
    met = np.unique(np.concatenate([np.zeros(0, np.int32), *(outages.places for outages in drawn.outages)]))
    ids = dict(zip(met.tolist(), ground.ids[met].tolist(), strict=True))
    cards = tracing.cards(list(ids.values()))
    own = np.zeros(ground.functions, np.bool_)
    for place, id_ in ids.items():
        own[place] = cards[id_].kind.is_own and opens(scope, cards[id_])
    years = sureness.years(drawn.effort, cases, _bands())
    scenarios = {scenario.id: scenario for scenario in db.session.scalars(scenario_queries.scenarios(scope))}
    told = zip(cases, sureness.pictures(ground, drawn, own), years, strict=True)
    return Seen(
        drawn,
        ground.revision,
        tuple((scenarios[id_], picture, year) for id_, picture, year in told if id_ in scenarios),
        tuple((cards[ids[chance.place]], chance) for chance in sureness.chances(ground, drawn, own, years)),
        tuple(_links(scope, drawn, sureness.influences(ground, drawn, own), scenarios)),
        int(np.count_nonzero(own & (ground.mtpd == UNKNOWN))),
        tuple(scenarios[id_].code if id_ in scenarios else None for id_ in cases),
    )


def _bands() -> dict[int, list[Band]]:
    """How often the open risks that are linked to each scenario come; secret risks count like any other.

    A risk whose step does not say how often is left out.
    """
    bands = frequency.bands(scales.in_force())
    rows = select(Risk.scenario_id, Risk.likelihood).where(Risk.state != RiskState.CLOSED).order_by(Risk.id)
    found: dict[int, list[Band]] = {}
    for scenario, step in db.session.execute(rows):
        if scenario is not None and step in bands:
            found.setdefault(scenario, []).append(bands[step])
    return found


def _links(
    scope: Scope, drawn: Sample, influences: Sequence[Influence], scenarios: Mapping[int, Scenario]
) -> Iterable[tuple[Dependency, Influence, Scenario | None]]:
    """The dependencies of functions in the scope among these, in the same order."""
    ids = {int(drawn.ground.links[influence.link]): influence for influence in influences}
    rows = select(Dependency).join(Dependency.need).join(Need.consumer).join(Function.organisation)
    rows = rows.options(
        contains_eager(Dependency.need).contains_eager(Need.consumer).contains_eager(Function.organisation),
        joinedload(Dependency.supplier, innerjoin=True).joinedload(Function.organisation, innerjoin=True),
    ).where(within(scope, Function.confidentiality, shared=Function.id), Dependency.id.in_(ids))
    found = {dependency.id: dependency for dependency in db.session.scalars(rows)}
    for id_, influence in ids.items():
        if id_ in found:
            yield found[id_], influence, scenarios.get(int(drawn.ground.scenarios[influence.case]))


def as_json(seen: Seen) -> dict[str, Any]:
    """The sample as `prepare uncertainty --json` prints it; times in hours."""
    effort = seen.sample.effort
    return {
        "graph_revision": seen.revision,
        "engine": seen.sample.engine,
        "draws": effort.draws,
        "seed": effort.seed,
        "forced_draws": effort.in_both,
        "horizon_h": HORIZON_H,
        "assumed": sureness.assumed(frequency.bands(scales.in_force())),
        "scenarios": [_scenario_json(*row) for row in seen.scenarios],
        "functions": [_function_json(seen, *row) for row in seen.functions],
        "functions_without_mtpd": seen.unknown,
        "confirm_first": [_link_json(*row) for row in seen.links],
    }


def _scenario_json(scenario: Scenario, picture: Picture, year: Yearly) -> dict[str, Any]:
    return {
        "scenario": scenario.code,
        "in_a_year": _rounded(year.probability),
        "in_a_year_se": _rounded(year.error),
        "functions_down": picture.down.as_json(1),
        "hours_down": picture.minutes.as_json(60),
        "weighted_hours": picture.weighted.as_json(PER_HOUR),
        "past_mtpd": picture.over.as_json(1),
    }


def _function_json(seen: Seen, card: Card, chance: Chance) -> dict[str, Any]:
    shares = {code: passed / seen.sample.effort.draws for code, passed in zip(seen.codes, chance.passed, strict=True)}
    return {
        "code": card.code,
        "past_mtpd_in_a_year": _rounded(chance.probability),
        "se": _rounded(chance.error),
        "at_least": chance.at_least,
        "by_scenario": {code: _rounded(share) for code, share in shares.items() if code and share},
    }


def _link_json(dependency: Dependency, influence: Influence, scenario: Scenario | None) -> dict[str, Any]:
    return {
        "dependency": dependency.code,
        "consumer": dependency.need.consumer.code,
        "supplier": dependency.supplier.code,
        "weighted_hours": round(influence.mean / PER_HOUR, 2),
        "se": round(influence.error / PER_HOUR, 2),
        "mostly_in": scenario and scenario.code,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 5)
