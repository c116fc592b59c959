"""Stored runs of scenarios: storing, showing again, listing and verifying them."""

import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from sqlalchemy import select, text

from dependencies import queries, stored, tracing
from dependencies.analysing import runs
from dependencies.entries.needs import RunEntry
from dependencies.models.needs import Need
from dependencies.models.runs import ScenarioRun
from dependencies.register import runs as register
from prepare.actor import EVERYTHING
from prepare.cli import installation
from prepare.cli.command import prepare
from prepare.db import db, transaction
from prepare.errors import NotPermitted, RuleBroken
from prepare.vocabulary import Confidentiality, FunctionState
from risks.models.scenarios import Scenario
from tests import traces
from tests.filled import filled

AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
WHY = RunEntry(purpose="Jatkuvuusraportti 2026")


def scenario():
    return db.session.scalars(select(Scenario).where(Scenario.code == "S1")).one()


def run(code="S1 1"):
    return db.session.scalars(select(ScenarioRun).where(ScenarioRun.code == code)).one()


@pytest.fixture
def spoil(town):
    """Changes a column of the first stored run past everything that guards it."""

    def change(column, value):
        with transaction():
            db.session.execute(text(f"UPDATE scenario_run SET {column} = :value"), {"value": value})
        stored.computed.cache_clear()

    return change


def store(town, acting, entry=WHY):
    with acting("central"), transaction():
        return register.store_run(scenario(), entry, at=AT).code


def test_a_run_keeps_who_when_what_for_and_from_what(town, acting):
    assert store(town, acting) == "S1 2"

    kept = run("S1 2")
    assert (kept.made_by, kept.made_at, kept.purpose) == ("Nimi central", AT, "Jatkuvuusraportti 2026")
    assert (kept.graph_revision, kept.horizon_h, kept.missed) == (tracing.revision(), 8760.0, 0)
    assert (kept.engine, kept.method) == ("events-1", stored.METHOD)
    assert (len(kept.inputs_sha256), len(kept.result_sha256)) == (64, 64)


def test_only_what_lies_on_a_way_from_the_hits_is_kept(town, acting):
    kept = stored.opened(run().inputs, run().inputs_sha256)
    codes = {function.code for function in kept.functions}

    # S1 hits the water and the tower; meals and the shelter need the water, and teaching needs the shelter
    assert {"F-WAT-01", "F-WAT-02", "F-EDU-01", "F-EDU-06", "F-EDU-03"} <= codes
    assert "F-SCH-01" not in codes
    assert run().function_count == len(codes)


def test_the_stored_run_is_what_the_trace_of_that_moment_was(town, acting):
    now = traces.of_scenario(EVERYTHING, "S1")

    again = runs.recall(EVERYTHING, run())

    assert again.is_same
    assert again.seen.as_json(scenario="S1")["disruptions"] == now["disruptions"]


def test_a_later_change_of_the_records_does_not_change_the_stored_run(town, acting):
    before = runs.recall(EVERYTHING, run()).seen.as_json()
    town.change(db.session.scalars(select(Need)).first(), tolerance_h=90.0)
    town.change(town.function("F-EDU-06"), state=FunctionState.RETIRED)
    stored.computed.cache_clear()

    again = runs.recall(EVERYTHING, run())

    assert again.is_same
    assert again.seen.as_json() == before
    assert traces.of_scenario(EVERYTHING, "S1")["disruptions"] != before["disruptions"]


def test_what_a_reader_sees_of_a_stored_run_is_what_the_reader_may_read_now(town, sign_in):
    address = f"/scenarios/runs/{run().ref}"
    assert "Turvakoti" in sign_in("edu.contact").get(address).text
    assert "Turvakoti" not in sign_in("wat.contact").get(address).text

    town.change(town.function("F-EDU-01"), confidentiality=Confidentiality.CONFIDENTIAL)
    assert "Kouluateriat" in sign_in("edu.contact").get(address).text
    assert "Kouluateriat" not in sign_in("admin").get(address).text


def test_a_run_of_a_scenario_that_may_not_be_read_answers_like_a_missing_one(town, sign_in):
    town.change(scenario(), confidentiality=Confidentiality.CONFIDENTIAL)

    visitor = sign_in("admin")
    for address in (f"/scenarios/runs/{run().ref}", f"/scenarios/{scenario().ref}/runs"):
        assert visitor.get(address).status_code == 404
        assert sign_in("central").get(address).status_code == 200


def test_a_result_that_comes_out_otherwise_is_told_plainly(town, sign_in, spoil):
    spoil("result_sha256", "0" * 64)

    page = sign_in("central").get(f"/scenarios/runs/{run().ref}").text

    assert "The result has come out otherwise" in page
    assert "do not take it for the figures of the report" in page


def test_inputs_that_were_tampered_with_are_not_shown_as_a_result(town, sign_in, spoil):
    spoil("inputs_sha256", "0" * 64)

    page = sign_in("central").get(f"/scenarios/runs/{run().ref}")

    assert page.status_code == 200
    assert "This run can no longer be shown" in page.text
    assert "Function by function" not in page.text


def test_a_run_is_neither_changed_nor_deleted(town):
    kept = run()
    with pytest.raises(RuntimeError, match="never changed"):
        town.change(kept, purpose="Jotain muuta")
    with pytest.raises(RuntimeError, match="never deleted"), transaction():
        db.session.delete(run())


def test_only_the_unit_stores_runs(town, acting):
    for name in ("edu.contact", "leadership", "auditor", "admin", "county"):
        with acting(name), pytest.raises(NotPermitted):
            register.store_run(scenario(), WHY, at=AT)


def test_a_run_is_stored_for_something(town, acting):
    with acting("central"), pytest.raises(RuleBroken, match="what it is stored for"):
        register.store_run(scenario(), RunEntry(purpose="  "), at=AT)


def test_a_retired_scenario_is_not_stored_any_more(town, acting):
    town.change(scenario(), retired=True)
    with acting("central"), pytest.raises(RuleBroken, match="retired"):
        register.store_run(scenario(), WHY, at=AT)


def test_a_scenario_that_hits_nothing_in_force_has_nothing_to_store(town, acting):
    for code in ("F-WAT-01", "F-WAT-02"):
        town.change(town.function(code), state=FunctionState.RETIRED)
    with acting("central"), pytest.raises(RuleBroken, match="hits nothing"):
        register.store_run(scenario(), WHY, at=AT)


def test_a_hit_that_is_no_longer_in_force_is_counted_as_left_out(town, acting):
    town.change(town.function("F-WAT-02"), state=FunctionState.RETIRED)

    store(town, acting)

    assert run("S1 2").missed == 1


def test_a_disruption_that_reaches_too_much_is_not_stored_and_says_so(town, acting, monkeypatch):
    monkeypatch.setattr(stored, "MOST_FUNCTIONS", 3)
    with acting("central"), pytest.raises(RuleBroken, match="more than 3 functions"):
        register.store_run(scenario(), WHY, at=AT)


def test_a_run_is_stored_from_its_page_and_opened(town, sign_in):
    visitor = sign_in("central")
    address = f"/scenarios/{scenario().ref}/runs/new"

    assert "This is needed" in visitor.send(address, **filled(visitor.get(address).text, "purpose")).text
    form = filled(visitor.get(address).text, "purpose")
    answer = visitor.send(address, **form | {"purpose": "Johtoryhmä"})

    page = visitor.get(answer.headers["Location"]).text
    assert "Johtoryhmä" in page
    assert "The result is unchanged" in page
    listed = visitor.get(f"/scenarios/{scenario().ref}/runs").text
    assert "S1 2" in listed
    assert "S1 2" in visitor.get(f"/scenarios/{scenario().ref}").text
    assert "Stored run" in visitor.get(f"/scenarios/{scenario().ref}/trail").text


def test_a_run_that_cannot_be_stored_is_told_on_its_page(town, sign_in):
    for code in ("F-WAT-01", "F-WAT-02"):
        town.change(town.function(code), state=FunctionState.RETIRED)
    visitor = sign_in("central")
    address = f"/scenarios/{scenario().ref}/runs/new"

    answer = visitor.send(address, **filled(visitor.get(address).text, "purpose") | {"purpose": "x"})

    assert "hits nothing that is in force" in answer.text


def test_a_form_sent_twice_stores_one_run(town, sign_in):
    visitor = sign_in("central")
    address = f"/scenarios/{scenario().ref}/runs/new"
    form = filled(visitor.get(address).text, "purpose") | {"purpose": "Kerran"}

    answers = [visitor.send(address, **form) for _turn in range(2)]

    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert len(db.session.scalars(queries.runs(EVERYTHING)).all()) == 2


def test_a_partner_sees_no_runs_on_a_page_it_may_not_open(town, sign_in):
    assert sign_in("county").get(f"/scenarios/{scenario().ref}/runs").status_code == 403


def test_more_runs_than_fit_are_a_page_away(town, acting, sign_in):
    for _turn in range(6):
        store(town, acting)

    assert "All stored runs" in sign_in("edu.contact").get(f"/scenarios/{scenario().ref}").text


@pytest.fixture
def command(app, town, monkeypatch):
    """Runs `prepare …` on the town; gives its result."""
    monkeypatch.setattr(installation, "application", lambda: app)
    return lambda *words: CliRunner().invoke(prepare, list(words))


def test_the_command_stores_lists_and_prints_runs(command):
    made = command("trace", "--scenario", "S1", "--store", "--purpose", "Raportti", "--json")
    assert made.exit_code == 0, made.output

    listed = json.loads(command("runs", "--scenario", "S1", "--json").stdout)
    again = json.loads(command("trace", "--run", "S1 2", "--json").stdout)
    by_ref = json.loads(command("trace", "--run", listed[0]["ref"], "--json").stdout)

    assert [row["code"] for row in listed] == ["S1 2", "S1 1"]
    assert again == by_ref == json.loads(made.stdout)
    assert {"scenario", "graph_revision", "engine", "horizon_h", "disruptions"} == again.keys()
    assert "Raportti" in command("runs").stdout
    assert command("runs", "--scenario", "S9").stdout == ""


def test_the_command_refuses_what_cannot_be_stored_or_found(command):
    assert command("trace", "--function", "F-WAT-01", "--hours", "2", "--store", "--purpose", "x").exit_code == 2
    assert command("trace", "--scenario", "S1", "--store").exit_code == 2
    assert command("trace", "--run", "S1 1", "--scenario", "S1").exit_code == 2
    for words in (("--run", "S1 99"), ("--scenario", "S9", "--store", "--purpose", "x")):
        refused = command("trace", *words)
        assert isinstance(refused.exception, RuleBroken)


def test_verifying_tells_which_run_differs(command, spoil):
    assert command("runs", "verify").exit_code == 0

    spoil("result_sha256", "0" * 64)
    told = command("runs", "verify")
    assert told.exit_code == 1
    assert "S1 1: " in told.stdout
    assert "1 differ" in told.stdout
    assert "ei ole se, joka tallennettiin" in command("trace", "--run", "S1 1").stderr

    spoil("inputs_sha256", "0" * 64)
    assert "Lähtötiedot eivät ole ne" in command("runs", "verify").stdout


def test_a_stored_run_says_why_a_function_is_down(town, sign_in):
    visitor = sign_in("edu.contact")
    address = f"/scenarios/runs/{run().ref}"

    assert "Why is F-EDU-01 Kouluateriat down at 2 h?" in visitor.get(f"{address}?why=F-EDU-01").text
    assert "neither down nor degraded" in visitor.get(f"{address}?why=F-EDU-01&at=1").text
    assert "There is no such function" in visitor.get(f"{address}?why=F-WAT-02").text


def test_a_country_loads_only_what_the_hits_reach_and_stores_the_same(town, acting, monkeypatch):
    monkeypatch.setattr(tracing, "WHOLE", 1)

    store(town, acting)

    assert (run("S1 2").inputs_sha256, run("S1 2").result_sha256) == (run().inputs_sha256, run().result_sha256)
