"""What a situation review must satisfy, how two are compared, and how its bars are drawn."""

from datetime import date

import pytest

from continuity import reviewing
from continuity.entries.reviews import SituationReviewEntry
from continuity.vocabulary.reviews import ReviewState
from prepare.errors import RuleBroken
from prepare.vocabulary import Confidentiality

TODAY = date(2026, 11, 21)
WRITTEN = {"as_of": TODAY, "now_text": "Hyvä", "change_text": "Parani", "need_text": "Päätös"}


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({}, []),
        ({"as_of": None}, ["as_of"]),
        ({"as_of": date(2026, 11, 22)}, ["as_of"]),
        ({"confidentiality": Confidentiality.CONFIDENTIAL}, ["secrecy_basis"]),
    ],
)
def test_a_review_is_of_a_day_that_has_come(values, fields):
    found = reviewing.problems(SituationReviewEntry(**WRITTEN | values), on=TODAY)

    assert [rule.field for rule in found] == fields


@pytest.mark.parametrize("name", reviewing.SENTENCES)
def test_a_review_is_given_with_its_three_sentences(name):
    assert reviewing.giving_problems(SituationReviewEntry(**WRITTEN)) == []
    assert len(reviewing.giving_problems(SituationReviewEntry(**WRITTEN | {name: None}))) == 1


def test_a_review_that_was_given_stays_as_it_is():
    reviewing.refuse_given(ReviewState.DRAFT)
    with pytest.raises(RuleBroken):
        reviewing.refuse_given(ReviewState.GIVEN)


def test_a_change_is_unknown_when_one_of_the_figures_is():
    assert (reviewing.change(3, 5), reviewing.change(5, 5)) == (-2, 0)
    assert reviewing.change(None, 5) is None
    assert reviewing.change(5, None) is None


def test_the_parts_of_a_bar_stand_side_by_side_and_fill_it():
    found = reviewing.bars({"planned": 1, "done": 3, "other": 9}, ("done", "on_hold", "planned"))

    assert [(bar.word, bar.count, bar.x, bar.width) for bar in found] == [
        ("done", 3, 0.0, 75.0),
        ("planned", 1, 75.0, 25.0),
    ]
    assert reviewing.bars({}, ("done",)) == []
