"""Pictures of what no spreadsheet can draw; the only place that knows matplotlib, and only when asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from PIL import Image

from exports.columns import Tone
from exports.styles import FILLS, INK, LINE, MUTED, TEXT

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Size of a box of the map, and the room from one box's corner to the next one's, in inches.
BOX_WIDTH, BOX_HEIGHT = 2.1, 0.74
STEP_ACROSS, STEP_DOWN = 2.55, 0.9
DPI = 140
POINTS = 8.4
#: Colours of the picture: few enough to keep the file small.
COLOURS = 64


@dataclass(frozen=True)
class Node:
    """A box of the map at a place counted in boxes from the top left: code and remark above, text below."""

    key: str
    text: str
    column: int
    row: float
    tone: Tone | None = None
    remark: str = ""
    code: str = ""


@dataclass(frozen=True)
class Edge:
    """An arrow from a supplier to its consumer, each by its key; `carries` when the disruption travels along it."""

    supplier: str
    consumer: str
    carries: bool = False


def cascade_map(nodes: Sequence[Node], edges: Sequence[Edge], legend: Mapping[Tone, str]) -> bytes:
    """Draw who depends on whom, suppliers to the left, as a PNG that is the same for the same input.

    Arrows along which the disruption travels are drawn strong. `legend` says in words what each
    tone means.
    """
    from matplotlib.figure import Figure

    across = max((node.column for node in nodes), default=0) + 1
    down = max((node.row for node in nodes), default=0.0) + 1
    width, height = across * STEP_ACROSS, down * STEP_DOWN + 0.5
    figure = Figure(figsize=(width, height), dpi=DPI, facecolor="white")
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    axes.axis("off")
    places = {node.key: _centre(node) for node in nodes}
    for edge in sorted(edges, key=lambda e: (e.carries, e.supplier, e.consumer)):
        if edge.supplier in places and edge.consumer in places:
            _draw_edge(axes, places[edge.supplier], places[edge.consumer], carries=edge.carries)
    for node in nodes:
        _draw_node(axes, node, places[node.key])
    _draw_legend(axes, legend, height - 0.22)
    drawn = BytesIO()
    figure.savefig(drawn, format="png", metadata={"Software": None})
    return _shrunk(drawn)


def _centre(node: Node) -> tuple[float, float]:
    return node.column * STEP_ACROSS + STEP_ACROSS / 2, node.row * STEP_DOWN + STEP_DOWN / 2


def _draw_node(axes: "Axes", node: Node, place: tuple[float, float]) -> None:
    from matplotlib.patches import FancyBboxPatch

    x, y = place
    corner = (x - BOX_WIDTH / 2, y - BOX_HEIGHT / 2)
    colour = f"#{FILLS[node.tone]}" if node.tone else "#FFFFFF"
    look: dict[str, Any] = {"facecolor": colour, "edgecolor": f"#{INK}", "linewidth": 0.9, "zorder": 5}
    axes.add_patch(FancyBboxPatch(corner, BOX_WIDTH, BOX_HEIGHT, boxstyle="round,pad=0,rounding_size=0.06", **look))
    head = " · ".join(filter(None, (node.code or node.key, node.remark)))
    texts = ((head, y - 0.2, "bold", INK), (_cut(node.text), y + 0.12, "normal", TEXT))
    for text, height, weight, ink in texts:
        axes.text(
            x, height, text, ha="center", va="center", fontsize=POINTS, weight=weight, color=f"#{ink}",
            linespacing=1.05, zorder=6, family="DejaVu Sans",
        )  # fmt: skip


def _cut(text: str, longest: int = 25) -> str:
    """The text in at most two lines; what does not fit ends in dots (the table beside has it whole)."""
    words, rows = text.split(), [""]
    for word in words:
        if rows[-1] and len(rows[-1]) + 1 + len(word) > longest:
            rows.append("")
        rows[-1] = f"{rows[-1]} {word}".strip()
    shown = [row[: longest - 1] + "…" if len(row) > longest else row for row in rows[:2]]
    if len(rows) > 2:
        shown[1] = shown[1][: longest - 1] + "…"
    return "\n".join(shown)


def _draw_edge(axes: "Axes", supplier: tuple[float, float], consumer: tuple[float, float], *, carries: bool) -> None:
    (from_x, from_y), (to_x, to_y) = supplier, consumer
    half = BOX_WIDTH / 2
    if to_x > from_x:
        ends, bend = ((from_x + half, from_y), (to_x - half, to_y)), 0.0
    elif to_x < from_x:
        ends, bend = ((from_x - half, from_y), (to_x + half, to_y)), 0.12
    else:
        ends, bend = ((from_x + half, from_y), (to_x + half, to_y)), -0.5 if to_y > from_y else 0.5
    look: dict[str, Any] = {"arrowstyle": "-|>,head_width=0.16,head_length=0.34", "shrinkA": 0, "shrinkB": 1}
    look |= {"color": "#B23A3A", "lw": 1.3} if carries else {"color": f"#{LINE}", "lw": 0.8}
    look["connectionstyle"] = f"arc3,rad={bend}"
    axes.annotate("", xy=ends[1], xytext=ends[0], arrowprops=look, zorder=3 if carries else 2)


def _draw_legend(axes: "Axes", legend: Mapping[Tone, str], y: float) -> None:
    from matplotlib.patches import Rectangle

    x = 0.35
    for tone, text in legend.items():
        axes.add_patch(Rectangle((x, y - 0.08), 0.2, 0.16, facecolor=f"#{FILLS[tone]}", edgecolor=f"#{MUTED}"))
        axes.text(x + 0.28, y, text, va="center", fontsize=POINTS, color=f"#{TEXT}", family="DejaVu Sans")
        x += 0.7 + 0.095 * len(text)


def _shrunk(drawn: BytesIO) -> bytes:
    """The picture in few colours: a third of the size, and no trace of the drawing program's version."""
    drawn.seek(0)
    few = Image.open(drawn).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    packed = BytesIO()
    few.save(packed, "PNG", optimize=True)
    return packed.getvalue()
