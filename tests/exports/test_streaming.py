"""Large tables: what is streamed is to the letter what cells would have given, and Excel's limits are kept."""

import re
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pandas as pd
import pytest
from openpyxl import load_workbook

from exports import cover, sheets, streaming
from exports.book import Book
from exports.columns import Column, Kind, Tone
from exports.cover import Cover
from exports.frames.reader import frame_of
from exports.separated import FORMULA_LIKE
from exports.sheets import Register
from prepare.texts import speaking
from tests.exports.test_sheets import imprint

COLUMNS = (
    Column("code", "Code", 9, Kind.CODE),
    Column("name", "Name", 30),
    Column("rto_h", "RTO h", 8, Kind.HOURS, tone="rto_tone"),
    Column("share", "Share", 8, Kind.PERCENT),
    Column("down_h", "Down", 10, Kind.HEAT, tone="down_tone", word="down_word"),
    Column("level", "Level", 8, Kind.LEVEL),
    Column("on", "Day", 12, Kind.DATE),
    Column("known", "Known", 8),
)
NAMES = [
    *(f"{sign}HYPERLINK(1)" for sign in FORMULA_LIKE),
    "_x0041_ & <b> 🙂 ",
    "Vesihuollon päivystys ja verkostokorjaus, varavoima sekä kemikaalit, " * 3,
    "two\nlines",
    "bell\x07\x00",
    "NFD: a\u0308",
    "007",
    None,
]


def rows(count):
    return [
        {
            "code": f"F-{n:04}",
            "name": NAMES[n % len(NAMES)],
            "rto_h": (4.5, 2, float("nan"), None)[n % 4],
            "rto_tone": (Tone.CRITICAL, None, Tone.GOOD)[n % 3],
            "share": n % 101,
            "down_h": n % 7 or None,
            "down_tone": (Tone.HIGH, None)[n % 2],
            "down_word": ("MTPD", "", None)[n % 3],
            "level": n % 5,
            "on": (date(2026, 1, 1 + n % 28), pd.NaT)[n % 2],
            "known": (True, False, None)[n % 3],
        }
        for n in range(count)
    ]


def made(count):
    with speaking("en"):
        book = Book(imprint())
        cover.begin(book)
        sheets.write_register(book, Register("Functions", "All", COLUMNS, frame_of(rows(count), COLUMNS), frozen=2))
        cover.write(book, Cover([], [], [], []))
        return book.to_bytes()


@pytest.fixture(scope="module")
def both():
    """The same table by cells and streamed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(streaming, "FROM_ROWS", 10_000)
        by_cells = made(1_100)
        patch.setattr(streaming, "FROM_ROWS", 1_000)
        patch.setattr(streaming, "REMEMBERED", 40)
        return by_cells, made(1_100)


def shown(cell):
    look = (cell.number_format, cell.fill.start_color.rgb, cell.font.b, cell.alignment.horizontal, cell.quotePrefix)
    return (cell.value, cell.data_type, *look)


def test_streamed_rows_hold_what_cells_hold_and_look_alike(both):
    plain, streamed = (load_workbook(BytesIO(one))["Functions"] for one in both)

    assert streamed.dimensions == plain.dimensions == "A1:H1105"
    for number, (row, other) in enumerate(zip(plain.iter_rows(), streamed.iter_rows(), strict=True), start=1):
        assert [shown(cell) for cell in other] == [shown(cell) for cell in row]
        assert streamed.row_dimensions[number].height == plain.row_dimensions[number].height
    assert dict(streamed.tables.items()) == {"tbl_Functions": "A5:H1105"}
    assert streamed.tables["tbl_Functions"].autoFilter.ref == "A5:H1105"
    assert str(next(iter(streamed.conditional_formatting)).sqref) == "F6:F1105"


def test_streamed_text_is_quoted_escaped_and_never_a_formula(both):
    sheet = ZipFile(BytesIO(both[1])).read("xl/worksheets/sheet2.xml").decode()

    assert "<f>" not in sheet
    assert "_x005F_x0041_ &amp; &lt;b&gt; 🙂 </t>" in sheet
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", sheet)
    assert load_workbook(BytesIO(both[1]))["Functions"]["B6"].quotePrefix


def test_the_same_rows_give_the_same_bytes():
    assert made(1_001) == made(1_001)


def test_a_huge_sheet_is_written_with_room_for_its_size(monkeypatch):
    monkeypatch.setattr("exports.finish.HUGE", 0)

    assert load_workbook(BytesIO(made(1_000)))["Functions"].max_row == 1_005


def test_more_rows_than_a_sheet_holds_go_on_on_the_next_one_and_say_so(monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 4)

    workbook = load_workbook(BytesIO(made(10)))

    assert workbook.sheetnames == ["Cover", "Functions", "Functions (2)", "Functions (3)"]
    assert [sheet.max_row for sheet in workbook.worksheets[1:]] == [9, 9, 7]
    assert "Sheet 2 of 3: Excel holds no more rows on one." in workbook["Functions (2)"]["A4"].value
    contents = {row[0]: row[2] for row in workbook["Cover"].iter_rows(values_only=True)}
    assert [contents[name] for name in workbook.sheetnames[1:]] == [4, 4, 2]
    assert {table.ref for sheet in workbook.worksheets[1:] for table in sheet.tables.values()} == {"A5:H9", "A5:H7"}
