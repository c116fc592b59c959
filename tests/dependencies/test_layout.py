"""Where things stand in the picture of a disruption."""

from itertools import combinations

from dependencies.layout import HEIGHT, TALLEST, WIDTH, Mark, arrange, path


def marks(*places):
    return [Mark(key, lane, column, str(key)) for key, lane, column in places]


def test_a_mark_stands_in_its_lane_and_column():
    picture = arrange(marks((1, "grid", 0), (2, "ward", 3)), [(1, 2)], ["grid", "ward"])

    grid, ward = picture.lanes
    first, last = picture.columns
    spots = {spot.keys[0]: spot for spot in picture.spots}
    assert grid.at <= spots[1].y <= grid.at + grid.size - HEIGHT
    assert ward.at <= spots[2].y <= ward.at + ward.size - HEIGHT
    assert first.at <= spots[1].x <= first.at + first.size - WIDTH
    assert last.at <= spots[2].x <= last.at + last.size - WIDTH
    assert [column.key for column in picture.columns] == [0, 3]


def test_no_two_marks_lie_on_each_other():
    many = marks(*((number, "abc"[number % 3], number % 4) for number in range(90)))

    spots = arrange(many, [], "abc").spots

    assert len(spots) == 90
    for one, other in combinations(spots, 2):
        assert abs(one.x - other.x) >= WIDTH or abs(one.y - other.y) >= HEIGHT


def test_a_full_cell_grows_to_the_right_and_not_downwards():
    tall = arrange(marks(*((number, "a", 0) for number in range(TALLEST + 1))), [], "a")

    assert len({spot.x for spot in tall.spots}) == 2


def test_the_picture_does_not_depend_on_the_order_of_what_is_given():
    places = [(number, "ab"[number % 2], number % 3) for number in range(20)]
    links = [(number, (number * 7 + 3) % 20) for number in range(20)]

    one = arrange(marks(*places), links, "ab")
    other = arrange(marks(*reversed(places)), list(reversed(links)), "ab")

    assert one == other


def test_linked_marks_are_brought_to_the_same_height():
    crossed = marks((1, "a", 0), (2, "a", 0), (3, "a", 1), (4, "a", 1))

    picture = arrange(crossed, [(1, 4), (2, 3)], "a")

    heights = {spot.keys[0]: spot.y for spot in picture.spots}
    assert heights[1] == heights[4]
    assert heights[2] == heights[3]


def test_links_to_what_is_not_drawn_are_left_out():
    assert arrange(marks((1, "a", 0)), [(1, 9), (9, 1)], "a").curves == ()


def test_many_marks_are_drawn_as_one_per_lane_and_column():
    many = marks(*((number, "ab"[number % 2], number % 2) for number in range(10)))

    picture = arrange(many, [(0, 1), (2, 3), (2, 5)], "ab", most_single=9)

    assert [len(spot.keys) for spot in picture.spots] == [5, 5]
    assert [curve.links for curve in picture.curves] == [3]


def test_a_line_to_the_right_leaves_on_the_right_and_one_within_a_column_does_not():
    picture = arrange(marks((1, "a", 0), (2, "a", 0), (3, "a", 1)), [(1, 3), (1, 2)], "a")
    spots = {spot.keys[0]: spot for spot in picture.spots}

    assert path(spots[1], spots[3]).startswith(f"M{spots[1].x + WIDTH} ")
    assert path(spots[1], spots[2]).startswith(f"M{spots[1].x + WIDTH // 2} ")


def test_nothing_to_draw_is_an_empty_picture():
    assert arrange([], [], []).spots == ()
