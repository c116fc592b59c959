"""The rules of measures, plans, answers and removals in the fill-in workbook."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exports.filling import works
from exports.filling.fields import Kind
from exports.filling.planning import MINE, STICKY, THEIRS
from exports.filling.tables.every import BY_KEY
from tests.exports.test_filling import (
    ANSWERS,
    BASE,
    FUNCTIONS,
    MEASURES,
    PLANS,
    RISKS,
    TODAY,
    edited,
    found,
    planned,
    values_of,
)

HELD = {"state": "in_progress", "progress_pct": 40}
WELL = {"code": "M-01", "name_fi": "Varakaivo", "level": "city", **HELD, "held": HELD, "risks": ["R-01"]}
PLAN = {
    "code": "PL-01",
    "name_fi": "Jatkuvuussuunnitelma",
    "kind": "continuity",
    "number": "2.0",
    "numbers": ["1.0"],
    "functions": ["F-EDU-01"],
    "pending": "draft",
}
FLOOD = {"code": "R-01", "title_fi": "Tulva"}


def told(plan):
    """The errors' cells and words."""
    return [(one.cell, one.message) for one in plan.errors]


def test_a_measure_goes_on_by_what_its_row_tells():
    base = {"m": WELL}

    plan = planned(MEASURES, base, edited(base, "m", progress_pct=60, state=None, risks=["R-01"]))
    rests = planned(MEASURES, base, edited(base, "m", state="on_hold"))
    done = planned(MEASURES, base, edited(base, "m", state="done", progress_pct=100))

    assert [(one.field, one.after) for one in plan.changes] == [("progress_pct", 60)]
    assert plan.rows["measures"]["m"]["state"] == "in_progress"
    assert told(rests) == [("Q6", "Kerro, miksi toimenpide on keskeytetty.")]
    assert done.errors == []
    assert works.progress_entry(done.rows["measures"]["m"]).progress_pct == 99
    assert works.progress_entry(done.rows["measures"]["m"]).state.value == "in_progress"


def test_a_measure_that_was_reported_done_is_reopened_in_the_system():
    done = {"state": "done", "progress_pct": 100}
    base = {"m": {**WELL, **done, "held": done}}

    again = planned(MEASURES, base, edited(base, "m", state="in_progress", progress_pct=10))
    renamed = planned(MEASURES, base, edited(base, "m", name_fi="Kaivo"))

    assert [message for _cell, message in told(again)] == [
        "Toimenpide on ilmoitettu tehdyksi. Avaa se järjestelmässä uudelleen ennen kuin jatkat sitä."
    ]
    assert renamed.errors == []


def test_a_new_measure_is_planned_until_its_row_says_more():
    plan = planned(MEASURES, {}, {"+M01": {"name_fi": "Kaivo"}, "+M02": {"name_fi": "Pumppu", "progress_pct": 5}})

    assert not works.moves_on(plan.rows["measures"]["+M01"])
    assert told(plan) == [("N7", "Vasta suunniteltu toimenpide ei ole vielä edennyt: valitse ”Käynnissä”.")]
    assert works.sorted_risks(works.measure_entry({"name_fi": "a", "risks": ["R-2", "R-1"]})).risks == ("R-1", "R-2")


def test_a_plan_obeys_the_rules_of_its_page():
    base = {"p": PLAN}
    sent = {"p": {**PLAN, "pending": "submitted"}}

    number = planned(PLANS, base, edited(base, "p", number="1.0"))
    ahead = planned(PLANS, base, edited(base, "p", last_exercised_on="2027-01-01"))
    locked = planned(PLANS, sent, edited(sent, "p", name_sv="Plan"))
    whole = planned(PLANS, base, edited(base, "p", last_exercised_on=TODAY.isoformat(), functions=["F-EDU-02"]))

    assert [message for _cell, message in told(number)] == ["Suunnitelmalla on jo versio, jolla on tämä numero."]
    assert [message for _cell, message in told(ahead)] == ["Harjoituspäivä ei voi olla tulevaisuudessa."]
    assert [message for _cell, message in told(locked)] == [
        "Versio on lähetetty hyväksyttäväksi. Sitä voi muokata, kun se on palautettu."
    ]
    assert {one.field for one in whole.changes} == {"last_exercised_on", "functions"}
    assert works.plan_entry(whole.rows["plans"]["p"]).last_exercised_on == date(2026, 11, 28)
    assert planned(PLANS, {}, {"+P01": {"name_fi": "Uusi", "kind": "recovery"}}).errors == []


def test_an_answer_that_sets_a_requirement_aside_says_why():
    base = {"a": {"code": "VO-01", "status": "met"}}

    plan = planned(ANSWERS, base, edited(base, "a", status="na"))

    assert told(plan) == [("G6", "Perustele, miksi vaatimus ei koske teitä.")]
    assert planned(ANSWERS, base, edited(base, "a", status="na", comment="Ei vesilaitosta")).errors == []


def test_what_is_to_be_removed_is_planned_and_nothing_else_of_its_row():
    rows = edited(BASE, "a", remove=True, owner_role="Uusi")

    plan = planned(FUNCTIONS, BASE, rows)
    kept = planned(FUNCTIONS, BASE, edited(BASE, "a", remove=False))

    assert [(one.key, one.field) for one in plan.removals] == [("a", "remove")]
    assert (plan.changes, plan.rows["functions"], plan.counts["removed"]) == ([], {}, 1)
    assert [one.code for one in plan.issues] == ["REMOVED_WITH_EDITS"]
    assert plan.digest("x") != planned(FUNCTIONS, BASE, BASE).digest("x")
    assert (kept.removals, kept.changes, kept.issues) == ([], [], [])


def test_a_removal_that_wants_a_reason_is_told_where_it_is_missing():
    base = {"r": FLOOD}

    bare = planned(RISKS, base, edited(base, "r", remove=True))
    given = planned(RISKS, base, edited(base, "r", remove=True, remove_reason="Väistynyt"))
    alone = planned(RISKS, base, edited(base, "r", remove_reason="Väistynyt"))

    assert [one.code for one in bare.errors] == ["REASON_MISSING"]
    assert [one.after for one in given.removals] == ["Väistynyt"]
    assert [one.code for one in alone.issues] == ["REASON_ALONE"]
    assert (alone.removals, alone.changes) == ([], [])


def test_what_others_changed_meanwhile_makes_a_removal_a_choice():
    now = edited(BASE, "a", owner_role="Hän")
    rows = edited(BASE, "a", remove=True)

    plan = planned(FUNCTIONS, BASE, rows, now=now)
    (conflict,) = plan.conflicts
    mine = planned(FUNCTIONS, BASE, rows, now=now, choices={conflict.id: MINE})
    theirs = planned(FUNCTIONS, BASE, rows, now=now, choices={conflict.id: THEIRS})

    assert plan.removals == []
    assert [one.key for one in mine.removals] == ["a"]
    assert (theirs.removals, theirs.conflicts) == ([], [])
    assert plan.digest("x") == mine.digest("x") == theirs.digest("x")


def test_what_is_new_or_gone_already_is_not_removed():
    new = planned(FUNCTIONS, BASE, {**BASE, "+F01": {"name_fi": "Uusi", "remove": True}})
    gone = planned(FUNCTIONS, BASE, edited(BASE, "a", remove=True), now={"b": BASE["b"]})

    assert found(new) == [("REMOVED_NEW", "B8")]
    assert new.rows["functions"] == {}
    assert (gone.removals, gone.issues) == ([], [])


@pytest.mark.parametrize(("pending", "count"), [("draft", 0), ("submitted", 0), (None, 1)])
def test_only_a_version_that_is_being_prepared_is_withdrawn(pending, count):
    base = {"p": {**PLAN, "pending": pending}}

    plan = planned(PLANS, base, edited(base, "p", remove=True, remove_reason="Yhdistetty"))

    assert len(plan.errors) == count


#: A whole row of each table, and which of its fields are edited at random: the others are bound to one another.
WHOLE = {
    "measures": WELL,
    "plans": PLAN,
    "risks": {**FLOOD, "functions": ["F-EDU-01"], "likelihood": 5, "impact": 5},
    "resources": {"function": "F-EDU-01", "kind": "staff", "name": "Keittäjä"},
    "answers": {"code": "VO-01", "status": "met"},
}
KINDS = frozenset({Kind.TEXT, Kind.LONG, Kind.DATE, Kind.WORD, Kind.YES_NO})
BOUND = frozenset({"name", "name_fi", "title_fi", "number", "status", "state", "last_exercised_on", *STICKY})


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(st.data())
def test_random_edits_of_every_sheet_come_back_exactly(data):
    table = BY_KEY[data.draw(st.sampled_from(sorted(WHOLE)))]
    base = {str(n): {**WHOLE[table.key], "name": f"Nimi {n}"} for n in range(10)}
    free = [one for one in table.told if one.kind in KINDS and one.key not in BOUND]
    rows = {key: dict(values) for key, values in base.items()}
    for _n in range(data.draw(st.integers(0, 15))):
        one = data.draw(st.sampled_from(free))
        rows[str(data.draw(st.integers(0, 9)))][one.key] = data.draw(values_of(one)) or None

    plan = planned(table, base, rows)

    wanted = {(key, name): value for key in rows for name, value in rows[key].items() if value != base[key].get(name)}
    assert {(one.key, one.field): one.after for one in plan.changes} == wanted
    assert {one.code for one in plan.issues} <= {"RULE_BROKEN"}
