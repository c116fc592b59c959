"""The values of a text file of rows (CSV): encoding and separator are found, and told where they were guessed."""

import csv
from io import StringIO
from typing import Any

from exports.intake.limits import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, Noted, Unfit

SEPARATORS = ";,\t"
UTF_8, UTF_16 = (b"\xef\xbb\xbf",), (b"\xff\xfe", b"\xfe\xff")
#: A text that begins like this was written behind an apostrophe, so that no program takes it for a formula.
FORMULA_LIKE = tuple("=+-@\t\r\n＝＋－＠")


def read(content: bytes, noted: Noted) -> list[dict[str, Any]]:
    """The rows of the file as the one sheet that it is. Raises Unfit."""
    text = decoded(content, noted)
    if any(ord(sign) < 32 and sign not in "\t\r\n" for sign in text):
        raise Unfit("invalid_characters")
    csv.field_size_limit(LONGEST_CELL)
    try:
        rows = [[_value(field) for field in row] for row in csv.reader(StringIO(text, newline=""), delimiter=_by(text))]
    except csv.Error as error:
        raise Unfit("cell_too_long" if "limit" in str(error) else "csv_invalid") from None
    if sum(any(value is not None for value in row) for row in rows) > MOST_ROWS:
        raise Unfit("too_many_rows")
    if any(len(row) > MOST_COLUMNS for row in rows):
        raise Unfit("too_many_columns")
    return [{"name": "", "state": "visible", "rows": rows, "formulas": []}]


def decoded(content: bytes, noted: Noted) -> str:
    """The text: UTF-8, else what its mark says, else as Windows writes it in western Europe."""
    if content.startswith(UTF_16):
        noted.add("encoding_guessed")
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError:
            raise Unfit("invalid_characters") from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        if b"\0" in content:
            raise Unfit("invalid_characters") from None
        noted.add("encoding_guessed")
        return content.decode("cp1252", "replace")


def _by(text: str) -> str:
    """The separator: the one that is most common in the first line outside quotation marks."""
    first, quoted = [], False
    for sign in text.lstrip("\r\n")[:LONGEST_CELL]:
        if sign == '"':
            quoted = not quoted
        elif sign in "\r\n" and not quoted:
            break
        elif not quoted:
            first.append(sign)
    return max(SEPARATORS, key=first.count)


def _value(text: str) -> str | None:
    unmarked = text.removeprefix("'")
    kept = unmarked if unmarked.lstrip("'").startswith(FORMULA_LIKE) else text
    return kept or None
