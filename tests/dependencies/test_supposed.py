"""A what-if of any set of hits: on the page, in its address and on the command line."""

import pytest
from lxml import html

from dependencies import hits, tracing
from dependencies.hits import MOST_HITS, HitEntry
from dependencies.vocabulary import State
from prepare.access import Action
from prepare.actor import EVERYTHING, SYSTEM, acting_as
from prepare.db import transaction
from prepare.errors import RuleBroken
from prepare.vocabulary import FunctionState
from tests import traces
from tests.dependencies.test_pages import text_of


def told(page):
    """Codes of the functions in the page's table."""
    return [row.xpath("string(th)").split()[0] for row in html.fromstring(page).xpath("//tbody/tr[td[@class='why']]")]


def traced(entries):
    """What the command prints of these hits."""
    return tracing.run(EVERYTHING, tracing.hits_from(EVERYTHING, entries)).as_json()


def row(number, function="", start_h="", lasts_h="", state="down"):
    """A row of the form as a browser sends it."""
    values = {"function": function, "start_h": start_h, "lasts_h": lasts_h, "state": state}
    return {f"hit{number}-{name}": value for name, value in values.items()}


def test_a_hit_is_read_as_it_is_written():
    for text in ("F-WAT-01:0:24", "F-WAT-01:1.5:24:degraded"):
        assert hits.written(hits.read(text)) == text

    assert hits.read(" f-wat-01:2:4:DOWN ") == HitEntry(function="F-WAT-01", start_h=2.0, lasts_h=4.0)
    assert hits.read("F:0:1:degraded").state is State.DEGRADED


@pytest.mark.parametrize("text", ["", "F-WAT-01", "F-WAT-01:0", "F-WAT-01:0:x", "F-WAT-01:0:1:2:3", "F:0:1:broken"])
def test_a_hit_that_is_written_otherwise_is_refused_with_its_row(text):
    with pytest.raises(RuleBroken) as broken:
        hits.read(text, 7)

    assert broken.value.values["row"] == 7


@pytest.mark.parametrize(
    ("entry", "fields"),
    [
        ({"function": "F-2"}, ["function"]),
        ({"function": "F-OLD"}, ["function"]),
        ({"start_h": -1.0}, ["start_h"]),
        ({"start_h": float("nan")}, ["start_h"]),
        ({"start_h": 8760.0}, ["start_h"]),
        ({"lasts_h": 0.0}, ["lasts_h"]),
        ({"lasts_h": 0.001}, ["lasts_h"]),
        ({"lasts_h": float("inf")}, ["lasts_h"]),
        ({"lasts_h": float("nan")}, ["lasts_h"]),
        ({"lasts_h": 1e308}, ["lasts_h"]),
        ({"function": "F-2", "start_h": -1.0, "lasts_h": -1.0}, ["function", "start_h", "lasts_h"]),
        ({"start_h": 8759.0, "lasts_h": 8760.0}, []),
    ],
)
def test_what_is_wrong_with_a_row_is_said_at_its_fields(entry, fields):
    entries = [HitEntry(**{"function": "F-1", "start_h": 0.0, "lasts_h": 1.0} | entry)]

    found = hits.problems(entries, {"F-1"}, {"F-OLD"})

    assert [(rule.field, rule.values["row"]) for rule in found] == [(field, 1) for field in fields]


def test_neither_no_hit_nor_too_many_are_traced():
    one = HitEntry(function="F-1", start_h=0.0, lasts_h=1.0)

    assert len(hits.problems([], {"F-1"}, ())) == 1
    assert hits.problems([one] * MOST_HITS, {"F-1"}, ()) == []
    assert len(hits.problems([one] * (MOST_HITS + 1), {"F-1"}, ())) == 1


def test_several_hits_are_traced_as_the_sum_of_what_they_do(town):
    entries = [hits.read("F-WAT-01:0:5"), hits.read("F-EDU-04:2:3:degraded")]

    found = {row["code"]: row for row in traced(entries)["disruptions"]}

    assert found["F-WAT-01"]["intervals_h"] == [[0.0, 5.0]]
    assert (found["F-EDU-04"]["state"], found["F-EDU-04"]["intervals_h"]) == ("degraded", [[2.0, 5.0]])
    assert traced(entries)["scenario"] is None


def test_one_hit_is_the_outage_of_one_function(town):
    assert traced([hits.read("F-WAT-01:0:24")]) == traces.of_function(EVERYTHING, "F-WAT-01", 24)


def test_the_rows_of_the_form_lead_to_an_address_that_can_be_shared(town, sign_in):
    browser = sign_in("central")

    sent = browser.get("/trace/", query_string=row(1, "f-wat-01", "", "5") | row(2) | row(3, "F-EDU-04", "2", "3 d"))
    assert sent.status_code == 302
    assert sent.location == "/trace/?hit=F-WAT-01:0:5&hit=F-EDU-04:2:72"

    page = browser.get(sent.location).text
    assert "What if: F-WAT-01, F-EDU-04" in text_of(page)
    assert {"F-WAT-01", "F-EDU-04"} <= set(told(page))
    values = html.fromstring(page).xpath("//fieldset//input/@value")
    assert values == ["F-WAT-01", "0", "5", "F-EDU-04", "2", "72"]


def test_a_word_that_means_one_function_is_enough(town, sign_in):
    sent = sign_in("central").get("/trace/", query_string=row(1, "talousvesi", "0", "30 min"))

    assert sent.location == "/trace/?hit=F-WAT-01:0:0.5"


def test_a_row_is_added_and_nothing_that_was_typed_is_lost(town, sign_in):
    typed = row(1, "F-WAT-01", "nan", "-5") | row(2, "olematon <b>", "1", "2", "degraded")

    page = html.fromstring(sign_in("central").get("/trace/", query_string=typed | {"add": "1"}).text)

    assert len(page.xpath("//fieldset")) == 3
    assert page.xpath("//fieldset//input/@value") == ["F-WAT-01", "nan", "-5", "olematon <b>", "1", "2", "", "", ""]
    assert page.xpath("//fieldset//option[@selected]/@value") == ["down", "degraded", "down"]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (row(1, "F-NON-01", "0", "1"), "Row 1: there is no function or service F-NON-01 that you may name."),
        (row(1, "F-WAT-01", "nan", "1"), "Give a duration in hours"),
        (row(1, "F-WAT-01", "0", "-1"), "Give a duration in hours"),
        (row(1, "F-WAT-01", "0", "90000"), "the hit must last at least a minute and at most 8760 hours"),
        (row(1, "F-WAT-01", "0", ""), "Say for how long, for example 24 h."),
        (row(1, "F-WAT-01", "0", "1", "broken"), "Choose one from the list."),
        (row(1, "", "", ""), "Say what is hit: at least one function."),
        ({"hit": "F-WAT-01"}, "Row 1: write the hit as CODE:START:HOURS"),
        ({"hit": ["F-WAT-01:0:1"] * 40}, "At most 30 hits are traced together."),
    ],
)
def test_what_is_wrong_is_said_with_the_row_and_how_to_mend_it(town, sign_in, typed, says):
    answer = sign_in("central").get("/trace/", query_string=typed)

    assert answer.status_code == 200
    assert says in text_of(answer.text)
    assert told(answer.text) == []


def test_a_function_that_is_out_of_use_is_told_so_to_whoever_may_name_it(town, sign_in):
    with acting_as(SYSTEM), town.doing(Action.SOW), transaction():
        town.function("F-WAT-01").state = FunctionState.RETIRED
        town.function("F-WAT-02").state = FunctionState.RETIRED  # secret

    ask = {"hit": ["F-WAT-01:0:1", "F-WAT-02:0:1"]}
    page = text_of(sign_in("edu.contact").get("/trace/", query_string=ask).text)

    assert "Row 1: F-WAT-01 has been taken out of use." in page
    assert "Row 2: there is no function or service F-WAT-02 that you may name." in page


def test_a_secret_function_cannot_be_hit_by_whoever_may_not_name_it(town, acting):
    with acting("edu.contact") as who, pytest.raises(RuleBroken):
        tracing.hits_from(who.scope, [hits.read("F-WAT-02:0:1")])
