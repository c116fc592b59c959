"""The score of a city as the records are now, kept for as long as nothing changes."""

from datetime import date
from typing import Any

from continuity.readiness import functions_asked, graph_asked, guidance_asked, partners_asked, records_asked
from continuity.readiness.items import Land, land
from continuity.readiness.keeping import Kept
from continuity.scoring import scores
from continuity.scoring.cases import SectorFacts
from continuity.scoring.indicator import Item
from continuity.scoring.scores import CityScore
from continuity.scoring.vocabulary import Kind
from prepare.models.organisations import Organisation

#: (id of the city, day) → score.
_kept: Kept[CityScore] = Kept(most=16)


def of_city(city: Organisation, *, on: date) -> CityScore:
    """The score of a city on the day `on`, from everything that its organisations keep, whoever asks.

    Whoever is told of it must be told only of rows that may be read.
    """
    return _kept.reckoned((city.id, on), lambda: computed(city, on=on))


def at_hand(city: Organisation, *, on: date) -> CityScore | None:
    """As `of_city`, if it has been computed already and nothing has changed since."""
    return _kept.at_hand((city.id, on))


def computed(city: Organisation, *, on: date) -> CityScore:
    """The score of a city, computed anew."""
    known = land(city)
    graph = graph_asked.graph(known, on)
    facts = gathered(known, graph, on)
    return scores.city(whole(city), (scores.sector(one, on) for one in facts), graph.outcomes)


def whole(city: Organisation) -> Item:
    """The city as the rows of indicators name it."""
    names = (city.name_fi, city.name_sv, city.name_en)
    return Item(Kind.ORGANISATION, city.code, str(city.ref), *names, city.id, city.path)


def gathered(known: Land, graph: graph_asked.GraphFacts, on: date) -> list[SectorFacts]:
    """What the score of every sector looks at."""
    needed, agreed = records_asked.dependencies(known), partners_asked.agreed(known, on)
    functions = functions_asked.functions(known, graph, needed.needing, on)
    asked: dict[str, Any] = {
        "functions": functions,
        "answers": guidance_asked.answers(known, functions, on),
        "needs": graph.needs,
        "losses": graph.losses,
        "interfaces": partners_asked.interfaces(known, agreed, on),
        "agreements": partners_asked.agreements(agreed, needed.edges),
        "transfers": partners_asked.transfers(known),
        "dependencies": needed.facts,
        "risks": records_asked.risks(known, on),
        "measures": records_asked.measures(known),
        "observations": records_asked.observations(known),
        "bodies": records_asked.bodies(known, on),
        "holders": {number: sector.holders for number, sector in enumerate(known.sectors)},
    }
    return [
        SectorFacts(sector.item, **{name: tuple(by_sector.get(number, ())) for name, by_sector in asked.items()})
        for number, sector in enumerate(known.sectors)
    ]


def guidance_in_force(city: Organisation, on: date) -> str | None:
    """The number of the guidance that is in force in the city on a day; None when there is none."""
    version = guidance_asked.in_force(city, on)
    return version.number if version else None
