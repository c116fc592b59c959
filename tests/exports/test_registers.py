"""The registers: one declaration drives files, API and description; text files come back as they went."""

import csv
import json
from datetime import UTC, date, datetime
from io import StringIO
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as some

from exports.registers.catalogue import EVERY, REGISTERS
from exports.registers.field import Field, Kind, Sight, heading, plain
from exports.registers.files import as_json, as_text, cell, figure
from exports.registers.register import NO_FILTER, Filter
from exports.separated import BYTE_ORDER_MARK, FORMULA_LIKE, bare, inert, lines, separator
from prepare.actor import Root, Scope
from prepare.texts import LANGUAGES, UNSTORABLE, _, speaking
from prepare.vocabulary import Confidentiality, Criticality
from risks.models.risks import Risk
from tests import town as the_town

PUBLIC, INTERNAL, CONFIDENTIAL = Confidentiality
LISTED = (
    "=1+1",
    "+358 50 123 4567",
    "-5",
    "@SUM(A1)",
    "\tsarkain",
    "＝1+1",
    "'=jo merkitty",
    "''+358",
    "'hipsu",
    "0012",
    "a;b,c",
    'sanoi "kyllä"',
    "kaksi\nriviä",
    "å ä ö €",
    "a\u0308",
    "👩‍🚒",
    "",
)
texts = some.text(some.characters(exclude_categories=("Cs",)), max_size=40).filter(lambda t: not UNSTORABLE.search(t))


def read(content, between):
    """The cells of a file, as another program reads them."""
    assert content.startswith(BYTE_ORDER_MARK)
    return list(csv.reader(StringIO(content.removeprefix(BYTE_ORDER_MARK), newline=""), delimiter=between))


def held(codes=("/1/",), highest=CONFIDENTIAL):
    return Sight(Scope(tuple(Root(code, highest) for code in codes)), highest, date(2026, 11, 28))


@pytest.mark.parametrize("text", LISTED)
def test_a_text_comes_back_from_a_cell_as_it_went(text):
    assert bare(inert(text)) == text


@pytest.mark.parametrize("text", LISTED)
def test_no_cell_begins_like_a_formula(text):
    assert not inert(text).startswith(FORMULA_LIKE)


@given(rows=some.lists(some.lists(texts, min_size=2, max_size=2), max_size=5), between=some.sampled_from(";,"))
@effort(max_examples=100, deadline=None, derandomize=True)
def test_any_texts_come_back_from_a_file_as_they_went(rows, between):
    content = "".join(lines([[inert(text) for text in row] for row in rows], between))

    assert not rows or [[bare(text) for text in row] for row in read(content, between)] == rows


def test_the_separator_is_what_programs_expect_beside_the_decimal_sign():
    assert [separator(language) for language in LANGUAGES] == [";", ";", ","]


def test_figures_have_the_decimal_sign_of_the_language():
    with speaking("sv"):
        assert [figure(0.5), figure(12.0), figure(1200), figure(1 / 3)] == ["0,5", "12", "1200", "0,3333333333"]
    with speaking("en"):
        assert figure(0.5) == "0.5"


def test_a_cell_tells_words_as_people_read_them_and_codes_side_by_side():
    word = Field("criticality", "Class", Kind.WORD, Criticality)

    with speaking("fi"):
        assert cell(word, None) == ""
        assert cell(word, "K1") == Criticality.K1.label
        assert cell(Field("x", "x", Kind.YES_NO), False) == _("No")
        assert cell(Field("x", "x", Kind.CODES), ["F-1", "F-2"]) == "F-1, F-2"
        assert cell(Field("x", "x"), "=1+1") == "'=1+1"


def test_every_register_has_names_that_last_and_labels_in_three_languages():
    for register in EVERY:
        names = [field.name for field in register.fields]
        assert len(names) == len(set(names)), register.name
        assert all(name.replace("_", "").isalnum() and name.islower() for name in names)
        assert register.fields[0].name == "ref"
        for field in register.fields:
            assert (field.words is not None) is (field.kind is Kind.WORD), field.name


def test_headings_of_a_register_differ_from_one_another():
    for register in EVERY:
        for language in LANGUAGES:
            with speaking(language):
                headings = [heading(field) for field in register.fields]
                assert len(headings) == len(set(headings)), (register.name, language)


def test_a_value_is_written_as_json_holds_it():
    assert plain(Criticality.K1) == "K1"
    assert plain(date(2026, 11, 28)) == "2026-11-28"


@pytest.mark.parametrize("register", EVERY, ids=lambda register: register.name)
def test_a_register_gives_each_record_once_part_by_part(town, register):
    sight = held()
    whole = list(register.every(sight))

    found, after = [], ""
    while after is not None:
        part = register.source.part(sight, NO_FILTER, after, 2)
        found += [register.row(record, sight) for record in part.records]
        after = part.onward

    assert found == whole
    assert len({row["ref"] for row in whole}) == len(whole) == register.source.counted(sight, NO_FILTER)


@pytest.mark.parametrize("register", EVERY, ids=lambda register: register.name)
def test_a_record_is_found_by_its_reference_and_by_no_other(town, register):
    sight = held()
    first = next(register.every(sight), None)

    if first:
        one = register.source.one(sight, UUID(first["ref"]))
        assert register.row(one, sight) == first
    assert register.source.one(sight, UUID(int=7)) is None


def test_the_town_has_something_in_nearly_every_register(town):
    empty = {register.name for register in EVERY if not register.source.counted(held(), NO_FILTER)}

    assert empty <= {"impacts"}


def test_a_filter_narrows_to_an_organisation_and_what_is_below_it(town):
    education = the_town.organisation_of("EDU").path

    for name in ("functions", "risks", "measures", "plans", "dependencies", "needs"):
        rows = list(REGISTERS[name].every(held(), Filter(education)))
        assert rows, name
        assert {row["organisation"] for row in rows} <= {"EDU", "SCH"}


def test_a_lower_class_leaves_out_records_and_fields(town):
    risks, low = REGISTERS["risks"], held(highest=PUBLIC)
    some_public = the_town.record(Risk, "R-01")
    the_town.change(some_public, confidentiality=PUBLIC, owner_role="Johtaja")

    rows = list(risks.every(low))

    assert [row["code"] for row in rows] == ["R-01"]
    assert rows[0]["owner_role"] is None
    assert "owner_role" in risks.withheld(low)
    assert next(row for row in risks.every(held()) if row["code"] == "R-01")["owner_role"] == "Johtaja"


def test_what_changed_since_a_moment_is_found_and_dated(town):
    risks = REGISTERS["risks"]
    before = datetime.now(UTC)
    the_town.change(the_town.record(Risk, "R-01"), cause="Uusi syy")

    part = risks.source.part(held(), Filter(since=before), "", 10)

    assert [one.code for one in part.records] == ["R-01"]
    assert risks.source.changed(part.records)[str(part.records[0].ref)] >= before


def test_a_file_holds_the_headings_and_every_record(town):
    register, sight = REGISTERS["functions"], held()
    with speaking("fi"):
        taken = as_text(register, sight, NO_FILTER, "toiminnot.csv", ";")

    with taken.stream:
        rows = read(taken.stream.read().decode("utf-8"), ";")

    assert taken.rows == len(rows) - 1 == register.source.counted(sight, NO_FILTER)
    assert "RTO h" in rows[0]
    assert len({len(row) for row in rows}) == 1


def test_json_holds_the_names_and_words_of_the_api(town):
    register, sight = REGISTERS["functions"], held()

    taken = as_json(register, sight, NO_FILTER, "functions.json")

    with taken.stream:
        told = json.loads(taken.stream.read())
    assert told["items"] == list(register.every(sight))
    assert taken.rows == len(told["items"])
