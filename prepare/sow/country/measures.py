"""What is done in a synthetic country about its risks: the demo city's measures, in each municipality."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from prepare.sow.country.land import random_ref
from prepare.sow.country.perils import Perils, placed
from prepare.sow.files import Row, names
from prepare.sow.measures import measure
from prepare.sow.sowing import folded
from risks.models.measures import Measure
from risks.models.risks import risk_measure

FUNCTIONS_PER_MEASURE = 4.0  #: one measure for every two risks
FURTHEST_DAYS = 240  #: how far a district's measure is moved from the day of the file


def sow_measures(perils: Perils) -> None:
    """Measures, and the risks of the same district that they treat."""
    links: list[dict[str, int]] = []
    turns = perils.turns(perils.files.rows("measures"), FUNCTIONS_PER_MEASURE)
    perils.bulk.write(Measure, _rows(perils, turns, links))
    perils.bulk.write(risk_measure, links)


def _rows(
    perils: Perils, turns: Iterator[tuple[int, Row, int]], links: list[dict[str, int]]
) -> Iterator[dict[str, Any]]:
    for id_, (town, row, turn) in enumerate(turns, start=1):
        texts = placed(names(row), town, turn)
        code = f"M-{perils.works.land.mark(town)}{row['id'][2:]}" + (f"-{turn + 1}" if turn else "")
        columns = measure(perils.files, row)
        if turn and columns["due"]:
            columns["due"] += timedelta(days=perils.rng.randint(-FURTHEST_DAYS // 4, FURTHEST_DAYS))
        risk = perils.risks.get((town, row["linked_risk"], turn))
        if risk:
            links.append({"risk_id": risk, "measure_id": id_})
        owner = perils.works.land.owners[row["sector"], town]
        own = {"id": id_, "ref": random_ref(perils.rng), "organisation_id": owner, "code": code}
        yield columns | own | texts | folded(code, texts)
