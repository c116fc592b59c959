"""From a cascade to what is put before those who rehearse: a power cut worked out by hand."""

from dataclasses import replace

import pytest

from continuity.injects import MOST, Course, Failing, made
from prepare.texts import speaking
from prepare.vocabulary import Criticality

K1, K2, K3 = Criticality.K1, Criticality.K2, Criticality.K3
POWER_CUT = Course(scenario="S1 Long power cut", description="Grid failure at -20 °C", ends_min=72 * 60)
#: The grid is struck at once; the pumps live 4 h on a generator, then the kitchen stops 2 h later for want of water.
GRID = Failing(code="X-FIN-01", name="Grid", organisation="Grid company", at_min=0, is_own=False)
PUMPS = Failing(
    code="F-WAT-05",
    name="Pumps",
    organisation="Waterworks",
    at_min=240,
    tier=0,
    criticality=K1,
    need="Power",
    supplier="X-FIN-01 Grid",
    tolerance_min=240,
    workaround="Generator and fuel",
    mtpd_min=8 * 60,
    owner_role="Operations manager",
    customers="Households",
    plan="PL-18 Disruption plan",
)
KITCHEN = Failing(
    code="F-TUK-01",
    name="Kitchen",
    organisation="Service centre",
    at_min=360,
    tier=1,
    criticality=K1,
    need="Water",
    tolerance_min=0,
)
LIBRARY = replace(KITCHEN, code="F-KUV-02", name="Library", tier=2, criticality=K3, at_min=240, need=None)


@pytest.fixture(autouse=True)
def _english():
    with speaking("en"):
        yield


def hours(entries):
    return [(one.at_h, one.function) for one in entries]


def test_the_injects_follow_the_hours_from_the_opening_to_the_repair():
    found = made(POWER_CUT, [KITCHEN, LIBRARY, PUMPS, GRID])

    # the pumps (K1) come before the library (K3) within the fourth hour
    assert hours(found) == [(0, None), (0, "X-FIN-01"), (4, "F-WAT-05"), (4, "F-KUV-02"), (6, "F-TUK-01"), (72, None)]
    assert found[0].happens == "S1 Long power cut begins. Grid failure at -20 °C. Out from the start: X-FIN-01 Grid."
    assert found[-1].happens.startswith("The cause is repaired.")


def test_an_inject_tells_what_failed_who_notices_and_until_when_to_decide():
    pumps = made(POWER_CUT, [PUMPS])[1]

    assert pumps.happens == ("F-WAT-05 Pumps stops: Power is missing (X-FIN-01 Grid), and the 4 h it manages are over.")
    assert pumps.noticed_by == "Operations manager, Waterworks; Households"
    # down at hour 4, intolerable after 8 h more
    assert pumps.decision == (
        "The agreed workaround is over: Generator and fuel. What comes after it? "
        "What does the first-hour card of PL-18 Disruption plan say, and who does it? "
        "Decide by hour 12 h: after that the outage is intolerable (MTPD)."
    )
    assert pumps.channel == "Call to the command centre"


def test_what_the_registers_do_not_know_is_asked():
    kitchen = made(POWER_CUT, [KITCHEN])[1]

    assert kitchen.happens == "F-TUK-01 Kitchen stops at once: Water is missing (a function outside your view)."
    assert kitchen.noticed_by == "Nobody is named as the owner at Service centre: who notices?"
    assert kitchen.decision == (
        "No workaround has been written for Water: what is done instead? No plan in force covers it: who decides? "
        "How long it may be out has not been said (no MTPD): who judges it?"
    )


def test_a_function_that_is_struck_itself_needs_no_workaround():
    library = made(POWER_CUT, [LIBRARY])[1]

    assert library.happens == "F-KUV-02 Library is out: the disruption strikes it directly."
    assert library.decision.startswith("No plan in force covers it")
    assert library.channel == "Message from the sector"


def test_a_partner_calls_and_asks_what_is_done_without_it():
    grid = made(POWER_CUT, [GRID])[1]

    assert grid.noticed_by == "The contact at Grid company, and whoever uses the service"
    assert (grid.decision, grid.channel) == ("What do we do without it, and whom do we tell?", "Call from the partner")


def test_a_description_that_ends_gets_no_second_end():
    course = replace(POWER_CUT, description="Grid failure.")

    assert made(course, [])[0].happens == "S1 Long power cut begins. Grid failure."


def test_a_course_without_hits_has_no_end():
    bare = made(Course(scenario="S8 Unrest"), [])

    assert [(one.at_h, one.happens) for one in bare] == [(0, "S8 Unrest begins.")]


def test_beyond_the_room_what_is_tested_comes_first_and_the_rest_is_told_in_one():
    crowd = [replace(LIBRARY, code=f"F-KUV-{place:02}", at_min=60 + place) for place in range(70)]
    unclassed = replace(LIBRARY, code="F-XXX-01", criticality=None, at_min=30)

    found = made(POWER_CUT, [*crowd, unclassed, PUMPS, KITCHEN])

    assert len(found) == MOST == 60
    # opening, end and the rest leave room for 57: pumps, kitchen and 55 of the library's kind; 15 and one are left
    assert [one.function for one in found].count("F-WAT-05") == 1
    rest = next(one for one in found if one.happens.startswith("In the background"))
    assert rest.happens == (
        "In the background 16 further functions fail from this hour on (K3: 15, without a class: 1)."
    )
    # the first of those that are left is the one without a class, at minute 30
    assert (rest.at_h, rest.function) == (0.5, None)


def test_one_too_many_is_told_in_one_too():
    crowd = [replace(LIBRARY, code=f"F-KUV-{place:02}", at_min=60 + place) for place in range(3)]

    found = made(POWER_CUT, crowd, most=4)

    # room for 4 - 2 = 2, three do not fit: one is told by itself, two in one
    assert hours(found) == [(0, None), (1, "F-KUV-00"), (1.02, None), (72, None)]


def test_the_injects_are_told_in_the_language_that_is_spoken():
    with speaking("fi"):
        assert made(POWER_CUT, [PUMPS])[1].happens.startswith("F-WAT-05 Pumps keskeytyy: puuttuu Power")
    with speaking("sv"):
        assert made(POWER_CUT, [PUMPS])[1].happens.startswith("F-WAT-05 Pumps avstannar: Power saknas")
