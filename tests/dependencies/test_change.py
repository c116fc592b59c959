"""What if one thing were otherwise: a changed copy of the inputs, by hand-worked figures."""

import pytest

from dependencies import stored
from dependencies.candidates import Kind
from dependencies.change import Change, changed
from dependencies.graph import Alternative, FunctionFacts, NeedFacts, build
from dependencies.network import Network
from dependencies.outcome import Hit, trace
from dependencies.vocabulary import Strength
from prepare.errors import RuleBroken

GRID, PUMPS, WARD, SPARE, FAR = 1, 2, 3, 4, 5
HOUR = 60
POWER, WATER = 10, 20


def inputs():
    """The grid is out for 10 h; the pumps manage 2 h and restart in 1 h, the ward manages 1 h without water."""
    functions = [
        FunctionFacts(GRID, "GRID"),
        FunctionFacts(PUMPS, "PUMPS", restart_min=HOUR),
        FunctionFacts(WARD, "WARD"),
    ]
    needs = [
        NeedFacts(POWER, PUMPS, "Sähkö", Strength.ESSENTIAL, 2 * HOUR, (Alternative(GRID),)),
        NeedFacts(WATER, WARD, "Vesi", Strength.ESSENTIAL, HOUR, (Alternative(PUMPS),)),
    ]
    return stored.inputs_of(build(functions, needs), [Hit(GRID, 0, 10 * HOUR)], horizon_min=720 * HOUR)


def outages(some):
    network = Network(build(some.functions, some.needs))
    found = trace(network, some.hits, horizon_min=some.horizon_min)
    return {o.function.code: [(a / HOUR, b / HOUR) for a, b in o.intervals] for o in found.outcomes}


def test_as_things_are():
    told = outages(inputs())

    assert told["PUMPS"] == [(2, 11)]
    assert told["WARD"] == [(3, 11 + 1 / 60)]  # an unknown restart counts as a minute


def test_a_longer_tolerance_is_endured_and_the_original_stays():
    before = inputs()

    after = changed(before, Change(Kind.TOLERANCE, WARD, need=WATER, minutes=9 * HOUR))

    assert "WARD" not in outages(after)
    assert outages(after)["PUMPS"] == [(2, 11)]
    assert before == inputs()


def test_a_further_supplier_that_stays_up_meets_the_need():
    after = changed(inputs(), Change(Kind.SUPPLIER, PUMPS, need=POWER, supplier=FunctionFacts(SPARE, "SPARE")))

    assert outages(after).keys() == {"GRID"}
    assert outages(inputs()).keys() == {"GRID", "PUMPS", "WARD"}


def test_a_further_supplier_that_is_lost_as_well_does_not_help():
    # the ward doubles the pumps by the grid itself: both are out from 2 h on, the grid until 10 h, so it manages to 3 h
    after = changed(inputs(), Change(Kind.SUPPLIER, WARD, need=WATER, supplier=FunctionFacts(GRID, "GRID")))

    assert outages(after)["WARD"] == [(3, 10 + 1 / 60)]


def test_a_faster_restart_brings_it_back_sooner():
    after = changed(inputs(), Change(Kind.RESTART, PUMPS, minutes=10))

    assert outages(after)["PUMPS"] == [(2, 10 + 10 / 60)]


def test_a_faster_repair_shortens_the_hit_and_never_lengthens_it():
    after = changed(inputs(), Change(Kind.RECOVERY, GRID, minutes=3 * HOUR))
    longer = changed(inputs(), Change(Kind.RECOVERY, GRID, minutes=30 * HOUR))
    at_once = changed(inputs(), Change(Kind.RECOVERY, GRID, minutes=0))

    assert outages(after) == {"GRID": [(0, 3)], "PUMPS": [(2, 4)], "WARD": [(3, 4 + 1 / 60)]}
    assert longer == inputs()
    assert outages(at_once) == {"GRID": [(0, 1 / 60)]}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (Change(Kind.TOLERANCE, FAR, need=WATER, minutes=1), "of"),
        (Change(Kind.TOLERANCE, WARD, need=99, minutes=1), "need"),
        (Change(Kind.TOLERANCE, WARD, minutes=1), "need"),
        (Change(Kind.TOLERANCE, WARD, need=WATER), "hours"),
        (Change(Kind.TOLERANCE, WARD, need=WATER, minutes=-1), "hours"),
        (Change(Kind.RESTART, WARD, minutes=8760 * HOUR + 1), "hours"),
        (Change(Kind.RECOVERY, WARD, minutes=1), "of"),
        (Change(Kind.SUPPLIER, WARD, need=WATER), "supplier"),
        (Change(Kind.SUPPLIER, WARD, need=WATER, supplier=FunctionFacts(WARD, "WARD")), "supplier"),
        (Change(Kind.SUPPLIER, WARD, need=WATER, supplier=FunctionFacts(PUMPS, "PUMPS")), "supplier"),
    ],
)
def test_a_change_that_cannot_be_is_told_at_its_field(change, field):
    with pytest.raises(RuleBroken) as told:
        changed(inputs(), change)

    assert told.value.field == field
