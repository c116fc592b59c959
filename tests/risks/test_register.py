"""Changing the risk register: who may, what is kept, what the trail tells."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from prepare.actor import EVERYTHING, current
from prepare.audit import AuditEntry, AuditPayload
from prepare.db import db, transaction
from prepare.errors import NotPermitted, RuleBroken, StaleEntry
from risks.entries.reasons import ReasonEntry
from risks.entries.risks import ReviewEntry, RiskAcceptanceEntry, RiskEntry, of_record
from risks.matrix import Level
from risks.models.risks import Risk
from risks.queries import risks as queries
from risks.queries import scenarios as scenario_queries
from risks.register import risk_states as states
from risks.register import risks as register
from risks.vocabulary.risks import Occasion, RiskState, Treatment, Trend

TODAY = date(2026, 5, 4)
OUTAGE = RiskEntry(
    title_fi="Ruokakuljetus ei tule",
    threat="T-SAHKO",
    functions=("F-EDU-01",),
    likelihood=3,
    impact=4,
    trend=Trend.RISING,
)
DECISION = RiskAcceptanceEntry(
    accepted_by="Toimialajohtaja", accepted_reason="Korvaava ateria on sovittu", accepted_until=date(2027, 5, 4)
)


def risk(code: str) -> Risk:
    return db.session.scalars(select(Risk).where(Risk.code == code)).one()


def assess(code: str, **changes: object) -> Risk:
    seen = register.seen_now(risk(code))
    with transaction():
        return register.assess(risk(code), replace(seen.entry, **changes), seen=seen, on=TODAY)


def accept(code: str) -> None:
    with transaction():
        states.accept(risk(code), DECISION, on=TODAY)


def history(code: str) -> list[tuple[Occasion, int | None, int | None, str]]:
    rows = db.session.scalars(queries.history(EVERYTHING, risk(code)))
    return [(one.occasion, one.likelihood, one.impact, one.assessed_by) for one in rows]


def last_changes() -> dict[str, object]:
    rows = select(AuditPayload).join(AuditEntry, AuditEntry.payload_id == AuditPayload.id)
    return db.session.scalars(rows.order_by(AuditEntry.id.desc())).first().changes


def test_a_contact_adds_a_risk_under_the_next_code(town, acting):
    with acting("edu.contact"), transaction():
        added = register.add(town.organisation_of("EDU"), OUTAGE, on=TODAY)

    assert added.code == "R-04"
    assert (added.level, added.score) == (Level.SIGNIFICANT, 12)
    assert [f.code for f in added.functions] == ["F-EDU-01"]
    assert added.assessed_on == TODAY
    assert last_changes() == {"functions": [[], ["F-EDU-01"]]}


def test_a_contact_adds_no_risk_to_another_sector(town, acting):
    with acting("edu.contact"), pytest.raises(NotPermitted):
        register.add(town.organisation_of("WAT"), OUTAGE, on=TODAY)


@pytest.mark.parametrize("person", ["wat.contact", "leadership", "auditor", "admin", "county", "newcomer"])
def test_nobody_else_assesses_a_sectors_risk(town, acting, person):
    with acting(person), pytest.raises(NotPermitted):
        register.assess(risk("R-01"), OUTAGE, seen=None, on=TODAY)


def test_assessing_leaves_the_old_steps_in_the_trail(town, acting):
    with acting("edu.contact"):
        assess("R-01", likelihood=3, impact=5)

    assert last_changes()["likelihood"] == [2, 3]
    assert last_changes()["impact"] == [4, 5]
    assert risk("R-01").level is Level.CRITICAL
    assert history("R-01")[-1] == (Occasion.ASSESSED, 3, 5, "Nimi edu.contact")


def test_the_day_of_assessment_moves_only_with_the_steps(town, acting):
    with acting("edu.contact"):
        assess("R-01", likelihood=3)
        with transaction():
            seen = register.seen_now(risk("R-01"))
            later = replace(seen.entry, owner_role="Ruokapalvelupäällikkö")
            register.assess(risk("R-01"), later, seen=seen, on=date(2026, 6, 1))

    assert risk("R-01").assessed_on == TODAY


def test_a_stale_assessment_is_refused(town, acting):
    with acting("edu.contact"):
        seen = register.seen_now(risk("R-01"))
        assess("R-01", trend=Trend.RISING)
        mine = replace(of_record(risk("R-01")), trend=Trend.FALLING)
        with pytest.raises(StaleEntry), transaction():
            register.assess(risk("R-01"), mine, seen=seen, on=TODAY)

    assert risk("R-01").trend is Trend.RISING


def test_a_risk_affects_only_functions_that_its_contact_reads(town, acting):
    with acting("edu.contact"), pytest.raises(RuleBroken) as broken, transaction():
        register.add(town.organisation_of("EDU"), replace(OUTAGE, functions=("F-WAT-02",)), on=TODAY)

    assert broken.value.field == "functions"
    assert db.session.scalars(select(Risk).where(Risk.title_fi == OUTAGE.title_fi)).first() is None


def test_functions_outside_the_contacts_view_stay_linked(town, acting):
    shared = risk("R-01")
    with town.doing(town.Action.SOW):
        shared.functions = [*shared.functions, town.function("F-WAT-02")]
        db.session.commit()

    with acting("edu.contact"):
        assess("R-01", functions=("F-EDU-03",))

    assert [f.code for f in risk("R-01").functions] == ["F-EDU-03", "F-WAT-02"]


def test_a_director_accepts_a_risk_and_a_contact_does_not(town, acting):
    with acting("edu.contact"), pytest.raises(NotPermitted):
        accept("R-01")  # 2 × 4 = 8, moderate
    with acting("edu.director"):
        accept("R-01")

    assert risk("R-01").state is RiskState.ACCEPTED
    assert (risk("R-01").accepted_on, risk("R-01").next_review) == (TODAY, date(2027, 5, 4))
    assert history("R-01")[-1] == (Occasion.ACCEPTED, 2, 4, "Nimi edu.director")


def test_a_critical_risk_is_accepted_by_the_leadership_and_not_by_the_sector(town, acting):
    with acting("edu.contact"):
        assess("R-01", likelihood=4, impact=4)
    with acting("edu.director"), pytest.raises(RuleBroken) as broken:
        accept("R-01")
    with acting("leadership"):
        accept("R-01")

    assert "leadership" in broken.value.text()
    assert risk("R-01").state is RiskState.ACCEPTED


def test_an_acceptance_does_not_survive_a_rise_of_the_score(town, acting):
    with acting("edu.director"):
        accept("R-01")
    with acting("edu.contact"):
        assess("R-01", owner_role="Ruokapalvelupäällikkö")
        assert risk("R-01").state is RiskState.ACCEPTED
        assess("R-01", likelihood=3)

    assert risk("R-01").state is RiskState.ASSESSED
    assert (risk("R-01").accepted_by, risk("R-01").accepted_until) == (None, None)


def test_a_risk_is_moved_along_closed_and_taken_up_again(town, acting):
    with acting("edu.contact"):
        assess("R-01", treatment=Treatment.REDUCE)
        for to in (RiskState.TREATING, RiskState.MONITORED):
            with transaction():
                states.advance(risk("R-01"), to)
        with transaction():
            states.close(risk("R-01"), ReasonEntry(state_reason="Keittiö uusittiin"), on=TODAY)
        with pytest.raises(RuleBroken), transaction():
            states.close(risk("R-01"), ReasonEntry(state_reason="Toistamiseen"), on=TODAY)
        with pytest.raises(RuleBroken) as closed:
            assess("R-01", likelihood=1)
        with transaction():
            states.reopen(risk("R-01"), ReasonEntry(state_reason="Vika uusiutui"), on=TODAY)
        with pytest.raises(RuleBroken), transaction():
            states.reopen(risk("R-01"), ReasonEntry(state_reason="Vika uusiutui"), on=TODAY)

    assert "Reopen it first" in closed.value.text()
    assert (risk("R-01").state, risk("R-01").state_reason) == (RiskState.ASSESSED, "Vika uusiutui")
    assert [one[0] for one in history("R-01")][-2:] == [Occasion.CLOSED, Occasion.REOPENED]


def test_an_unassessed_risk_is_reopened_as_identified(town, acting):
    town.change(risk("R-01"), likelihood=None, impact=None, state=RiskState.CLOSED)

    with acting("edu.contact"), transaction():
        states.reopen(risk("R-01"), ReasonEntry(state_reason="Vika uusiutui"), on=TODAY)

    assert risk("R-01").state is RiskState.IDENTIFIED


def test_a_review_without_change_moves_the_next_one_and_is_remembered(town, acting):
    before = risk("R-01").version
    with acting("edu.contact"), transaction():
        register.review(risk("R-01"), ReviewEntry(note="Käyty läpi", next_review=date(2026, 8, 4)), on=TODAY)

    assert (risk("R-01").reviewed_on, risk("R-01").next_review) == (TODAY, date(2026, 8, 4))
    assert risk("R-01").version > before
    assert history("R-01")[-1] == (Occasion.REVIEWED, 2, 4, "Nimi edu.contact")


def test_an_assessment_without_steps_is_only_identified(town, acting):
    with acting("edu.contact"):
        assess("R-01", likelihood=None, impact=None)

    assert (risk("R-01").state, risk("R-01").level, risk("R-01").assessed_on) == (RiskState.IDENTIFIED, None, None)


def test_the_register_reads_only_its_own_sector(town, acting):
    with acting("edu.contact"):
        mine = db.session.scalars(queries.ordered(queries.risks(current().scope), "code")).all()
    with acting("admin"):
        open_ones = db.session.scalars(queries.ordered(queries.risks(current().scope), "code")).all()
    with acting("county"):
        shared = db.session.scalars(queries.risks(current().scope)).all()

    assert [r.code for r in mine] == ["R-01", "R-02"]
    assert [r.code for r in open_ones] == ["R-01", "R-03"]  # R-02 is confidential
    assert shared == []


def test_a_scenario_is_read_by_everybody_below_its_organisation(town, acting):
    for person, reads in {"edu.contact": 1, "central": 1, "auditor": 1, "county": 0, "newcomer": 0}.items():
        with acting(person):
            assert len(db.session.scalars(scenario_queries.scenarios(current().scope)).all()) == reads, person
