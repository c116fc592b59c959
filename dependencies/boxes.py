"""Where things stand in the picture of the dependency graph: layers as rows, in each a box for every group.

The boxes of a row stand beside each other and go on below when the row is full, so the picture has a fixed width.
The same input always gives the same picture. Lengths are the units of an SVG view box, about pixels.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, sqrt

WIDTH = 1200
NODE_WIDTH, NODE_HEIGHT = 126, 36
GAP, PAD = 8, 8  #: between nodes, and between the nodes and the edge of their box
HEAD = 22  #: room for the name of a box
LABEL = 34  #: room for the number of a row, on its left
BETWEEN_BOXES, BETWEEN_ROWS = 12, 34


@dataclass(frozen=True)
class Item:
    """Something to be placed: its key, its group, the number of its row, and its rank among equals."""

    key: Hashable
    group: str
    row: int
    rank: str


@dataclass(frozen=True)
class Place:
    """The upper left corner of an item."""

    x: int
    y: int

    width = NODE_WIDTH
    height = NODE_HEIGHT

    @property
    def middle(self) -> int:
        """Where lines begin and end, from left to right."""
        return self.x + self.width // 2


@dataclass(frozen=True)
class Box:
    """The box of one group in one row."""

    group: str
    row: int
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Row:
    """One row: its number, where it begins and how high it is."""

    number: int
    y: int
    height: int


@dataclass(frozen=True)
class Plan:
    """Everything that a drawing needs."""

    width: int
    height: int
    rows: tuple[Row, ...]
    boxes: tuple[Box, ...]
    places: Mapping[Hashable, Place]


def arrange(
    items: Iterable[Item], links: Iterable[tuple[Hashable, Hashable]], groups: Sequence[str], *, width: int = WIDTH
) -> Plan:
    """Place the items: rows by number from the top, groups in the given order, items below what they lean on."""
    above: dict[Hashable, list[Hashable]] = {}
    for source, target in links:
        above.setdefault(target, []).append(source)
    cells: dict[int, dict[str, list[Item]]] = {}
    for item in sorted(items, key=lambda item: (item.rank, str(item.key))):
        cells.setdefault(item.row, {}).setdefault(item.group, []).append(item)
    flow = _Flow(width)
    for number in sorted(cells):
        flow.begin(number)
        for group in groups:
            if found := cells[number].get(group):
                found.sort(key=lambda item: flow.mean(above.get(item.key, ())))
                flow.add(group, found)
        flow.end()
    return Plan(width, flow.y, tuple(flow.rows), tuple(flow.boxes), flow.places)


class _Flow:
    """Boxes that are set one beside the other, and below when a line is full."""

    def __init__(self, width: int) -> None:
        self.width, self.y, self.number = width, BETWEEN_ROWS // 2, 0
        self.rows: list[Row] = []
        self.boxes: list[Box] = []
        self.places: dict[Hashable, Place] = {}

    def begin(self, number: int) -> None:
        """Begin a row."""
        self.number, self.top = number, self.y
        self.x, self.lowest = LABEL, self.y

    def mean(self, keys: Iterable[Hashable]) -> float:
        """The mean place from left to right of those of these that are placed; the middle when none is."""
        found = [self.places[key].x for key in keys if key in self.places]
        return sum(found) / len(found) if found else self.width / 2

    def add(self, group: str, items: Sequence[Item]) -> None:
        """Set a box of these items: as wide as it is high, about, and never wider than the picture."""
        step = NODE_WIDTH + GAP
        most = (self.width - LABEL - 2 * PAD + GAP) // step
        across = min(len(items), most, max(2, ceil(sqrt(len(items) * 1.6))))
        room = 2 * PAD + across * step - GAP
        if self.x > LABEL and self.x + room > self.width:
            self.x, self.y = LABEL, self.lowest + BETWEEN_BOXES
        height = HEAD + ceil(len(items) / across) * (NODE_HEIGHT + GAP) - GAP + PAD
        self.boxes.append(Box(group, self.number, self.x, self.y, room, height))
        for index, item in enumerate(items):
            x = self.x + PAD + index % across * step
            self.places[item.key] = Place(x, self.y + HEAD + index // across * (NODE_HEIGHT + GAP))
        self.x += room + BETWEEN_BOXES
        self.lowest = max(self.lowest, self.y + height)

    def end(self) -> None:
        """End the row."""
        self.rows.append(Row(self.number, self.top, self.lowest - self.top))
        self.y = self.lowest + BETWEEN_ROWS


def line(source: Place, target: Place) -> str:
    """The line from a supplier to its consumer as the `d` of an SVG path: downwards, or in a bow over both."""
    y1, y2 = source.y, target.y
    if y2 > y1:
        y1 += NODE_HEIGHT
        bend = max(18, (y2 - y1) // 2)
        return _curve(source.middle, y1, y1 + bend, target.middle, y2, y2 - bend)
    top = y2 - 26
    if y2 < y1:  # against the stream: it ends below the consumer
        y2 += NODE_HEIGHT
        top = y2 + 26
    return _curve(source.middle, y1, y1 - 26, target.middle, y2, top)


def _curve(x1: int, y1: int, bend1: int, x2: int, y2: int, bend2: int) -> str:
    return f"M{x1} {y1}C{x1} {bend1} {x2} {bend2} {x2} {y2}"
