"""Every change to the measures, and what the trail tells of it."""

from datetime import date

import pytest
from sqlalchemy import select

from prepare.audit import AuditEntry, AuditPayload
from prepare.db import db, transaction
from prepare.errors import NotPermitted, RuleBroken, StaleEntry
from risks.entries.measures import MeasureEntry, ProgressEntry, ReopeningEntry
from risks.entries.reasons import ReasonEntry
from risks.models.measures import Measure
from risks.models.risks import Risk
from risks.register import measures as register
from risks.vocabulary.measures import MeasureSource, MeasureState, OpenState

TODAY = date(2026, 11, 21)
WHY = ReasonEntry(state_reason="Rahaa ei myönnetty")
AGAIN = ReopeningEntry(state_reason="Laite vikaantui", progress_pct=60)


@pytest.fixture
def measure(town):
    """A measure of the education sector."""
    return town.record(Measure, "M-01")


def by(acting, name, change):
    """Let a person make a change in a transaction."""
    with acting(name), transaction():
        return change()


def latest(table):
    """The changes that the newest entry on a table tells."""
    rows = select(AuditPayload).join(AuditEntry, AuditEntry.payload_id == AuditPayload.id)
    rows = rows.where(AuditEntry.subject == table).order_by(AuditEntry.id.desc())
    return db.session.scalars(rows).first().changes


def test_a_new_measure_gets_the_next_code_and_is_linked_to_its_risks(town, acting):
    risk = town.record(Risk, "R-01")
    entry = MeasureEntry(name_fi="Varakeittiö", source=MeasureSource.RISK, source_code="R-01", risks=("R-02",))

    added = by(acting, "edu.contact", lambda: register.add(town.organisation_of("EDU"), entry, risks=[risk]))

    assert added.code == "M-04"
    assert (added.state, added.progress_pct, added.due) == (MeasureState.PLANNED, 0, None)
    assert [one.code for one in added.risks] == ["R-01", "R-02"]
    assert [one.code for one in risk.measures] == ["M-01", "M-04"]


def test_the_trail_tells_under_the_risk_which_measures_treat_it(town, acting):
    entry = MeasureEntry(name_fi="Varakeittiö", risks=("R-01",))

    by(acting, "edu.contact", lambda: register.add(town.organisation_of("EDU"), entry))

    assert latest("risk") == {"measures": [["M-01"], ["M-01", "M-04"]]}


def test_a_risk_outside_the_view_cannot_be_named(town, acting):
    entry = MeasureEntry(name_fi="Varakeittiö", risks=("R-03", "R-99"))

    with pytest.raises(RuleBroken, match=r"R-03, R-99") as broken:
        by(acting, "edu.contact", lambda: register.add(town.organisation_of("EDU"), entry))

    assert broken.value.field == "risks"
    assert not db.session.scalars(select(Measure).where(Measure.name_fi == "Varakeittiö")).all()


def test_a_measure_without_a_name_is_refused(town, acting):
    with pytest.raises(RuleBroken):
        by(acting, "central", lambda: register.add(town.organisation_of("WAT"), MeasureEntry(name_fi="")))


@pytest.mark.parametrize("name", ["wat.contact", "leadership", "auditor", "admin", "county"])
def test_others_than_the_owner_and_the_unit_change_nothing(town, acting, measure, name):
    with pytest.raises(NotPermitted):
        by(acting, name, lambda: register.start(measure))


def test_editing_keeps_links_to_risks_that_the_person_may_not_read(town, acting, measure):
    town.change(town.record(Risk, "R-03"), measures=[measure, town.record(Measure, "M-03")])
    with acting("edu.contact"):
        seen = register.seen_now(measure)
        assert seen.entry.risks == ("R-01",)

    by(acting, "edu.contact", lambda: register.edit(measure, MeasureEntry(name_fi="Uusi", risks=()), seen=seen))

    assert measure.name_fi == "Uusi"
    assert [risk.code for risk in measure.risks] == ["R-03"]
    assert town.record(Risk, "R-01").measures == []


def test_editing_what_somebody_else_has_saved_meanwhile_is_stale(town, acting, measure):
    with acting("edu.contact"):
        seen = register.seen_now(measure)
    town.change(measure, budget_ref="4110")

    with pytest.raises(StaleEntry):
        by(acting, "edu.contact", lambda: register.edit(measure, seen.entry, seen=seen))


def report(acting, measure, **values):
    """Report progress as the sector's contact."""
    seen = register.progress_now(measure)
    by(acting, "edu.contact", lambda: register.advance(measure, ProgressEntry(**values), seen=seen))


def test_progress_moves_a_planned_measure_on(town, acting, measure):
    report(acting, measure, progress_pct=30, progress_text="Laite on tilattu", overdue_reason="Toimittaja myöhässä")

    assert (measure.state, measure.progress_pct) == (MeasureState.IN_PROGRESS, 30)
    assert (measure.progress_text, measure.overdue_reason) == ("Laite on tilattu", "Toimittaja myöhässä")


def test_a_measure_rests_for_a_reason_and_goes_on(town, acting, measure):
    report(acting, measure, state=OpenState.ON_HOLD, progress_pct=30, state_reason="Odottaa rahaa")
    assert (measure.state, measure.state_reason) == (MeasureState.ON_HOLD, "Odottaa rahaa")

    by(acting, "edu.contact", lambda: register.start(measure))

    assert (measure.state, measure.progress_pct, measure.state_reason) == (MeasureState.IN_PROGRESS, 30, None)


def test_nobody_reports_progress_of_what_has_ended(town, acting, measure):
    town.change(measure, state=MeasureState.CANCELLED)

    with pytest.raises(RuleBroken, match="Cancelled"):
        report(acting, measure, progress_pct=30)
    assert register.progress_now(measure).standing == ("cancelled",)


def test_what_is_planned_is_begun_before_it_is_done(town, acting, measure):
    with pytest.raises(RuleBroken, match="Planned"):
        by(acting, "edu.contact", lambda: register.finish(measure, on=TODAY))

    by(acting, "edu.contact", lambda: register.start(measure))
    by(acting, "edu.contact", lambda: register.finish(measure, on=TODAY))

    assert (measure.state, measure.progress_pct, measure.done_on) == (MeasureState.DONE, 100, TODAY)
    assert measure.done_by_id == town.user("edu.contact").id


def test_whoever_reported_it_done_cannot_verify_it_and_a_contact_cannot_verify_at_all(town, acting, measure):
    town.change(measure, state=MeasureState.IN_PROGRESS)
    by(acting, "edu.director", lambda: register.finish(measure, on=TODAY))

    with pytest.raises(RuleBroken, match="somebody else"):
        by(acting, "edu.director", lambda: register.verify(measure, on=TODAY))
    with pytest.raises(NotPermitted):
        by(acting, "edu.contact", lambda: register.verify(measure, on=TODAY))
    by(acting, "central", lambda: register.verify(measure, on=TODAY))

    assert (measure.state, measure.verified_on) == (MeasureState.VERIFIED, TODAY)
    assert measure.verified_by_id == town.user("central").id


def test_only_what_is_done_is_verified(town, acting, measure):
    with pytest.raises(RuleBroken, match="Planned"):
        by(acting, "central", lambda: register.verify(measure, on=TODAY))


@pytest.mark.parametrize("state", MeasureState)
def test_everything_but_what_is_verified_can_be_cancelled_once(town, acting, measure, state):
    town.change(measure, state=state)
    if state in (MeasureState.VERIFIED, MeasureState.CANCELLED):
        with pytest.raises(RuleBroken):
            by(acting, "edu.contact", lambda: register.cancel(measure, WHY))
    else:
        by(acting, "edu.contact", lambda: register.cancel(measure, WHY))

        assert (measure.state, measure.state_reason) == (MeasureState.CANCELLED, "Rahaa ei myönnetty")


@pytest.mark.parametrize("state", MeasureState)
def test_what_has_ended_is_taken_up_again_for_a_reason(town, acting, measure, state):
    person = town.user("central").id
    told = {"done_on": TODAY, "done_by_id": person, "verified_on": TODAY, "verified_by_id": person}
    town.change(measure, state=state, progress_pct=100, **told)
    if state in (MeasureState.PLANNED, MeasureState.IN_PROGRESS, MeasureState.ON_HOLD):
        with pytest.raises(RuleBroken):
            by(acting, "edu.contact", lambda: register.reopen(measure, AGAIN))
    else:
        by(acting, "edu.contact", lambda: register.reopen(measure, AGAIN))

        assert (measure.state, measure.progress_pct) == (MeasureState.IN_PROGRESS, 60)
        assert measure.state_reason == "Laite vikaantui"
        assert (measure.done_on, measure.done_by_id, measure.verified_on, measure.verified_by_id) == (None,) * 4
