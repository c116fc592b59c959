"""Changing plans: who may, which version is in force, what the trail tells."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from continuity.entries.contents import SectionEntry
from continuity.entries.plans import ApprovalEntry, PlanEntry
from continuity.models.plans import Plan
from continuity.queries import contents
from continuity.queries import plans as queries
from continuity.register import plans as register
from continuity.register import sections
from continuity.vocabulary.plans import PlanKind, PlanState, Section
from prepare.actor import EVERYTHING, current
from prepare.audit import AuditEntry
from prepare.db import db, transaction
from prepare.errors import NotPermitted, RuleBroken, StaleEntry

TODAY, NOW = date(2026, 5, 4), datetime(2026, 5, 4, 9, tzinfo=UTC)
NEXT = ApprovalEntry(next_review=date(2027, 5, 4))
MEALS = PlanEntry(
    kind=PlanKind.CONTINUITY,
    name_fi="Ruokahuollon jatkuvuus",
    functions=("F-EDU-01",),
)
ACTIVATION = SectionEntry(text="Kun keittiö on poissa 2 h")
FIRST_HOUR = SectionEntry(text="Soita varakeittiöön", finished=True)


def plan(code: str) -> Plan:
    return db.session.scalars(select(Plan).where(Plan.code == code)).one()


def added() -> Plan:
    with transaction():
        return register.add(plan("P-01").organisation, MEALS, on=TODAY, at=NOW)


def write(of: Plan, section: Section, entry: SectionEntry):
    with transaction():
        return sections.write(of, section, entry, seen=sections.seen_now(of, section), at=NOW)


def written() -> Plan:
    """A new plan with the two sections that somebody needs in the first hour."""
    new = added()
    write(new, Section.ACTIVATION, ACTIVATION)
    write(new, Section.FIRST_HOUR, FIRST_HOUR)
    return new


def edit(of: Plan, **changes: object):
    seen = register.seen_now(of)
    with transaction():
        return register.edit(of, replace(seen.entry, **changes), seen=seen, on=TODAY, at=NOW)


def states(of: Plan) -> dict[str, PlanState]:
    return {version.number: version.state for version in db.session.scalars(queries.versions(EVERYTHING, of))}


def test_a_contact_starts_a_plan_with_a_first_version(town, acting):
    with acting("edu.contact"):
        new = written()

    assert new.code == "PL-01"
    assert states(new) == {"0.1": PlanState.DRAFT}
    assert [f.code for f in new.functions] == ["F-EDU-01"]
    assert register.texts(register.pending(new))[Section.FIRST_HOUR] == "Soita varakeittiöön"


@pytest.mark.parametrize("person", ["wat.contact", "central", "leadership", "auditor", "admin", "county"])
def test_nobody_else_writes_a_sectors_plan(town, acting, person):
    with acting(person), pytest.raises(NotPermitted):
        register.edit(plan("P-01"), MEALS, seen=None, on=TODAY, at=NOW)


def test_the_whole_way_from_draft_to_force(town, acting):
    with acting("edu.contact"):
        new = written()
        with transaction():
            register.submit(new, at=NOW)
    with acting("edu.director"), transaction():
        register.approve(new, NEXT, on=TODAY)

    version = register.in_force(new)
    assert (version.state, version.approved_on, version.next_review) == (PlanState.APPROVED, TODAY, NEXT.next_review)
    assert version.approver.email == town.email("edu.director")
    told = db.session.scalars(select(AuditEntry.action).where(AuditEntry.subject == "plan_version")).all()
    assert told[-3:] == ["plan:add", "plan:submit", "plan:approve"]


def test_an_unfinished_version_is_not_submitted(town, acting):
    with acting("edu.contact"), pytest.raises(RuleBroken) as broken, transaction():
        register.submit(plan("P-01"), at=NOW)

    assert [rule.field for rule in broken.value.every] == ["section_activation", "section_first_hour"]


def test_nobody_approves_what_he_or_she_wrote(town, acting):
    with acting("edu.contact"):
        new = written()
    with acting("edu.director"):
        write(new, Section.RECOVERY, SectionEntry(text="Varakeittiö jatkaa viikon"))
    with acting("edu.contact"):
        write(new, Section.RECOVERY, SectionEntry(text="Varakeittiö jatkaa kaksi viikkoa"))
        with transaction():
            register.submit(new, at=NOW)
    with acting("edu.director"), pytest.raises(RuleBroken) as broken, transaction():
        register.approve(new, NEXT, on=TODAY)

    assert "wrote in it" in broken.value.text()
    assert states(new) == {"0.1": PlanState.SUBMITTED}


@pytest.mark.parametrize("person", ["edu.contact", "central", "wat.contact", "leadership", "auditor"])
def test_only_the_sectors_director_approves(town, acting, person):
    with acting(person), pytest.raises(NotPermitted):
        register.approve(plan("P-02"), NEXT, on=TODAY)


def test_a_new_version_leaves_the_approved_one_in_force_until_it_is_approved(town, acting):
    secured = plan("P-03")
    with acting("edu.contact"):
        edit(secured, number="2.0", document_ref="MK 12/2026")
        assert states(secured) == {"1": PlanState.APPROVED, "2.0": PlanState.DRAFT}
        assert register.texts(register.pending(secured)) == {Section.PURPOSE: "Miksi"}  # copied
        with transaction():
            register.submit(secured, at=NOW)
    with acting("edu.director"), transaction():
        register.approve(secured, NEXT, on=TODAY)

    assert states(secured) == {"1": PlanState.SUPERSEDED, "2.0": PlanState.APPROVED}


def test_a_version_number_is_used_once(town, acting):
    with acting("edu.contact"), pytest.raises(RuleBroken) as broken:
        edit(plan("P-03"), number="1", document_ref="MK 12/2026")

    assert broken.value.field == "number"
    assert states(plan("P-03")) == {"1": PlanState.APPROVED}


def test_a_submitted_version_is_closed_until_it_is_returned(town, acting):
    with acting("edu.contact"), pytest.raises(RuleBroken):
        edit(plan("P-02"), document_ref="MK 12/2026")
    with acting("central"), transaction():
        register.send_back(plan("P-02"), "Lisää ensimmäisen tunnin kortti.")
    with acting("edu.contact"):
        write(plan("P-02"), Section.FIRST_HOUR, FIRST_HOUR)

    assert states(plan("P-02")) == {"1": PlanState.DRAFT}
    assert register.pending(plan("P-02")).return_reason == "Lisää ensimmäisen tunnin kortti."


def test_a_return_says_why(town, acting):
    with acting("edu.director"), pytest.raises(RuleBroken) as broken, transaction():
        register.send_back(plan("P-02"), "  ")

    assert broken.value.field == "reason"


def test_a_stale_edit_is_refused(town, acting):
    with acting("edu.contact"):
        seen = register.seen_now(plan("P-01"))
        edit(plan("P-01"), name_en="Meals every day")
        mine = replace(seen.entry, name_en="Another")
        with pytest.raises(StaleEntry), transaction():
            register.edit(plan("P-01"), mine, seen=seen, on=TODAY, at=NOW)

    assert plan("P-01").name_en == "Meals every day"


def test_an_emptied_section_is_kept_in_the_trail(town, acting):
    with acting("edu.contact"):
        write(plan("P-01"), Section.PURPOSE, SectionEntry())

    assert register.texts(register.pending(plan("P-01"))) == {}


def test_the_register_reads_only_what_is_open_to_the_person(town, acting):
    read = {}
    for person in ("edu.contact", "central", "admin", "wat.contact", "county"):
        with acting(person):
            rows = db.session.execute(queries.ordered(queries.plans(current().scope), "code"))
            read[person] = [plan.code for plan, _approved, _pending in rows]

    assert read == {
        "edu.contact": ["P-01", "P-02", "P-03"],
        "central": ["P-01", "P-02", "P-03", "P-04"],
        "admin": ["P-01", "P-02", "P-04"],  # P-03 is confidential
        "wat.contact": ["P-04"],
        "county": [],
    }


def test_plans_are_found_by_state_and_by_being_out_of_date(town):
    def codes(**filters):
        rows = db.session.execute(queries.ordered(queries.plans(EVERYTHING, **filters), "code"))
        return [plan.code for plan, _approved, _pending in rows]

    assert codes(state=PlanState.SUBMITTED) == ["P-02"]
    assert codes(state=PlanState.APPROVED) == ["P-03"]
    assert codes(overdue_on=date(2027, 2, 2)) == []
    assert codes(overdue_on=date(2027, 2, 3)) == ["P-03"]
    assert codes(q="SUUNNITELMA p-04") == ["P-04"]
    assert codes(kind=PlanKind.RECOVERY) == []


def test_waiting_plans_are_those_for_the_director(town):
    rows = db.session.execute(queries.waiting(EVERYTHING))

    assert [plan.code for plan, _approved, _pending in rows] == ["P-02"]


def test_a_new_version_begins_with_a_copy_of_everything_in_use(town, acting):
    secured = plan("P-03")
    first = register.in_force(secured)
    with acting("edu.contact"):
        edit(secured, number="2.0")

    second = register.pending(secured)
    for rows in (contents.strategies, contents.cards, contents.level_tasks, contents.documents):
        before, after = (db.session.scalars(rows(EVERYTHING, version)).one() for version in (first, second))
        assert before.ref != after.ref
        told = {column.key for column in before.__mapper__.column_attrs} - {"id", "ref", "plan_version_id"}
        assert all(getattr(before, name) == getattr(after, name) for name in told)
    strategy = db.session.scalars(contents.strategies(EVERYTHING, second)).one()
    card = db.session.scalars(contents.cards(EVERYTHING, second)).one()
    assert [resource.name for resource in strategy.resources] == ["Keittäjä"]
    assert [(task.what, task.who, task.within_min) for task in card.tasks] == [("Soita varakeittiöön", "Emäntä", 10)]


def test_what_plans_hold_is_read_within_the_scope_and_without_what_was_retired(town):
    def plans_of(name, rows):
        return [part.plan_version.plan.code for part in db.session.scalars(rows(town.actor_of(name).scope))]

    assert sorted(plans_of("edu.contact", contents.strategies)) == ["P-01", "P-02", "P-03"]
    assert plans_of("wat.contact", contents.cards) == ["P-04"]
    assert plans_of("county", contents.level_tasks) == []
