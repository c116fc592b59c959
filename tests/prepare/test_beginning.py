"""The first page of somebody whose register is still empty says what to do next."""

import pytest
from sqlalchemy import update

from prepare.db import db
from prepare.models.functions import Function
from prepare.vocabulary import FunctionState


@pytest.fixture
def empty_register(town):
    """A town in which no function is in force."""
    with db.engine.begin() as connection:
        connection.execute(update(Function.__table__).values(state=FunctionState.RETIRED.value))


@pytest.mark.parametrize(
    ("person", "says"),
    [
        ("edu.contact", "five to fifteen things that your sector must keep running"),
        ("leadership", "preparedness contacts register them"),
    ],
)
def test_the_start_page_of_an_empty_register_says_what_comes_next(empty_register, sign_in, person, says):
    page = sign_in(person).get("/").text

    assert says in page
