"""Two disruptions side by side: on the page, from a shell, and as far as each reader may read."""

import json

import pytest
from click.testing import CliRunner
from sqlalchemy import select, text

from dependencies.analysing import comparing
from dependencies.analysing.comparing import Asked, side, supposed_change, with_change, written
from dependencies.candidates import Kind
from dependencies.comparison import Way, compared
from dependencies.models.needs import Need
from dependencies.models.runs import ScenarioRun
from dependencies.tracing import TooFar
from prepare.actor import EVERYTHING
from prepare.cli import installation
from prepare.cli.command import prepare
from prepare.db import db, transaction
from prepare.errors import RuleBroken
from prepare.models.functions import Function
from tests.hard import ODD_WORDS


def need_of(code):
    return db.session.scalars(select(Need).join(Need.consumer).where(Function.code == code)).first()


def run():
    return db.session.scalars(select(ScenarioRun)).first()


def ways(first, second):
    found = compared(side(EVERYTHING, first).seen, side(EVERYTHING, second).seen)
    return {row.outcome.function.code: row.way for row in found.rows}


def test_a_disruption_compared_with_itself_differs_in_nothing(town):
    found = compared(*(side(EVERYTHING, "scenario:S1").seen for _turn in range(2)))

    assert found.rows == ()
    assert {one.difference for one in found.figures} == {0}
    assert {seen.outcome.function.code for seen in found.same} >= {"F-WAT-01", "F-EDU-01"}


def test_a_shorter_outage_is_better_for_everybody_it_hits(town):
    found = ways("hits:F-WAT-01:0:24", "hits:F-WAT-01:0:6")

    assert found["F-WAT-01"] is Way.BETTER
    assert found["F-EDU-01"] is Way.BETTER
    assert ways("hits:F-WAT-01:0:6", "hits:F-WAT-01:0:24")["F-EDU-01"] is Way.WORSE


def test_an_outage_that_is_only_moved_is_worse_when_it_begins_earlier(town):
    assert ways("hits:F-SCH-01:5:4", "hits:F-SCH-01:2:4")["F-SCH-01"] is Way.BETTER  # it is back earlier
    assert ways("hits:F-SCH-01:0:4,F-SCH-01:10:4", "hits:F-SCH-01:0:2,F-SCH-01:8:6")["F-SCH-01"] is Way.DIFFERENT


def test_degraded_is_better_than_down_and_unaffected_better_than_both(town):
    assert ways("hits:F-SCH-01:0:4", "hits:F-SCH-01:0:4:degraded")["F-SCH-01"] is Way.BETTER
    assert ways("hits:F-SCH-01:0:4:degraded", "hits:F-EDU-04:0:4") == {"F-SCH-01": Way.BETTER, "F-EDU-04": Way.WORSE}


def test_the_gravest_stand_first(town):
    found = compared(*(side(EVERYTHING, word).seen for word in ("hits:F-SCH-01:0:4", "hits:F-WAT-01:0:4")))

    assert [row.way for row in found.rows] == sorted((row.way for row in found.rows), key=["worse", "better"].index)
    assert found.rows[0].outcome.function.code == "F-WAT-01"  # K1 before K3


def test_a_stored_run_is_held_against_now(town):
    town.change(need_of("F-EDU-01"), tolerance_h=48.0)

    found = ways(f"run:{run().ref}", "scenario:S1")

    assert found == {"F-EDU-01": Way.BETTER}
    assert ways("run:S1 1", "run:S1 1") == {}


@pytest.mark.parametrize(
    "word",
    [
        "",
        "S1",
        "scenario:",
        "scenario:S9",
        "run:S9 1",
        "run:",
        "hits:",
        "hits:x",
        "hits:F-NONE:0:1",
        "hits:F-WAT-01:0:nan",
    ],
)
def test_what_is_not_there_cannot_be_compared(town, word):
    with pytest.raises(RuleBroken):
        side(EVERYTHING, word)


def test_a_reader_compares_only_what_the_reader_may_read(town, acting):
    with acting("edu.contact") as contact:
        seen = {o.outcome.function.code for o in side(contact.scope, "scenario:S1").seen.outcomes}
        assert "F-EDU-01" in seen
        assert "F-WAT-01" not in seen
        for of in ("F-WAT-01", "F-WAT-02", "F-NONE"):
            with pytest.raises(RuleBroken, match="F-"):
                supposed_change(contact.scope, Asked(Kind.RESTART, of, hours=1.0))
        with pytest.raises(RuleBroken, match="F-WAT-02"):
            supposed_change(contact.scope, Asked(Kind.SUPPLIER, "F-EDU-01", need="Vesi", supplier="F-WAT-02"))


def test_a_change_is_supposed_and_nothing_is_saved(town):
    one = side(EVERYTHING, "scenario:S1")
    change, told = supposed_change(EVERYTHING, written("tolerance:F-EDU-01:Vesi:48"))

    other = with_change(EVERYTHING, one, change, told)

    assert {r.outcome.function.code for r in compared(one.seen, other.seen).rows} == {"F-EDU-01"}
    assert "F-EDU-01" in other.lead
    assert need_of("F-EDU-01").tolerance_h == 2.0
    assert not db.session.dirty


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("supplier:F-EDU-01:Vesi:F-SCH-01", Kind.SUPPLIER),
        ("recovery:F-WAT-01:3", Kind.RECOVERY),
        ("restart:F-EDU-01:9", Kind.RESTART),
    ],
)
def test_every_kind_of_change_can_be_written(town, word, kind):
    change, told = supposed_change(EVERYTHING, written(word))
    one = side(EVERYTHING, "scenario:S1")

    assert change.kind is kind
    assert compared(one.seen, with_change(EVERYTHING, one, change, told).seen).rows


BAD_CHANGES = (
    "",
    "x",
    "tolerance",
    "tolerance:F:9",
    "tolerance:F:Vesi:x",
    "restart:F:Vesi:2",
    "cold_start:F:2",
    "restart:F",
)


@pytest.mark.parametrize("word", BAD_CHANGES)
def test_a_change_that_is_written_otherwise_is_told(word):
    with pytest.raises(RuleBroken) as told:
        written(word)
    assert told.value.message == comparing.CHANGES


def test_hours_that_are_no_number_are_refused(town):
    for hours in ("nan", "inf", "-1"):
        change, told = supposed_change(EVERYTHING, written(f"restart:F-EDU-01:{hours}"))
        with pytest.raises(RuleBroken) as broken:
            with_change(EVERYTHING, side(EVERYTHING, "scenario:S1"), change, told)
        assert broken.value.field == "hours"


def test_a_run_that_comes_out_otherwise_says_so_in_the_comparison(town):
    with transaction():
        db.session.execute(text("UPDATE scenario_run SET result_sha256 = ''"))

    assert "the result is not the one that was stored" in side(EVERYTHING, "run:S1 1").lead


def test_a_change_in_what_a_stored_run_does_not_reach_is_told(town):
    change, told = supposed_change(EVERYTHING, written("restart:F-SCH-01:1"))

    with pytest.raises(RuleBroken, match="does not reach this function"):
        with_change(EVERYTHING, side(EVERYTHING, "run:S1 1"), change, told)


# The page


def test_the_page_says_what_to_choose_at_first(town, sign_in):
    assert "Choose what to compare" in sign_in("edu.contact").get("/compare/").text


def test_the_page_compares_a_run_with_now_and_folds_what_is_the_same(town, sign_in):
    town.change(need_of("F-EDU-01"), tolerance_h=48.0)

    page = sign_in("edu.contact").get(f"/compare/?a=run:{run().ref}&b=scenario:S1").text

    assert "1 function fares better in B" in page
    assert "▲ Better" in page
    assert "not affected" in page
    assert "fewer in B" in page
    assert "come out the same" in page or "comes out the same" in page
    assert "Picture of A" in page


def test_the_page_offers_the_needs_of_the_function_that_is_written(town, sign_in):
    visitor = sign_in("edu.contact")
    ref = need_of("F-EDU-01").ref

    asked = visitor.get("/compare/?a=scenario:S1&kind=tolerance&of=f-edu-01&hours=48").text
    assert f'value="{ref}"' in asked
    assert "Choose a need of the function." in asked
    done = visitor.get(f"/compare/?a=scenario:S1&kind=tolerance&of=F-EDU-01&hours=48&need={ref}").text
    assert "“Vesi”, 48 h" in done
    assert "1 function fares better in B" in done


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("a=scenario:S1", "Choose something else for the second"),
        ("b=scenario:S1", "Choose what is compared."),
        ("a=scenario:S9&b=scenario:S1", "Choose one from the list."),
        ("a_hits=F-NONE:0:2&b=scenario:S1", 'id="a_hits-error"'),
        ("a=scenario:S1&b_hits=nonsense", 'id="b_hits-error"'),
        ("a_hits=F-WAT-01:-1:2,F-NONE:0:nan&b=scenario:S1", 'id="a_hits-error"'),
        ("a=scenario:S1&kind=tolerance", 'id="of-error"'),
        ("a=scenario:S1&kind=restart&of=F-NONE&hours=2", "There is no such function"),
        ("a=scenario:S1&kind=restart&of=F-WAT-02&hours=2", "There is no such function"),
        ("a=scenario:S1&kind=restart&of=F-EDU-01", 'id="hours-error"'),
        ("a=run:S1%201&kind=restart&of=F-SCH-01&hours=1", "Choose one from the list."),
        ("a=scenario:S1&kind=recovery&of=F-EDU-01&hours=1", "Only a function that is hit itself is repaired"),
        ("a=scenario:S1&kind=restart&of=F-EDU-01&hours=nan", 'id="hours-error"'),
        ("a=scenario:S1&kind=nothing&of=F-EDU-01&hours=1", "Choose one from the list."),
        ("a=scenario:S1&kind=supplier&of=F-EDU-01&supplier=F-NONE", "Choose a need"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(town, sign_in, query, told):
    answer = sign_in("edu.contact").get(f"/compare/?{query}")

    assert answer.status_code == 200
    assert told in answer.text
    assert "What differs" not in answer.text


def test_no_odd_word_breaks_the_page(town, sign_in):
    visitor = sign_in("central")
    names = ("a", "b", "a_hits", "b_hits", "kind", "of", "need", "hours", "supplier")
    for word in ODD_WORDS:
        every = visitor.get("/compare/", query_string=dict.fromkeys(names, word))
        change = visitor.get(
            "/compare/", query_string=dict.fromkeys(names[4:], word) | {"a": "scenario:S1", "kind": "restart"}
        )
        assert {every.status_code, change.status_code} <= {200, 400}, word


def test_a_graph_that_is_too_large_is_not_compared_while_somebody_waits(town, sign_in, monkeypatch):
    monkeypatch.setattr("dependencies.tracing.WHOLE", 1)

    page = sign_in("central").get("/compare/?a=scenario:S1&b_hits=F-WAT-01:0:2").text
    assert "Choose two stored runs" in page
    with pytest.raises(TooFar):
        side(EVERYTHING, "scenario:S1")


def test_scenario_and_trace_lead_to_the_comparison(town, sign_in):
    visitor = sign_in("central")

    assert "/compare/?a=scenario:S1" in visitor.get("/trace/?scenario=S1").text
    assert f"/compare/?a=run:{run().ref}" in visitor.get(f"/scenarios/runs/{run().ref}").text


# The command


@pytest.fixture
def command(app, town, monkeypatch):
    """Runs `prepare …` on the town; gives its result."""
    monkeypatch.setattr(installation, "application", lambda: app)
    return lambda *words: CliRunner().invoke(prepare, list(words))


def test_the_command_prints_what_differs(command, town):
    told = json.loads(command("compare", "--a", "run:S1 1", "--b", "scenario:S1", "--json").stdout)
    assert told["changed"] == []
    assert told["a"]["of"] == "run:S1 1"

    words = ("compare", "--a", "scenario:S1", "--change", "tolerance:F-EDU-01:Vesi:48")
    told = json.loads(command(*words, "--json").stdout)
    assert [(row["code"], row["way"], row["b"]) for row in told["changed"]] == [("F-EDU-01", "better", None)]
    assert told["changed"][0]["a"]["down_at_h"] == 2.0
    assert {one["name"]: one["difference"] for one in told["figures"]}["down"] == -1
    assert told["count"] == {"better": 1, "worse": 0, "different": 0}
    assert "F-EDU-01   better" in command(*words).stdout


def test_the_command_asks_for_something_to_compare_with(command):
    assert command("compare", "--a", "scenario:S1").exit_code == 2
    assert isinstance(command("compare", "--a", "scenario:S9", "--b", "scenario:S1").exception, RuleBroken)
