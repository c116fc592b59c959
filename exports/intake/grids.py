"""The values of a workbook that was found harmless, sheet by sheet."""

import posixpath
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

import python_calamine

from exports.intake.limits import MOST_COLUMNS, MOST_ROWS, Noted, Unfit
from exports.intake.parts import Package, Seen, column_letters, column_number

WORKBOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


def read(content: bytes, told: Package, noted: Noted) -> list[dict[str, Any]]:
    """Every sheet with its rows from the first on, each value tagged so that JSON carries it. Raises Unfit."""
    paths = [_path(told, relation) for _name, _state, relation in told.sheets]
    main = {target.lstrip("/") for target in told.relations.get("_rels/.rels", {}).values()}
    if WORKBOOK not in main or any(target != WORKBOOK and target.startswith("xl/") for target in main):
        raise Unfit("not_a_workbook")
    if not paths or not all(path in told.seen for path in paths):
        raise Unfit("not_a_workbook")
    try:
        book = python_calamine.load_workbook(BytesIO(content))
    except (python_calamine.CalamineError, ValueError, OSError):
        raise Unfit("not_a_workbook") from None
    if book.sheet_names != [name for name, _state, _relation in told.sheets]:
        raise Unfit("not_a_workbook")
    found = []
    for (name, state, _relation), path in zip(told.sheets, paths, strict=True):
        seen = told.seen[path]
        rows = _rows(book, name, seen)
        _note(name, state, seen, rows, noted)
        found.append({"name": name, "state": state, "rows": rows, "formulas": seen.formulas})
    return found


def _path(told: Package, relation: str) -> str:
    """The part in which a sheet stands."""
    target = told.relations.get(RELATIONS, {}).get(relation, "")
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))


def _rows(book: Any, name: str, seen: Seen) -> list[list[Any]]:
    try:
        grid = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, ValueError, OSError, OverflowError):
        raise Unfit("xml_invalid") from None
    rows = [[_tagged(value) for value in row] for row in grid]
    for cell, text in seen.errors.items():
        _put(rows, cell, {"e": text or "#VALUE!"})
    while rows and not any(value is not None for value in rows[-1]):
        rows.pop()
    if sum(any(value is not None for value in row) for row in rows) > MOST_ROWS:
        raise Unfit("too_many_rows")
    if any(len(row) > MOST_COLUMNS for row in rows):
        raise Unfit("too_many_columns")
    return rows


def _tagged(value: Any) -> Any:
    """A value as JSON carries it: text, number, yes or no as they are, moments and errors under a letter."""
    if value == "" or value is None:
        return None
    if isinstance(value, bool | str | int):
        return value
    if isinstance(value, float):
        return value if value - value == 0 else {"e": "#NUM!"}
    if isinstance(value, datetime):
        return {"d" if value.time() == time() else "m": value.isoformat()}
    if isinstance(value, date):
        return {"d": datetime(value.year, value.month, value.day).isoformat()}  # noqa: DTZ001 - a day has no zone
    return {"t": str(value)} if isinstance(value, time | timedelta) else {"e": "#VALUE!"}


def _put(rows: list[list[Any]], cell: str, value: Any) -> None:
    letters = cell.rstrip("0123456789")
    row, column = int(cell[len(letters) :]) - 1, column_number(letters) - 1
    if row < len(rows) and column < len(rows[row]):
        rows[row][column] = value


def _note(name: str, state: str, seen: Seen, rows: list[list[Any]], noted: Noted) -> None:
    if state != "visible":
        noted.add("hidden_sheets_ignored", name, "A1")
        return
    for cell in seen.merged:
        noted.add("merged_cells", name, cell)
    for number in seen.hidden_rows:
        values = rows[number - 1] if number <= len(rows) else []
        place = next((column for column, value in enumerate(values, start=1) if value is not None), None)
        if place:
            noted.add("hidden_rows", name, f"{column_letters(place)}{number}")
