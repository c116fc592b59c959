"""What threatens a synthetic country and how it carries on: scenarios, risks and plans."""

from collections.abc import Iterator
from itertools import islice
from random import Random
from typing import Any

from continuity.models.plans import Plan, PlanVersion, plan_function
from continuity.vocabulary.plans import PlanKind, PlanState
from prepare.sow.country import names as places
from prepare.sow.country.bulk import Bulk
from prepare.sow.country.land import random_ref
from prepare.sow.country.works import Works
from prepare.sow.files import Row, names
from prepare.sow.functions import SECRECY_BASIS
from prepare.sow.sowing import folded
from prepare.vocabulary import Confidentiality
from risks.matrix import DEFAULT
from risks.models.risks import Risk, risk_function
from risks.models.scenarios import Scenario, ScenarioHit
from risks.vocabulary.risks import RiskState, Treatment, Trend
from risks.vocabulary.scenarios import Effect, Severity

FUNCTIONS_PER_RISK, FUNCTIONS_PER_PLAN = 2.0, 4.0
#: Scenarios that hit what the whole country shares; the others hit a municipality.
OF_COUNTRY = frozenset({"S1", "S2", "S7"})


def is_offered(town: int) -> bool:
    """Whether a municipality offers scenarios to the others: every other one does."""
    return town % 2 == 1


class Perils:
    """Writes scenarios, risks and plans; knows which scenario a municipality reads under the demo city's code."""

    def __init__(self, bulk: Bulk, works: Works, rng: Random) -> None:
        self.bulk, self.works, self.rng = bulk, works, rng
        self.files = works.pattern.files
        self.scenarios: dict[tuple[int, str], int] = {}
        #: (municipality, the demo city's code, round) → id of the risk
        self.risks: dict[tuple[int, str, int], int] = {}

    def sow_scenarios(self) -> None:
        """The demo city's disruptions, in the country or in each municipality, and what they hit."""
        hits: list[dict[str, Any]] = []
        self.bulk.write(Scenario, self._scenario_rows(hits))
        self.bulk.write(ScenarioHit, ({"id": id_, **hit} for id_, hit in enumerate(hits, start=1)))

    def _scenario_rows(self, hits: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        land, found = self.works.land, 0
        hit_rows = self.files.rows("scenario_hits")
        for row in self.files.rows("scenarios"):
            shared = row["id"] in OF_COUNTRY and not land.is_one_city
            for town in range(land.size.municipalities):
                if shared and town:
                    self.scenarios[town, row["id"]] = found
                    continue
                found += 1
                self.scenarios[town, row["id"]] = found
                owner = land.root if shared else land.towns[town]
                mark = "" if shared or land.is_one_city else f"-{land.mark(town)[:-1]}"
                is_public = is_offered(town) and not shared and not land.is_one_city
                yield self._scenario(found, row, owner, f"{row['id']}{mark}", is_public=is_public)
                hits += self._hits(found, [hit for hit in hit_rows if hit["scenario"] == row["id"]], town)

    def _scenario(self, id_: int, row: Row, owner: int, code: str, *, is_public: bool) -> dict[str, Any]:
        return {
            "id": id_,
            "ref": random_ref(self.rng),
            "code": code,
            "organisation_id": owner,
            **names(row),
            **names(row, "description"),
            "threat": row["threat"],
            "duration_h": float(row["duration_h"]),
            "severity": Severity(row["severity"]),
            "area": None if row["area"] == "all" else row["area"],
            "confidentiality": Confidentiality.PUBLIC if is_public else Confidentiality.INTERNAL,
        }

    def _hits(self, scenario: int, rows: list[Row], town: int) -> Iterator[dict[str, Any]]:
        for row in rows:
            kind = self.works.pattern.kinds[row["node"]]
            for work in self.works.of(kind.key, self.works.place_of(kind, town))[:1]:
                yield {
                    "scenario_id": scenario,
                    "function_id": work + 1,
                    "start_h": float(row["start_h"]),
                    "duration_h": float(row["duration_h"]),
                    "effect": Effect(row["effect"]),
                    "capacity_pct": float(row["capacity_pct"]),
                }

    def turns(self, rows: list[Row], per: float) -> Iterator[tuple[int, Row, int]]:
        """(municipality, row, round) as often as its functions give cause to; what a round adds is a district's."""
        for town, own in enumerate(self.works.of_town):
            count = max(1, round(len(own) / per))
            yield from islice(((town, row, turn) for turn in range(count) for row in rows), count)

    def _affected(self, row: Row, town: int, turn: int) -> list[int]:
        """The functions of a municipality that a risk or plan of the files is about, those of one district."""
        found = [
            self.works.of(key, town) for key in self.works.pattern.affected(row) if key in self.works.pattern.kinds
        ]
        return [works[turn % len(works)] + 1 for works in found if works]

    def sow_risks(self) -> None:
        """Risks, and the functions that they affect."""
        links: list[dict[str, int]] = []
        turns = self.turns(self.files.rows("risks"), FUNCTIONS_PER_RISK)
        self.bulk.write(Risk, (self._risk(id_, *turn, links) for id_, turn in enumerate(turns, start=1)))
        self.bulk.write(risk_function, links)

    def _risk(self, id_: int, town: int, row: Row, turn: int, links: list[dict[str, int]]) -> dict[str, Any]:
        texts = placed(names(row, "title"), town, turn)
        code = f"R-{self.works.land.mark(town)}{row['id'][2:]}" + (f"-{turn + 1}" if turn else "")
        links += [{"risk_id": id_, "function_id": one} for one in dict.fromkeys(self._affected(row, town, turn))]
        self.risks[town, row["id"], turn] = id_
        unknown = turn and self.rng.random() < 0.05
        return {
            "id": id_,
            "ref": random_ref(self.rng),
            "code": code,
            "organisation_id": self.works.land.owners[row["sector"], town],
            "state": RiskState.IDENTIFIED if unknown else RiskState(row["status"]),
            **texts,
            **folded(code, texts),
            "threat": row["threat"],
            "scenario_id": self.scenarios[town, row["scenario"]] if row["scenario"] else None,
            "owner_role": row["owner_role"],
            "likelihood": None if unknown else int(row["likelihood"]),
            "impact": None if unknown else int(row["impact"]),
            "trend": Trend(row["trend"]),
            "treatment": Treatment(row["treatment"]),
            "residual_likelihood": int(row["residual_likelihood"]),
            "residual_impact": int(row["residual_impact"]),
            "level": None if unknown else DEFAULT.level(int(row["likelihood"]), int(row["impact"])),
            "residual_level": DEFAULT.level(int(row["residual_likelihood"]), int(row["residual_impact"])),
            "next_review": self.files.day(row["next_review"]),
        }

    def sow_plans(self) -> None:
        """Plans with a version each, and the functions that they cover."""
        links: list[dict[str, int]] = []
        rows = self.files.rows("plans")
        turns = list(self.turns(rows, FUNCTIONS_PER_PLAN))
        self.bulk.write(Plan, (self._plan(id_, *turn, links) for id_, turn in enumerate(turns, start=1)))
        self.bulk.write(plan_function, links)
        self.bulk.write(PlanVersion, (self._version(id_, turn[1]) for id_, turn in enumerate(turns, start=1)))

    def _plan(self, id_: int, town: int, row: Row, turn: int, links: list[dict[str, int]]) -> dict[str, Any]:
        texts = placed(names(row), town, turn)
        code = f"PL-{self.works.land.mark(town)}{row['id'][3:]}" + (f"-{turn + 1}" if turn else "")
        links += [{"plan_id": id_, "function_id": one} for one in dict.fromkeys(self._affected(row, town, turn))]
        confidentiality = Confidentiality(row["confidentiality"])
        return {
            "id": id_,
            "ref": random_ref(self.rng),
            "code": code,
            "organisation_id": self.works.land.owners[row["sector"], town],
            "kind": PlanKind(row["type"]),
            **texts,
            **folded(code, texts),
            "confidentiality": confidentiality,
            "secrecy_basis": SECRECY_BASIS if confidentiality is Confidentiality.CONFIDENTIAL else None,
        }

    def _version(self, plan: int, row: Row) -> dict[str, Any]:
        return {
            "id": plan,
            "ref": random_ref(self.rng),
            "plan_id": plan,
            "number": row["version"],
            "state": PlanState(row["status"]),
            "approved_on": self.files.day(row["approved_on"]),
            "next_review": self.files.day(row["next_review"]),
            "last_exercised_on": self.files.day(row["last_exercised"]),
        }


def placed(texts: dict[str, str | None], town: int, turn: int) -> dict[str, str | None]:
    """The texts with the district that they are about; the first round is about the whole municipality."""
    if not turn:
        return texts
    place = places.district(turn - 1 + town)
    return {key: text and f"{text[:160]}, {getattr(place, key[-2:])}" for key, text in texts.items()}
