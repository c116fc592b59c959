"""What a sheet promises: text stays text, missing stays empty, dates are dates, tables are tables."""

from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO
from zipfile import ZipFile

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.table import Table

from exports import cells, charts, cover, finish, pictures, sheets
from exports.book import Book
from exports.columns import Column, Kind, Tone
from exports.cover import Cover
from exports.properties import Imprint
from exports.sheets import Register
from prepare.texts import speaking
from prepare.vocabulary import Confidentiality

COLUMNS = (
    Column("code", "Code", 10, Kind.CODE),
    Column("name", "Name", 40),
    Column("rto_h", "RTO h", 8, Kind.HOURS, note="The time in which the function must be back."),
    Column("share", "Minimum level %", 10, Kind.PERCENT),
    Column("on", "Reviewed", 11, Kind.DATE),
    Column("level", "Level", 12, tone="level_tone"),
    Column("down_h", "S1 Power cut", 26, Kind.HEAT, tone="level_tone", word="word"),
)
FORMULA_LIKE = ["=1+1", "+358 50 123", "-5", "@SUM(A1)", "\t=1", "＝1", '=HYPERLINK("http://x")', "#REF!", "_x0041_"]


def imprint(variant: Confidentiality = Confidentiality.INTERNAL) -> Imprint:
    return Imprint(
        title="Preparedness guidance",
        subject="Continuity of critical functions",
        city="Merikaupunki",
        organisation="Education & culture",
        organisation_code="KAS",
        as_of=date(2026, 11, 21),
        made_at=datetime(2026, 11, 21, 8, 0, tzinfo=UTC),
        variant=variant,
        secrecy_basis="JulkL 24 § 1 mom. 8 k",
        digest="0" * 64,
    )


def frame(names: list[str] | None = None) -> pd.DataFrame:
    names = names if names is not None else [*FORMULA_LIKE, "Day care\x00 and\x1b school"]
    rows = [
        {
            "code": f"F-{n:02}",
            "name": name,
            "rto_h": 4.5 if n % 2 else float("nan"),
            "share": 60 + n,
            "on": pd.Timestamp(2026, 1, 1 + n % 28) if n % 3 else pd.NaT,
            "level": "Critical" if n % 2 else "Low",
            "level_tone": Tone.CRITICAL if n % 2 else Tone.GOOD,
            "down_h": 12.0,
            "word": 'MTPD "exceeded"',
        }
        for n, name in enumerate(names, start=1)
    ]
    return pd.DataFrame(rows, columns=[*(c.key for c in COLUMNS), "level_tone", "word"])


@cache
def _made(names: tuple[str, ...] | None, variant: Confidentiality) -> bytes:
    return made_now(frame(None if names is None else list(names)), variant)


def made(names: list[str] | None = None, variant: Confidentiality = Confidentiality.INTERNAL) -> bytes:
    return _made(None if names is None else tuple(names), variant)


def made_now(rows: pd.DataFrame, variant: Confidentiality) -> bytes:
    with speaking("en"):
        book = Book(imprint(variant))
        cover.begin(book)
        sheets.write_register(book, Register("Functions", "What must run", COLUMNS, rows, left_out=2))
        sheet = book.add("Map", "scenario")
        sheets.write_head(book, sheet, "Map", "Who depends on whom")
        picture = charts.cascade_map(
            [charts.Node("A", "Grid", 0, 0), charts.Node("B", "Pumps", 1, 0, Tone.CRITICAL, "4 h")],
            [charts.Edge("A", "B", carries=True)],
            {Tone.CRITICAL: "MTPD exceeded"},
        )
        pictures.place(book, sheet, picture, 5, 600, "Dependency map", "The grid feeds the pumps.")
        cover.write(book, Cover([("As of", date(2026, 11, 21))], [("Functions", 3)], [(Tone.GOOD, "fine")], ["Read."]))
        return book.to_bytes()


def opened(data: bytes) -> Workbook:
    return load_workbook(BytesIO(data))


def test_text_that_looks_like_a_formula_stays_text() -> None:
    package = ZipFile(BytesIO(made()))
    sheet = opened(made())["Functions"]

    assert [sheet.cell(5 + n, 2).value for n in range(1, 8)] == FORMULA_LIKE[:7]
    assert all(sheet.cell(5 + n, 2).data_type == "s" for n in range(1, 11))
    assert all(sheet.cell(5 + n, 2).quotePrefix for n in (1, 2, 3, 4, 5, 6, 7))
    assert not sheet.cell(15, 2).quotePrefix
    assert all(b"<f>" not in package.read(name) for name in package.namelist() if "worksheets/" in name)


def test_an_error_word_and_an_escape_are_read_back_as_written() -> None:
    sheet = ZipFile(BytesIO(made())).read("xl/worksheets/sheet2.xml").decode()

    assert "<t>#REF!</t>" in sheet
    assert "<t>_x005F_x0041_</t>" in sheet


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_cleaning_leaves_nothing_that_the_format_forbids(text: str) -> None:
    cleaned = cells.clean(text)

    assert cells.clean(cleaned).replace("_x005F", "") == cleaned.replace("_x005F", "")
    Workbook().active.cell(1, 1).value = cleaned


def test_a_missing_value_leaves_its_cell_empty() -> None:
    sheet = opened(made())["Functions"]

    assert sheet["C7"].value is None
    assert sheet["E8"].value is None
    assert sheet["C6"].value == 4.5


def test_figures_are_numbers_and_dates_are_dates() -> None:
    sheet = opened(made())["Functions"]

    assert sheet["D6"].value == 0.61
    assert sheet["D6"].number_format == "0 %_)"
    assert sheet["E6"].value.date() == date(2026, 1, 2)
    assert sheet["E6"].number_format == "yyyy-mm-dd_)"
    assert sheet["G6"].value == 12
    assert sheet["G6"].number_format == "General\" h · MTPD 'exceeded'\""


def test_the_date_format_follows_the_language() -> None:
    with speaking("fi"):
        book = Book(imprint())
        cover.begin(book)
        sheets.write_register(book, Register("Toiminnot", "x", COLUMNS, frame()))
        sheet = opened(book.to_bytes())["Toiminnot"]

    assert sheet["E6"].number_format == "d.m.yyyy_)"


def test_a_register_is_a_native_table_with_its_headings_in_row_five() -> None:
    sheet = opened(made())["Functions"]

    (table,) = sheet.tables.values()
    assert table.ref == "A5:G15"
    assert [column.name for column in table.tableColumns] == [cell.value for cell in sheet[5]]
    assert sheet.freeze_panes == "B6"
    assert sheet.print_title_rows == "$5:$5"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet["A3"].hyperlink.location == "'Cover'!A1"


def test_an_empty_register_says_so() -> None:
    sheet = opened(made([]))["Functions"]

    (table,) = sheet.tables.values()
    assert table.ref == "A5:G6"
    assert sheet["A6"].value == "Nothing to show."


@pytest.mark.parametrize(
    ("variant", "marking"),
    [
        (Confidentiality.PUBLIC, "PUBLIC"),
        (Confidentiality.CONFIDENTIAL, "SALASSA PIDETTÄVÄ / SEKRETESSBELAGD – JulkL 24 § 1 mom. 8 k"),
    ],
)
def test_the_marking_stands_in_a_cell_and_in_the_printed_header(variant: Confidentiality, marking: str) -> None:
    workbook = opened(made(variant=variant))

    for sheet in workbook.worksheets:
        assert sheet.oddHeader.left.text == marking
        assert any(marking in str(sheet.cell(row, 1).value) for row in (3, 4))
    assert workbook.properties.category == marking


def test_the_number_of_rows_left_out_is_stated() -> None:
    workbook = opened(made())

    assert "2 rows of a higher class were left out" in workbook["Functions"]["A4"].value
    contents = {row[0]: row[2:4] for row in workbook["Cover"].iter_rows(values_only=True)}
    assert contents["Functions"] == (10, 2)


def test_the_same_rows_give_the_same_bytes() -> None:
    assert made() == made_now(frame(), Confidentiality.INTERNAL)
    assert made() != made(["Another"])


def test_pictures_and_tables_say_in_words_what_they_show() -> None:
    package = ZipFile(BytesIO(made()))

    drawing = package.read("xl/drawings/drawing1.xml").decode()
    assert 'descr="The grid feeds the pumps."' in drawing
    tables = [package.read(name) for name in package.namelist() if name.startswith("xl/tables/")]
    assert tables
    assert all(b"altTextSummary=" in table for table in tables)


def test_an_ampersand_in_a_name_does_not_break_the_printed_header() -> None:
    package = ZipFile(BytesIO(made()))

    assert b"Education" not in package.read("xl/worksheets/sheet1.xml").split(b"<oddHeader>")[1].split(b"&amp;L")[1]
    assert opened(made())["Cover"].oddFooter.right.text == "Page &P / &N"


@pytest.mark.parametrize(("value", "written"), [(True, "Yes"), (False, "No")])
def test_yes_and_no_are_words(value, written):
    cell = Workbook().active.cell(1, 1)

    with speaking("en"):
        cells.write(cell, value, Kind.TEXT)

    assert cell.value == written


def test_two_tables_of_one_name_are_told_apart():
    book = Book(imprint())

    first = book.table_name("Risks & measures")
    book.table_texts[first] = "Risks."
    second = book.table_name("Risks & measures")

    assert (first, second) == ("tbl_Risks_measures", "tbl_Risks_measures_1")


def test_only_a_table_that_has_a_description_gets_one():
    workbook, raw = Workbook(), BytesIO()
    workbook.active.append(["Code"])
    workbook.active.append(["F-01"])
    workbook.active.add_table(Table(displayName="Functions", ref="A1:A2"))
    workbook.save(raw)

    def described(texts):
        with ZipFile(BytesIO(finish.finished(raw.getvalue(), imprint().made_at, texts, {}))) as package:
            return b"All functions." in package.read("xl/tables/table1.xml")

    assert described({"Functions": "All functions."})
    assert not described({"Others": "All functions."})


def test_an_arrow_may_go_anywhere_and_one_to_a_missing_box_is_not_drawn():
    boxes = [charts.Node("A", "Grid", 0, 0), charts.Node("B", "Pumps", 1, 0), charts.Node("C", "Ward", 1, 1)]

    def drawn(*edges):
        return charts.cascade_map(boxes, [charts.Edge(*edge) for edge in edges], {})

    pictures_of = [drawn(), drawn(("A", "B")), drawn(("B", "A")), drawn(("B", "C")), drawn(("C", "B"))]

    assert len(set(pictures_of)) == 5
    assert drawn(("A", "gone"), ("gone", "A")) == pictures_of[0]
