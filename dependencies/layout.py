"""Where the functions of a traced disruption stand in the picture: lanes by organisation, columns by time.

The same input always gives the same picture. Lengths are the units of an SVG view box, about pixels.
Above `MOST_SINGLE` marks the marks of one lane and column are drawn as one.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import ceil

MOST_SINGLE = 300
TALLEST = 6  #: marks on top of each other in a cell, before a second column of them is begun
WIDTH, HEIGHT = 134, 40
GAP_X, GAP_Y = 14, 10
PAD = 14  #: between the marks and the edge of their lane or column
LABEL, HEADER = 144, 34  #: room for the lanes' names on the left and the columns' names on top
SWEEPS = 3

Cell = tuple[str, int]
Keys = tuple[Hashable, ...]  #: what stands in one spot
Weights = dict[tuple[Keys, Keys], int]  #: how many links run from one spot to another


@dataclass(frozen=True)
class Mark:
    """Something to be placed: its lane, the number of its column, and its rank among equals."""

    key: Hashable
    lane: str
    column: int
    rank: str


@dataclass(frozen=True)
class Spot:
    """A place in the picture, for one mark or for all marks of a cell."""

    keys: Keys
    x: int
    y: int

    width = WIDTH
    height = HEIGHT


@dataclass(frozen=True)
class Band:
    """A lane or a column: its key, where it begins and how far it reaches."""

    key: str | int
    at: int
    size: int


@dataclass(frozen=True)
class Curve:
    """A line from one spot to another, with the numbers of both and how many links it stands for."""

    source: int
    target: int
    path: str
    links: int


@dataclass(frozen=True)
class Picture:
    """Everything that a drawing needs."""

    width: int
    height: int
    lanes: tuple[Band, ...]
    columns: tuple[Band, ...]
    spots: tuple[Spot, ...]
    curves: tuple[Curve, ...]


def arrange(
    marks: Iterable[Mark],
    links: Iterable[tuple[Hashable, Hashable]],
    lanes: Sequence[str],
    *,
    most_single: int = MOST_SINGLE,
) -> Picture:
    """Place the marks; lanes from top to bottom as given, columns from left to right by number.

    Lanes and columns without a mark are left out, and so are links to what is not among the marks.
    """
    marks = sorted(marks, key=lambda mark: (mark.rank, str(mark.key)))
    together = len(marks) > most_single
    cells: dict[Cell, list[Keys]] = {}
    for mark in marks:
        cell = cells.setdefault((mark.lane, mark.column), [])
        if together and cell:
            cell[0] = (*cell[0], mark.key)
        else:
            cell.append((mark.key,))
    home = {key: keys for cell in cells.values() for keys in cell for key in keys}
    weights: Weights = {}
    for source, target in links:
        if source in home and target in home and home[source] != home[target]:
            pair = home[source], home[target]
            weights[pair] = weights.get(pair, 0) + 1
    grid = _Grid(cells, [lane for lane in lanes if any(lane == key for key, _ in cells)])
    for _ in range(SWEEPS):
        grid.untangle(weights)
    return grid.picture(weights)


class _Grid:
    """Cells of marks in lanes and columns, and where they stand."""

    def __init__(self, cells: dict[Cell, list[Keys]], lanes: Sequence[str]) -> None:
        self.cells = cells
        self.columns: dict[int, Band] = {}
        self.lanes: dict[str, Band] = {}
        self.abreast: dict[int, int] = {}
        x, y = LABEL, HEADER
        for column in sorted({column for _, column in cells}):
            tallest = max(len(cell) for (_, other), cell in cells.items() if other == column)
            self.abreast[column] = ceil(tallest / TALLEST)
            size = 2 * PAD + self.abreast[column] * (WIDTH + GAP_X) - GAP_X
            self.columns[column] = Band(column, x, size)
            x += size
        for lane in lanes:
            rows = max(ceil(len(cell) / self.abreast[c]) for (other, c), cell in cells.items() if other == lane)
            size = 2 * PAD + rows * (HEIGHT + GAP_Y) - GAP_Y
            self.lanes[lane] = Band(lane, y, size)
            y += size
        self.width, self.height = x, y

    def places(self) -> dict[Keys, tuple[int, int]]:
        """The upper left corner of everything that is placed, in the present order of the cells."""
        found = {}
        for (lane, column), cell in self.cells.items():
            abreast = self.abreast[column]
            for number, keys in enumerate(cell):
                x = self.columns[column].at + PAD + (number % abreast) * (WIDTH + GAP_X)
                y = self.lanes[lane].at + PAD + (number // abreast) * (HEIGHT + GAP_Y)
                found[keys] = (x, y)
        return found

    def untangle(self, weights: Weights) -> None:
        """Column by column, bring the marks into the order of the mean height of what they are linked with."""
        neighbours: dict[Keys, list[Keys]] = {}
        for source, target in weights:
            neighbours.setdefault(source, []).append(target)
            neighbours.setdefault(target, []).append(source)
        for column in self.columns:
            places = self.places()
            means = {keys: sum(places[other][1] for other in found) / len(found) for keys, found in neighbours.items()}
            for (_lane, its_column), cell in self.cells.items():
                if its_column == column:
                    cell.sort(key=lambda keys: means.get(keys, places[keys][1]))

    def picture(self, weights: Weights) -> Picture:
        places = sorted(self.places().items(), key=lambda place: (place[1][1], place[1][0]))
        numbers = {keys: number for number, (keys, _) in enumerate(places)}
        spots = tuple(Spot(keys, x, y) for keys, (x, y) in places)
        curves = [
            Curve(numbers[source], numbers[target], path(spots[numbers[source]], spots[numbers[target]]), count)
            for (source, target), count in weights.items()
        ]
        return Picture(
            self.width,
            self.height,
            tuple(self.lanes.values()),
            tuple(self.columns.values()),
            spots,
            tuple(sorted(curves, key=lambda curve: (curve.source, curve.target))),
        )


def path(source: Spot, target: Spot) -> str:
    """The line between two spots, as the `d` of an SVG path.

    It leaves to the right when the target stands further right, else upwards or downwards.
    """
    if target.x >= source.x + WIDTH:
        x1, y1, x2, y2 = source.x + WIDTH, source.y + HEIGHT // 2, target.x, target.y + HEIGHT // 2
        half = (x2 - x1) // 2
        return f"M{x1} {y1}C{x1 + half} {y1} {x2 - half} {y2} {x2} {y2}"
    below = target.y > source.y
    x1, y1 = source.x + WIDTH // 2, source.y + (HEIGHT if below else 0)
    x2, y2 = target.x + WIDTH // 2, target.y + (0 if below else HEIGHT)
    half = (y2 - y1) // 2
    return f"M{x1} {y1}C{x1} {y1 + half} {x2} {y2 - half} {x2} {y2}"
