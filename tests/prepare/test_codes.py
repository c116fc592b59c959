"""The next free code: one more than the highest number behind the mark, whatever stands beside it."""

import pytest

from prepare.models.functions import Function
from prepare.register.codes import next_code, next_number


@pytest.mark.parametrize(
    ("held", "wanted"),
    [
        ((), 1),
        (("T-01", "T-02"), 3),
        (("T-9", "T-10"), 11),
        (("T-99", "T-100", "T-20"), 101),
        (("T-0007", "T-12"), 13),
        (("T-0150", "T-151"), 152),
        (("T-12a", "T-11", "T-3"), 12),
        (("T-old one", "T-5"), 6),
        (("T-", "T-x"), 1),
        (("TT-40", "T-4"), 5),
    ],
)
def test_the_next_number_is_one_more_than_the_highest(town, held, wanted):
    town.keep(*(town.a_function(code) for code in held))

    assert next_number(Function.code, "T-") == wanted


def test_a_code_has_at_least_so_many_figures(town):
    assert next_code(Function.code, "T-") == "T-01"
    assert next_code(Function.code, "T-", figures=3) == "T-001"
