"""Steps between the pages of a list."""

import pytest

from prepare.views.paging import page_steps


@pytest.mark.parametrize(
    ("page", "pages", "numbers"),
    [
        (1, 1, (1,)),
        (1, 3, (1, 2, 3)),
        (1, 9, (1, 2, 3, None, 9)),
        (5, 9, (1, None, 3, 4, 5, 6, 7, None, 9)),
        (9, 9, (1, None, 7, 8, 9)),
    ],
)
def test_the_first_the_last_and_the_near_pages_are_shown(page, pages, numbers):
    assert page_steps(page, pages).numbers == numbers


def test_there_is_no_page_before_the_first_and_none_after_the_last():
    assert (page_steps(1, 2).previous, page_steps(1, 2).following) == (None, 2)
    assert (page_steps(2, 2).previous, page_steps(2, 2).following) == (1, None)


def test_a_long_list_shows_few_numbers():
    assert len(page_steps(1000, 2000).numbers) == 9
