"""Values beside formulas: each cell that was named holds its value, every other cell stays as it was."""

from datetime import UTC, datetime
from io import BytesIO

import openpyxl

from exports.formulas import with_values


def test_only_the_cells_that_were_named_hold_the_value_of_their_formula():
    book, content = openpyxl.Workbook(), BytesIO()
    book.active.title = "Luvut"
    book.active.append(["=1+1", '="a"&"b"', "=2+2", "teksti", 7])
    book.save(content)

    made = with_values(content.getvalue(), {"Luvut": {"A1": 2, "B1": "ab"}}, datetime(2026, 1, 1, tzinfo=UTC))

    (told,) = openpyxl.load_workbook(BytesIO(made), data_only=True)["Luvut"].values
    (written,) = openpyxl.load_workbook(BytesIO(made))["Luvut"].values
    assert told == (2, "ab", None, "teksti", 7)
    assert written == ("=1+1", '="a"&"b"', "=2+2", "teksti", 7)
