"""Comparing readiness so that nobody is recognised: how many, which figures, and when they change."""

from datetime import date

import pytest

from continuity.models.comparison import ReadinessParticipation
from continuity.models.readiness import ReadinessSnapshot
from continuity.queries import comparison as queries
from continuity.register import comparison as register
from continuity.scoring import beside
from continuity.scoring.beside import Hidden, Place, Spread
from continuity.views.comparison import _sides
from prepare.clock import today
from prepare.db import db, transaction
from prepare.errors import RuleBroken
from prepare.models.organisations import Organisation
from prepare.months import months_after
from prepare.vocabulary import Dimension, OrganisationKind
from tests import town as the_town

SIX = [10, 20, 40, 60, 80, 90]


def test_nothing_is_told_of_fewer_than_five_besides_oneself():
    assert beside.spread([10, 20, 30, 40, 50]) is Hidden.FEW
    assert beside.spread([10, 20, 30, 40, 50, None, None]) is Hidden.FEW, "what is unknown is not counted"
    assert isinstance(beside.spread(SIX), Spread)


def test_nothing_is_told_where_all_are_alike():
    assert beside.spread([50.0, 51, 52, 53, 54, 54.9]) is Hidden.ALIKE
    assert isinstance(beside.spread([50.0, 51, 52, 53, 54, 55]), Spread)


def test_each_figure_is_of_two_or_three():
    # lower half 10 20 40 → 23.3; the middle two 40 60 → 50; upper half 60 80 90 → 76.7
    assert beside.spread(SIX) == Spread(25, 50, 75)
    # seven: lower half 10 20 40 → 23.3, the middle three 40 50 60, upper half 60 80 90
    assert beside.spread([*SIX, 50]) == Spread(25, 50, 75)
    assert beside.central([1, 2, 9, 10]) == 5.5


@pytest.mark.parametrize(("value", "shown"), [(0, 0), (2.4, 0), (2.5, 5), (47.5, 50), (100, 100)])
def test_points_are_told_in_fives(value, shown):
    assert beside.rounded(value) == shown


def test_ones_own_place():
    among = Spread(25, 50, 75)

    found = [beside.place(own, among) for own in (None, 24.9, 25, 49, 50, 75, 75.1)]
    assert found == [None, Place.LOW, Place.BELOW, Place.BELOW, Place.ABOVE, Place.ABOVE, Place.HIGH]


def test_a_score_of_which_too_little_is_known_stays_unknown():
    assert [beside.known(70, 0.5), beside.known(70, 0.49), beside.known(70, None)] == [70, None, None]


def test_a_round_is_the_last_month_that_has_ended():
    assert beside.closed(date(2026, 3, 1)) == beside.closed(date(2026, 3, 31)) == date(2026, 2, 28)
    assert beside.next_round(date(2026, 12, 5)) == date(2027, 1, 1)
    assert beside.oldest(date(2026, 2, 28)) == date(2025, 2, 28)


def test_whoever_was_counted_and_leaves_stops_the_round():
    end = date(2026, 2, 28)

    left = [(end, date(2026, 3, 2)), (end, end), (date(2026, 3, 1), date(2026, 3, 2)), (end, None)]
    assert [beside.breaks(*one, end=end) for one in left] == [True, False, False, False]


def test_the_picture_is_drawn_to_scale():
    assert (beside.across(0), beside.across(50), beside.across(100)) == (12, 150, 288)
    found = beside.strip(Spread(25, 50, 75), 100)
    assert (found.left, found.width, found.middle, found.own) == (81, 138, 150, 288)
    assert beside.strip(Spread(25, 50, 75), None).own is None


END = beside.closed(today())
EARLIER = months_after(END, -2)
EARLIER = months_after(END, -2)


def a_city(number, score, *, coverage=1.0, joined=EARLIER, as_of=END, method="1"):
    """A further municipality with one snapshot; it takes part unless `joined` is None."""
    name = f"N{number}"
    city = Organisation(code=name, kind=OrganisationKind.CITY, name_fi=f"Naapuri {name}", path="/", sort_name=name)
    the_town.keep(city)
    the_town.change(city, path=f"/{city.id}/")
    sides = {one.value: [score, coverage] for one in Dimension}
    kept = {"code": f"VT-{name}", "organisation": city, "as_of": as_of, "taken_at": the_town.BEGUN, "taken_by": "x"}
    kept |= {"method": method, "figures": {"city": {"dimensions": sides}, "sectors": {}}}
    more = [ReadinessSnapshot(**kept, figures_sha256="0" * 64, data_sha256="0" * 64)]
    if joined:
        more.append(ReadinessParticipation(code=f"VV-{name}", organisation=city, joined_on=joined, joined_by="x"))
    the_town.keep(*more)
    return city


def first_side(city):
    return _sides(city, END)[0]


def test_the_comparison_counts_only_what_may_be_counted(town):
    cities = [a_city(n, score) for n, score in enumerate(SIX)]
    a_city(20, 0.0, joined=None)
    a_city(21, 0.0, joined=today())
    a_city(22, 0.0, as_of=months_after(END, -13))
    a_city(23, 0.0, method="0")
    a_city(24, 0.0, coverage=0.2)

    side = first_side(cities[0])

    assert (side.hidden, side.spread, side.own, side.place) == (None, Spread(25, 50, 75), 10, Place.LOW)


def test_leaving_takes_effect_at_once_and_shows_no_difference(town, acting, sign_in):
    cities = [a_city(n, score) for n, score in enumerate([*SIX, 50])]
    home = town.organisation_of("CITY")
    page = sign_in("central").get("/readiness/comparison").text
    assert "In the lower quarter" not in page  # the town's own snapshot knows nothing, so its place is unknown
    assert "unknown" in page
    assert "Naapuri" not in page

    with acting("central"), transaction():
        register.leave(home, on=today())

    assert first_side(cities[0]).hidden is Hidden.LEFT
    assert "does not take part" in sign_in("central").get("/readiness/comparison").text


def test_a_municipality_joins_once_and_leaves_once(town, acting):
    home, sector = town.organisation_of("CITY"), town.organisation_of("EDU")
    with acting("leadership"):
        with pytest.raises(RuleBroken, match="takes part already"), transaction():
            register.join(home, on=today())
        with pytest.raises(RuleBroken, match="Only municipalities"), transaction():
            register.join(sector, on=today())
        with transaction():
            register.leave(home, on=today())
        with pytest.raises(RuleBroken, match="does not take part"), transaction():
            register.leave(home, on=today())
        with transaction():
            register.join(home, on=today())

    assert db.session.scalars(queries.part_of(home)).one().joined_on == today()


def test_joining_and_leaving_are_asked_on_pages(town, sign_in):
    browser, ref = sign_in("leadership"), town.organisation_of("CITY").ref
    assert "no longer see the picture" in browser.get(f"/readiness/{ref}/leave").text
    assert browser.send(f"/readiness/{ref}/leave").status_code == 302
    assert browser.send(f"/readiness/{ref}/join").status_code == 302

    assert "The first comparison comes on" in browser.get("/readiness/comparison").text
