"""Resources: what they must satisfy, what they leave open, and what one may begin from."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepare.entries import ResourceEntry
from prepare.resourcing import COMMON, has_no_stand_in, has_unknown_stock, problems
from prepare.texts import LANGUAGES, speaking
from prepare.vocabulary import ResourceKind

COOK = ResourceEntry(
    name="Keittäjä", kind=ResourceKind.STAFF, normal_qty=3, minimum_qty=1, unit="henkilöä", needed_from_band="T2"
)
DIESEL = ResourceEntry(name="Diesel", kind=ResourceKind.MATERIAL, stock_lasts_h=72)
quantity = st.none() | st.floats(0, 1e6)


def told(entry, **more):
    return [problem.field for problem in problems(entry, **more)]


def test_a_complete_resource_and_a_bare_one_break_no_rule():
    assert problems(COOK) == []
    assert problems(DIESEL) == []
    assert problems(ResourceEntry(name="Tila", kind=ResourceKind.PREMISES)) == []


@given(quantity, quantity)
def test_the_minimum_is_at_most_the_normal_quantity(normal, minimum):
    entry = replace(COOK, normal_qty=normal, minimum_qty=minimum)

    breaks = normal is not None and minimum is not None and minimum > normal
    assert told(entry) == (["minimum_qty"] if breaks else [])


def test_the_message_names_both_quantities():
    with speaking("en"):
        (problem,) = problems(replace(COOK, minimum_qty=3.5))

        assert problem.text() == "The minimum 3.5 is more than the normal quantity 3. Correct one of the two."


@pytest.mark.parametrize("field", ["normal_qty", "minimum_qty", "stock_lasts_h"])
def test_e13_no_quantity_and_no_time_is_negative(field):
    values = dict.fromkeys(("normal_qty", "minimum_qty")) | {field: -0.5}

    assert told(replace(COOK, **values)) == [field]


@pytest.mark.parametrize(
    ("values", "field"),
    [({"name": " "}, "name"), ({"kind": None}, "kind"), ({"needed_from_band": "T8"}, "needed_from_band")],
)
def test_a_resource_has_a_name_a_kind_and_a_band_that_exists(values, field):
    assert told(replace(COOK, **values)) == [field]


def test_a_function_has_no_two_resources_of_one_name():
    assert told(COOK, others=["KEITTÄJÄ", "Diesel"]) == ["name"]
    assert told(COOK, others=["Keittäjät"]) == []


@pytest.mark.parametrize(
    ("kind", "alternative", "alone"),
    [
        (ResourceKind.STAFF, None, True),
        (ResourceKind.STAFF, "  ", True),
        (ResourceKind.STAFF, "Sijaisrekisteri", False),
        (ResourceKind.PREMISES, None, True),
        (ResourceKind.EQUIPMENT, None, True),
        (ResourceKind.ICT_SYSTEM, None, True),
        (ResourceKind.VEHICLE, None, False),
        (ResourceKind.DATA, None, False),
        (ResourceKind.MATERIAL, None, False),
        (ResourceKind.FINANCE, None, False),
    ],
)
def test_what_stops_a_function_needs_a_stand_in(kind, alternative, alone):
    assert has_no_stand_in(replace(COOK, kind=kind, alternative=alternative)) is alone


def test_only_what_is_used_up_has_a_stock():
    assert has_unknown_stock(replace(DIESEL, stock_lasts_h=None))
    assert not has_unknown_stock(replace(DIESEL, stock_lasts_h=0))
    assert not has_unknown_stock(COOK)


@pytest.mark.parametrize("language", LANGUAGES)
def test_common_resources_break_no_rule_and_differ_in_name(language):
    with speaking(language):
        entries = [one.entry for one in COMMON]

    assert [problems(entry) for entry in entries] == [[]] * len(COMMON)
    assert len({entry.name for entry in entries}) == len({one.key for one in COMMON}) == len(COMMON)
