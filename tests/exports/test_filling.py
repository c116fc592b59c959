"""The rules of the fill-in workbook: what a cell means, what comes back unchanged, and who wins where two changed."""

from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exports.filling import checks, grid, issues, states
from exports.filling.fields import Field, Kind
from exports.filling.issues import ERROR, Issue
from exports.filling.planning import MINE, THEIRS, Planner
from exports.filling.reading import read
from exports.filling.rowing import Reader, widened
from exports.filling.seals import Unsealed
from exports.filling.seals import read as unsealed
from exports.filling.tables.every import BY_KEY, SCHEMA, TABLES, spare_keys
from exports.filling.values import provisional_code, shown, shown_items, told
from exports.intake.gate import CellError, Sheet
from prepare import sealing
from prepare.texts import clean, speaking
from risks import matrix
from tests.exports.filled_in import LISTS, stamp

TEXT = Field("name", "Name", Kind.TEXT)
LONG = Field("note", "Note", Kind.LONG, longest=40)
HOURS = Field("rto_h", "RTO", Kind.HOURS, unit="h")
WHOLE = Field("min_staff", "Minimum staff", Kind.WHOLE, most=99)
PERCENT = Field("mbco_pct", "Minimum service level", Kind.PERCENT, most=100)
DAY = Field("next_review", "Next review", Kind.DATE)
YES_NO = BY_KEY["functions"].field("vulnerable_groups")
CLASS = BY_KEY["functions"].field("criticality")
OWN = BY_KEY["needs"].field("function")
STEP = BY_KEY["risks"].field("likelihood")
TODAY = date(2026, 11, 28)
NOON = datetime.fromisoformat("2026-03-01T12:00")


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        (TEXT, None, None),
        (TEXT, "  ", None),
        (TEXT, "=1+1", "=1+1"),
        (TEXT, "+358 40 123 4567", "+358 40 123 4567"),
        (TEXT, "007", "007"),
        (LONG, "a\r\nb", "a\nb"),
        (LONG, "👩‍👩‍👧‍👦 a\u0308", "👩‍👩‍👧‍👦 ä"),
        (HOURS, 4, 4),
        (HOURS, 0.5, 0.5),
        (WHOLE, 3.0, 3),
        (PERCENT, 0.57, 57),
        (PERCENT, 1, 100),
        (DAY, date(2026, 3, 1), "2026-03-01"),
        (DAY, NOON, "2026-03-01"),
        (YES_NO, True, True),
        (YES_NO, "NEJ", False),
        (CLASS, "K1", "K1"),
        (CLASS, "k2 kriittinen", "K2"),
        (CLASS, "Vital\u200b", "K1"),
        (OWN, "f-edu-01 | Kouluateriat", "F-EDU-01"),
        (STEP, "3 | Mahdollinen", 3),
        (STEP, 3, 3),
    ],
)
def test_a_cell_is_read_as_what_it_means(field, cell, value):
    found = read(field, cell, LISTS)

    assert (found.value, found.problem, found.remarks) == (value, None, [])


@pytest.mark.parametrize(
    ("field", "cell", "value", "remark"),
    [
        (TEXT, 7, "7", "NUMBER_AS_TEXT"),
        (TEXT, 0.1 + 0.2, "0.3", "NUMBER_AS_TEXT"),
        (TEXT, True, "Yes", "NUMBER_AS_TEXT"),
        (TEXT, date(2026, 3, 1), "1.3.2026", "NUMBER_AS_TEXT"),
        (TEXT, "a\nb", "a b", "TEXT_JOINED"),
        (HOURS, "0,5", 0.5, "TEXT_NUMBER"),
        (HOURS, "1\u00a0234,56", 1234.56, "TEXT_NUMBER"),
        (HOURS, "30 min", 0.5, "TEXT_NUMBER"),
        (HOURS, "3 vrk", 72, "TEXT_NUMBER"),
        (PERCENT, "60 %", 60, "TEXT_NUMBER"),
        (PERCENT, 60, 60, "PERCENT_SCALED"),
        (DAY, "1.3.2026", "2026-03-01", "TEXT_DATE"),
        (DAY, "2026-03-01", "2026-03-01", "TEXT_DATE"),
        (DAY, 46082, "2026-03-01", "FROM_SERIAL"),
    ],
)
def test_a_lenient_reading_is_told(field, cell, value, remark):
    with speaking("en"):
        found = read(field, cell, LISTS)

    assert (found.value, found.problem) == (value, None)
    assert [code for code, _values in found.remarks] == [remark]


@pytest.mark.parametrize(
    ("field", "cell", "problem"),
    [
        (TEXT, CellError("#N/A"), "CELL_ERROR"),
        (TEXT, "a\x00b", "BAD_CHARACTERS"),
        (TEXT, "131052-308T", "PERSONAL"),
        (LONG, "a" * 41, "TOO_LONG"),
        (HOURS, True, "NOT_NUMBER"),
        (HOURS, "noin 4", "NOT_NUMBER"),
        (HOURS, "1,234", "AMBIGUOUS"),
        (HOURS, "1.234 h", "AMBIGUOUS"),
        (HOURS, "4-8", "NOT_NUMBER"),
        (HOURS, "½", "NOT_NUMBER"),
        (HOURS, -1, "OUT_OF_RANGE"),
        (HOURS, NOON, "DATE_IN_NUMBER"),
        (WHOLE, 1.5, "NOT_WHOLE"),
        (PERCENT, 101, "OUT_OF_RANGE"),
        (DAY, "1.3.26", "NOT_DATE"),
        (DAY, "1/3/2026", "NOT_DATE"),
        (DAY, "31.2.2026", "NOT_DATE"),
        (DAY, 60, "NOT_DATE"),
        (DAY, date(1900, 1, 1), "OUT_OF_RANGE"),
        (YES_NO, "ehkä", "NOT_IN_LIST"),
        (CLASS, "K9", "NOT_IN_LIST"),
        (CLASS, 5, "NOT_IN_LIST"),
        (OWN, "F-WAT-01", "UNKNOWN_REF"),
        (STEP, 9, "UNKNOWN_REF"),
    ],
)
def test_what_could_mean_two_things_or_nothing_is_refused(field, cell, problem):
    found = read(field, cell, LISTS)

    assert found.value is None
    assert found.problem[0] == problem
    with speaking("fi"):
        assert Issue(problem, "Toiminnot", "A1", found.problem[1]).message.endswith(".")


@pytest.mark.parametrize("field", [one for table in TABLES for one in table.inputs], ids=lambda one: one.key)
@pytest.mark.parametrize("code", ["fi", "sv", "en"])
def test_what_is_shown_is_read_back(field, code):
    values = {
        Kind.TEXT: ["=1+1", "+358", "007", "ä 👩‍👩‍👧‍👦"],
        Kind.LONG: ["a\nb", "@SUM(A1)"],
        Kind.YES_NO: [True, False],
        Kind.HOURS: [0, 0.25, 72],
        Kind.PERCENT: [0, 1, 57, 33.3, 100],
        Kind.WHOLE: [1, 3],
        Kind.QUANTITY: [0.5, 12],
        Kind.DATE: ["2026-12-31"],
        Kind.ITEM: list(LISTS.of(field.items)),
        Kind.STEP: [1, 5],
        Kind.WORD: [word.value for word in field.words or ()],
    }
    with speaking(code):
        for value in values.get(field.kind, ()):
            found = read(field, shown(field, value, LISTS), LISTS)
            assert (found.value, found.remarks) == (value, [])
            assert told(field, value, LISTS)


def test_words_for_a_person_name_items_and_units():
    several = BY_KEY["needs"].field("suppliers")

    assert told(several, ["F-EDU-01", "GONE"], LISTS) == "F-EDU-01 | Kouluateriat, GONE"
    assert told(PERCENT, 60, LISTS) == "60 %"
    assert told(DAY, "2026-03-01", LISTS) == "2026-03-01"
    assert told(HOURS, 4.0, LISTS) == "4"
    assert told(TEXT, None, LISTS) == ""
    assert shown_items(several, None, LISTS) == [None] * 4


def sheet_of(table, rows, *, formulas=(), above=4, rename=None, gap=0):
    """A sheet as the gate gives it: headings, then the rows as they are shown; `gap` columns are empty at the left."""
    texts = [(rename or {}).get(text, text) for _one, _place, text in grid.headings(table)]
    lines = [[] for _ in range(above)] + [[None] * gap + [*texts, grid.status_heading(), grid.KEY, grid.BASE]]
    for key, values in rows.items():
        cells = []
        for one in table.fields:
            value = values.get(one.key)
            cells += shown_items(one, value, LISTS) if one.columns > 1 else [shown(one, value, LISTS)]
        lines.append([None] * gap + [*cells, "OK", key, ""])
    return Sheet(table.title, lines, formulas=frozenset(formulas))


def planned(table, base, rows, *, now=None, choices=None, made=None, **more):
    """The plan of one sheet."""
    planner = Planner(
        {table.key: base}, {table.key: base if now is None else now}, matrix.DEFAULT, TODAY, choices or {}
    )
    place = grid.located(table, {table.title: sheet_of(table, rows, **more)}, table.title)
    if isinstance(place, Issue):
        planner.plan.issues.append(place)
        return planner.plan
    reader = Reader(table, place, base, LISTS, made or {})
    planner.plan.issues += place.issues
    found = reader.rows()
    planner.plan.issues += reader.issues
    planner.add(table, found)
    return planner.plan


FUNCTIONS, NEEDS, RISKS = BY_KEY["functions"], BY_KEY["needs"], BY_KEY["risks"]
RESOURCES, IMPACTS = BY_KEY["resources"], BY_KEY["impacts"]
MEASURES, PLANS, ANSWERS = BY_KEY["measures"], BY_KEY["plans"], BY_KEY["answers"]
MEALS = {"code": "F-EDU-01", "name_fi": "Kouluateriat", "rto_h": 4, "mtpd_h": 24, "confidentiality": "internal"}
BASE = {"a": MEALS, "b": {**MEALS, "code": "F-EDU-02", "name_fi": "Varhaiskasvatus"}}
WATER = {
    "function": "F-EDU-01",
    "name": "Vesi",
    "kind": "water",
    "suppliers": ["F-EDU-02"],
    "min_required": 1,
    "strength": "essential",
    "tolerance_h": 2,
}


def edited(base, key, **values):
    """The rows with some values of one of them changed."""
    return {**base, key: {**base[key], **values}}


def found(plan):
    """What a plan tells of cells."""
    return [(one.code, one.cell) for one in plan.issues]


def test_an_untouched_sheet_changes_nothing():
    plan = planned(FUNCTIONS, BASE, BASE)

    assert (plan.changes, plan.conflicts, plan.issues) == ([], [], [])
    assert plan.counts == {"rows": 2, "new": 0, "changed": 0, "removed": 0, "unchanged": 2, "kept": 0, "conflicts": 0}


def test_a_value_that_breaks_a_rule_already_is_not_judged_while_nobody_touches_it():
    base = edited(BASE, "a", rto_h=48, owner_role="x" * 300)

    assert planned(FUNCTIONS, base, base).issues == []


def test_a_field_goes_to_who_changed_it_and_is_chosen_where_both_did():
    now = edited(edited(BASE, "a", rto_h=2, mtpd_h=12), "b", name_fi="Päiväkodit")
    rows = edited(BASE, "a", rto_h=3, name_sv="Skolmåltider", mtpd_h=12)

    plan = planned(FUNCTIONS, BASE, rows, now=now)
    mine = planned(FUNCTIONS, BASE, rows, now=now, choices={plan.conflicts[0].id: MINE})
    theirs = planned(FUNCTIONS, BASE, rows, now=now, choices={plan.conflicts[0].id: THEIRS})

    assert [(one.field, one.before, one.after) for one in plan.changes] == [("name_sv", None, "Skolmåltider")]
    assert [(one.field, one.base, one.before, one.after) for one in plan.conflicts] == [("rto_h", 4, 2, 3)]
    assert plan.counts["kept"] == 1
    assert [one.field for one in mine.changes] == ["name_sv", "rto_h"]
    assert mine.rows["functions"]["a"]["rto_h"] == 3
    assert theirs.rows["functions"]["a"]["rto_h"] == 2
    assert plan.digest("x") == mine.digest("x") == theirs.digest("x") != plan.digest("y")


def test_nothing_is_removed_by_an_empty_or_missing_row_and_no_class_is_lowered():
    secret = edited(BASE, "a", confidentiality="confidential", secrecy_basis="24 §")
    rows = {"a": {**secret["a"], "confidentiality": None}, "b": {"code": "F-EDU-02"}}

    plan = planned(FUNCTIONS, secret, rows)

    assert plan.changes == []
    assert found(plan) == [("ROW_GONE", "A5")]
    assert planned(FUNCTIONS, secret, {"a": secret["a"]}).errors == []


def test_every_error_is_told_at_once_at_its_cell():
    rows = {
        "a": {**MEALS, "rto_h": 48},
        "b": {**BASE["b"], "name_fi": None, "code": "F-XXX"},
        "c": MEALS,
        "+F01": {"code": "NEW-F01", "owner_role": "Rehtori"},
    }

    plan = planned(FUNCTIONS, BASE, {**rows, " a": MEALS}, formulas={"B6"})

    assert set(found(plan)) >= {
        ("FORMULA", "B6"),
        ("CODE_CHANGED", "A7"),
        ("REQUIRED", "B7"),
        ("UNKNOWN_KEY", "B8"),
        ("REQUIRED", "B9"),
        ("DUP_KEY", "B10"),
    }
    assert all(one.message for one in plan.issues)


def test_a_broken_rule_of_the_page_is_told_at_the_cell_of_its_field():
    plan = planned(FUNCTIONS, BASE, edited(BASE, "a", rto_h=48))
    secret = planned(FUNCTIONS, BASE, edited(BASE, "a", confidentiality="confidential"))
    risk = planned(
        RISKS, {"r": {"code": "R-1", "title_fi": "Tulva"}}, {"r": {"code": "R-1", "title_fi": "Tulva", "impact": 3}}
    )

    assert [one.code for one in plan.errors] == ["RTO_GT_MTPD"]
    assert plan.errors[0].cell == "R6"
    assert secret.errors[0].code == "RULE_BROKEN"
    assert [one.field for one in risk.changes] == ["impact"]
    assert len(risk.errors) == 1


def test_needs_and_resources_obey_their_rules():
    twice = {
        "n": WATER,
        "+N01": {**WATER, "name": "vesi"},
        "+N02": {**WATER, "name": "Sähkö", "suppliers": ["F-EDU-01"]},
    }
    staff = {"function": "F-EDU-01", "kind": "staff", "name": "Kokki"}
    more = {"+S01": {**staff, "normal_qty": 1, "minimum_qty": 2}, "+S02": {**staff, "name": "kokki"}, "s": staff}

    plan = planned(NEEDS, {"n": WATER}, twice)
    moved = planned(NEEDS, {"n": WATER}, {"n": {**WATER, "function": "F-EDU-02"}})
    stock = planned(RESOURCES, {"s": staff}, more)

    assert [one.cell for one in plan.errors] == ["D8", "B7"]
    assert found(moved) == [("REF_FIXED", "A6")]
    assert len(stock.errors) == 2
    assert plan.counts["new"] == 2


def test_an_impact_grid_is_judged_whole():
    base = {f"f:{category}": {"code": "F-EDU-01"} for category in ("LIFE", "ECON")}
    full = {f"T{n}": n for n in range(1, 6)} | {"T6": 5, "T7": 5}
    rows = {"f:LIFE": {**base["f:LIFE"], **full}, "f:ECON": {**base["f:ECON"], **full, "T4": None}}

    plan = planned(IMPACTS, base, rows)
    fallen = planned(IMPACTS, base, {"f:LIFE": {**base["f:LIFE"], **full, "T7": 1}})

    assert [one.cell for one in plan.errors] == ["G7"]
    assert [one.cell for one in fallen.errors] == ["J6"]
    assert planned(IMPACTS, base, {"f:LIFE": rows["f:LIFE"]}).errors == []


def test_a_grid_that_was_at_fault_already_is_told_only_where_it_is_touched():
    fallen = {f"T{n}": 8 - n if n > 3 else 5 for n in range(1, 8)}
    base = {"f:LIFE": {"code": "F-EDU-01"} | fallen, "f:ECON": {"code": "F-EDU-01"}}
    rows = {"f:ECON": {"code": "F-EDU-01"} | {f"T{n}": 2 for n in range(1, 8)}}

    assert planned(IMPACTS, base, rows).errors == []


def test_cells_that_another_program_wrote_otherwise_are_the_same():
    base = edited(BASE, "a", capability_on="2026-03-01", min_staff=3, vulnerable_groups=True)
    sheet = sheet_of(FUNCTIONS, base)
    row = sheet.rows[5]
    row[row.index(date(2026, 3, 1))] = NOON
    row[row.index(3)] = "3"

    place = grid.located(FUNCTIONS, {"x": sheet}, "x")
    reader = Reader(FUNCTIONS, place, base, LISTS, {})
    first = reader.rows()[0]

    assert (first.values["capability_on"], first.values["min_staff"]) == ("2026-03-01", 3)
    assert [one.code for one in reader.issues] == ["TEXT_NUMBER"]


def test_one_of_several_cells_is_told_at_its_own_place():
    sheet = sheet_of(NEEDS, {"n": WATER})
    row = sheet.rows[5]
    row[row.index("F-EDU-02 | Varhaiskasvatus") + 2] = "F-XXX"

    reader = Reader(NEEDS, grid.located(NEEDS, {"x": sheet}, "x"), {"n": WATER}, LISTS, {})
    reader.rows()

    assert [(one.code, one.cell) for one in reader.issues] == [("UNKNOWN_REF", "F6")]


def test_what_has_gone_from_the_register_meanwhile_is_told_where_it_was_touched():
    gone = planned(FUNCTIONS, BASE, edited(BASE, "a", rto_h=2), now={"b": BASE["b"]})

    assert found(gone) == [("RECORD_GONE", "B6")]
    assert planned(FUNCTIONS, BASE, BASE, now={"b": BASE["b"]}).issues == []


def test_a_spare_row_that_was_taken_in_before_is_the_record_that_it_became():
    base = {**BASE, "c": {**MEALS, "code": "F-EDU-09", "name_fi": "Uusi"}}
    rows = {"+F01": {**MEALS, "code": "UUSI-F01", "name_fi": "Uudempi"}}

    plan = planned(FUNCTIONS, base, rows, made={"+F01": "c"})

    assert plan.counts["new"] == 0
    assert [(one.key, one.after) for one in plan.changes] == [("c", "Uudempi")]


def test_headings_are_found_by_what_they_say():
    messy = planned(
        FUNCTIONS,
        BASE,
        BASE,
        rename={"Nimi suomeksi\u00a0*": " NIMI\u00ad  suomeksi ", "RTO (h)": "rto  (H)"},
        above=7,
        gap=1,
    )
    extra = planned(FUNCTIONS, BASE, BASE, rename={"Tunnus": "Oma muistiinpano"})
    lost = planned(FUNCTIONS, BASE, BASE, rename={"RTO (h)": None, grid.KEY: None})
    bare = Planner({}, {}, matrix.DEFAULT, TODAY).plan

    assert {one.code for one in messy.issues} == {"HEADER_MOVED", "HEADERS_NORMALISED"}
    assert messy.changes == []
    assert ("UNKNOWN_COLUMN", "A5") in found(extra)
    assert ("HEADER_MISSING", "A5") in found(lost)
    assert grid.located(FUNCTIONS, {}, "Toiminnot").code == "SHEET_MISSING"
    assert grid.located(FUNCTIONS, {"x": Sheet("x", [])}, "x").key is None
    assert bare.errors == []


def test_a_row_without_a_key_is_a_new_one():
    plan = planned(FUNCTIONS, BASE, {**BASE, None: {"name_fi": "Liitetty rivi"}})

    assert plan.counts["new"] == 1
    assert list(plan.rows["functions"]) == ["+Frow8"]


def test_what_is_new_has_a_code_before_it_is_taken_in():
    assert [provisional_code(key) for key in spare_keys("risks")][:2] == ["UUSI-R01", "UUSI-R02"]


def test_there_are_as_many_columns_as_the_fullest_row_needs():
    many = {"n": {"suppliers": [f"F-{n}" for n in range(6)]}}

    assert widened(NEEDS, many).field("suppliers").columns == 7
    assert widened(NEEDS, {}).field("suppliers").columns == 4
    assert provisional_code("+F01") == "UUSI-F01"


def test_a_stamp_holds_only_as_it_was_made(monkeypatch):
    monkeypatch.setattr(sealing, "_key", b"k" * 40)
    lines = stamp().lines()
    other = [(name, "WAT" if name == "organisation" else value) for name, value in lines]
    old = stamp(schema="prepare-form/0").lines()

    assert unsealed(lines) == stamp()
    assert unsealed([*lines, ["", None], ["x"]]) == stamp()
    for rows, code in ((other, "meta_tampered"), ([], "meta_tampered"), (old, "schema_version")):
        with pytest.raises(Unsealed) as refused:
            unsealed(rows)
        assert refused.value.code == code
    assert stamp().schema == SCHEMA


@pytest.mark.parametrize(
    ("table", "values", "state"),
    [
        (FUNCTIONS, {}, ""),
        (FUNCTIONS, {"name_sv": "Mat"}, "Missing: Name in Finnish"),
        (FUNCTIONS, {"name_fi": "Mat", "rto_h": 5, "mtpd_h": 4}, "Check: RTO > MTPD"),
        (FUNCTIONS, {"name_fi": "Mat"}, "To be filled in: Responsible for organising"),
        (NEEDS, WATER, "OK"),
        (NEEDS, {**WATER, "suppliers": ["F-EDU-01"]}, "Check: the function is its own supplier"),
        (NEEDS, {**WATER, "min_required": 2}, "Check: too few suppliers"),
        (IMPACTS, {"T1": 1}, "Check: a time band has no step"),
        (IMPACTS, {f"T{n}": 8 - n for n in range(1, 8)}, "Check: the impact falls"),
        (RESOURCES, {"function": "F", "kind": "staff", "name": "a", "normal_qty": 1, "minimum_qty": 2},
         "Check: the minimum is more than the normal quantity"),
        (RISKS, {"title_fi": "Tulva", "impact": 3}, "Check: likelihood and impact belong together"),
        (FUNCTIONS, {"remove": True}, "To be removed"),
        (RISKS, {"title_fi": "Tulva", "remove": True}, "Missing: Reason for removing"),
        (RISKS, {"title_fi": "Tulva", "remove": True, "remove_reason": "Ohi"}, "To be removed"),
        (MEASURES, {"name_fi": "Kaivo", "state": "on_hold"}, "Check: it is on hold without a reason"),
        (MEASURES, {"name_fi": "Kaivo", "state": "planned", "progress_pct": 5},
         "Check: it is only planned, but has progress"),
        (ANSWERS, {"status": "na"}, "Check: say why it does not concern you"),
        (ANSWERS, {"status": "met"}, "OK"),
        (ANSWERS, {}, "To be filled in: How is it met?"),
        (PLANS, {"name_fi": "Suunnitelma"}, "Missing: Kind of plan"),
    ],
)  # fmt: skip
def test_the_state_of_a_row_names_what_it_lacks(table, values, state):
    with speaking("en"):
        assert states.state(table, values) == state
        cells = {one.key: [f"A{n}" for n in range(one.columns)] for one in table.fields}
        formula = states.formula(table, cells)

    assert formula.startswith("=IF(" if table.asks else "=IF(COUNTA(")
    assert formula.count("(") == formula.count(")")


def test_a_score_is_the_product_of_its_steps():
    assert states.score({"likelihood": 3, "impact": 4}) == 12
    assert states.score({"likelihood": 3}) == ""
    assert "VALUE(LEFT(A1,1))" in states.score_formula({"likelihood": ["A1"], "impact": ["B1"]})


def test_every_message_fills_its_places():
    samples = dict.fromkeys(
        ("value", "was", "other", "read", "field", "row", "allowed", "least", "most", "text", "sheet", "now", "base"),
        "x",
    )

    for code in issues.MESSAGES:
        assert Issue(code, "a", "A1", samples).message
    assert Issue("REQUIRED", "a", "A1", samples).severity == ERROR


def test_an_entry_keeps_what_the_workbook_does_not_show():
    need = checks.need_entry(
        {**WATER, "suppliers": ["F-EDU-02", "F-EDU-03"], "kind": "power"},
        [checks.AlternativeEntry(supplier="F-EDU-02", kind="water", note="oma")],
    )

    assert [(one.supplier, one.kind.value, one.note) for one in need.alternatives] == [
        ("F-EDU-02", "power", "oma"),
        ("F-EDU-03", "power", None),
    ]
    assert checks.function_entry({"name_fi": "a", "commodity": True, "confidentiality": None}).commodity


#: Every place that a message has.
PLACES = ["value", "was", "other", "read", "field", "row", "allowed", "least", "most", "text", "sheet", "now", "base"]


#: Columns in which an edit can be anything that the field holds.
EDITABLE = [
    one
    for one in FUNCTIONS.told
    if one.key not in ("name_fi", "rto_h", "mtpd_h", "confidentiality", "criticality", "no_dependencies")
]
TEXTS = st.text(max_size=60) | st.sampled_from(
    ["=1+1", "+358401234567", "@a", "-5", "007", "a\nb", "👩‍👩‍👧‍👦", "a\u0308"]
)


def values_of(one):
    """Values that the field may hold, as the register would."""
    if one.kind in (Kind.TEXT, Kind.LONG):
        return TEXTS.map(clean).filter(
            lambda text: read(one, text, LISTS).value == text and not read(one, text, LISTS).remarks
        )
    return {
        Kind.YES_NO: st.booleans(),
        Kind.DATE: st.dates(date(1960, 1, 1), date(2100, 1, 1)).map(date.isoformat),
        Kind.ITEM: st.sampled_from(list(LISTS.of(one.items)) or ["x"]),
        Kind.WORD: st.sampled_from([word.value for word in one.words or ()] or ["x"]),
        Kind.WHOLE: st.integers(0, 1000),
        Kind.PERCENT: st.integers(0, 100),
    }.get(one.kind, st.integers(0, 4000).map(lambda n: n / 4))


EDITS = st.lists(
    st.tuples(st.integers(0, 39), st.sampled_from(EDITABLE)).flatmap(
        lambda at: st.tuples(st.just(at), values_of(at[1]))
    ),
    max_size=20,
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(EDITS)
def test_random_edits_come_back_exactly(edits):
    base = {str(n): {**MEALS, "code": f"F-EDU-{n}", "name_fi": f"Toiminto {n}"} for n in range(40)}
    rows = {key: dict(values) for key, values in base.items()}
    wanted = {}
    for (row, one), value in edits:
        rows[str(row)][one.key] = value
        wanted[str(row), one.key] = value

    shuffled = dict(sorted(rows.items(), key=lambda item: item[0][::-1]))
    plan = planned(FUNCTIONS, base, shuffled)

    wanted = {at: value for at, value in wanted.items() if value != base[at[0]].get(at[1])}
    assert {(one.key, one.field): one.after for one in plan.changes} == wanted
    assert plan.issues == []
