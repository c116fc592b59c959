"""Changing the risk register: who may, what is kept, what the trail tells."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from prepare.actor import current
from prepare.audit import AuditEntry, AuditPayload
from prepare.db import db, transaction
from prepare.errors import NotPermitted, RuleBroken, StaleEntry
from risks.entries.risks import RiskEntry, of_record
from risks.matrix import Level
from risks.models.risks import Risk
from risks.queries import risks as queries
from risks.queries import scenarios as scenario_queries
from risks.register import risks as register
from risks.vocabulary.risks import RiskState, Treatment, Trend

TODAY = date(2026, 5, 4)
OUTAGE = RiskEntry(
    title_fi="Ruokakuljetus ei tule",
    threat="T-SAHKO",
    functions=("F-EDU-01",),
    likelihood=3,
    impact=4,
    trend=Trend.RISING,
    state=RiskState.ASSESSED,
)
ACCEPTED = {
    "state": RiskState.ACCEPTED,
    "treatment": Treatment.ACCEPT,
    "accepted_by": "Toimialajohtaja",
    "accepted_on": TODAY,
    "accepted_reason": "Korvaava ateria on sovittu",
    "accepted_until": date(2027, 5, 4),
}


def risk(code: str) -> Risk:
    return db.session.scalars(select(Risk).where(Risk.code == code)).one()


def assess(code: str, **changes: object) -> Risk:
    seen = register.seen_now(risk(code))
    with transaction():
        return register.assess(risk(code), replace(seen.entry, **changes), seen=seen, on=TODAY)


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


def test_a_director_accepts_a_significant_risk_and_a_contact_does_not(town, acting):
    with acting("edu.contact"), pytest.raises(RuleBroken) as broken:
        assess("R-01", **ACCEPTED)  # 2 × 4 = 8, moderate
    with acting("edu.director"):
        assess("R-01", **ACCEPTED)

    assert broken.value.field == "state"
    assert risk("R-01").state is RiskState.ACCEPTED


def test_a_sector_does_not_accept_a_critical_risk(town, acting):
    with acting("edu.director"), pytest.raises(RuleBroken) as broken:
        assess("R-01", likelihood=4, impact=4, **ACCEPTED)

    assert "leadership" in broken.value.text()


def test_a_contact_edits_an_accepted_risk_but_it_must_not_grow(town, acting):
    with acting("edu.director"):
        assess("R-01", **ACCEPTED)
    with acting("edu.contact"):
        assess("R-01", owner_role="Ruokapalvelupäällikkö")
        with pytest.raises(RuleBroken) as broken:
            assess("R-01", likelihood=3)

    assert "anew" in broken.value.text()
    assert risk("R-01").owner_role == "Ruokapalvelupäällikkö"


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
