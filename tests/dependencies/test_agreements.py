"""How agreements stand on a day, and what hangs on them."""

from dataclasses import dataclass
from datetime import date

import pytest

from dependencies.agreements import lacks_clause, validity
from dependencies.analysing import agreements as queries
from dependencies.models.agreements import Agreement
from dependencies.models.interfaces import Interface
from dependencies.models.needs import Dependency
from dependencies.vocabulary import AgreementState, Clause, Validity
from prepare.actor import EVERYTHING
from prepare.db import db
from prepare.models.functions import Function
from prepare.vocabulary import Criticality
from tests import town

TODAY = date(2026, 11, 21)


@dataclass(frozen=True)
class Terms:
    state: AgreementState = AgreementState.ACTIVE
    valid_from: date | None = date(2024, 1, 1)
    valid_to: date | None = date(2027, 12, 31)
    notice_months: int | None = None
    auto_renew: bool = False
    reviewed_on: date | None = None
    ended_on: date | None = None


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        (Terms(), Validity.VALID),
        (Terms(state=AgreementState.DRAFT), Validity.DRAFT),
        (Terms(state=AgreementState.TERMINATED), Validity.ENDED),
        (Terms(state=AgreementState.RENEWED), Validity.ENDED),
        (Terms(valid_from=None), Validity.UNKNOWN),
        (Terms(valid_from=date(2026, 11, 22)), Validity.NOT_YET),
        (Terms(valid_from=TODAY), Validity.VALID),
        (Terms(valid_to=date(2026, 11, 20)), Validity.EXPIRED),
        (Terms(valid_to=date(2026, 11, 20), auto_renew=True), Validity.VALID),
        (Terms(valid_to=TODAY), Validity.EXPIRING),
        (Terms(valid_to=date(2027, 5, 21)), Validity.EXPIRING),  # six months to the day
        (Terms(valid_to=date(2027, 5, 22)), Validity.VALID),
        (Terms(valid_to=date(2027, 11, 21), notice_months=12), Validity.EXPIRING),  # notice longer than six months
        (Terms(valid_to=date(2027, 11, 22), notice_months=12), Validity.VALID),
        (Terms(valid_to=None), Validity.REVIEW_DUE),  # never looked at since 1.1.2024
        (Terms(valid_to=None, reviewed_on=date(2024, 11, 21)), Validity.VALID),
        (Terms(valid_to=None, reviewed_on=date(2024, 11, 20)), Validity.REVIEW_DUE),
        # it renewed itself on 20.11.2024: 24 months later somebody looks at it
        (Terms(valid_to=date(2024, 11, 20), auto_renew=True), Validity.REVIEW_DUE),
        (Terms(valid_to=date(2024, 11, 21), auto_renew=True), Validity.VALID),
        # notice has been given: it binds until its last day, whatever its agreed end
        (Terms(state=AgreementState.TERMINATED, ended_on=TODAY), Validity.EXPIRING),
        (Terms(state=AgreementState.TERMINATED, ended_on=date(2026, 11, 20)), Validity.ENDED),
        (Terms(state=AgreementState.TERMINATED, ended_on=TODAY, valid_from=None), Validity.UNKNOWN),
        # replaced from 1.1.2027 on: in force until then, unless it runs out before
        (Terms(state=AgreementState.RENEWED, ended_on=date(2026, 12, 31), valid_to=date(2026, 12, 31)), Validity.VALID),
        (
            Terms(state=AgreementState.RENEWED, ended_on=date(2026, 12, 31), valid_to=date(2026, 12, 30)),
            Validity.EXPIRING,
        ),
        (
            Terms(state=AgreementState.RENEWED, ended_on=date(2026, 12, 31), valid_to=date(2026, 11, 20)),
            Validity.EXPIRED,
        ),
        (Terms(state=AgreementState.RENEWED, ended_on=date(2026, 11, 20)), Validity.ENDED),
    ],
)
def test_an_agreement_stands_as_its_state_and_dates_say(terms, expected):
    assert validity(terms, TODAY) is expected


def test_a_clause_that_nobody_has_looked_for_is_missing():
    assert [lacks_clause(one) for one in (Clause.YES, Clause.NA, Clause.NO, None)] == [False, False, True, True]


@pytest.mark.usefixtures("town")
class TestTown:
    def test_what_hangs_on_an_agreement_runs_over_its_interface_or_is_its_service(self):
        # A-01 covers X-CTY-01 and carries I-01; D-04 runs over I-01 to X-CTY-01, D-03 is of X-CTY-01 too.
        agreement = town.record(Agreement, "A-01")
        town.change(town.record(Function, "F-EDU-03"), criticality=Criticality.K1)

        pairs = db.session.execute(queries.covered([agreement.id])).all()
        vital = [one.name for one in db.session.scalars(queries.needs_resting(EVERYTHING, agreement))]

        codes = {db.session.get(Dependency, one).code for _id, one in pairs}
        assert (codes, len(pairs)) == ({"D-03", "D-04"}, 2)
        assert vital == ["Kouluterveys"]  # D-04; the consumer of D-03 has no class yet

    def test_a_sector_that_works_across_an_interface_reads_its_agreement_within_its_class(self):
        water = town.actor_of("wat.contact").scope
        open_one = town.record(Interface, "I-01")
        before = [one.code for one in db.session.scalars(queries.agreements(water))]

        town.change(open_one, sectors=[*open_one.sectors, town.organisation_of("WAT")])
        after = [one.code for one in db.session.scalars(queries.agreements(water))]

        assert before == ["A-02"]
        assert after == ["A-01", "A-02"]

    def test_agreements_are_found_by_word(self):
        found = db.session.scalars(queries.agreements(EVERYTHING, queries.Wanted(q="a-01"))).all()

        assert [one.code for one in found] == ["A-01"]
