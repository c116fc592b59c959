"""Tracing on the records: what is loaded, what is kept, and what each reader sees."""

import pytest
from sqlalchemy import select

from dependencies import tracing
from dependencies.models.needs import Dependency, Need
from dependencies.outcome import Hit
from dependencies.vocabulary import DependencyKind, State, Strength, Verdict
from prepare.access import Action
from prepare.actor import EVERYTHING, SYSTEM, acting_as
from prepare.db import db, transaction
from prepare.errors import RuleBroken
from tests import traces

OUTSIDE = None  #: the code of a function that the reader may not know


def trace(scope, code, hours):
    """One function out for so many hours, as the scope sees it."""
    return traces.of_function(scope, code, hours)["disruptions"]


def rows_by_code(rows):
    return {row["code"]: row for row in rows}


def need_id(code):
    """The id of the need that a dependency satisfies."""
    return db.session.scalars(select(Dependency.need_id).where(Dependency.code == code)).one()


def a_need(town, consumer, supplier, code, **more):
    """Add a need with one supplier to the session."""
    values = {"strength": Strength.ESSENTIAL, "tolerance_h": 1.0, **more}
    need = Need(consumer=town.function(consumer), name=f"Tarve {code}", **values)
    db.session.add(Dependency(code=code, need=need, supplier=town.function(supplier), kind=DependencyKind.POWER))


def change(town, act):
    """Change records past the register's rules."""
    with acting_as(SYSTEM), town.doing(Action.SOW), transaction():
        act()


def test_an_outage_travels_over_the_recorded_needs(town):
    rows = rows_by_code(trace(EVERYTHING, "F-WAT-01", 24))

    # Meals and the shelter manage 2 h without water; the school needs the shelter and manages 2 h more.
    assert {code: row["down_at_h"] for code, row in rows.items()} == {
        "F-WAT-01": 0.0,
        "F-EDU-01": 2.0,
        "F-EDU-06": 2.0,
        "F-EDU-03": 4.0,
    }
    assert rows["F-EDU-03"]["chain"] == ["F-WAT-01", "F-EDU-06", "F-EDU-03"]
    assert rows["F-EDU-03"]["status"] == Verdict.OK.value  # 20 h out, RTO 48 h


def test_a_contact_sees_its_own_functions_and_no_name_of_a_secret_one(town, acting):
    change(town, lambda: a_need(town, "F-EDU-04", "F-WAT-02", "D-80"))

    with acting("edu.contact") as who:
        rows = rows_by_code(traces.of_scenario(who.scope, "S1")["disruptions"])

    assert set(rows) == {"F-EDU-01", "F-EDU-03", "F-EDU-04", "F-EDU-06"}
    assert rows["F-EDU-04"]["chain"] == [OUTSIDE, "F-EDU-04"]
    assert rows["F-EDU-01"]["chain"] == ["F-WAT-01", "F-EDU-01"]


def test_the_scope_never_changes_a_time(town, acting):
    everything = rows_by_code(traces.of_scenario(EVERYTHING, "S1")["disruptions"])

    with acting("edu.contact") as who:
        seen = traces.of_scenario(who.scope, "S1")["disruptions"]

    assert seen
    for row in seen:
        whole = everything[row["code"]]
        assert {**row, "chain": whole["chain"]} == whole


def test_a_scope_without_functions_sees_nothing(town, acting):
    with acting("police") as who:
        seen = tracing.run(who.scope, [Hit(town.function("F-WAT-01").id, 0, 600)])

    assert seen.outcomes == ()
    assert [shown.card for shown, _hit in seen.hits] == [None]


def test_need_and_tolerance_are_told_of_own_steps_only(town, acting):
    with acting("edu.contact") as who:
        seen = tracing.run(who.scope, [Hit(town.function("F-WAT-01").id, 0, 600)])

    school = next(outcome for outcome in seen.outcomes if outcome.function.code == "F-EDU-03")
    assert [(step.function.code, step.function.opens) for step in school.steps] == [
        ("F-WAT-01", False),
        ("F-EDU-06", True),
        ("F-EDU-03", True),
    ]
    assert [step.need and step.need.name for step in school.steps] == [None, "Vesi", "Turva"]


def test_a_partner_sees_what_happens_to_a_function_that_is_shared_with_it(town, acting):
    with acting("county") as who:
        seen = tracing.run(who.scope, [Hit(town.function("F-WAT-01").id, 0, 600)])

    assert [outcome.function.code for outcome in seen.outcomes] == ["F-WAT-01"]


def test_a_scenario_that_does_not_exist_is_refused(town):
    with pytest.raises(RuleBroken):
        traces.of_scenario(EVERYTHING, "S77")


@pytest.mark.parametrize(("code", "hours"), [("F-WAT-02", 4), ("F-NON-01", 4), ("F-WAT-01", 0)])
def test_a_function_that_may_not_be_named_or_no_time_at_all_is_refused(town, acting, code, hours):
    with acting("edu.contact") as who, pytest.raises(RuleBroken):
        traces.of_function(who.scope, code, hours)


def test_every_scenario_is_traced_in_the_shape_that_is_printed(town):
    (storm,) = tracing.trace_all(EVERYTHING)

    assert set(storm) == {"scenario", "graph_revision", "engine", "horizon_h", "disruptions"}
    assert (storm["scenario"], storm["horizon_h"]) == ("S1", 8760.0)
    assert set(storm["disruptions"][0]) - {"mtpd_at_h"} == {
        "code",
        "state",
        "down_at_h",
        "up_at_h",
        "longest_h",
        "intervals_h",
        "guaranteed_up_at_h",
        "status",
        "chain",
    }


def test_a_hit_that_degrades_marks_its_function(town):
    function = town.function("F-WAT-01")

    seen = tracing.run(EVERYTHING, [Hit(function.id, 0, 60, degrades=True)])

    assert [(o.function.code, o.outcome.state) for o in seen.outcomes] == [("F-WAT-01", State.DEGRADED)]


def test_a_retired_supplier_no_longer_counts_and_the_need_is_told_to_be_short(town):
    def retire():
        town.function("F-WAT-01").state = "retired"

    need = need_id("D-01")
    change(town, retire)

    loaded = tracing.loaded()
    assert need in loaded.short
    assert need not in loaded.network.need


def test_a_hit_on_a_retired_function_is_left_out(town):
    gone = town.function("F-EDU-05").id

    assert tracing.run(EVERYTHING, [Hit(gone, 0, 60)]).hits == ()


def test_a_group_that_lost_a_supplier_for_good_is_computed_with_those_that_are_left(town):
    def two_of_two():
        consumer = town.function("F-EDU-04")
        need = Need(consumer=consumer, name="Kuski", strength=Strength.ESSENTIAL, tolerance_h=0, min_required=2)
        for code, supplier in (("D-81", "F-EDU-03"), ("D-82", "F-EDU-05")):
            db.session.add(
                Dependency(code=code, need=need, supplier=town.function(supplier), kind=DependencyKind.PERSONNEL)
            )

    change(town, two_of_two)

    assert need_id("D-81") in tracing.loaded().short
    assert "F-EDU-04" in rows_by_code(trace(EVERYTHING, "F-EDU-03", 5))


def test_the_graph_is_kept_until_something_changes(town, statements):
    first = tracing.loaded()
    with statements() as seen:
        again = tracing.loaded()

    change(town, lambda: a_need(town, "F-EDU-04", "F-WAT-01", "D-83"))
    after = tracing.loaded()

    assert again is first
    assert len(seen) == 1  # the revision
    assert after is not first
    assert after.network.revision > first.network.revision


def test_a_graph_that_may_still_be_undone_is_not_kept(town):
    class Undone(Exception):
        pass

    def act():
        a_need(town, "F-EDU-04", "F-WAT-01", "D-84")
        db.session.flush()
        raise Undone(tracing.loaded().network.revision)

    with pytest.raises(Undone) as undone:
        change(town, act)
    change(town, lambda: a_need(town, "F-EDU-04", "X-POL-01", "D-85"))
    after = tracing.loaded()

    assert after.network.revision == undone.value.args[0]
    names = {need.name for need in after.network.facts if need}
    assert "Tarve D-85" in names
    assert "Tarve D-84" not in names


def test_a_trace_takes_few_statements(town, statements):
    tracing.loaded()

    with statements() as seen:
        traces.of_scenario(EVERYTHING, "S1")

    assert len(seen) <= 5


def test_a_circle_that_keeps_itself_down_is_told_to_whoever_reads_its_consumer(town, acting):
    """Basic education and the shelter wait for each other after the outage: one of them must do without the other."""
    change(town, lambda: a_need(town, "F-EDU-06", "F-EDU-03", "D-81"))
    outage = tracing.outage_of(town.function("F-EDU-06"), 24)

    everything = tracing.run(EVERYTHING, outage)
    with acting("wat.contact") as who:
        elsewhere = tracing.run(who.scope, outage)

    (bridge,) = everything.bridges
    assert {bridge.consumer.code, bridge.supplier.code} == {"F-EDU-03", "F-EDU-06"}
    assert elsewhere.bridges == ()
