"""Records and questions that cannot be meant: each gets an honest answer or a clear refusal, never a failure."""

import pytest
from sqlalchemy import select

from dependencies import tracing
from dependencies.cascade import Outage
from dependencies.loading.arrays import arrays
from dependencies.models.needs import Dependency, Need
from dependencies.packed import pack
from dependencies.vocabulary import DependencyKind, Strength
from prepare.access import Action
from prepare.actor import EVERYTHING, SYSTEM, acting_as
from prepare.db import db, transaction
from prepare.errors import RuleBroken
from prepare.models.functions import Function
from tests import traces
from tests.dependencies.cases import function, need, network


def change(town, act):
    """Change records past the register's rules."""
    with acting_as(SYSTEM), town.doing(Action.SOW), transaction():
        act()


def own_supplier(town, code="F-EDU-04"):
    """A function that is its own supplier: no page makes it, but another program may have."""
    consumer = town.function(code)
    need = Need(consumer=consumer, name="Itse", strength=Strength.ESSENTIAL, tolerance_h=1.0)
    db.session.add(Dependency(code="D-98", need=need, supplier=consumer, kind=DependencyKind.POWER))


def too_many_required(town):
    consumer = town.function("F-EDU-04")
    need = Need(consumer=consumer, name="Liikaa", strength=Strength.ESSENTIAL, tolerance_h=1.0, min_required=9)
    db.session.add(Dependency(code="D-97", need=need, supplier=town.function("F-WAT-01"), kind=DependencyKind.POWER))


def test_a_function_that_is_its_own_supplier_is_no_reason_to_refuse_a_page(town, sign_in, monkeypatch):
    change(town, lambda: own_supplier(town))
    browser = sign_in("central")

    assert arrays(tracing.revision()).packed.need.tolist() == pack(tracing.loaded().network).need.tolist()
    for whole in (tracing.WHOLE, 0):
        monkeypatch.setattr(tracing, "WHOLE", whole)
        for address in ("/trace/?scenario=S1", "/trace/?function=F-EDU-04&hours=5", "/analyses/"):
            assert browser.get(address).status_code == 200


def test_a_need_for_more_suppliers_than_it_has_is_computed_with_those_there_are_and_told(town, sign_in):
    change(town, lambda: too_many_required(town))

    rows = {row["code"]: row for row in traces.of_function(EVERYTHING, "F-WAT-01", 5)["disruptions"]}

    assert rows["F-EDU-04"]["down_at_h"] == 1.0
    assert arrays(tracing.revision()).packed.losses.min() == 1
    assert tracing.short_needs(EVERYTHING) > 0
    assert sign_in("central").get("/trace/?function=F-WAT-01&hours=5").status_code == 200


def test_a_graph_refuses_a_group_that_requires_more_than_it_has():
    with pytest.raises(RuleBroken):
        network([function(0), function(1)], [need(1, [0], k=2)])


@pytest.mark.parametrize("whole", [10_000, 0])
def test_where_nobody_needs_anything_only_the_hit_goes_down(town, sign_in, monkeypatch, whole):
    def nothing():
        for one in db.session.scalars(select(Need)):
            one.retired = True

    change(town, nothing)
    monkeypatch.setattr(tracing, "WHOLE", whole)

    rows = traces.of_function(EVERYTHING, "F-WAT-01", 5)["disruptions"]

    assert [row["code"] for row in rows] == ["F-WAT-01"]
    browser = sign_in("central")
    for address in ("/trace/", "/trace/?scenario=S1", "/analyses/"):
        assert browser.get(address).status_code == 200


@pytest.mark.parametrize("whole", [10_000, 0])
def test_a_scenario_whose_every_hit_is_retired_takes_nothing_down_and_says_so(town, sign_in, monkeypatch, whole):
    def retire():
        for one in db.session.scalars(select(Function).where(Function.code.startswith("F-WAT"))):
            one.state = "retired"

    change(town, retire)
    monkeypatch.setattr(tracing, "WHOLE", whole)

    assert traces.of_scenario(EVERYTHING, "S1")["disruptions"] == []
    page = sign_in("central").get("/trace/?scenario=S1")
    assert page.status_code == 200
    assert "no longer" in page.text or "out of use" in page.text or "not in force" in page.text


@pytest.mark.parametrize("hours", ["-1", "nan", "inf", "-inf", "1e999", "0", "9" * 40, "twelve", "1;2"])
def test_hours_that_are_none_are_refused_by_page_and_command(town, sign_in, hours):
    page = sign_in("central").get("/trace/", query_string={"function": "F-WAT-01", "hours": hours})

    assert page.status_code == 200
    assert "F-EDU-03" not in page.text
    try:
        number = float(hours)
    except ValueError:
        return
    with pytest.raises(RuleBroken):
        traces.of_function(EVERYTHING, "F-WAT-01", number)


def test_a_hit_at_the_horizon_or_that_lasts_no_time_has_no_effect_in_bulk(town):
    engine = tracing.bulk().engine

    found = engine.outages([Outage(0, 50, 60), Outage(1, 7, 7)], 50, bridged=True)

    assert found.places.tolist() == []
