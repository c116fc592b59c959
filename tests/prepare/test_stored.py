"""An entry comes back from JSON as it went in, whatever kinds of fields it has."""

from dataclasses import dataclass
from datetime import date

import pytest

from prepare.stored import as_json, from_json
from prepare.vocabulary import Role


@dataclass(frozen=True)
class Duty:
    """A duty within an entry."""

    role: Role
    since: date | None = None


@dataclass(frozen=True)
class Person:
    """An entry with every kind of field."""

    name: str
    duties: tuple[Duty, ...] = ()
    holidays: tuple[date, ...] | None = None
    chief: Role | None = None


@pytest.mark.parametrize(
    "entry",
    [
        Person("A"),
        Person("B", (Duty(Role.ADMIN, date(2026, 5, 4)), Duty(Role.CENTRAL))),
        Person("C", holidays=()),
        Person("D", holidays=(date(2026, 12, 6), date(2026, 12, 24)), chief=Role.LEADERSHIP),
    ],
)
def test_an_entry_comes_back_as_it_went_in(entry):
    assert from_json(Person, as_json(entry)) == entry


def test_a_field_that_is_no_more_is_left_out_and_one_that_is_new_has_its_default():
    assert from_json(Person, {"name": "E", "shoe_size": 43}) == Person("E")
