"""The looks of the fill-in workbook: what is filled in is light yellow, what is locked is grey."""

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, NamedStyle, PatternFill, Protection, Side

from exports import styles
from exports.columns import Kind as Shown
from exports.columns import number_format
from exports.filling.fields import LOCKED, Field, Kind

INPUT, CALCULATED = "FFFBE6", "EEF1F4"
#: Fills of what is told by a condition: a row that is ready, one that lacks something, one that contradicts itself.
READY_FILL, OPEN_FILL, MISSING_FILL, CHECK_FILL = "D6ECDC", "FFEFB0", "FBC78F", "EE9A96"
#: Fill of a row that is to be removed.
REMOVED_FILL = "DCD3EA"

_FORMATS = {
    Kind.TEXT: "@",
    Kind.LONG: "@",
    Kind.HOURS: "General_)",
    Kind.QUANTITY: "General_)",
    Kind.WHOLE: "0_)",
    Kind.PERCENT: "0.## %_)",
}
_RIGHT = frozenset({Kind.HOURS, Kind.PERCENT, Kind.WHOLE, Kind.QUANTITY, Kind.DATE, Kind.SHOWN, Kind.SCORE})
STATE, HIDDEN_KEY = styles.PREFIX + "state of a row", styles.PREFIX + "hidden key"


def of(one: Field) -> str:
    """The name of the style of a field's cells."""
    return f"{styles.PREFIX}{'locked' if one.kind in LOCKED else 'input'} {one.kind.name.lower()}"


def locked_of(one: Field) -> str:
    """The name of the style of a field that may not be changed in this row."""
    return f"{styles.PREFIX}locked text" if one.is_input else of(one)


def register(workbook: Workbook) -> None:
    """Add the styles of every kind of field."""
    for kind in Kind:
        _add(workbook, kind, is_input=kind not in LOCKED)
    for name in ("locked text", STATE.removeprefix(styles.PREFIX), HIDDEN_KEY.removeprefix(styles.PREFIX)):
        style = _style(name, CALCULATED, styles.left())
        style.protection = Protection(locked=True)
        workbook.add_named_style(style)


def _add(workbook: Workbook, kind: Kind, *, is_input: bool) -> None:
    word = "input" if is_input else "locked"
    alignment = styles.right() if kind in _RIGHT else styles.left()
    style = _style(f"{word} {kind.name.lower()}", INPUT if is_input else CALCULATED, alignment)
    style.number_format = (
        number_format(Shown.DATE) if kind in (Kind.DATE, Kind.SHOWN) else _FORMATS.get(kind, "General")
    )
    style.protection = Protection(locked=not is_input)
    workbook.add_named_style(style)


def _style(name: str, colour: str, alignment: Alignment) -> NamedStyle:
    side = Side(style="thin", color=styles.LINE)
    style = NamedStyle(name=styles.PREFIX + name, font=styles.font(), fill=styles.fill(colour), alignment=alignment)
    style.border = Border(left=side, right=side, top=side, bottom=side)
    return style


def told(colour: str) -> PatternFill:
    """The fill of a condition."""
    return PatternFill("solid", bgColor=colour, fgColor=colour)
