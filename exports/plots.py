"""Pictures of reports: who depends on whom between sectors, and the course of a disruption; drawn by matplotlib."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from math import cos, pi, sin
from textwrap import fill
from typing import TYPE_CHECKING, Any

from PIL import Image

from exports.columns import Tone
from exports.styles import FILLS, INK, LINE, MUTED, TEXT

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DPI = 130
#: Colours of a picture: few enough to keep the file small.
COLOURS = 64
FACE = "DejaVu Sans"
#: Inches of the map of sectors, of a row of a time line, and of what stands above and below the rows.
MAP_WIDTH, MAP_HEIGHT, ROW, EDGES = 9.6, 4.8, 0.23, 0.8
#: Letters of a line of a name on the map of sectors.
NAME_LETTERS = 17
#: Share of a time line's width that the names take.
NAMES = 0.34


@dataclass(frozen=True)
class Flow:
    """How many dependencies of one place of the ring lead to another, by their numbers."""

    supplier: int
    consumer: int
    count: int


def ring(names: Sequence[str], flows: Sequence[Flow]) -> bytes:
    """Draw organisations in a ring with an arrow from each supplier to its consumers, as wide as they are many.

    The same input gives the same PNG; only the ten widest arrows carry their number.
    """
    axes, figure = _axes(MAP_WIDTH, MAP_HEIGHT)
    axes.set_xlim(-1.75, 1.75)
    axes.set_ylim(-1.18, 1.18)
    spots = [_spot(number, len(names)) for number in range(len(names))]
    most = max((flow.count for flow in flows), default=1)
    for rank, flow in enumerate(sorted(flows, key=lambda one: (-one.count, one.supplier, one.consumer))):
        _draw_flow(axes, spots[flow.supplier], spots[flow.consumer], flow.count, most, is_told=rank < 10)
    for name, (x, y) in zip(names, spots, strict=True):
        look = {"boxstyle": "round,pad=0.3", "facecolor": "white", "edgecolor": f"#{INK}", "linewidth": 1.0}
        axes.text(
            x,
            y,
            fill(name, NAME_LETTERS, break_long_words=False),
            ha="center",
            va="center",
            fontsize=7.8,
            color=f"#{TEXT}",
            family=FACE,
            linespacing=1.05,
            bbox=look,
            zorder=5,
        )
    return _packed(figure)


def _spot(number: int, of: int) -> tuple[float, float]:
    """A place on the ring, the first on top, clockwise; the ring is wider than high, as names are."""
    angle = pi / 2 - 2 * pi * number / max(of, 1)
    return 1.32 * cos(angle), 0.98 * sin(angle)


def _draw_flow(
    axes: "Axes", start: tuple[float, float], end: tuple[float, float], count: int, most: int, *, is_told: bool
) -> None:
    share = count / most
    look: dict[str, Any] = {"arrowstyle": "-|>,head_width=0.25,head_length=0.45", "shrinkA": 26, "shrinkB": 26}
    look |= {
        "lw": 0.6 + 4.4 * share,
        "color": f"#{INK}",
        "alpha": 0.25 + 0.6 * share,
        "connectionstyle": "arc3,rad=0.16",
    }
    axes.annotate("", xy=end, xytext=start, arrowprops=look, zorder=2)
    if is_told:
        (x1, y1), (x2, y2) = start, end
        x, y = (x1 + x2) / 2 + 0.08 * (y2 - y1), (y1 + y2) / 2 - 0.08 * (x2 - x1)
        ground = {"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none", "alpha": 0.85}
        axes.text(x, y, str(count), ha="center", va="center", fontsize=8, color=f"#{INK}", bbox=ground, zorder=4)


@dataclass(frozen=True)
class Spell:
    """A part of a row of a time line, from 0 to 1 of its width."""

    begins: float
    ends: float
    tone: Tone


@dataclass(frozen=True)
class Line:
    """One row of a time line: its name, and when it is hit."""

    name: str
    spells: Sequence[Spell]


def timeline(lines: Sequence[Line], marks: Sequence[tuple[float, str]], legend: Mapping[Tone, str]) -> bytes:
    """Draw rows of bars over marked times (from 0 to 1 of the width), with what each tone means below."""
    height = len(lines) * ROW + EDGES
    axes, figure = _axes(MAP_WIDTH, height)
    axes.set_xlim(0, 1)
    axes.set_ylim(len(lines) + EDGES / ROW / 2, -EDGES / ROW / 2)
    width = 1 - NAMES - 0.02
    for at, text in marks:
        x = NAMES + at * width
        axes.plot([x, x], [-0.4, len(lines)], color=f"#{LINE}", lw=0.8, zorder=1)
        axes.text(x, -0.9, text, ha="center", va="center", fontsize=8.2, color=f"#{MUTED}", family=FACE)
    for row, line in enumerate(lines):
        axes.text(0.005, row + 0.5, line.name[:50], va="center", fontsize=8.2, color=f"#{TEXT}", family=FACE)
        for spell in line.spells:
            _draw_spell(axes, spell, row, width)
    _draw_legend(axes, legend, len(lines) + 1.1)
    return _packed(figure)


def _draw_spell(axes: "Axes", spell: Spell, row: int, width: float) -> None:
    from matplotlib.patches import Rectangle

    x, long = NAMES + spell.begins * width, max((spell.ends - spell.begins) * width, 0.004)
    hatch = "//" if spell.tone is Tone.MODERATE else None
    look: dict[str, Any] = {"facecolor": f"#{FILLS[spell.tone]}", "edgecolor": f"#{MUTED}", "linewidth": 0.5}
    axes.add_patch(Rectangle((x, row + 0.18), long, 0.64, hatch=hatch, zorder=3, **look))


def _draw_legend(axes: "Axes", legend: Mapping[Tone, str], y: float) -> None:
    from matplotlib.patches import Rectangle

    x = NAMES
    for tone, text in legend.items():
        axes.add_patch(Rectangle((x, y - 0.3), 0.015, 0.6, facecolor=f"#{FILLS[tone]}", edgecolor=f"#{MUTED}"))
        axes.text(x + 0.02, y, text, va="center", fontsize=8.2, color=f"#{TEXT}", family=FACE)
        x += 0.05 + 0.0076 * len(text)


def _axes(width: float, height: float) -> tuple["Axes", Any]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), dpi=DPI, facecolor="white")
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.axis("off")
    return axes, figure


def _packed(figure: Any) -> bytes:
    """The picture in few colours, with no trace of the drawing program's version."""
    drawn, packed = BytesIO(), BytesIO()
    figure.savefig(drawn, format="png", metadata={"Software": None})
    drawn.seek(0)
    few = Image.open(drawn).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(packed, "PNG", optimize=True)
    return packed.getvalue()
