"""The risks in figures (B13): the matrix with its codes, and how many of which level by threat and by sector."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence

from exports import widths
from exports.columns import Column, Kind
from exports.frames.reader import frame_of
from exports.frames.readiness.gathered import Gathered
from exports.frames.risks import TONES
from exports.spreads import Section, Spread
from prepare.texts import N_, _
from risks.matrix import Level
from risks.models import scales
from risks.models.risks import Risk

LEVELS = tuple(
    Column(one.word, message, 11, Kind.COUNT)
    for one, message in (
        (Level.CRITICAL, N_("Critical")),
        (Level.SIGNIFICANT, N_("Significant")),
        (Level.MODERATE, N_("Moderate")),
        (Level.LOW, N_("Low")),
    )
)
UNASSESSED = Column("none", N_("Not assessed"), 11, Kind.COUNT)
#: How many codes a cell of the matrix names.
MOST_CODES = 8
CELL_WIDTH = 19


def spread(held: Gathered) -> Spread:
    """The sheet of the risk matrix, of the risks that the variant may hold."""
    admitted, left_out = held.reader.divided(held.held.risks)
    threats = held.words
    return Spread(
        _("Risk matrix"),
        _("How many risks stand where on the matrix, by threat and by sector"),
        [
            _matrix(admitted),
            _counted(_("By sector"), N_("Sector"), admitted, lambda one: held.sector_of(one.owner_path)),
            _counted(_("By threat"), N_("Threat"), admitted, lambda one: _threat(one, threats)),
        ],
        left_out=left_out,
        hint=_("A cell tells how many risks and which: likelihood from top to bottom, impact from left to right."),
    )


def _matrix(risks: Sequence[Risk]) -> Section:
    scale = scales.in_force()
    steps = range(1, len(scale.impacts) + 1)
    columns = (
        Column("likelihood", N_("Likelihood"), 40, Kind.CODE),
        *(Column(f"i{at}", f"{at} {scale.impacts[at - 1].label}", CELL_WIDTH, tone=f"i{at} tone") for at in steps),
    )
    cells: dict[tuple[int | None, int | None], list[str]] = defaultdict(list)
    for one in risks:
        cells[one.likelihood, one.impact].append(one.code)
    rows = []
    for step in range(len(scale.likelihoods), 0, -1):
        row: dict[str, object] = {"likelihood": f"{step} {scale.likelihoods[step - 1].label}"}
        for at in steps:
            row[f"i{at}"] = _cell(cells[step, at])
            row[f"i{at} tone"] = TONES[scale.level(step, at)]
        rows.append(row)
    return Section(_("Likelihood × impact"), columns, frame_of(rows, columns))


def _cell(codes: Sequence[str]) -> str:
    """How many, and which; a long list ends in how many more there are."""
    if not codes:
        return "–"
    more = len(codes) - MOST_CODES
    named = [*sorted(codes)[:MOST_CODES], *([f"+ {more}"] if more > 0 else [])]
    return f"{len(codes)}:\n{widths.joined(named, ', ', CELL_WIDTH)}"


def _counted(title: str, heading: str, risks: Sequence[Risk], of: Callable[[Risk], str]) -> Section:
    columns = (Column("name", heading, 40, Kind.CODE), *LEVELS, UNASSESSED)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in risks:
        counts[of(one) or _("not said")][one.level.word if one.level else "none"] += 1
    keys = [column.key for column in columns[1:]]
    rows: list[dict[str, object]] = [{"name": name, **{key: c[key] for key in keys}} for name, c in counts.items()]
    rows.sort(key=lambda row: [-int(str(row[one.word])) for one in sorted(Level, reverse=True)])
    return Section(title, columns, frame_of(rows, columns))


def _threat(one: Risk, threats: Mapping[str, str]) -> str:
    return f"{one.threat} {threats.get(one.threat, '')}".strip() if one.threat else ""
