"""Rules of keeping agreements: days worked out by hand, steps, cover and promises."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dependencies import agreeing, covering, promises
from dependencies import agreements as rules
from dependencies.agreements import Due
from dependencies.entries.agreements import AgreementEntry, EndEntry, RenewalEntry
from dependencies.promises import Demanded, Fall
from dependencies.vocabulary import AgreementKind, AgreementState, Clause, Cover, Deadline, Validity
from prepare.errors import RuleBroken
from prepare.months import months_after
from prepare.vocabulary import Confidentiality, Criticality

TODAY = date(2026, 11, 21)
STATE = AgreementState


@dataclass(frozen=True)
class Terms:
    state: AgreementState = STATE.ACTIVE
    valid_from: date | None = date(2024, 1, 1)
    valid_to: date | None = date(2027, 12, 31)
    notice_months: int | None = None
    auto_renew: bool = False
    reviewed_on: date | None = None
    ended_on: date | None = None
    kind: AgreementKind = AgreementKind.SERVICE_BOUGHT
    preparedness_clause: Clause | None = Clause.YES
    recovery_time_stated: bool | None = True


class TestDays:
    @pytest.mark.parametrize(
        ("end", "months", "decide"),
        [
            (date(2027, 12, 31), 6, date(2027, 6, 30)),  # June has no 31st
            (date(2027, 8, 31), 6, date(2027, 2, 28)),
            (date(2028, 8, 31), 6, date(2028, 2, 29)),  # a leap year
            (date(2028, 2, 29), 12, date(2027, 2, 28)),
            (date(2027, 2, 28), 6, date(2026, 8, 28)),
            (date(2027, 3, 15), None, date(2027, 3, 15)),
            (None, 6, None),
        ],
    )
    def test_one_decides_a_period_of_notice_before_the_end(self, end, months, decide):
        assert rules.decide_by(Terms(valid_to=end, notice_months=months)) == decide

    @given(
        end=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
        months=st.integers(0, 60),
        on=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    )
    def test_notice_on_the_last_day_to_decide_is_in_time_and_from_then_on_it_counts_as_expiring(self, end, months, on):
        terms = Terms(valid_from=date(1990, 1, 1), valid_to=end, notice_months=months)
        decide = rules.decide_by(terms)

        assert months_after(decide, months) <= end
        stands = rules.validity(terms, on)
        assert (stands is Validity.EXPIRED) == (on > end)
        assert stands is Validity.EXPIRING or not decide <= on <= end

    @given(ended=st.dates(date(2025, 1, 1), date(2030, 1, 1)), on=st.dates(date(2025, 1, 1), date(2030, 1, 1)))
    def test_an_agreement_that_was_ended_or_replaced_binds_until_its_last_day_and_not_longer(self, ended, on):
        for state in (STATE.TERMINATED, STATE.RENEWED):
            terms = Terms(state=state, valid_to=date(2035, 1, 1), ended_on=ended)

            assert (rules.validity(terms, on) in rules.NOT_BINDING) == (on > ended)

    @pytest.mark.parametrize(
        ("terms", "last"),
        [
            (Terms(valid_to=None, notice_months=3), date(2027, 2, 21)),
            (Terms(valid_to=date(2026, 12, 31), notice_months=6), date(2026, 12, 31)),  # it ends by itself before
            (Terms(valid_to=date(2026, 12, 31), notice_months=6, auto_renew=True), date(2027, 5, 21)),
            (Terms(valid_to=None), TODAY),
        ],
    )
    def test_notice_given_today_ends_it_after_the_period_of_notice(self, terms, last):
        assert rules.earliest_end(terms, TODAY) == last

    @pytest.mark.parametrize(
        ("terms", "found"),
        [
            (
                Terms(notice_months=6),
                [Due(Deadline.DECIDE, date(2027, 6, 30)), Due(Deadline.ENDS, date(2027, 12, 31))],
            ),
            (Terms(notice_months=14), [Due(Deadline.ENDS, date(2027, 12, 31))]),  # 31.10.2026 has passed
            (Terms(), [Due(Deadline.ENDS, date(2027, 12, 31))]),
            (
                Terms(notice_months=1, auto_renew=True),
                [Due(Deadline.DECIDE, date(2027, 11, 30)), Due(Deadline.RENEWS, date(2027, 12, 31))],
            ),
            (Terms(valid_to=None), [Due(Deadline.REVIEW, date(2026, 1, 1))]),
            (Terms(valid_to=date(2026, 3, 31), auto_renew=True), [Due(Deadline.REVIEW, date(2028, 3, 31))]),
            (Terms(state=STATE.TERMINATED, ended_on=date(2027, 1, 31)), [Due(Deadline.ENDS, date(2027, 1, 31))]),
            (
                Terms(state=STATE.RENEWED, ended_on=date(2027, 1, 31), valid_to=date(2026, 12, 31)),
                [Due(Deadline.ENDS, date(2026, 12, 31))],
            ),
            (
                Terms(state=STATE.TERMINATED, ended_on=date(2027, 1, 31), valid_to=date(2026, 12, 31), auto_renew=True),
                [Due(Deadline.ENDS, date(2027, 1, 31))],
            ),
            (Terms(valid_from=date(2027, 1, 1)), [Due(Deadline.ENDS, date(2027, 12, 31))]),  # it has not begun
            (Terms(state=STATE.DRAFT), []),
            (Terms(valid_from=None), []),
            (Terms(valid_to=date(2026, 11, 20)), []),
        ],
    )
    def test_what_is_to_be_done_about_an_agreement_is_told_with_its_day(self, terms, found):
        assert rules.deadlines(terms, TODAY) == found

    def test_the_one_that_is_replaced_ends_the_day_before(self):
        assert rules.replaced_on(date(2028, 3, 1)) == date(2028, 2, 29)


class TestEntries:
    GOOD = AgreementEntry(name_fi="Sopimus", valid_from=date(2026, 1, 1))

    def fields(self, entry, state=STATE.ACTIVE):
        return [one.field for one in agreeing.problems(entry, state)]

    def test_hours_that_are_recorded_are_promised(self):
        assert agreeing.completed(replace(self.GOOD, recovery_h=4.0)).recovery_time_stated is True
        assert agreeing.completed(self.GOOD).recovery_time_stated is None

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"name_fi": " "}, "name_fi"),
            ({"valid_from": None}, "valid_from"),
            ({"valid_to": date(2025, 12, 31)}, "valid_to"),
            ({"notice_months": -1}, "notice_months"),
            ({"notice_months": 121}, "notice_months"),
            ({"recovery_h": -1.0, "recovery_time_stated": True}, "recovery_h"),
            ({"recovery_h": 1.0, "recovery_time_stated": False}, "recovery_time_stated"),
            ({"confidentiality": Confidentiality.CONFIDENTIAL}, "secrecy_basis"),
        ],
    )
    def test_each_broken_rule_is_told_at_its_field(self, change, field):
        assert self.fields(replace(self.GOOD, **change)) == [field]

    def test_a_whole_entry_is_fine_and_a_draft_needs_no_first_day(self):
        whole = replace(
            self.GOOD,
            valid_to=date(2026, 1, 1),
            notice_months=0,
            recovery_h=0.0,
            recovery_time_stated=True,
            confidentiality=Confidentiality.CONFIDENTIAL,
            secrecy_basis="JulkL 24 § 1 mom 7 k",
        )

        assert self.fields(whole) == []
        assert self.fields(AgreementEntry(name_fi="Luonnos"), STATE.DRAFT) == []


class TestSteps:
    def test_only_what_goes_on_is_changed(self):
        agreeing.refuse_closed(STATE.DRAFT)
        for state in (STATE.TERMINATED, STATE.RENEWED):
            with pytest.raises(RuleBroken):
                agreeing.refuse_closed(state)

    @pytest.mark.parametrize(
        ("terms", "count"),
        [
            (Terms(state=STATE.DRAFT), 0),
            (Terms(state=STATE.ACTIVE), 1),
            (Terms(state=STATE.DRAFT, valid_from=None), 1),
            (Terms(state=STATE.DRAFT, valid_to=date(2026, 11, 20)), 1),
            (Terms(state=STATE.DRAFT, valid_to=date(2026, 11, 20), auto_renew=True), 0),
        ],
    )
    def test_a_draft_with_days_that_have_not_passed_is_taken_into_force(self, terms, count):
        assert len(agreeing.beginning_problems(terms, on=TODAY)) == count

    @pytest.mark.parametrize(
        ("entry", "terms", "fields"),
        [
            (EndEntry(ended_on=date(2027, 1, 1), end_reason="x"), Terms(), []),
            (EndEntry(), Terms(), ["end_reason", "ended_on"]),
            (EndEntry(), Terms(state=STATE.DRAFT), ["end_reason"]),
            (EndEntry(ended_on=date(2023, 1, 1), end_reason="x"), Terms(), ["ended_on"]),
            (EndEntry(ended_on=date(2028, 1, 1), end_reason="x"), Terms(), ["ended_on"]),
            (EndEntry(ended_on=date(2028, 1, 1), end_reason="x"), Terms(auto_renew=True), []),
            (EndEntry(ended_on=date(2028, 1, 1), end_reason="x"), Terms(valid_from=None, valid_to=None), []),
            (
                EndEntry(noticed_on=TODAY + timedelta(days=1), ended_on=date(2027, 1, 1), end_reason="x"),
                Terms(),
                ["noticed_on"],
            ),
            (EndEntry(noticed_on=TODAY, ended_on=date(2026, 11, 20), end_reason="x"), Terms(), ["ended_on"]),
        ],
    )
    def test_an_end_has_a_reason_and_a_day_that_is_possible(self, entry, terms, fields):
        assert [one.field for one in agreeing.ending_problems(entry, terms, on=TODAY)] == fields

    @pytest.mark.parametrize(
        ("entry", "terms", "successor", "fields"),
        [
            (RenewalEntry(valid_from=date(2028, 1, 1), valid_to=date(2030, 12, 31)), Terms(), None, []),
            (RenewalEntry(valid_from=date(2028, 1, 1)), Terms(), STATE.TERMINATED, []),
            (RenewalEntry(valid_from=date(2028, 1, 1)), Terms(), STATE.DRAFT, [None]),
            (RenewalEntry(valid_from=date(2028, 1, 1)), Terms(state=STATE.DRAFT), None, [None]),
            (RenewalEntry(), Terms(), None, ["valid_from"]),
            (RenewalEntry(valid_from=date(2024, 1, 1)), Terms(), None, ["valid_from"]),
            (RenewalEntry(valid_from=date(2024, 1, 1)), Terms(valid_from=None), None, []),
            (RenewalEntry(valid_from=date(2028, 1, 1), valid_to=date(2027, 1, 1)), Terms(), None, ["valid_to"]),
        ],
    )
    def test_a_renewal_begins_after_the_old_one_and_only_once(self, entry, terms, successor, fields):
        assert [one.field for one in agreeing.renewal_problems(entry, terms, successor)] == fields


class TestCover:
    @pytest.mark.parametrize(
        ("change", "expected"),
        [
            ({}, Cover.COVERED),
            ({"preparedness_clause": Clause.NA, "recovery_time_stated": None}, Cover.COVERED),
            ({"kind": AgreementKind.PROTOCOL, "recovery_time_stated": None}, Cover.COVERED),
            ({"preparedness_clause": Clause.NO}, Cover.PARTLY),
            ({"recovery_time_stated": False}, Cover.PARTLY),
            ({"preparedness_clause": None, "recovery_time_stated": False}, Cover.PARTLY),
            ({"preparedness_clause": None}, Cover.UNKNOWN),
            ({"recovery_time_stated": None}, Cover.UNKNOWN),
            ({"valid_from": None}, Cover.UNKNOWN),
            ({"valid_to": date(2026, 11, 20)}, Cover.NOT),
            ({"state": STATE.DRAFT}, Cover.NOT),
        ],
    )
    def test_an_agreement_covers_when_it_binds_and_says_what_it_must(self, change, expected):
        assert covering.cover_by(Terms(**change), TODAY) is expected

    def test_the_best_agreement_under_a_line_counts(self):
        draft, bare, good = Terms(state=STATE.DRAFT), Terms(recovery_time_stated=False), Terms()

        assert covering.cover([], TODAY) is Cover.NOT
        assert covering.cover([draft, bare], TODAY) is Cover.PARTLY
        assert covering.cover([draft, bare, good], TODAY) is Cover.COVERED


class TestPromises:
    def test_a_service_is_needed_within_the_objective_and_the_tolerance_together(self):
        assert promises.needed_h(4.0, 2.0) == 6.0
        assert promises.needed_h(None, 2.0) is None

    def test_a_need_holds_while_enough_suppliers_go_on(self):
        assert Fall(lost=1, left=1, required=1).holds
        assert not Fall(lost=1, left=1, required=2).holds

    def test_a_promise_is_too_late_for_vital_needs_that_nobody_else_serves(self):
        needs = [
            Demanded("late", Criticality.K1, 6.0, is_alone=True),
            Demanded("in time", Criticality.K2, 8.0, is_alone=True),
            Demanded("doubled", Criticality.K1, 1.0, is_alone=False),
            Demanded("not vital", Criticality.K3, 1.0, is_alone=True),
            Demanded("unclassed", None, 1.0, is_alone=True),
            Demanded("unknown", Criticality.K1, None, is_alone=True),
        ]

        assert [one.label for one in promises.too_late(8.0, needs)] == ["late"]
        assert promises.too_late(None, needs) == []
        assert promises.strictest(needs) == 1.0
        assert promises.strictest([]) is None
