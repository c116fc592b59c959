"""The workbook's named styles: one place in which a city restyles every sheet."""

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

from exports.columns import FIGURES, Kind, Tone, number_format
from exports.widths import BODY_PT, FONT

INK = "17324D"
ACCENT = "0B7A75"
TEXT = "1F2933"
MUTED = "52606D"
LINE = "D3DAE3"
LINK = "0B5CAD"
WARNING = "9B1C1C"
WHITE = "FFFFFF"
#: Fills of the tones; the text on each keeps a contrast of 4.5 to 1 or more.
FILLS = {
    Tone.CRITICAL: "EE9A96",
    Tone.HIGH: "FBC78F",
    Tone.MODERATE: "FFEFB0",
    Tone.GOOD: "D6ECDC",
    Tone.UNKNOWN: "E3E6EA",
}
#: Fill and letters of a cell of kind LEVEL by its figure.
LEVELS = {1: ("FFF4CC", TEXT), 2: ("FFD98A", TEXT), 3: ("F7A35C", TEXT), 4: ("B23A3A", WHITE)}
#: Colours of the sheets' tabs.
TABS = {"front": ACCENT, "register": INK, "scenario": "B23A3A", "action": "DD7F35", "notes": MUTED}

PREFIX = "prepare "
TITLE = PREFIX + "title"
COVER_TITLE = PREFIX + "cover title"
SUBTITLE = PREFIX + "subtitle"
MARKING = PREFIX + "marking"
BACK = PREFIX + "back link"
SECTION = PREFIX + "section"
HEADING = PREFIX + "heading"
FIGURE_HEADING = PREFIX + "heading of figures"
CENTRED_HEADING = PREFIX + "heading centred"
EMPTY = PREFIX + "nothing to show"


def of(kind: Kind) -> str:
    """The name of the style for values of a kind."""
    return PREFIX + kind.value


def fill(colour: str) -> PatternFill:
    """A plain fill."""
    return PatternFill("solid", start_color=colour, end_color=colour)


def font(size: float = BODY_PT, colour: str = TEXT, *, bold: bool = False, line: str | None = None) -> Font:
    """The workbook's one font family."""
    return Font(name=FONT, size=size, bold=bold, color=colour, underline=line)


def left(*, wrap: bool = True) -> Alignment:
    """Text off the cell's edge; the indent needs an explicit side in LibreOffice and Excel alike."""
    return Alignment(horizontal="left", vertical="center", indent=1, wrap_text=wrap)


def right() -> Alignment:
    """Figures; their formats keep them off the edge."""
    return Alignment(horizontal="right", vertical="center")


def centre(*, wrap: bool = False) -> Alignment:
    """Steps and cells of a heat map."""
    return Alignment(horizontal="center", vertical="center", wrap_text=wrap)


def plain() -> Alignment:
    """Text that runs over the empty cells beside it."""
    return Alignment(vertical="center")


def _side(style: str, colour: str) -> Side:
    return Side(style=style, color=colour)


def _fonts() -> dict[str, tuple[Font, Alignment]]:
    return {
        TITLE: (font(20, INK, bold=True), plain()),
        COVER_TITLE: (font(28, INK, bold=True), plain()),
        SUBTITLE: (font(BODY_PT, MUTED), plain()),
        MARKING: (font(BODY_PT, WARNING, bold=True), plain()),
        BACK: (font(BODY_PT, LINK, line="single"), plain()),
        SECTION: (font(14, INK, bold=True), plain()),
        EMPTY: (font(BODY_PT, MUTED), left(wrap=False)),
    }


def _body() -> dict[str, tuple[Font, Alignment]]:
    plain_text, marked = font(), font(colour=INK, bold=True)
    aligned = {kind: right() if kind in FIGURES else left() for kind in Kind}
    aligned |= dict.fromkeys((Kind.STEP, Kind.HEAT, Kind.LEVEL), centre())
    fonts = {Kind.CODE: marked, Kind.LINK: font(colour=LINK, line="single")}
    return {of(kind): (fonts.get(kind, plain_text), aligned[kind]) for kind in Kind}


def register(workbook: Workbook) -> None:
    """Add every named style, in the formats of the language in use, and set the default font."""
    rule = Border(bottom=_side("thin", LINE))
    for name, (face, alignment) in _fonts().items():
        workbook.add_named_style(NamedStyle(name=name, font=face, alignment=alignment))
    for kind in Kind:
        face, alignment = _body()[of(kind)]
        style = NamedStyle(name=of(kind), font=face, alignment=alignment, border=rule)
        style.number_format = number_format(kind)
        workbook.add_named_style(style)
    under = Border(bottom=_side("medium", ACCENT))
    figures = Alignment(horizontal="right", vertical="center", indent=1)
    for name, alignment in ((HEADING, left()), (FIGURE_HEADING, figures), (CENTRED_HEADING, centre())):
        alignment.wrap_text = True
        head = NamedStyle(name=name, font=font(colour=WHITE, bold=True), fill=fill(INK), border=under)
        head.alignment = alignment
        workbook.add_named_style(head)
    normal = workbook._named_styles["Normal"]
    normal.font = font()
