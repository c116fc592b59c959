"""The time-to-impact matrix: the rule by hand, and what each reader sees of it."""

import json
import threading

import pytest
from click.testing import CliRunner
from lxml import html

from dependencies import tracing
from dependencies.analysing import keeping, scenarios
from dependencies.analysing.impact_times import impact_times
from dependencies.impact_times import Count, as_json, by_class, first_cause, matrix, ordered
from dependencies.outcome import Hit, trace
from dependencies.vocabulary import Strength
from prepare.actor import EVERYTHING
from prepare.cli.command import prepare as command
from prepare.errors import RuleBroken
from prepare.vocabulary import Criticality
from tests.dependencies.cases import function, need, network

GRID, PUMPS, WARD, SCHOOL = range(4)
POWER, FLOOD = "S1", "S2"


@pytest.fixture
def town_of_four():
    """The pumps endure 4 min without the grid, the ward 2 without the pumps; the school works worse without them."""
    functions = [
        function(GRID),
        function(PUMPS, criticality=Criticality.K1, mtpd_min=3),
        function(WARD, criticality=Criticality.K1, rto_min=60),
        function(SCHOOL, criticality=Criticality.K3),
    ]
    needs = [need(PUMPS, GRID, 4), need(WARD, PUMPS, 2), need(SCHOOL, PUMPS, 1, strength=Strength.IMPORTANT)]
    return network(functions, needs)


@pytest.fixture
def both(town_of_four):
    """The grid is out for 20 minutes, or the ward itself from minute 5 for two."""
    hits = {POWER: [Hit(GRID, 0, 20)], FLOOD: [Hit(WARD, 5, 7)]}
    return {code: trace(town_of_four, which) for code, which in hits.items()}


def test_a_row_tells_when_each_scenario_takes_the_function_down(town_of_four, both):
    rows = matrix(town_of_four.functions, both)

    hours = [{code: outcome.down_at_min for code, outcome in row.outcomes.items()} for row in rows]
    assert hours == [{POWER: 0}, {POWER: 4}, {POWER: 6, FLOOD: 5}, {POWER: 5}]
    assert [row.soonest_min for row in rows] == [0, 4, 5, None]  # the school is never down, only degraded


def test_the_first_cause_is_the_supplier_whose_loss_was_felt(town_of_four, both):
    rows = matrix(town_of_four.functions, both)

    assert first_cause(rows[WARD].outcomes[POWER]).id == PUMPS
    assert first_cause(rows[WARD].outcomes[FLOOD]) is None


def test_classes_are_counted_together_and_the_unclassified_stand_last(town_of_four, both):
    found = by_class(matrix(town_of_four.functions, both), [POWER, FLOOD])

    assert [(row.criticality, row.functions, dict(row.counts)) for row in found] == [
        (Criticality.K1, 2, {POWER: Count(2, 1, 0, 4), FLOOD: Count(1, 0, 0, 5)}),
        (Criticality.K3, 1, {POWER: Count(0, 0, 1, None), FLOOD: Count()}),
        (None, 1, {POWER: Count(1, 0, 0, 0), FLOOD: Count()}),
    ]


def test_rows_stand_by_what_befalls_them_first(town_of_four, both):
    rows = matrix(town_of_four.functions, both)

    assert [row.function.id for row in ordered(rows, "")] == [GRID, PUMPS, WARD, SCHOOL]
    assert [row.function.id for row in ordered(rows, FLOOD)] == [WARD, PUMPS, SCHOOL, GRID]


def test_a_function_that_may_not_be_named_has_no_code(town_of_four, both):
    told = as_json(matrix(town_of_four.functions, both), both, code_of=lambda f: f.code if f.id != PUMPS else None)

    ward = told["functions"][WARD]["impacts"][POWER]
    assert (ward["first_cause"], ward["is_hit"], ward["chain"]) == (None, False, ["F-00", None, "F-02"])
    assert told["functions"][GRID]["impacts"][POWER]["is_hit"] is True
    assert told["classes"][0]["scenarios"][POWER]["first_h"] == 0.0667


def test_a_contact_sees_only_functions_of_its_own_and_no_secret_name(town, acting):
    with acting("edu.contact") as who:
        seen = impact_times(who.scope, tracing.loaded()).as_json()

    codes = {row["code"]: row["impacts"] for row in seen["functions"]}
    assert set(codes) == {f"F-EDU-0{number}" for number in (1, 2, 3, 4, 6)} | {"F-SCH-01"}
    # Meals and the shelter manage 2 h without water; the school 2 h more without the shelter.
    assert {code: cells["S1"]["hours"] for code, cells in codes.items() if cells} == {
        "F-EDU-01": 2.0, "F-EDU-06": 2.0, "F-EDU-03": 4.0
    }  # fmt: skip
    assert sum(row["functions"] for row in seen["classes"]) == 6


def test_a_scenario_that_does_not_exist_is_refused(town):
    with pytest.raises(RuleBroken):
        impact_times(EVERYTHING, tracing.loaded(), ["S1", "S77"])


def test_hits_on_functions_that_are_no_longer_in_force_are_counted_apart(town):
    town.change(town.function("F-WAT-01"), state="retired")

    (course,) = scenarios.courses(EVERYTHING, tracing.loaded())

    assert (len(course.hits), course.missed) == (1, 1)


def test_what_is_computed_once_is_kept_until_it_has_not_been_asked_for_too_long(town_of_four, monkeypatch):
    monkeypatch.setattr(keeping, "MOST", 2)
    asked = []

    def ask(key):
        return keeping.once(town_of_four, key, lambda: asked.append(key) or key)

    for key in "abacab":
        assert ask(key) == key

    assert asked == ["a", "b", "c", "b"]  # "a" was asked for all the time; "b" had to make room


def test_what_is_kept_is_given_at_once_while_something_else_is_computed(town_of_four):
    keeping.once(town_of_four, "kept", lambda: 1)
    begun, enough = threading.Event(), threading.Event()
    slow = threading.Thread(target=keeping.once, args=(town_of_four, "slow", lambda: begun.set() or enough.wait(30)))
    slow.start()
    begun.wait(30)

    asker = threading.Thread(target=keeping.once, args=(town_of_four, "kept", lambda: 2))
    asker.start()
    asker.join(5)
    is_waiting = asker.is_alive()
    enough.set()
    slow.join()

    assert not is_waiting


def test_what_could_not_be_computed_is_computed_when_it_is_asked_for_again(town_of_four):
    with pytest.raises(ZeroDivisionError):
        keeping.once(town_of_four, "key", lambda: 1 // 0)

    assert keeping.once(town_of_four, "key", lambda: 7) == 7


def text_of(page):
    return " ".join(html.fromstring(page).find(".//main").text_content().split())


def test_the_page_shows_hours_verdict_and_cause_and_the_way_to_the_trace(town, sign_in):
    page = sign_in("edu.contact").get("/impact-times/")

    row = html.fromstring(page.text).xpath("//table[caption[@id='matrix-caption']]/tbody/tr[contains(th, 'F-EDU-03')]")[
        0
    ]
    (cell,) = row.xpath("td")
    assert " ".join(cell.text_content().split()) == "4 h Within the objective because of F-EDU-06"
    assert cell.xpath("a/@href") == ["/trace/?scenario=S1&why=F-EDU-03&at=4"]


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ("", ["F-WAT-01", "F-WAT-02", "F-WAT-03"]),
        ("?order=soonest&criticality=K1", ["F-WAT-01", "F-WAT-02"]),
        ("?order=S1&organisation=WAT&whole=1", ["F-WAT-01", "F-WAT-02", "F-WAT-03"]),
        ("?criticality=K4&order=none", []),
        ("?outside=1", []),
    ],
)
def test_the_page_is_filtered_and_ordered(town, sign_in, asked, codes):
    page = sign_in("wat.contact").get(f"/impact-times/{asked}").text

    rows = html.fromstring(page).xpath("//table[caption[@id='matrix-caption']]//span[@class='code']")
    assert [one.text for one in rows] == codes


def test_a_town_without_scenarios_is_told_what_to_do(town, sign_in):
    town.change(town.record(scenarios.Scenario, "S1"), retired=True)

    page = sign_in("edu.contact").get("/impact-times/").text

    assert "No scenario has been recorded" in text_of(page)


def test_a_graph_that_is_too_large_points_to_the_command(town, sign_in, monkeypatch):
    monkeypatch.setattr(tracing, "WHOLE", 3)

    page = sign_in("edu.contact").get("/impact-times/").text

    assert "more than 3 functions" in text_of(page)
    assert "prepare impact-times" in text_of(page)


def test_the_page_asks_little_once_the_matrix_has_been_computed(town, sign_in, statements):
    browser = sign_in("central")
    browser.get("/impact-times/")

    with statements() as seen:
        browser.get("/impact-times/")

    assert len(seen) <= 12


@pytest.fixture
def run(app, monkeypatch):
    """Runs a command inside the application under test; gives what it printed."""
    monkeypatch.setattr("prepare.cli.installation.application", lambda: app)

    def run(*words):
        ended = CliRunner().invoke(command, list(words), catch_exceptions=False)
        assert ended.exit_code == 0, ended.output
        return ended.output

    return run


def test_the_command_prints_the_matrix(town, run):
    told = json.loads(run("impact-times", "--scenario", "S1", "--json"))
    table = run("impact-times").splitlines()

    assert told["scenarios"] == ["S1"]
    water = next(row for row in told["functions"] if row["code"] == "F-WAT-01")
    assert water["impacts"]["S1"]["status"] == "mtpd_exceeded"  # out for 24 h, tolerable 12 h
    assert table[0].split() == ["S1"]
    assert [line.split()[1:] for line in table if line.startswith("F-EDU-03")] == [["4", "h"]]
