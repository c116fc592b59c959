"""The gate for files from outside: every hostile file is told from a good one by rule, and none hurts the reader."""

import sys
from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import Workbook

from exports.intake import child, gate, limits, reasons
from exports.intake.gate import CellError
from exports.intake.limits import Unfit
from tests.exports import packages

NOON = datetime.fromisoformat("2026-03-01T12:00")


@pytest.fixture
def near(monkeypatch):
    """The reading happens in this process: nothing is limited, everything else is the same."""
    monkeypatch.setattr(gate, "_read_apart", lambda name, content: child.answer(name, content))


def verdict(name, content):
    """Class and code of a file at the gate."""
    try:
        admitted = gate.admit(name, content)
    except Unfit as unfit:
        return "reject", unfit.code
    return admitted.verdict, admitted.code


@pytest.mark.parametrize(("name", "expected", "code", "intent"), packages.SAMPLES, ids=lambda text: str(text)[:24])
def test_a_sample_is_told_for_what_it_is(near, name, expected, code, intent):
    content = (packages.HERE / name).read_bytes()

    assert verdict(name, content) == (expected, code), intent


@pytest.mark.parametrize("name", packages.MADE)
def test_a_made_file_is_told_for_what_it_is(near, name):
    content, expected, code = packages.MADE[name]()

    assert verdict("a.xlsx", content) == (expected, code)


def test_entries_that_lie_over_each_other_are_refused(near):
    assert verdict("a.xlsx", packages.overlapping()) == ("reject", "archive_ratio")


def test_what_is_too_large_is_refused_before_it_is_read():
    assert verdict("a.xlsx", b"PK\x03\x04" + bytes(limits.MOST_BYTES)) == ("reject", "too_large")


def test_a_file_is_read_in_a_process_of_its_own():
    admitted = gate.admit("a.xlsx", packages.workbook())

    assert [list(row) for row in admitted.sheets[0].rows] == [["Tunnus"], ["F-1"]]
    assert admitted.verdict == "accept"


@pytest.mark.skipif(sys.platform == "win32", reason="no such limits")
def test_a_reader_that_takes_too_much_memory_is_ended(monkeypatch):
    program = "import exports.intake.child as c; c.limit(); bytearray(600 << 20)"
    monkeypatch.setattr(gate, "COMMAND", (sys.executable, "-c", program))

    assert verdict("a.xlsx", packages.workbook()) == ("reject", "too_large")


def test_a_reader_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(gate, "COMMAND", (sys.executable, "-c", "while True: pass"))
    monkeypatch.setattr(gate, "WALL_SECONDS", 0.2)

    assert verdict("a.xlsx", packages.workbook()) == ("reject", "too_slow")


def test_values_come_with_their_kinds_and_texts_unchanged(near):
    book = Workbook()
    texts = ["=1+1", "+358 40 123 4567", "007", "a\nb", "👩‍👩‍👧‍👦", "_x0041_", " ä"]
    book.active.append(["Teksti", 1, 2.5, True, date(2026, 3, 1), NOON, "loppu"])
    book.active.append(texts)
    for cell in book.active[2]:
        cell.data_type = "s"
    book.active["A3"], book.active["B3"] = "x", "#N/A"
    book.active["C3"].value, book.active["C3"].number_format = 0.5, "hh:mm"
    saved = BytesIO()
    book.save(saved)

    rows = gate.admit("a.xlsx", saved.getvalue()).sheets[0].rows

    assert rows[0] == ["Teksti", 1, 2.5, True, date(2026, 3, 1), NOON, "loppu"]
    assert rows[1] == [*texts[:5], "A", texts[6]]
    assert rows[2][:3] == ["x", CellError("#N/A"), "12:00:00"]
    assert str(rows[2][1]) == "#N/A"


def test_numbers_that_are_none_are_errors(near):
    rows = packages.HEADINGS + "<row r='2'><c r='A2'><v>1E+400</v></c><c r='B2'><v>5</v></c></row>"

    read = gate.admit("a.xlsx", packages.workbook(rows)).sheets[0].rows

    assert read[1] == [CellError("#NUM!"), 5]


def test_formulas_are_told_by_their_cells_and_let_through_where_they_are_expected(near):
    content = packages.workbook(packages.HEADINGS + "<row r='2'><c r='A2'><f>1+1</f><v>2</v></c></row>")

    with pytest.raises(Unfit) as refused:
        gate.admit("a.xlsx", content)
    allowed = gate.admit("a.xlsx", content, formulas=True)

    assert refused.value.code == "formula_cells"
    assert refused.value.cells == [("Toiminnot", "A2")]
    assert allowed.sheets[0].formulas == {"A2"}


def test_a_hidden_row_is_read_and_told_where_it_holds_anything(near):
    rows = packages.HEADINGS + packages.ROW.replace("<row", "<row hidden='1'") + "<row r='3' hidden='true'/>"

    admitted = gate.admit("a.xlsx", packages.workbook(rows))

    assert [(note.code, [place.cell for place in note.places]) for note in admitted.notes] == [("hidden_rows", ["A2"])]


def test_a_sheet_whose_row_has_a_cell_out_of_place_is_read_by_its_order(near):
    admitted = gate.admit("a.xlsx", packages.workbook(packages.cells(1, "a", "b") + packages.cells(2, "c")))

    assert [list(row) for row in admitted.sheets[0].rows] == [["a", "b"], ["c", None]]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"a;b\r\n1;2", [["a", "b"], ["1", "2"]]),
        (b"a\tb\n1\t2", [["a", "b"], ["1", "2"]]),
        (b'"a;a",b\n"x\ny",2', [["a;a", "b"], ["x\ny", "2"]]),
        (b"a\n'=1+1\n'a\n''-1\n-5", [["a"], ["=1+1"], ["'a"], ["'-1"], ["-5"]]),
        ("a;b\nä;ö".encode("cp1252"), [["a", "b"], ["ä", "ö"]]),
        (b"a;b\n;2", [["a", "b"], [None, "2"]]),
    ],
)
def test_a_text_file_is_read_by_its_own_separator(near, content, expected):
    assert [list(row) for row in gate.admit("a.csv", content).sheets[0].rows] == expected


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xfea", "invalid_characters"),
        (b"\xe4\x00;a\nb", "invalid_characters"),
        (b"a\n" * 20_001, "too_many_rows"),
        (b";a" * 101 + b"\n1\n2", "too_many_columns"),
        (b"a\n" + b"b" * 33_000, "cell_too_long"),
        (b"a;b", "no_rows"),
        (b"\xd0\xcf\x11\xe0", "unsupported_type"),
    ],
)
def test_a_text_file_that_is_no_list_is_refused(near, content, code):
    assert verdict("a.csv", content) == ("reject", code)


def test_what_is_composed_on_the_way_in_is_told_and_what_cannot_be_stored_is_left_for_its_cell(near):
    plain = gate.admit("a.csv", "a\n\x7fb\u202ec".encode())
    composed = gate.admit("a.csv", "a\na\u0308".encode())
    broken = gate.admit("a.csv", "a\na\u2028b".encode())

    assert plain.verdict == "accept"
    assert composed.code == broken.code == "text_normalised"
    assert [place.cell for place in composed.notes[0].places] == ["A2"]


def test_every_reason_is_told_with_what_to_do(near):
    told = {code: reasons.refusal(code) for code in reasons.REFUSALS}

    assert all(text.endswith(".") and "%" not in text for text in told.values())
    assert "20" in told["too_many_rows"]
    assert {code for _name, _class, code, _intent in packages.SAMPLES} <= {"ok"} | set(told) | set(reasons.NOTES)
    assert reasons.note("hidden_rows")
