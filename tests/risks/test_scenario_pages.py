"""Editing scenarios, as the security and preparedness unit does it."""

import pytest
from sqlalchemy import select

from dependencies import tracing
from prepare.actor import EVERYTHING
from prepare.audit import AuditEntry
from prepare.db import db, transaction
from prepare.errors import NotPermitted, RuleBroken, StaleEntry
from prepare.vocabulary import Confidentiality, FunctionState
from risks.entries.scenarios import HitEntry, ScenarioEntry, of_scenario
from risks.models.scenarios import Scenario, ScenarioHit
from risks.register import scenarios as scenario_register
from risks.vocabulary.scenarios import Effect, Severity
from tests import traces
from tests.filled import filled

HIT = HitEntry(function="F-WAT-01", duration_h=24.0)
FLOOD = ScenarioEntry(name_fi="Tulva", duration_h=48.0, hits=(HIT,))


def scenario(code="S1"):
    return db.session.scalars(select(Scenario).where(Scenario.code == code)).one()


def hits(code="S1"):
    return [(hit.function, hit.start_h, hit.duration_h) for hit in of_scenario(scenario(code)).hits]


def edit(code="S1"):
    return f"/scenarios/{scenario(code).ref}/edit"


def new_rows(form, *, code="F-EDU-03", **values):
    """The form with one further row."""
    place = sum(name.endswith("-function") for name in form)
    row = {"function": code, "start_h": "0", "duration_h": "4", "effect": "down", "capacity_pct": "0", **values}
    return form | {f"hits-{place}-{name}": value for name, value in row.items()}


def test_the_unit_adds_a_scenario_from_its_page(town, sign_in):
    visitor = sign_in("central")
    form = filled(visitor.get("/scenarios/new").text)

    told = {"name_fi": "Tulva", "duration_h": "3 d", "threat": "T-SAHKO", "severity": "serious_disruption"}
    answer = visitor.send("/scenarios/new", **new_rows(form) | told)

    assert answer.status_code == 302, answer.text
    made = scenario("S2")
    assert (made.name_fi, made.duration_h, made.severity) == ("Tulva", 72.0, Severity.SERIOUS_DISRUPTION)
    assert (made.organisation.code, hits("S2")) == ("CITY", [("F-EDU-03", 0.0, 4.0)])
    assert "Nothing is hit yet" not in visitor.get(answer.headers["Location"]).text


def test_a_scenario_without_hits_is_kept_as_a_draft_and_its_page_says_what_to_do(town, sign_in):
    visitor = sign_in("central")
    form = filled(visitor.get("/scenarios/new").text)

    answer = visitor.send("/scenarios/new", **form | {"name_fi": "Luonnos", "duration_h": "5"})

    page = visitor.get(answer.headers["Location"]).text
    assert "This is a draft" in page
    assert "Say what it hits first" in page


def test_functions_are_found_ticked_and_become_rows_without_a_script(town, sign_in):
    visitor = sign_in("central")
    form = filled(visitor.get("/scenarios/new").text)
    named = form | {"name_fi": "Tulva", "duration_h": "30"}

    found = visitor.send("/scenarios/new", **named | {"find": "vesi", "search": "1"})
    assert 'value="F-WAT-01"' in found.text
    chosen = visitor.send("/scenarios/new", **filled(found.text) | {"picked": ["F-WAT-01"], "search": "1"})
    rows = filled(chosen.text)
    assert (rows["hits-0-function"], rows["hits-0-duration_h"]) == ("F-WAT-01", "30")
    rows.pop("search", None)
    assert visitor.send("/scenarios/new", **rows).status_code == 302
    assert hits("S2") == [("F-WAT-01", 0.0, 30.0)]


def test_the_script_finds_the_same_functions(town, sign_in):
    visitor = sign_in("central")

    assert 'value="F-WAT-01"' in visitor.get("/scenarios/functions?find=talous").text
    assert "Nothing matches" in visitor.get("/scenarios/functions?find=qqqq").text
    assert "checked" in visitor.get("/scenarios/functions?find=vesi&picked=F-WAT-01").text
    assert sign_in("edu.contact").get("/scenarios/functions?find=vesi").status_code == 403


def test_a_row_that_is_ticked_is_removed_and_stays_in_the_history(town, sign_in):
    visitor = sign_in("central")
    form = filled(visitor.get(edit()).text)
    gone = next(place for place in range(2) if form[f"hits-{place}-function"] == "F-WAT-02")

    answer = visitor.send(edit(), **form | {f"hits-{gone}-remove": "y", f"hits-{gone}-start_h": "not a number"})

    assert answer.status_code == 302, answer.text
    assert hits() == [("F-WAT-01", 0.0, 24.0)]
    kept = [hit for hit in scenario().hits if hit.retired]
    assert [hit.function.code for hit in kept] == ["F-WAT-02"]
    assert "F-WAT-02" in visitor.get(f"/scenarios/{scenario().ref}/trail").text
    assert [hit.function for hit in tracing.hits_of(scenario())] == [town.function("F-WAT-01").id]


def test_broken_rules_stand_at_their_rows_and_nothing_is_saved(town, sign_in):
    visitor = sign_in("central")
    form = filled(visitor.get(edit()).text)

    wrong = {"start_h": "-1", "duration_h": "0", "effect": "degraded", "capacity_pct": "100"}
    page = visitor.send(edit(), **new_rows(form, code="F-EDU-05", **wrong)).text

    assert 'id="hits-2-start_h-error"' in page
    page = visitor.send(edit(), **new_rows(form, code="F-EDU-05", **wrong | {"start_h": "0"})).text
    assert "F-EDU-05 has been retired." in page
    assert 'id="hits-2-duration_h-error"' in page
    assert 'id="hits-2-capacity_pct-error"' in page
    assert 'href="#hits-2-duration_h"' in page
    assert len(hits()) == 2


def test_too_many_hits_are_told_above_the_form(town, sign_in):
    visitor = sign_in("central")
    form = filled(visitor.get(edit()).text)
    for place in range(100):
        form = new_rows(form, start_h=str(place), duration_h="1")

    assert "at most 100 hits" in visitor.send(edit(), **form).text


@pytest.mark.parametrize(
    "name", ["hits-0-nothing", "hits-²-function", "hits-9999-function", "hits-1", "hits-x-start_h"]
)
def test_a_field_of_no_row_is_refused(town, sign_in, name):
    visitor = sign_in("central")
    form = filled(visitor.get(edit()).text)

    assert visitor.send(edit(), **form | {name: "1"}).status_code == 422


@pytest.mark.parametrize("code", ["F-NONE", "", "\x00", "F" * 500, "<script>", "f-wat-01'"])
def test_a_function_that_nobody_offered_is_told_as_unknown(town, sign_in, code):
    visitor = sign_in("central")
    form = filled(visitor.get(edit()).text)

    answer = visitor.send(edit(), **new_rows(form, code=code))

    assert answer.status_code == 200
    assert "There is no such function" in answer.text


def test_a_picked_function_that_does_not_exist_is_refused(town, sign_in):
    visitor = sign_in("central")
    form = filled(visitor.get(edit()).text)

    answer = visitor.send(edit(), **form | {"picked": ["F-NONE", "\x00"]})

    assert answer.status_code == 200
    assert len(hits()) == 2


def test_a_copy_begins_with_everything_but_the_name(town, sign_in):
    visitor = sign_in("central")

    form = filled(visitor.get("/scenarios/new?like=S1").text)
    assert form["name_fi"] == "Myrsky (2)"
    assert visitor.send("/scenarios/new", **form).status_code == 302
    assert hits("S2") == hits("S1")
    assert filled(visitor.get("/scenarios/new?like=S99").text)["name_fi"] == ""


def test_a_scenario_is_retired_and_stays_readable(town, sign_in):
    visitor = sign_in("central")
    address = f"/scenarios/{scenario().ref}"

    assert "no longer offered" in visitor.get(f"{address}/retire").text
    assert visitor.send(f"{address}/retire").status_code == 302

    page = visitor.get(address).text
    assert "The scenario has been retired" in page
    assert "Myrsky" not in visitor.get("/scenarios/").text
    assert "/edit" not in page
    assert "has been retired" in visitor.send(f"{address}/retire").text


def test_a_retired_scenario_takes_no_change(town, acting):
    with acting("central"):
        town.change(scenario(), retired=True)
        with pytest.raises(RuleBroken, match="retired"):
            scenario_register.edit_scenario(scenario(), FLOOD, seen=scenario_register.scenario_now(scenario()))
        with pytest.raises(RuleBroken, match="retired"):
            scenario_register.retire_scenario(scenario())


def test_a_hit_on_a_function_retired_since_is_marked_with_how_to_mend_it(town, sign_in):
    town.change(town.function("F-WAT-01"), state=FunctionState.RETIRED)

    page = sign_in("central").get(f"/scenarios/{scenario().ref}").text

    assert "It hits a function that is no longer in force" in page
    assert "choose the function that took its place" in page


def test_two_people_who_change_the_hits_are_asked_and_nothing_is_lost(town, sign_in):
    one, other = sign_in("central"), sign_in("central")
    first, second = filled(one.get(edit()).text), filled(other.get(edit()).text)

    one.send(edit(), **new_rows(first))
    asked = other.send(edit(), **second | {"hits-0-duration_h": "7"})

    assert asked.status_code == 409
    assert "F-EDU-03: Down, 0 h + 4 h" in asked.text
    mine = filled(asked.text)
    assert mine["hits-0-duration_h"] == "7"
    assert other.send(edit(), **mine).status_code == 302
    assert hits()[0] == ("F-WAT-01", 0.0, 7.0)
    assert len(hits()) == 2


def test_what_was_saved_meanwhile_may_be_kept(town, sign_in):
    one, other = sign_in("central"), sign_in("central")
    first, second = filled(one.get(edit()).text), filled(other.get(edit()).text)
    one.send(edit(), **new_rows(first))
    asked = other.send(edit(), **second | {"hits-0-duration_h": "7", "season": "Talvi"})

    assert other.send(edit(), **filled(asked.text) | {"keep-hits": "theirs"}).status_code == 302

    assert (len(hits()), scenario().season) == (3, "Talvi")


def test_a_change_raises_the_revision_of_the_graph(town, acting):
    with acting("central"):
        before = tracing.revision()
        entry = of_scenario(scenario())
        scenario_register.edit_scenario(
            scenario(),
            ScenarioEntry(**{**vars(entry), "hits": (HIT,)}),
            seen=scenario_register.scenario_now(scenario()),
        )

        assert tracing.revision() > before


def test_a_moved_hit_stays_one_row_and_a_removed_one_comes_back_as_it_was(town, acting):
    with acting("central"):
        made = scenario_register.add_scenario(town.organisation_of("CITY"), FLOOD)
        later = ScenarioEntry(**{**vars(FLOOD), "hits": (HitEntry(function="F-WAT-01", start_h=5.0, duration_h=1.0),)})
        none = ScenarioEntry(**{**vars(FLOOD), "hits": ()})

        for entry in (later, none, later):
            scenario_register.edit_scenario(made, entry, seen=scenario_register.scenario_now(made))

        rows = db.session.scalars(select(ScenarioHit).where(ScenarioHit.scenario_id == made.id)).all()
        assert [(row.start_h, row.duration_h, row.retired) for row in rows] == [(5.0, 1.0, False)]


def test_a_change_that_somebody_overtook_is_refused(town, acting):
    with acting("central"):
        seen = scenario_register.scenario_now(scenario())
        town.change(scenario(), season="Talvi")
        with pytest.raises(StaleEntry):
            scenario_register.edit_scenario(scenario(), FLOOD, seen=seen)


def test_hits_that_the_person_may_not_see_stay_as_they_are(town, acting, sign_in):
    police = town.organisation_of("P-POL")
    town.change(police, path="/99/")  # a partner of another city
    with acting("central"):
        town.keep(
            ScenarioHit(
                scenario=scenario(),
                function=town.function("X-POL-01"),
                start_h=1.0,
                duration_h=2.0,
                effect=Effect.DOWN,
                capacity_pct=0.0,
            )
        )
        seen = scenario_register.scenario_now(scenario())
        assert "X-POL-01" not in {hit.function for hit in seen.entry.hits}
        with transaction():
            scenario_register.edit_scenario(scenario(), FLOOD, seen=seen)

    assert hits() == [("F-WAT-01", 0.0, 24.0), ("X-POL-01", 1.0, 2.0)]
    assert "1 hit on a function outside your view" in sign_in("central").get(edit()).text


def test_only_the_unit_keeps_scenarios(town, acting):
    for name in ("edu.contact", "edu.director", "leadership", "auditor", "admin", "county"):
        with acting(name), pytest.raises(NotPermitted):
            scenario_register.add_scenario(town.organisation_of("CITY"), FLOOD)


def test_a_secret_scenario_says_on_what_ground(town, sign_in):
    visitor = sign_in("central")
    form = filled(visitor.get(edit()).text)

    assert "State the legal basis" in visitor.send(edit(), **form | {"confidentiality": "confidential"}).text
    kept = form | {"confidentiality": "confidential", "secrecy_basis": "JulkL 24 § 8 k"}
    assert visitor.send(edit(), **kept).status_code == 302
    assert scenario().confidentiality is Confidentiality.CONFIDENTIAL
    assert "JulkL 24 § 8 k" in visitor.get(f"/scenarios/{scenario().ref}").text


def test_whoever_keeps_nothing_below_a_city_has_no_scenario_to_add(town, sign_in):
    assert sign_in("central").get("/scenarios/new").status_code == 200
    assert 'name="organisation"' not in sign_in("central").get("/scenarios/new").text


def test_the_trail_names_each_change(town, acting):
    with acting("central"), transaction():
        made = scenario_register.add_scenario(town.organisation_of("CITY"), FLOOD)
        scenario_register.retire_scenario(made)

    told = db.session.execute(select(AuditEntry.action, AuditEntry.subject_code).order_by(AuditEntry.id)).all()
    assert {("scenario:add", "S2"), ("scenario:add", "S2 F-WAT-01"), ("scenario:retire", "S2")} <= set(map(tuple, told))
    assert traces.of_scenario(EVERYTHING, "S1")["scenario"] == "S1"
