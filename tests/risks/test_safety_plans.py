"""Safety plans over HTTP and through their register: who sees what, the way into force, priorities and follow-up."""

from datetime import date

import pytest
from sqlalchemy import select

from prepare import actor, audit
from prepare.clock import today
from prepare.db import db, transaction
from prepare.errors import RuleBroken, StaleEntry
from prepare.merging import Seen
from prepare.vocabulary import Confidentiality
from risks.entries.safety import LineEntry, NationalProgrammeEntry
from risks.entries.safety_plans import AdoptionEntry, EndingEntry, PriorityEntry, SafetyPlanEntry
from risks.models.measures import Measure
from risks.models.national_programmes import NationalProgramme
from risks.models.safety_plans import SafetyPlan, SafetyPriority
from risks.queries import safety_plans as queries
from risks.register import national_programmes as national_register
from risks.register import safety_plans as register
from risks.vocabulary.measures import MeasureSource
from risks.vocabulary.safety import SafetyPlanKind, SafetyPlanState

DECISION = {"approved_by": "Kaupunginhallitus", "approved_on": date(2026, 1, 1)}


@pytest.fixture
def plan(town):
    return town.record(SafetyPlan, "SP-01")


def added(town, **fields):
    with transaction():
        return register.add(town.organisation_of("CITY"), SafetyPlanEntry(name_fi="Uusi", **fields))


def test_a_plan_begins_as_a_draft_under_the_next_code(town, acting):
    with acting("central"):
        one = added(town, participants=("EDU", "P-POL"), predecessor="SP-01")

    assert (one.code, one.state, one.predecessor.code) == ("SP-03", SafetyPlanState.DRAFT, "SP-01")
    assert {organisation.code for organisation in one.participants} == {"EDU", "P-POL"}


def test_what_a_plan_names_must_be_there(town, acting):
    with acting("central"), pytest.raises(RuleBroken) as broken:
        added(town, participants=("EDU", "NOBODY"))

    assert broken.value.field == "participants"


def test_a_plan_that_comes_into_force_replaces_the_one_before_it(town, acting, plan):
    with acting("central"):
        with transaction():
            register.adopt(plan, AdoptionEntry(**DECISION), on=today())
        newer = added(town, kind=SafetyPlanKind.CITY_PLAN, predecessor="SP-01")
        with transaction():
            register.add_priority(newer, PriorityEntry(name_fi="Nuoret"))
        with transaction():
            register.adopt(newer, AdoptionEntry(**DECISION), on=today())

    assert (plan.state, newer.state) == (SafetyPlanState.SUPERSEDED, SafetyPlanState.IN_FORCE)
    assert plan.ended_on == DECISION["approved_on"]


def test_a_plan_that_has_ended_stays_as_it_was(town, acting, plan):
    with acting("central"):
        with transaction():
            register.adopt(plan, AdoptionEntry(**DECISION), on=today())
        with transaction():
            register.end(plan, EndingEntry(ended_on=date(2026, 2, 2), state_reason="Päättyi"), on=today())
        now = register.plan_now(plan)
        for change in (
            lambda: register.edit(plan, now.entry, seen=now),
            lambda: register.add_priority(plan, PriorityEntry(name_fi="x")),
            lambda: register.edit_priority(plan.priorities[0], PriorityEntry(name_fi="x"), seen=None),
        ):
            with pytest.raises(RuleBroken):
                change()
            db.session.rollback()

    assert plan.state is SafetyPlanState.ENDED


def test_a_circle_of_plans_is_refused(town, acting, plan):
    with acting("central"):
        newer = added(town, predecessor="SP-01")
        now = register.plan_now(plan)
        with pytest.raises(RuleBroken) as broken:
            register.edit(plan, SafetyPlanEntry(name_fi="x", predecessor=newer.code), seen=now)

    assert broken.value.field == "predecessor"


def test_a_stale_edit_of_a_plan_is_refused(town, acting, plan):
    with acting("central"), pytest.raises(StaleEntry):
        register.edit(plan, SafetyPlanEntry(name_fi="x"), seen=Seen(SafetyPlanEntry(name_fi="y"), ("draft",)))


def test_priorities_get_their_numbers_and_the_trail_tells_of_their_measures(town, acting, plan):
    with acting("central"), transaction():
        entry = PriorityEntry(name_fi="Toinen", measures=("M-03",), participants=("WAT",))
        priority = register.add_priority(plan, entry)

    assert priority.code == "SP-01 2"
    told = [payload.changes for payload in db.session.scalars(select(audit.AuditPayload))]
    assert {"measures": [[], ["M-03"]]} in told


def test_a_measure_that_the_person_may_not_read_stays_under_the_priority(town, acting, plan):
    """Nobody but the city's own readers edits plans, so the person here reads only what is internal."""
    priority = plan.priorities[0]
    with acting("central"), transaction():
        now = register.priority_now(priority)
        entry = PriorityEntry(name_fi="x", measures=("M-01", "M-02"))
        register.edit_priority(priority, entry, seen=now)
    limited = actor.Actor(user_id=1, grants=town.actor_of("central").grants)
    object.__setattr__(limited, "scope", limited.scope.up_to(Confidentiality.INTERNAL))
    with actor.acting_as(limited), transaction():
        now = register.priority_now(priority)
        assert now.entry.measures == ("M-01",)
        register.edit_priority(priority, PriorityEntry(name_fi="x"), seen=now)

    assert [one.code for one in priority.measures] == ["M-02"]


def test_lists_leave_out_old_plans_and_find_by_words_level_and_area(town, acting, plan):
    with acting("central") as who:
        with town.doing(town.Action.SOW), transaction():
            plan.area = "itainen"
        found = queries.safety_plans(who.scope, q="turvasuunnitelma sp-01", area="itainen")
        assert [one.code for one in db.session.scalars(found)] == ["SP-01"]
        assert db.session.scalars(queries.safety_plans(who.scope, area="keski")).all() == []
        assert db.session.scalars(queries.safety_plans(who.scope, old=True)).all() == []
        assert db.session.scalar(queries.counted(queries.safety_plans(who.scope))) == 2


def test_a_plan_shows_its_measures_as_far_as_they_may_be_read(town, sign_in):
    ref = town.record(SafetyPlan, "SP-01").ref

    mine, others = (sign_in(name).get(f"/safety/plans/{ref}").text for name in ("edu.contact", "wat.contact"))

    assert "Toimenpide M-01" in mine
    assert "Toimenpide M-01" not in others
    assert "1 more outside your view" in others
    follow_up = sign_in("wat.contact").get(f"/safety/plans/{ref}/follow-up").text
    assert "1 measure outside your view is not counted." in follow_up


def test_a_measure_that_came_from_the_plan_is_shown_and_leads_back_to_it(town, sign_in):
    measure, plan = town.record(Measure, "M-03"), town.record(SafetyPlan, "SP-01")
    with actor.acting_as(actor.SYSTEM), town.doing(town.Action.SOW), transaction():
        measure.source, measure.source_code = MeasureSource.SAFETY_PLAN, plan.code
    browser = sign_in("central")

    page = browser.get(f"/safety/plans/{plan.ref}").text

    assert "Measures under no priority" in page
    assert "Toimenpide M-03" in page
    assert f"/safety/plans/{plan.ref}" in browser.get(f"/measures/{measure.ref}").text


def test_the_way_of_a_plan_from_the_first_word_to_the_archive(town, sign_in):
    browser = sign_in("central")
    typed = {"organisation": "CITY", "name_fi": "Rannan suunnitelma", "level": "area", "confidentiality": "internal"}

    refused = browser.send("/safety/plans/new", **typed, kind="resident_led")
    assert "Say who supports the residents in their plan." in refused.text
    browser.send("/safety/plans/new", **typed | {"level": "city"}, kind="city_plan")
    plan = town.record(SafetyPlan, "SP-03")
    address = f"/safety/plans/{plan.ref}"
    early = browser.send(f"{address}/adopt", approved_by="Ryhmä", approved_on="2026-01-01")
    assert "Give the plan a priority first." in early.text
    browser.send(f"{address}/priorities/new", name_fi="Valoisa raitti")
    assert "Valoisa raitti" in browser.get(address).text
    browser.send(f"{address}/adopt", approved_by="Ryhmä", approved_on="2026-01-01")
    browser.send(f"{address}/end", ended_on="2026-02-01", state_reason="Asukkaat muuttivat")
    assert "Asukkaat muuttivat" in browser.get(address).text
    assert "Rannan suunnitelma" in browser.get("/safety/plans/?old=1").text
    assert "Rannan suunnitelma" not in browser.get("/safety/plans/").text


def test_a_search_in_the_priority_finds_measures_without_saving(town, sign_in):
    browser, plan = sign_in("central"), town.record(SafetyPlan, "SP-01")

    page = browser.send(f"/safety/plans/{plan.ref}/priorities/new", name_fi="x", find="M-03", search="1").text

    assert "Toimenpide M-03" in page
    assert len(db.session.scalars(select(SafetyPriority)).all()) == 2


def test_the_archive_of_the_demo_city_reads_as_a_chain(demo, sign_in):
    plan = db.session.scalars(select(SafetyPlan).where(SafetyPlan.code == "SP-05")).one()

    page = sign_in("central@merikaupunki.example").get(f"/safety/plans/{plan.ref}").text

    chain = page[page.index('id="chain"') :]
    names = ["strategia I<", "strategia II", "suunnitelma 2011–2014", "suunnitelma 2020–2025"]
    places = [chain.index(name) for name in names]
    assert places == sorted(places)


def test_lines_of_a_national_programme_are_kept_by_their_numbers(town, acting):
    programme = town.record(NationalProgramme, "NP-01")
    with acting("central"), transaction():
        lines = (LineEntry(mark="2", name_fi="Uusi"), LineEntry(mark="1.1", name_fi="Muutettu"))
        entry = NationalProgrammeEntry(name_fi="Ohjelma", lines=lines)
        national_register.edit(programme, entry, seen=national_register.seen_now(programme))
    db.session.refresh(programme, ["lines"])
    assert [(line.mark, line.name_fi) for line in programme.in_force] == [("2", "Uusi"), ("1.1", "Muutettu")]

    with acting("central"), transaction():
        seen = national_register.seen_now(programme)
        national_register.edit(programme, NationalProgrammeEntry(name_fi="Ohjelma"), seen=seen)
    assert programme.in_force == []
    assert len(programme.lines) == 2


def test_the_follow_up_tells_what_residents_said_that_was_used_in_the_plans_measures(demo, sign_in):
    browser = sign_in("central@merikaupunki.example")
    plan, other = (db.session.scalars(select(SafetyPlan).where(SafetyPlan.code == c)).one() for c in ("SP-05", "SP-07"))

    page, elsewhere = (browser.get(f"/safety/plans/{one.ref}/follow-up").text for one in (plan, other))

    assert "Nuorten kuuleminen Kallioniemen koululla" in page
    assert "Nuorten kuuleminen Kallioniemen koululla" not in elsewhere
    assert "used=no" in elsewhere
