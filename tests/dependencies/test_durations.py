"""A scenario at other durations: the rule by hand and against a scan, and what each reader sees."""

import json
import random

import numpy as np
import pytest
from click.testing import CliRunner
from lxml import html

from dependencies import tracing
from dependencies.analysing import durations as analysing
from dependencies.analysing import scenarios
from dependencies.analysing.durations import sensitivity
from dependencies.durations import Counts, Group, Level, counts, lasting, levels, scaled, stopping, tips
from dependencies.graph import build
from dependencies.network import Network
from dependencies.outcome import Hit
from dependencies.packed import pack
from dependencies.plain import Plain
from prepare.actor import EVERYTHING
from prepare.cli.command import prepare as command
from prepare.errors import RuleBroken
from tests.dependencies.cases import HORIZON, draw_case, draw_hits, function, need, network

GRID, PUMPS, WARD = range(3)


@pytest.fixture
def water():
    """The pumps endure 8 min without the grid, the ward 2 without the pumps; it tolerates to be out for 5."""
    functions = [function(GRID), function(PUMPS), function(WARD, rto_min=3, mtpd_min=5)]
    return network(functions, [need(PUMPS, GRID, 8), need(WARD, PUMPS, 2)])


def levels_at(net, hits, usual, **more):
    packed = pack(net)
    return lambda minutes: levels(Plain(packed), packed, stopping(net, lasting(hits, usual, minutes)), HORIZON, **more)


def test_all_hits_are_stretched_in_one_proportion_and_keep_their_starts():
    hits = [Hit(1, 0, 72), Hit(2, 10, 46), Hit(3, 5, 6)]

    assert [(h.start_min, h.end_min) for h in lasting(hits, 72, 144)] == [(0, 144), (10, 82), (5, 7)]
    assert [(h.start_min, h.end_min) for h in lasting(hits, 72, 1)] == [(0, 1), (10, 11), (5, 6)]  # never no time


def test_the_duration_at_which_each_function_is_lost_is_found_to_the_minute(water):
    found = tips(levels_at(water, [Hit(GRID, 0, 20)], 20), 40)

    # The grid is felt at once. An outage of 9 takes the pumps down for 8..9 and a minute of restart, 8..10, which the
    # ward endures; with 10 the pumps are out 8..11 and the ward 10..12. It is out for T - 8 minutes: more than its
    # RTO of 3 from 12 on, more than its MTPD of 5 from 14 on.
    told = [(tip.minute, [tip.risen_to(level) for level in (Level.DOWN, Level.RTO_EXCEEDED, Level.MTPD_EXCEEDED)])
            for tip in found]  # fmt: skip
    assert told == [
        (1, [[GRID], [], []]),
        (9, [[PUMPS], [], []]),
        (10, [[WARD], [], []]),
        (12, [[], [WARD], []]),
        (14, [[], [], [WARD]]),
    ]


def test_a_scenario_that_only_degrades_tips_nothing(water):
    assert tips(levels_at(water, [Hit(GRID, 0, 20, degrades=True)], 20), 40) == []


@pytest.mark.parametrize("seed", range(6))
def test_halving_finds_what_a_scan_of_every_duration_finds(seed):
    dice = random.Random(seed)  # noqa: S311 - reproducible cases
    for _ in range(25):
        functions, needs = draw_case(dice)
        net = Network(build(functions, needs))
        at = levels_at(net, [Hit(place, start, end) for place, start, end in draw_hits(dice, len(functions))], 14)

        found = [tip.minute for tip in tips(at, 40)]

        every = [np.zeros(len(functions), np.int8), *(at(minutes) for minutes in range(1, 41))]
        assert found == [m for m in range(1, 41) if not np.array_equal(every[m - 1], every[m])]
        assert all((every[m - 1] <= every[m]).all() for m in range(1, 41))


def test_functions_are_counted_for_whom_they_are_shown(water):
    found = levels_at(water, [Hit(GRID, 0, 20)], 20)(20)

    own, vital = np.array([False, True, True]), np.array([False, False, True])
    assert counts(found, Group(own, vital, ~own)) == Counts(2, 1, 1, 1, 1, 1)
    assert counts(found, Group(vital, ~own & vital, own & ~vital)) == Counts(1, 0, 1, 1, 0, 1)


def test_an_estimate_that_is_out_by_half_gives_bounds(water):
    packed = pack(water)
    pumps, ward = 1, 2  # the ids of the needs

    assert scaled(packed, [pumps], 1).tolist() == [4, 2]
    assert scaled(packed, [pumps, ward], 3).tolist() == [12, 3]
    at = levels_at(water, [Hit(GRID, 0, 9)], 9, tolerance=scaled(packed, [pumps], 3))
    assert at(9).tolist() == [Level.DOWN, Level.UNHURT, Level.UNHURT]  # the pumps endure 12 minutes then


def test_bounds_of_an_odd_tolerance_lie_on_either_side_of_it():
    packed = pack(network([function(0), function(1)], [need(1, 0, 5)]))

    assert (scaled(packed, [1], 1).tolist(), scaled(packed, [1], 3).tolist()) == ([2], [8])


def course():
    (found,) = scenarios.courses(EVERYTHING, tracing.loaded(), ["S1"])
    return found


def told(scope, *hours, **more):
    now = tracing.loaded()
    return sensitivity(scope, now, course(), hours or (24.0,), **more).as_json(now.network.revision, now.engine.name)


def test_a_contact_is_told_counts_and_tipping_points_of_its_own_functions_only(town, acting):
    with acting("edu.contact") as who:
        seen = told(who.scope, 1, 24)

    # Water out for more than 2 h takes meals and the shelter, more than 4 h the school (restarts take a minute).
    assert [(row["hours"], row["down"], row["k1_down"]) for row in seen["durations"]] == [(1.0, 0, 0), (24.0, 3, 0)]
    assert [(tip["longer_than_h"], tip["lost"]) for tip in seen["tipping_points"]] == [
        (2.0, ["F-EDU-01", "F-EDU-06"]),
        (pytest.approx(3.9833, abs=1e-3), ["F-EDU-03"]),
    ]
    assert seen["tipping_points"][1]["chain"] == ["F-WAT-01", "F-EDU-06", "F-EDU-03"]
    assert seen["estimated_needs"] == 4


def test_a_supplier_that_the_reader_may_not_name_has_no_code(town, acting):
    from tests.dependencies.test_tracing import a_need, change

    change(town, lambda: a_need(town, "F-EDU-04", "F-WAT-02", "D-80"))

    with acting("edu.contact") as who:
        seen = told(who.scope)

    assert [tip["chain"] for tip in seen["tipping_points"] if tip["lost"] == ["F-EDU-04"]] == [[None, "F-EDU-04"]]


def test_what_waits_for_the_mtpd_is_told_as_well(town):
    seen = told(EVERYTHING, 24, longest_h=24)

    assert [tip["mtpd_exceeded"] for tip in seen["tipping_points"]][-1] == ["F-WAT-01", "F-WAT-02"]
    assert seen["tipping_points"][-1]["longer_than_h"] == 12.0
    assert seen["longest_h"] == 24.0


@pytest.mark.parametrize(("hours", "longest"), [((0,), None), ((9000,), None), ((24,), 0), ((24,), 9000)])
def test_no_time_at_all_and_more_than_a_year_are_refused(town, hours, longest):
    with pytest.raises(RuleBroken):
        told(EVERYTHING, *hours, longest_h=longest)


def test_tipping_points_are_left_out_where_too_much_is_reached(town):
    assert told(EVERYTHING, 24, most=3)["tipping_points"] is None
    assert told(EVERYTHING, 24, most=5)["tipping_points"]


def text_of(page):
    return " ".join(html.fromstring(page).find(".//main").text_content().split())


def test_the_page_tells_figures_bounds_and_tipping_points(town, sign_in):
    page = sign_in("edu.contact").get("/sensitivity/?scenario=S1&hours=24+72").text

    rows = html.fromstring(page).xpath("//table[caption[@id='durations-table-caption']]/tbody/tr")
    cells = [[" ".join(cell.text_content().split()) for cell in row] for row in rows]
    assert [row[:5] for row in cells] == [
        ["24 h as recorded", "3 3", "0 0", "0 0", "0 0"],
        ["3 d", "3 3", "0 0", "3 3", "0 0"],
    ]
    assert "Longer than 2 h" in text_of(page)
    assert "steps__line--over" in page


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("hours=much", "Give hours as numbers"),
        ("hours=0", "Give at most eight times"),
        ("hours=1+2+3+4+5+6+7+8+9", "Give at most eight times"),
        ("longest_h=9000", "Give at most"),
        ("scenario=S77", "Choose one from the list"),
    ],
)
def test_what_cannot_be_compared_is_said(town, sign_in, asked, says):
    assert says in text_of(sign_in("edu.contact").get(f"/sensitivity/?{asked}").text)


def test_a_scenario_that_takes_nothing_of_the_reader_down_does_not_tip(town, sign_in):
    for hit in town.record(scenarios.Scenario, "S1").hits:
        town.change(hit, effect="degraded")

    assert "The picture does not tip" in text_of(sign_in("edu.contact").get("/sensitivity/").text)


def test_what_is_too_much_for_a_page_points_to_the_command(town, sign_in, monkeypatch):
    browser = sign_in("central")
    monkeypatch.setattr("dependencies.views.sensitivity.MOST_REACHED", 2)
    some = text_of(browser.get("/sensitivity/").text)
    monkeypatch.setattr(tracing, "WHOLE", 3)
    all_ = text_of(browser.get("/sensitivity/").text)

    assert "prepare sensitivity --scenario S1" in some
    assert "prepare sensitivity" in all_


def test_without_a_scenario_the_page_says_what_to_do(town, sign_in):
    town.change(town.record(scenarios.Scenario, "S1"), retired=True)

    assert "No scenario has been recorded" in text_of(sign_in("edu.contact").get("/sensitivity/").text)


def test_the_page_asks_little_once_it_has_been_computed(town, sign_in, statements):
    browser = sign_in("central")
    browser.get("/sensitivity/")

    with statements() as seen:
        browser.get("/sensitivity/")

    assert len(seen) <= 12


def test_the_long_power_cut_of_the_demo_city_tips_when_the_fuel_of_its_generators_runs_out(demo):
    now = tracing.loaded()
    (found,) = scenarios.courses(EVERYTHING, now, ["S1"])

    seen = sensitivity(EVERYTHING, now, found, analysing.USUAL_H).as_json(now.network.revision, "")

    # domain.md 5: 62 functions in 72 h, of which 53 past the RTO and 38 past the MTPD; 69 in 96 h.
    figures = [(row["hours"], row["down"], row["rto_exceeded"], row["mtpd_exceeded"]) for row in seen["durations"]]
    assert figures[1] == (72.0, 62, 53, 38)
    assert figures[2][:2] == (96.0, 69)
    fuel = next(tip for tip in seen["tipping_points"] if tip["longer_than_h"] == 83.5)
    assert fuel["lost"] == ["F-KYM-05", "F-VES-01"]
    assert fuel["chain"][:3] == ["X-FIN-01", "F-ENE-01", "X-FUE-01"]


def test_the_command_prints_the_durations(town, app, monkeypatch):
    monkeypatch.setattr("prepare.cli.installation.application", lambda: app)

    def run(*words):
        return CliRunner().invoke(command, ["sensitivity", "--scenario", "S1", *words])

    assert [row["hours"] for row in json.loads(run("--hours", "12,24", "--json").output)["durations"]] == [12.0, 24.0]
    assert "down" in run("--longest", "30").output
    assert run("--hours", "soon").exit_code == 2
