"""Where things stand in the pictures of risks."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from risks import drawing
from risks.drawing import CELL_HEIGHT, CELL_WIDTH, LEFT, TOP, Move, Share
from risks.matrix import DEFAULT, Level
from tests.risks.test_matrix import scale


def test_the_likeliest_row_stands_on_top_and_the_gravest_impact_at_the_right():
    drawn = drawing.picture(DEFAULT, {(5, 1): 3, (1, 5): 2})
    at = {(cell.likelihood, cell.impact): cell for cell in drawn.cells}

    assert (at[5, 1].x, at[5, 1].y) == (LEFT, TOP)
    assert (at[1, 5].x, at[1, 5].y) == (LEFT + 4 * CELL_WIDTH, TOP + 4 * CELL_HEIGHT)
    assert (at[5, 1].count, at[1, 5].count, at[3, 3].count) == (3, 2, 0)
    assert at[1, 5].score == 5
    assert drawn.columns[0] == (1, LEFT + CELL_WIDTH / 2)
    assert drawn.rows[0] == (1, TOP + 4.5 * CELL_HEIGHT)


@given(rows=st.integers(2, 7), columns=st.integers(2, 7))
def test_every_cell_of_any_shape_lies_inside_its_picture_and_none_on_another(rows, columns):
    drawn = drawing.picture(scale(rows, columns, 2, 3, 4), {})

    assert len({(cell.x, cell.y) for cell in drawn.cells}) == rows * columns
    assert all(cell.x + CELL_WIDTH <= drawn.width and cell.y + CELL_HEIGHT <= drawn.height for cell in drawn.cells)


def test_an_arrow_is_thicker_the_more_risks_go_its_way_and_none_is_drawn_within_a_cell():
    moves = [Move((5, 5), (2, 2), 9), Move((4, 4), (2, 2), 1), Move((3, 3), (3, 3), 5), Move((6, 6), (1, 1), 1)]

    few, many = drawing.picture(DEFAULT, {}, moves).arrows

    assert (few.start, few.end, few.count) == ((4, 4), (2, 2), 1)
    assert many.width == drawing.THICKEST > few.width > drawing.THINNEST
    assert many.halo > many.width
    assert few.path.startswith("M")


def test_single_arrows_are_all_alike():
    (arrow,) = drawing.picture(DEFAULT, {}, [Move((2, 2), (1, 2), 1)]).arrows

    assert arrow.width == round(drawing.THINNEST + 1, 1)


HISTORY = [
    (date(2026, 1, 1), Level.MODERATE, Level.LOW),
    (date(2026, 7, 2), Level.CRITICAL, None),
    (date(2026, 8, 1), None, None),
]


def test_a_history_steps_at_each_assessment_and_runs_on_to_today():
    drawn = drawing.history(HISTORY, date(2027, 1, 1))

    assert [point.level for point in drawn.points] == [Level.MODERATE, Level.CRITICAL]
    assert drawn.points[0].x == drawing.LABEL
    assert drawn.points[1].x == round(drawing.LABEL + (drawing.WIDE - drawing.LABEL - drawing.EDGE) * 182 / 365, 1)
    assert drawn.line.startswith(f"M{drawing.LABEL} {2.5 * drawing.BAND:g}H")
    assert drawn.line.endswith(f"V{0.5 * drawing.BAND:g}H{drawing.WIDE - drawing.EDGE}")
    assert drawn.expected_line.count("V") == 0
    assert [level for level, _y in drawn.bands] == [Level.CRITICAL, Level.SIGNIFICANT, Level.MODERATE, Level.LOW]


def test_a_history_of_one_day_or_of_no_level_is_not_drawn():
    assert drawing.history(HISTORY[:1], date(2026, 1, 1)) is None
    assert drawing.history(HISTORY[2:], date(2027, 1, 1)) is None
    assert drawing.history([], date(2027, 1, 1)) is None
    assert drawing.history([(date(2026, 1, 1), Level.LOW, None)], date(2027, 1, 1)).expected_line == ""


def test_a_bar_is_filled_from_the_gravest_on():
    assert drawing.bar({Level.LOW: 1, Level.CRITICAL: 3}) == (
        Share(Level.CRITICAL, 3, 0.0, 75.0),
        Share(Level.LOW, 1, 75.0, 25.0),
    )
    assert drawing.bar({}) == ()
