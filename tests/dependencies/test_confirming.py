"""What both sides of a dependency have signed: how long it holds, whether it matches, and what follows."""

from dataclasses import replace
from datetime import date

import pytest

from dependencies import confirming
from dependencies.confirming import Basis, Promise, Signature, Signed
from dependencies.entries.confirmations import StatedDelivery, StatedNeed, delivery_problems, need_problems
from dependencies.vocabulary import Accord, DependencyKind, Standing, Strength
from prepare.vocabulary import Criticality

TODAY = date(2026, 3, 10)
BASIS = Basis(2.0, Strength.ESSENTIAL, 1, DependencyKind.SERVICE)
OTHER = replace(BASIS, tolerance_h=8.0)
NEED = Signed(8.0, None, date(2026, 3, 1), BASIS)
DELIVERY = Signed(6.0, None, date(2026, 3, 2), BASIS)
LATE, REFUSED = replace(DELIVERY, hours=24.0), replace(DELIVERY, delivers=False)
OLD = date(2024, 3, 9)  # the day before the 24 months begin
BEFORE_A_YEAR = date(2025, 3, 9)


def accord(need, delivery, criticality=Criticality.K2, basis=BASIS):
    return confirming.judge(need, delivery, basis, criticality, on=TODAY).accord


@pytest.mark.parametrize(
    ("need", "delivery", "stands"),
    [
        (None, None, Accord.UNSTATED),
        (NEED, None, Accord.WAITS_PROVIDER),
        (None, DELIVERY, Accord.WAITS_CONSUMER),
        (None, REFUSED, Accord.MISMATCH),
        (NEED, DELIVERY, Accord.AGREED),
        (NEED, replace(DELIVERY, hours=8.0), Accord.AGREED),  # as soon as needed is soon enough
        (NEED, LATE, Accord.MISMATCH),
        (NEED, REFUSED, Accord.MISMATCH),
        (NEED, replace(DELIVERY, hours=None), Accord.UNKNOWN),
        (replace(NEED, hours=None), DELIVERY, Accord.UNKNOWN),
        (replace(NEED, capacity_pct=60.0), replace(DELIVERY, capacity_pct=60.0), Accord.AGREED),
        (replace(NEED, capacity_pct=60.0), replace(DELIVERY, capacity_pct=59.0), Accord.MISMATCH),
        (replace(NEED, capacity_pct=60.0), DELIVERY, Accord.UNKNOWN),
        (replace(NEED, stated_on=OLD), DELIVERY, Accord.EXPIRED),
        (NEED, replace(LATE, stated_on=OLD), Accord.EXPIRED),
        (None, replace(DELIVERY, stated_on=OLD), Accord.EXPIRED),
        (NEED, replace(DELIVERY, basis=OTHER), Accord.WAITS_PROVIDER),  # what it was signed for has changed
        (replace(NEED, basis=OTHER), DELIVERY, Accord.WAITS_CONSUMER),
        (replace(NEED, basis=OTHER), replace(LATE, basis=OTHER), Accord.UNSTATED),
    ],
)
def test_both_sides_are_held_against_each_other(need, delivery, stands):
    assert accord(need, delivery) is stands


def test_a_vital_function_is_confirmed_every_year_and_others_every_second():
    need, delivery = replace(NEED, stated_on=BEFORE_A_YEAR), DELIVERY

    assert accord(need, delivery, Criticality.K1) is Accord.EXPIRED
    assert accord(need, delivery, Criticality.K2) is Accord.AGREED
    assert accord(need, delivery, None) is Accord.AGREED
    assert confirming.last_day(BEFORE_A_YEAR, Criticality.K1) == date(2026, 3, 9)
    assert confirming.last_day(BEFORE_A_YEAR, None) == date(2027, 3, 9)


@pytest.mark.parametrize(("day", "fresh"), [(None, False), (OLD, False), (date(2024, 3, 10), True), (TODAY, True)])
def test_a_confirmation_holds_to_the_day(day, fresh):
    assert confirming.is_fresh(day, Criticality.K3, on=TODAY) is fresh


def test_who_is_waited_for_follows_from_whose_signature_does_not_hold():
    def waits(need, delivery):
        judged = confirming.judge(need, delivery, BASIS, None, on=TODAY)
        return judged.waits_for_consumer, judged.waits_for_provider

    assert waits(None, None) == (True, True)
    assert waits(NEED, None) == (False, True)
    assert waits(None, DELIVERY) == (True, False)
    assert waits(NEED, DELIVERY) == (False, False)
    assert waits(NEED, LATE) == (True, True)
    assert waits(NEED, replace(DELIVERY, hours=None)) == (False, False)  # unknown is an answer


@pytest.mark.parametrize(
    ("need", "delivery", "says"),
    [
        (NEED, None, Standing.PROPOSED),
        (NEED, replace(DELIVERY, basis=OTHER), Standing.PROPOSED),
        (None, DELIVERY, Standing.CONFIRMED),
        (NEED, DELIVERY, Standing.CONFIRMED),
        (NEED, LATE, Standing.DISPUTED),
        (replace(NEED, basis=OTHER), LATE, Standing.CONFIRMED),  # against what was needed before it counts no more
        (None, REFUSED, Standing.DISPUTED),
        (NEED, replace(DELIVERY, hours=None), Standing.UNKNOWN),
    ],
)
def test_what_the_supplier_says_is_told_by_what_it_signed(need, delivery, says):
    assert confirming.standing(need, delivery, BASIS) is says


def test_the_register_suggests_the_tolerance_and_the_objective_together():
    assert confirming.suggested_h(2.0, 6.0, 12.0) == 8.0
    assert confirming.suggested_h(2.0, None, 12.0) == 14.0
    assert confirming.suggested_h(2.0, None, None) is None
    assert confirming.suggested_h(0.0, 0.0, 12.0) == 0.0


def test_the_slowest_promise_counts_and_of_equal_ones_the_latest():
    fast, slow = Promise(4.0, TODAY, "a"), Promise(12.0, date(2026, 1, 1), "b")

    assert confirming.slowest([fast, slow]) is slow
    assert confirming.slowest([slow, replace(slow, agreed_on=TODAY, by="c")]).by == "c"
    assert confirming.slowest([]) is None


def test_a_supplier_that_promises_more_than_it_records_of_itself_is_told():
    assert confirming.differs_from_own(4.0, 10.0, 2.0) == 10.0
    assert confirming.differs_from_own(4.0, None, 6.0) == 6.0
    assert confirming.differs_from_own(4.0, 4.0, 6.0) is None
    assert confirming.differs_from_own(None, 10.0, 6.0) is None
    assert confirming.differs_from_own(4.0, None, None) is None


def test_no_statement_is_none_and_one_without_a_word_on_delivering_delivers():
    record = type(
        "Record", (), {"hours": 8.0, "capacity_pct": None, "stated_on": TODAY, "delivers": None, **vars(BASIS)}
    )

    assert confirming.signed_of(None) is None
    assert confirming.signed_of(record) == replace(NEED, stated_on=TODAY)
    assert confirming.signature(None, BASIS, None, on=TODAY) is Signature.MISSING


# The entries


def fields(problems):
    return [one.field for one in problems]


@pytest.mark.parametrize(
    ("entry", "wrong"),
    [
        (StatedNeed(hours=8.0, role="Rehtori"), []),
        (StatedNeed(role="Rehtori"), []),  # unknown is legal
        (StatedNeed(hours=9.0, role="Rehtori"), ["reason"]),
        (StatedNeed(hours=9.0, role="Rehtori", reason="Varasto riittää"), []),
        (StatedNeed(hours=-1.0, role=" ", reason="x"), ["hours", "role"]),
        (StatedNeed(capacity_pct=101.0, role="Rehtori"), ["capacity_pct"]),
    ],
)
def test_the_consumer_is_told_what_its_statement_lacks(entry, wrong):
    assert fields(need_problems(entry, 8.0)) == wrong
    assert "reason" not in fields(need_problems(entry, None))


@pytest.mark.parametrize(
    ("entry", "wrong"),
    [
        (StatedDelivery(delivers=True, hours=6.0, role="Päällikkö"), []),
        (StatedDelivery(delivers=True, role="Päällikkö"), []),
        (StatedDelivery(role="Päällikkö"), ["delivers"]),
        (StatedDelivery(delivers=False, role="Päällikkö"), ["words"]),
        (StatedDelivery(delivers=False, words="Ei meiltä", role="Päällikkö"), []),
    ],
)
def test_the_provider_is_told_what_its_statement_lacks(entry, wrong):
    assert fields(delivery_problems(entry)) == wrong


def test_who_writes_for_a_partner_says_who_told_it():
    entry = StatedDelivery(delivers=True, hours=6.0, role="Yksikkö")

    assert fields(delivery_problems(entry, on_behalf=True)) == ["told_by"]
    assert fields(delivery_problems(replace(entry, told_by="Päivystäjä, puhelimessa"), on_behalf=True)) == []
