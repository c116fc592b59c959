"""What the reports on a city, or on a part of it, are made of: the same readings as the pages have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from continuity.findings.finding import Finding
from continuity.models.readiness import ReadinessSnapshot
from continuity.queries import readiness as readiness_queries
from continuity.readiness import holdings, scored
from continuity.readiness.holdings import Holdings
from continuity.scoring import snapshots
from continuity.scoring.indicator import Indicator, together
from continuity.scoring.maturity import Known
from continuity.scoring.scores import CityScore, DimensionScore, SectorScore
from continuity.scoring.vocabulary import Code
from dependencies import tracing
from dependencies.analysing import keystones, recovery, redundancy, scenarios
from dependencies.analysing.keystones import SeenKeystone
from dependencies.analysing.recovery import SeenRecovery
from dependencies.analysing.redundancy import SeenDefeat
from dependencies.analysing.view import View, view
from dependencies.models.agreements import Agreement
from dependencies.reduction import SeenTrace
from dependencies.tracing import TooFar
from exports.frames import agreements
from exports.frames.reader import Reader
from exports.frames.scenarios import Run
from prepare.db import db
from prepare.models.codes import CodeItem
from prepare.models.organisations import Organisation
from prepare.queries import organisations
from prepare.texts import name_of
from prepare.vocabulary import CodeList, Dimension
from risks.models.scenarios import Scenario
from risks.queries import scenarios as scenario_queries

#: What is read at once, so that every sheet of every variant finds it read.
FIRST = ("held", "found", "score", "snapshots", "seen", "losses", "defeats", "runs", "items")
#: So many snapshots make a course.
MOST_SNAPSHOTS = 24


@dataclass(frozen=True)
class Gathered:
    """A city, or a part of it, as the reader may see it: each reading is made once, when a sheet first asks for it."""

    reader: Reader
    city: Organisation

    def as_read_by(self, reader: Reader) -> "Gathered":
        """The same for a reader with another variant; what has been read is not read again."""
        other = replace(self, reader=reader)
        vars(other).update({name: value for name, value in vars(self).items() if name not in ("reader", "agreements")})
        return other

    @property
    def is_whole(self) -> bool:
        """Whether the report is on the whole city."""
        return self.reader.organisation.id == self.city.id

    @cached_property
    def held(self) -> Holdings:
        """What the organisation and everything below it keeps."""
        return holdings.holdings(self.reader.scope, self.reader.organisation, on=self.reader.on)

    @cached_property
    def found(self) -> Sequence[Finding]:
        """The findings, the gravest first."""
        return holdings.findings(self.held, self.reader.on)

    @cached_property
    def score(self) -> CityScore:
        """The readiness of the city."""
        return scored.of_city(self.city, on=self.reader.on)

    @cached_property
    def sectors(self) -> tuple[SectorScore, ...]:
        """The sectors of which the report tells; of a part of a sector that sector."""
        path = self.reader.path
        return tuple(
            one for one in self.score.sectors if one.item.path.startswith(path) or path.startswith(one.item.path)
        )

    @cached_property
    def indicators(self) -> Mapping[Code, Indicator]:
        """The indicators of the city, or of the sectors of which the report tells."""
        if self.is_whole:
            return self.score.indicators
        return {code: together(code, (one.indicators[code] for one in self.sectors)) for code in Code}

    @cached_property
    def scored(self) -> CityScore | SectorScore | None:
        """The score of the whole of which the report tells; None where nobody scores it."""
        return self.score if self.is_whole else next(iter(self.sectors), None)

    @property
    def dimensions(self) -> Mapping[Dimension, DimensionScore]:
        """The six sides of readiness of that whole."""
        return self.scored.dimensions if self.scored else {}

    @property
    def scored_code(self) -> str:
        """Under which name the snapshots keep the score of that whole."""
        return self.scored.item.code if self.scored and not self.is_whole else snapshots.CITY

    @cached_property
    def snapshots(self) -> list[ReadinessSnapshot]:
        """The snapshots that had been taken by the day of the report, the newest first."""
        rows = readiness_queries.before(self.city, self.reader.on).limit(MOST_SNAPSHOTS)
        return list(db.session.scalars(rows))

    def known(self, sector: SectorScore) -> Known:
        """What the levels of maturity ask about a sector."""
        return snapshots.known_of(sector, [one.figures for one in self.snapshots])

    @cached_property
    def seen(self) -> View | None:
        """The whole graph before this reader; None where it is too large to be computed while somebody waits."""
        try:
            return view(self.reader.scope.below(self.reader.path), scenarios.graph())
        except TooFar:
            return None

    @cached_property
    def agreements(self) -> list[Agreement]:
        """The agreements that the variant may hold, those that end first on top."""
        return [one for one in agreements.found(self.reader) if self.reader.admits(one.confidentiality)]

    @cached_property
    def losses(self) -> list[SeenKeystone]:
        """What the loss of each function alone takes down of those of which the report tells, the gravest first."""
        every = keystones.every(self.seen, on=self.reader.on) if self.seen else []
        return [one for one in every if one.keystone.lost]

    @cached_property
    def recoveries(self) -> list[SeenRecovery]:
        """How soon each function can be back at best, the largest gap first."""
        return recovery.told(self.seen, recovery.places(self.seen)) if self.seen else []

    @cached_property
    def defeats(self) -> list[SeenDefeat]:
        """The needs whose redundancy one loss defeats."""
        if self.seen is None:
            return []
        found = redundancy.told(self.seen, redundancy.defeated(self.seen))
        return [one for one in found if one.consumer.card and one.consumer.card.path.startswith(self.reader.path)]

    @cached_property
    def traces(self) -> list[tuple[Scenario, SeenTrace]]:
        """Every scenario with what it does, cut to what the reader may see."""
        scope = self.reader.scope
        found = db.session.scalars(scenario_queries.scenarios(scope)).all()
        hits = tracing.hits_of_all([one.id for one in found])
        return [(one, tracing.run_near(scope, hits[one.id])) for one in found]

    @cached_property
    def runs(self) -> list[Run]:
        """The same, cut to the functions of which the report tells."""
        mine = {one.id for one in self.held.functions}
        return [
            Run(one, {o.outcome.function.id: o for o in seen.outcomes if o.outcome.function.id in mine})
            for one, seen in self.traces
        ]

    @cached_property
    def items(self) -> list[CodeItem]:
        """The lists that the city keeps as data: vital functions of society, threats."""
        return [one for kind in (CodeList.VITAL_FUNCTION, CodeList.THREAT) for one in _codes(kind)]

    @cached_property
    def words(self) -> Mapping[str, str]:
        """Their codes in words."""
        return {item.code: name_of(item) for item in self.items}

    @cached_property
    def sector_names(self) -> Mapping[str, str]:
        """The names of the sectors, by their paths."""
        return {one.item.path: name_of(one.item) for one in self.score.sectors}

    def sector_of(self, path: str) -> str:
        """The name of the sector in which the path lies; empty where it lies in none."""
        return next((name for at, name in self.sector_names.items() if path.startswith(at)), "")


def gathered(reader: Reader) -> Gathered:
    """What a report for this reader is made of; its organisation is a city or lies in one."""
    city = db.session.scalars(readiness_queries.city_of(reader.organisation)).first()
    made = Gathered(reader, city or reader.organisation)
    for name in FIRST:
        getattr(made, name)
    return made


def _codes(kind: CodeList) -> list[CodeItem]:
    return list(db.session.scalars(organisations.codes(kind)))
