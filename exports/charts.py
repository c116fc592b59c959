"""Pictures of what no spreadsheet can draw; the only place that knows matplotlib, and only when asked."""

import re
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


@dataclass(frozen=True)
class Box:
    """A box of a scene, its upper left corner and size in the units of the scene; `look` names its colours."""

    x: int
    y: int
    width: int
    height: int
    look: str
    sign: str = ""
    code: str = ""
    text: str = ""
    remark: str = ""
    is_bold: bool = False  #: drawn with a thick black edge
    is_faint: bool = False


@dataclass(frozen=True)
class Band:
    """A stripe across the scene, or (`is_column`) from its top to its bottom, with its heading in lines."""

    at: int
    size: int
    lines: Sequence[str]
    is_shaded: bool = False
    is_column: bool = False


@dataclass(frozen=True)
class Scene:
    """A picture as it stands on a page: bands, boxes, and curves (SVG paths; True when faint) between them."""

    title: str
    width: int
    height: int
    bands: Sequence[Band]
    boxes: Sequence[Box]
    curves: Sequence[tuple[str, bool]]
    legend: Sequence[tuple[str, str, str]]  #: look, sign, label


#: Look → ground and ink of a box's sign.
LOOKS = {
    "mtpd": ("#A5142F", "#FFFFFF"),
    "down": ("#A5142F", "#FFFFFF"),
    "late": ("#000000", "#FFFFFF"),
    "rto": ("#FFDA07", "#1A1A1A"),
    "ok": ("#007A64", "#FFFFFF"),
    "back": ("#007A64", "#FFFFFF"),
    "degraded": ("#0068B5", "#FFFFFF"),
}
PLAIN = ("#E3E7EA", "#1A1A1A")
SCENE_HEAD, SCENE_FOOT, SIGN_WIDTH = 44, 44, 22
#: Units of a scene to an inch, and the longest side of its image in pixels.
UNITS, LONGEST_PX = 100, 5000
NUMBERS = re.compile(r"-?[0-9]+")


def scene(shown: Scene) -> bytes:
    """Draw a scene as a PNG that is the same for the same input."""
    from matplotlib.figure import Figure

    width, height = shown.width / UNITS, (shown.height + SCENE_HEAD + SCENE_FOOT) / UNITS
    figure = Figure(figsize=(width, height), dpi=min(150.0, LONGEST_PX / max(width, height)), facecolor="white")
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set_xlim(0, shown.width)
    axes.set_ylim(shown.height + SCENE_FOOT, -SCENE_HEAD)
    axes.axis("off")
    _write(axes, 14, -18, shown.title, 20, weight="bold")
    for band in shown.bands:
        _draw_band(axes, band, shown)
    for path, is_faint in shown.curves:
        _draw_curve(axes, path, is_faint=is_faint)
    for box in shown.boxes:
        _draw_box(axes, box)
    x = 14.0
    for look, sign, label in shown.legend:
        _draw_box(axes, Box(round(x), shown.height + 12, SIGN_WIDTH, 20, look, sign))
        _write(axes, x + 28, shown.height + 22, label, 12)
        x += 54 + 6.8 * len(label)
    drawn = BytesIO()
    figure.savefig(drawn, format="png", metadata={"Software": None})
    return _shrunk(drawn)


def _write(axes: "Axes", x: float, y: float, text: str, size: float, **look: Any) -> None:
    shown: dict[str, Any] = {"va": "center", "color": f"#{TEXT}", "family": "DejaVu Sans", "zorder": 6}
    axes.text(x, y, text, fontsize=size * 72 / UNITS * 0.92, **shown | look)


def _draw_band(axes: "Axes", band: Band, shown: Scene) -> None:
    from matplotlib.patches import Rectangle

    if band.is_column:
        axes.plot([band.at, band.at], [0, shown.height], color=f"#{LINE}", lw=0.7, ls=":", zorder=1)
        _write(axes, band.at + 14, 18, band.lines[0], 13, weight="bold", color=f"#{MUTED}")
        return
    ground = "#F5F6F8" if band.is_shaded else "#FFFFFF"
    axes.add_patch(Rectangle((0, band.at), shown.width, band.size, facecolor=ground, edgecolor="none", zorder=0))
    for number, line in enumerate(band.lines):
        _write(axes, 10, band.at + 20 + 16 * number, line, 12.5, weight="bold")


def _draw_curve(axes: "Axes", path: str, *, is_faint: bool) -> None:
    from matplotlib.patches import FancyArrowPatch
    from matplotlib.path import Path

    numbers = [int(number) for number in NUMBERS.findall(path)]
    points = list(zip(numbers[::2], numbers[1::2], strict=True))
    codes = [Path.MOVETO] + [Path.CURVE4] * (len(points) - 1)
    look: dict[str, Any] = {"color": "#8A1530", "lw": 0.9, "alpha": 0.1 if is_faint else 0.55, "fill": False}
    style = "-|>,head_width=1.6,head_length=3.2"
    axes.add_patch(FancyArrowPatch(path=Path(points, codes), arrowstyle=style, zorder=2, **look))


def _draw_box(axes: "Axes", box: Box) -> None:
    from matplotlib.patches import Rectangle

    ground, ink = LOOKS.get(box.look, PLAIN)
    alpha = 0.3 if box.is_faint else 1.0
    edge, thick = ("#000000", 2.2) if box.is_bold else (ground if box.look in LOOKS else "#6B7680", 1.0)
    whole: dict[str, Any] = {"facecolor": "white", "edgecolor": edge, "linewidth": thick, "alpha": alpha, "zorder": 4}
    axes.add_patch(Rectangle((box.x, box.y), box.width, box.height, **whole))
    side = Rectangle((box.x, box.y), SIGN_WIDTH, box.height, facecolor=ground, edgecolor="none", alpha=alpha, zorder=5)
    axes.add_patch(side)
    middle = box.y + box.height / 2
    _write(axes, box.x + SIGN_WIDTH / 2, middle, box.sign, 12, ha="center", color=ink, weight="bold", alpha=alpha)
    right = box.x + box.width - 6
    _write(axes, box.x + 28, box.y + 12, box.code, 11, weight="bold", alpha=alpha)
    _write(axes, right, box.y + 12, box.remark, 10, ha="right", color=f"#{MUTED}", alpha=alpha)
    _write(axes, box.x + 28, box.y + 28, box.text, 9.5, alpha=alpha)
