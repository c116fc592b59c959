"""What a stored run holds: enough to compute it again, in one way of writing only."""

import json
import zlib

import pytest

from dependencies import stored
from dependencies.graph import Alternative, FunctionFacts, NeedFacts, build
from dependencies.network import Network
from dependencies.outcome import Hit, trace
from dependencies.stored import Damaged, inputs_of
from dependencies.vocabulary import Standing, Strength
from prepare.vocabulary import Criticality

GRID, PUMPS, SPARE, WARD = 1, 2, 3, 4
HOUR = 60


def functions():
    return [
        FunctionFacts(GRID, "GRID"),
        FunctionFacts(PUMPS, "PUMPS", 7, "WAT", Criticality.K1, 30, 4 * HOUR, 12 * HOUR),
        FunctionFacts(SPARE, "SPARE"),
        FunctionFacts(WARD, "WARD", 8, "CTY", Criticality.K2, None, 2 * HOUR, None),
    ]


def needs():
    two = (Alternative(GRID, 0, Standing.CONFIRMED), Alternative(SPARE, HOUR))
    return [
        NeedFacts(1, PUMPS, "Sähkö", Strength.ESSENTIAL, 2 * HOUR, two, 1, 2),
        NeedFacts(2, WARD, "Vesi", Strength.IMPORTANT, 0, (Alternative(PUMPS),)),
    ]


HITS = [Hit(GRID, 0, 24 * HOUR), Hit(SPARE, HOUR, 20 * HOUR), Hit(WARD, 5, 9, degrades=True)]


def inputs(some=HITS, *, turned=False):
    order = reversed if turned else list
    graph = build(list(order(functions())), list(order(needs())), revision=3)
    return inputs_of(graph, order(some), horizon_min=720 * HOUR)


def kept(some):
    text = stored.text_of(some)
    return stored.compressed(text), stored.fingerprint(text)


def test_what_was_kept_gives_the_same_result_as_the_graph_itself():
    direct = trace(Network(build(functions(), needs(), revision=3)), sorted(HITS, key=str), horizon_min=720 * HOUR)

    again = stored.computed(*kept(inputs()), 3)

    # the spare is lost after an hour, endured for one more, and the pumps manage two hours without both: down at 4 h,
    # until the spare is back at 20 h, and half an hour of restart
    assert [o.function.code for o in again.trace.outcomes] == ["GRID", "WARD", "SPARE", "PUMPS"]
    assert again.trace.outcomes[-1].intervals == ((4 * HOUR, 20 * HOUR + 30),)
    assert again.trace.outcomes == direct.outcomes
    assert again.fingerprint == stored.fingerprint(stored.result_text(direct))
    assert (again.network.revision, again.inputs) == (3, inputs())


def test_the_same_inputs_have_the_same_fingerprint_in_whatever_order_they_came():
    assert kept(inputs())[1] == kept(inputs(turned=True))[1]


def test_whatever_is_changed_changes_the_fingerprint():
    other = inputs([Hit(GRID, 0, 24 * HOUR + 1), *HITS[1:]])

    assert kept(other)[1] != kept(inputs())[1]


def test_times_are_kept_in_whole_minutes_and_words_as_they_are_stored():
    told = json.loads(stored.text_of(inputs()))

    assert told["hits"][0] == [GRID, 0, 1440, False]
    assert told["functions"][1] == [PUMPS, "PUMPS", 7, "WAT", "K1", 30, 240, 720]
    assert told["needs"][0] == [1, 2, "Sähkö", "essential", 120, 1, 2, [[1, 0, "confirmed"], [3, 60, "proposed"]]]


@pytest.mark.parametrize("bad", [b"", b"not zlib", zlib.compress(b"{}")])
def test_inputs_that_are_not_those_that_were_stored_are_told(bad):
    _text, expected = kept(inputs())

    with pytest.raises(Damaged) as told:
        stored.opened(bad, expected)
    assert told.value.message.startswith("The stored inputs are not those that were stored")


def test_the_result_is_fingerprinted_without_the_name_of_the_engine():
    again = stored.computed(*kept(inputs()), 3)
    later = stored.computed(*kept(inputs()), 99)

    assert "events" not in stored.result_text(again.trace).decode()
    assert later.fingerprint == again.fingerprint
