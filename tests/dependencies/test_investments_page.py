"""The best next investment on the records: what each reader is told, on the page and by the command."""

import json
import re

import pytest
from click.testing import CliRunner
from lxml import html

from dependencies import tracing
from dependencies.analysing.investments import Decides, investments
from dependencies.analysing.scenarios import Scenario
from dependencies.investment import TooMuch
from dependencies.models.needs import Dependency, Need
from dependencies.vocabulary import DependencyKind, Strength
from prepare.access import Action
from prepare.actor import EVERYTHING
from prepare.cli.command import prepare as command
from prepare.db import db, transaction


def a_need(town, consumer, supplier, code, kind=DependencyKind.POWER, **more):
    need = Need(consumer=town.function(consumer), name=f"Tarve {code}", strength=Strength.ESSENTIAL, **more)
    town.keep(need, Dependency(code=code, need=need, supplier=town.function(supplier), kind=kind))


def rows(found):
    told = found.as_json()
    return {(row["kind"], row["function"], *row["needs"]): row["saved_weighted_h"] for row in told["measures"]}


def text_of(page):
    return " ".join(html.fromstring(page).find(".//main").text_content().split())


def test_a_contact_is_told_what_helps_its_own_functions(town, acting):
    with acting("edu.contact") as who:
        found = investments(who.scope, tracing.loaded())

    # All are K3, weight 1. The waterworks back in 12 h instead of 24 saves meals, shelter and school 12 h each. Water
    # for 4 h instead of 2 saves 2 h; in the shelter, on which the school depends, twice that.
    assert rows(found) == {
        ("recovery", "F-WAT-01"): 36.0,
        ("tolerance", "F-EDU-06", "Vesi"): 4.0,
        ("tolerance", "F-EDU-01", "Vesi"): 2.0,
        ("tolerance", "F-EDU-03", "Turva"): 2.0,
    }
    assert found.as_json()["lost_weighted_h"] == pytest.approx(2 * (22 + 1 / 60) + 20 + 2 / 60, abs=1e-3)


def test_a_function_that_may_not_be_named_is_no_measure_and_no_supplier(town, acting):
    a_need(town, "F-EDU-04", "F-WAT-02", "D-80", tolerance_h=0)  # the water tower is secret
    a_need(town, "F-EDU-02", "F-WAT-01", "D-81", tolerance_h=0)
    a_need(town, "F-SCH-01", "F-WAT-03", "D-82", tolerance_h=0)
    town.change(town.function("F-WAT-03"), confidentiality="confidential", secrecy_basis="x")

    with acting("edu.contact") as who:
        seen = investments(who.scope, tracing.loaded()).as_json()
    whole = investments(EVERYTHING, tracing.loaded()).as_json()

    assert {row["function"] for row in seen["measures"] if row["kind"] == "recovery"} == {"F-WAT-01"}
    assert {row["function"] for row in whole["measures"] if row["kind"] == "recovery"} == {"F-WAT-01", "F-WAT-02"}
    assert not [row for row in seen["measures"] if "F-WAT-03" in row["suppliers"]]
    assert [row["function"] for row in whole["measures"] if "F-WAT-03" in row["suppliers"]] == ["F-EDU-02", "F-EDU-04"]


def test_only_what_the_city_decides_is_asked_for(town):
    town.keep(hit := town.record(Scenario, "S1").hits[0].__class__(
        scenario=town.record(Scenario, "S1"), function=town.function("X-CTY-01"), start_h=0, duration_h=3,
        effect="down", capacity_pct=0))  # fmt: skip

    everybody = {row[1] for row in rows(investments(EVERYTHING, tracing.loaded()))}
    own = {row[1] for row in rows(investments(EVERYTHING, tracing.loaded(), decides=Decides.OWN))}

    assert hit.function.code in everybody
    assert own == everybody - {"X-CTY-01"}


def test_a_circle_is_told_with_the_supplier_without_whom_to_start(town, sign_in):
    a_need(town, "F-EDU-06", "F-EDU-03", "D-81", tolerance_h=2.0)
    town.change(town.record(Scenario, "S1").hits[0], duration_h=30)

    found = investments(EVERYTHING, tracing.loaded()).as_json()
    page = text_of(sign_in("edu.contact").get("/investments/?kind=cold_start").text)

    cold = [(row["function"], row["without"]) for row in found["measures"] if row["kind"] == "cold_start"]
    assert {code for pair in cold for code in pair} == {"F-EDU-03", "F-EDU-06"}
    assert "Arrange how it is started without" in page


def test_too_much_to_try_is_refused(town):
    with pytest.raises(TooMuch):
        investments(EVERYTHING, tracing.loaded(), most=3)


def test_the_page_ranks_measures_and_links_to_function_and_need(town, sign_in):
    page = sign_in("edu.contact").get("/investments/").text

    first, second, *_rest = html.fromstring(page).xpath("//table[caption[@id='investments-caption']]/tbody/tr")
    assert "F-WAT-01 Talousvesi Faster recovery. Back in 12 h instead of 24 h." in " ".join(
        first.text_content().split()
    )
    assert second.xpath("th/a/@href") == [
        f"/functions/{town.function('F-EDU-06').ref}",
        f"/needs/{db.session.query(Dependency).filter_by(code='D-02').one().need.ref}",
    ]
    assert "64.1" not in page
    assert "these scenarios cost 64 weighted hours" in text_of(page)
    assert "with those before it 36 h, 56" in text_of(page)


@pytest.mark.parametrize("kind", ["tolerance", "supplier", "restart", "recovery"])
def test_a_measure_leads_to_its_scenario_with_and_without_it(town, sign_in, kind):
    a_need(town, "F-EDU-02", "F-WAT-03", "D-81", tolerance_h=0)
    a_need(town, "F-EDU-04", "F-WAT-01", "D-82", tolerance_h=0)
    town.change(town.function("F-EDU-06"), restart_h=4.0)
    browser = sign_in("central")

    tree = html.fromstring(browser.get(f"/investments/?kind={kind}").text)
    address = tree.xpath("//table[caption[@id='investments-caption']]//a[starts-with(@href, '/compare/')]/@href")[0]
    page = browser.get(address)

    assert page.status_code == 200
    assert re.search(r"[1-9] functions? fares? better in B", text_of(page.text))


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("?kind=tolerance", "3 measures"),
        ("?kind=recovery&who=own&scenario=S1", "1 measure"),
        ("?who=mine", "3 measures"),
        ("?kind=supplier", "No such measure saves anything"),
        ("?kind=nonsense&scenario=S77", "4 measures"),
    ],
)
def test_the_page_is_filtered(town, sign_in, asked, says):
    assert says in text_of(sign_in("edu.contact").get(f"/investments/{asked}").text)


def test_every_kind_of_measure_is_told(town, sign_in):
    a_need(town, "F-EDU-03", "F-WAT-01", "D-80", tolerance_h=4.0)  # runs out when the shelter does
    a_need(town, "F-EDU-02", "F-WAT-03", "D-81", tolerance_h=0)
    a_need(town, "F-EDU-04", "F-WAT-01", "D-82", tolerance_h=0)
    town.change(town.function("F-EDU-06"), restart_h=4.0)

    page = text_of(sign_in("central").get("/investments/").text)

    for told in ("such as F-WAT-03 Jätevesi", "Running again in 2 h", "manage 8 h without any of these, now 2 h"):
        assert told in page


def test_without_a_loss_the_page_says_what_to_do(town, sign_in):
    town.change(town.record(Scenario, "S1"), retired=True)

    assert "No measure saves anything" in text_of(sign_in("edu.contact").get("/investments/").text)


def test_what_is_too_much_for_a_page_points_to_the_command(town, sign_in, monkeypatch):
    browser = sign_in("central")
    monkeypatch.setattr("dependencies.views.investments.MOST_TRIES", 2)
    many = text_of(browser.get("/investments/").text)
    monkeypatch.setattr(tracing, "WHOLE", 3)
    large = text_of(browser.get("/investments/").text)

    assert "too many measures to try" in many
    assert "prepare investments" in many
    assert "more than 3 functions" in large


def test_the_page_asks_little_once_it_has_been_computed(town, sign_in, statements):
    browser = sign_in("central")
    browser.get("/investments/")

    with statements() as seen:
        browser.get("/investments/")

    assert len(seen) <= 12


def test_a_new_revision_is_ranked_anew(town, acting):
    with acting("edu.contact") as who:
        before = rows(investments(who.scope, tracing.loaded()))
        with town.doing(Action.SOW), transaction():
            db.session.query(Dependency).filter_by(code="D-01").one().need.tolerance_h = 4.0
        after = rows(investments(who.scope, tracing.loaded()))

    assert before["tolerance", "F-EDU-01", "Vesi"] == 2.0
    assert after["tolerance", "F-EDU-01", "Vesi"] == 4.0  # from 4 to 8 h


def test_the_demo_city_is_told_where_to_begin(demo):
    found = investments(EVERYTHING, tracing.loaded()).as_json()

    assert len(found["measures"]) > 200
    saved = [row["saved_weighted_h"] for row in found["measures"]]
    assert saved == sorted(saved, reverse=True)
    # Either the fuel of S7 or the power of S1 comes first; together they are more than half of everything.
    assert {row["function"] for row in found["sequence"][:2]} == {"X-FUE-01", "F-ENE-01"}
    assert sum(row["saved_weighted_h"] for row in found["sequence"]) > 0.7 * found["lost_weighted_h"]


def test_the_command_prints_the_ranking(town, app, monkeypatch):
    monkeypatch.setattr("prepare.cli.installation.application", lambda: app)

    def run(*words):
        return CliRunner().invoke(command, ["investments", *words])

    assert json.loads(run("--scenario", "S1", "--own", "--json").output)["measures"]
    assert "recovery" in run().output
    assert "There is no such scenario" in str(run("--scenario", "S77").exception.text())


KEYS = ["tolerance / F-EDU-01 / Vesi / 4", "tolerance / F-EDU-06 / Vesi / 4"]


def test_costs_that_are_typed_rank_by_the_euros_for_an_hour(town, sign_in):
    browser = sign_in("edu.contact")
    page = html.fromstring(browser.get("/investments/").text)
    names = page.xpath("//table[caption[@id='investments-caption']]//input/@name")  # recovery 36 h, 4 h, 2 h, 2 h

    asked = {"who": "mine", names[1]: "1 000", names[2]: "250,5", names[3]: "cheap", "eur-12345678": "7"}
    answer = browser.get("/investments/", query_string=asked).text

    rows = [" ".join(row.text_content().split()) for row in html.fromstring(answer).xpath("//tbody/tr")]
    assert [row.split()[0] for row in rows] == ["F-EDU-01", "F-EDU-06", "F-EDU-03"]
    assert ["125 € for an hour" in rows[0], "250 € for an hour" in rows[1], "cost not known" in rows[2]] == [True] * 3
    assert "A cost is a sum of euros" in answer
    assert html.fromstring(answer).xpath("//form//input[@name='eur-12345678']/@value") == ["7", "7"]


def test_the_command_takes_costs_from_a_file(town, app, monkeypatch, tmp_path):
    monkeypatch.setattr("prepare.cli.installation.application", lambda: app)
    path = tmp_path / "costs.csv"

    def run(text):
        path.write_text(text, "utf-8")
        return CliRunner().invoke(command, ["investments", "--costs", str(path), "--json"])

    told = json.loads(run(f"key,eur\n{KEYS[0]},100\n{KEYS[1]},600\nnothing of ours,5\n").output)
    assert [(row["key"], row["cost_eur"], row["eur_per_saved_h"]) for row in told["measures"][:3]] == [
        (KEYS[0], 100.0, 50.0),
        (KEYS[1], 600.0, 150.0),
        ("recovery / F-WAT-01 / 12", None, None),
    ]
    for wrong in ("key,price\na,1\n", "key,eur\na,much\n", "key,eur\na,-1\n", "key,eur\na,nan\n", "key,eur\na\n"):
        assert run(wrong).exit_code == 2


def test_a_cost_that_nobody_has_given_is_not_known(town):
    assert {row["cost_eur"] for row in investments(EVERYTHING, tracing.loaded()).as_json()["measures"]} == {None}
