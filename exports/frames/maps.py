"""The sheet with the map of the gravest disruption: how it reaches the organisation's functions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dependencies.reduction import SeenOutcome, SeenStep
from exports.charts import Edge, Node
from exports.columns import Column, Kind, Tone
from exports.frames.reader import OUTSIDE
from exports.frames.scenarios import TONES, Run, told_h
from prepare.texts import N_, _, name_of, number

COLUMNS = (
    Column("supplier", N_("Supplier"), 12, Kind.CODE),
    Column("supplier_name", N_("Name of the supplier"), 44),
    Column("supplier_h", N_("Lost at h"), 15, Kind.HOURS),
    Column("consumer", N_("Function"), 12, Kind.CODE),
    Column("consumer_name", N_("Name of the function"), 44),
    Column("tolerance_h", N_("Endured h"), 12, Kind.HOURS),
    Column("consumer_h", N_("Down at h"), 13, Kind.HOURS),
)


@dataclass
class Map:
    """The boxes and arrows of one disruption, and the same arrows as rows."""

    depths: dict[str, int] = field(default_factory=dict)
    steps: dict[str, SeenStep] = field(default_factory=dict)
    outcomes: dict[str, SeenOutcome] = field(default_factory=dict)
    links: dict[tuple[str, str], dict[str, object]] = field(default_factory=dict)

    def add(self, seen: SeenOutcome) -> None:
        """Add the chain of one function."""
        keys = [_key(step, place) for place, step in enumerate(seen.steps)]
        for place, (key, step) in enumerate(zip(keys, seen.steps, strict=True)):
            self.depths[key] = max(place, self.depths.get(key, 0))
            self.steps.setdefault(key, step)
        self.outcomes[keys[-1]] = seen
        for place in range(1, len(keys)):
            pair = (keys[place - 1], keys[place])
            self.links.setdefault(pair, _link(seen.steps[place - 1], seen.steps[place]))

    @property
    def nodes(self) -> list[Node]:
        """The boxes, in columns by their distance from the hit, each column in the order of going down."""
        found: list[Node] = []
        height = max((list(self.depths.values()).count(d) for d in self.depths.values()), default=1)
        for depth in sorted(set(self.depths.values())):
            keys = sorted((key for key, at in self.depths.items() if at == depth), key=self._order)
            for place, key in enumerate(keys):
                found.append(self._node(key, depth, place + (height - len(keys)) / 2))
        return found

    def push_right(self) -> None:
        """Let every consumer stand to the right of its suppliers."""
        for _round in range(len(self.depths)):
            for supplier, consumer in self.links:
                self.depths[consumer] = max(self.depths[consumer], self.depths[supplier] + 1)

    def _order(self, key: str) -> tuple[int, str]:
        return self.steps[key].at_min or 0, key

    def _node(self, key: str, column: int, row: float) -> Node:
        step, outcome = self.steps[key], self.outcomes.get(key)
        card = step.function.card
        tone: Tone | None = TONES[outcome.outcome.verdict] if outcome else None
        at = f"{number(told_h(step.at_min))} h" if step.at_min is not None else ""
        return Node(key, name_of(card) if card else _(OUTSIDE), column, row, tone, at, card.code if card else "…")

    @property
    def edges(self) -> list[Edge]:
        """The arrows."""
        return [Edge(supplier, consumer, carries=True) for supplier, consumer in sorted(self.links)]

    @property
    def rows(self) -> list[dict[str, object]]:
        """The arrows as rows, in the order in which the disruption travels."""
        return [self.links[pair] for pair in sorted(self.links, key=lambda p: (self.depths[p[0]], p))]


def map_of(run: Run) -> Map:
    """The map of one scenario."""
    drawn = Map()
    for seen in sorted(run.outcomes.values(), key=lambda one: one.outcome.function.code):
        drawn.add(seen)
    drawn.push_right()
    return drawn


def gravest(runs: Sequence[Run]) -> Run | None:
    """The scenario that hits the organisation hardest; None when none reaches it."""
    return max((run for run in runs if run.outcomes), key=lambda run: run.weight, default=None)


def shows(run: Run, drawn: Map) -> str:
    """The map in words, for those who cannot see it."""
    count = len(drawn.outcomes)
    text = _(
        "%(scenario)s reaches %(count)s functions along these chains:", scenario=name_of(run.scenario), count=count
    )
    chains = [" → ".join(s.function.code or "…" for s in seen.steps) for seen in drawn.outcomes.values()]
    return f"{text} {'; '.join(chains)}."


def legend(drawn: Map) -> Mapping[Tone, str]:
    """What the colours on this map say."""
    verdicts = {seen.outcome.verdict for seen in drawn.outcomes.values()}
    return {tone: verdict.label for verdict, tone in TONES.items() if verdict in verdicts}


def _key(step: SeenStep, place: int) -> str:
    return step.function.code or f"?{place}"


def _link(supplier: SeenStep, consumer: SeenStep) -> dict[str, object]:
    return {
        "supplier": supplier.function.code,
        "supplier_name": name_of(supplier.function.card) if supplier.function.card else _(OUTSIDE),
        "supplier_h": told_h(supplier.at_min),
        "consumer": consumer.function.code,
        "consumer_name": name_of(consumer.function.card) if consumer.function.card else _(OUTSIDE),
        "tolerance_h": told_h(consumer.tolerance_min),
        "consumer_h": told_h(consumer.at_min),
    }
