"""What the municipalities of a synthetic country share: practices, scenarios, requirements, and how ready they are."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from continuity.models.comparison import ReadinessParticipation
from continuity.models.readiness import ReadinessSnapshot
from continuity.scoring import beside
from continuity.scoring.vocabulary import METHOD, Code
from prepare import audit, sealing
from prepare.models.guidance import GuidanceChapter, GuidanceVersion, Requirement
from prepare.months import months_after
from prepare.sow.country import names as places
from prepare.sow.country.bulk import Bulk
from prepare.sow.country.land import Land, random_ref
from prepare.sow.country.perils import Perils, is_offered
from prepare.sow.files import Row, names
from prepare.sow.guidance import SECRECY_BASIS, asked
from prepare.sow.residents import practice
from prepare.sow.sowing import folded
from prepare.vocabulary import Confidentiality, Dimension
from risks import sharing
from risks.models.offers import ScenarioCopy, ScenarioOffer
from risks.models.practices import GoodPractice, PracticeAdoption
from risks.models.scenarios import Scenario
from risks.vocabulary.scenarios import Severity

#: Of ten municipalities these many take part in the comparison; the first one always does.
OF_TEN = 8
#: The first municipality has copied this one of the second, which has said it in other words since.
COPIED, COPY = "S3", "S10-001"
FORMERLY = "Teksti, jonka lähdekunta on sittemmin tarkentanut"


class Network:
    """Writes what crosses between municipalities; in a country of one there is nobody to share with."""

    def __init__(self, bulk: Bulk, perils: Perils, rng: Random, on: date) -> None:
        self.bulk, self.perils, self.rng, self.on = bulk, perils, rng, on
        self.land: Land = perils.works.land
        self.files = perils.files

    def sow(self) -> None:
        """Everything, in an order in which each finds what it points at."""
        if self.land.is_one_city:
            return
        self.bulk.write(GoodPractice, self._practices())
        self._adoptions()
        self._offers()
        self._catalogues()
        self.bulk.write(ReadinessParticipation, self._parts())
        self.bulk.write(ReadinessSnapshot, self._snapshots())

    def _practices(self) -> Iterator[dict[str, Any]]:
        """A practice of the demo city in each municipality by turns, all but one of which are shared."""
        rows = self.files.rows("good_practices")
        for town in range(self.land.size.municipalities):
            row = rows[town % len(rows)]
            code = f"GP-{self.land.mark(town)}{row['id'][3:]}"
            texts = names(row)
            owner = self.land.owners[row["sector"], town]
            own = {"id": town + 1, "ref": random_ref(self.rng), "code": code, "organisation_id": owner}
            yield own | texts | folded(code, texts) | practice(row)

    def _adoptions(self) -> None:
        """The municipality before takes a shared practice into use."""
        rows = self.files.rows("good_practices")
        shared = [town for town in range(1, self.land.size.municipalities) if practice(rows[town % 4])["shareable"]]
        self.bulk.write(
            PracticeAdoption,
            (
                {
                    "id": id_,
                    "code": f"GP-{self.land.mark(town)}{town % 4 + 1:02}/01",
                    "practice_id": town + 1,
                    "organisation_id": self.land.towns[town - 1],
                    "adopted_on": self.on - timedelta(days=40),
                    "comment": None,
                }
                for id_, town in enumerate(shared, start=1)
            ),
        )

    def _offers(self) -> None:
        """Every other municipality offers a scenario, and the first one has copied the second one's."""
        found = [one for (town, code), one in self.perils.scenarios.items() if code == COPIED and is_offered(town)]
        offered = self.on - timedelta(days=90)
        self.bulk.write(
            ScenarioOffer, ({"id": n, "scenario_id": one, "offered_on": offered} for n, one in enumerate(found, 1))
        )
        row = next(row for row in self.files.rows("scenarios") if row["id"] == COPIED)
        said = told_scenario(row)
        copy = self.bulk.counts["scenario"] + 1
        own = {"id": copy, "ref": random_ref(self.rng), "code": COPY, "organisation_id": self.land.towns[0]}
        self.bulk.write(Scenario, [own | said])
        taken = {name: said[name].value if isinstance(said[name], Severity) else said[name] for name in said}
        link = {"id": 1, "scenario_id": copy, "source_id": found[0], "source_name": places.town(1).fi}
        link |= {"taken_on": offered, "taken": taken | {"description_fi": FORMERLY}}
        self.bulk.write(ScenarioCopy, [link])

    def _catalogues(self) -> None:
        """The second municipality offers its guidance, of which a chapter and some requirements are secret."""
        begun = self.on - timedelta(days=200)
        version = {"id": 1, "ref": random_ref(self.rng), "code": f"G-{self.land.mark(1)}01", "number": "1.0"}
        version |= {"organisation_id": self.land.towns[1], "valid_from": begun, "issued_on": begun}
        self.bulk.write(GuidanceVersion, [version | {"issued_by": "Valmiuspäällikkö", "offered_on": begun}])
        rows = [row for row in self.files.rows("guidance_chapters") if row["version"] == "G-02"]
        self.bulk.write(GuidanceChapter, (self._chapter(n, row) for n, row in enumerate(rows, start=1)))
        every = self.files.rows("requirements")
        self.bulk.write(Requirement, ({"id": n} | self._asked(row) for n, row in enumerate(every, start=1)))

    def _chapter(self, number: int, row: Row) -> dict[str, Any]:
        classed = Confidentiality(row["confidentiality"])
        return {
            "id": number,
            "ref": random_ref(self.rng),
            "guidance_version_id": 1,
            "key": number,
            "rank": number,
            **names(row, "title"),
            **names(row, "text"),
            "confidentiality": classed,
            "secrecy_basis": SECRECY_BASIS if classed is Confidentiality.CONFIDENTIAL else None,
        }

    def _asked(self, row: Row) -> dict[str, Any]:
        return {"ref": random_ref(self.rng), "guidance_version_id": 1, **asked(row), "sectors": ()}

    def _compared(self) -> list[int]:
        towns = range(self.land.size.municipalities)
        return [town for town in towns if town % 10 < OF_TEN]

    def _parts(self) -> Iterator[dict[str, Any]]:
        """Since when municipalities take part in the comparison: all but some, before the last month began."""
        joined = months_after(beside.closed(self.on), -3)
        for id_, town in enumerate(self._compared(), start=1):
            own = {"id": id_, "ref": random_ref(self.rng), "code": f"VV-{id_:02}"}
            yield own | {"organisation_id": self.land.towns[town], "joined_on": joined, "joined_by": "Valmiuspäällikkö"}

    def _snapshots(self) -> Iterator[dict[str, Any]]:
        """Two of each municipality: from the last month that has ended and from three months before."""
        end = beside.closed(self.on)
        days = (months_after(end, -3), end - timedelta(days=8))
        every = [(town, day, later) for town in range(len(self.land.towns)) for later, day in enumerate(days)]
        for id_, (town, day, later) in enumerate(every, start=1):
            figures = self._figures(later)
            print_ = sealing.fingerprint(audit.content_text(figures))
            yield {
                "id": id_,
                "ref": random_ref(self.rng),
                "code": f"VT-{id_:02}",
                "organisation_id": self.land.towns[town],
                "as_of": day,
                "taken_at": datetime.combine(day, time(10), tzinfo=UTC),
                "taken_by": "Valmiuspäällikkö",
                "method": METHOD,
                "figures": figures,
                "figures_sha256": print_,
                "data_sha256": print_,
            }

    def _figures(self, later: int) -> dict[str, Any]:
        """What a snapshot kept of the whole municipality; now and then a dimension of which too little was known."""
        sides = {d.value: [self._points(later), self.rng.choice((1.0, 0.9, 0.8, 0.3))] for d in Dimension}
        scores = [score for score, _known in sides.values()]
        whole: dict[str, Any] = {"score": sum(scores) / len(scores), "coverage": 0.8, "stale": False}
        whole |= {"dimensions": sides}
        return {"city": whole | {"indicators": {code.value: [0, 0, 0] for code in Code}}, "sectors": {}, "outcomes": {}}

    def _points(self, later: int) -> float:
        return round(min(100.0, max(0.0, self.rng.gauss(58 + 4 * later, 16))), 1)


def told_scenario(row: Row) -> dict[str, Any]:
    """What of a scenario of the files crosses to other municipalities."""
    every: dict[str, Any] = {**names(row), **names(row, "description"), "threat": row["threat"], "season": None}
    every |= {"severity": Severity(row["severity"]), "duration_h": float(row["duration_h"])}
    return {name: every[name] for name in sharing.CROSSES}
