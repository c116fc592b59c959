"""Whether a reserve is enough: small reserves, with the hours worked out by hand in the comment beside them."""

from types import SimpleNamespace

import pytest

from dependencies.reserving.balance import Draw, Stock, balance
from dependencies.reserving.demands import ClaimFacts, Happening, draw, draws, happening
from dependencies.reserving.picture import drawn
from dependencies.reserving.vocabulary import ClaimTrigger, Consent, Sufficiency
from dependencies.vocabulary import State
from prepare.vocabulary import Criticality

H = 60


def takes(key, amount, *spans, rank=0, per_hour=False, called=None):
    """A function that takes so much in these hours; the lower the rank, the more critical it is."""
    minutes = tuple((start * H, end * H) for start, end in spans)
    began = minutes[0][0] if called is None and minutes else (called or 0) * H
    return Draw((rank, 1, f"F-{key}"), key, amount, per_hour, minutes, began)


def given(found):
    """Key of the function → what it would get, and since which hour it is left without."""
    return {s.draw.key: (s.given, None if s.short_from is None else s.short_from / H) for s in found.shares}


def test_a_reserve_that_nobody_calls_is_not_used():
    assert balance(Stock(10.0, False), [takes(1, 5.0)]).status is Sufficiency.UNUSED
    assert balance(Stock(10.0, False), [], hides=True).status is Sufficiency.UNKNOWN


def test_what_is_in_use_at_the_same_time_is_added_up():
    # 0-4 h: 6 of 10; 4-8 h: 6 + 7 = 13, so 3 are missing and the less critical one gets 4; 8-10 h: 7.
    found = balance(Stock(10.0, False), [takes(1, 6.0, (0, 8)), takes(2, 7.0, (4, 10), rank=1)])

    assert (found.status, found.missing, found.short_from, found.short_until) == (Sufficiency.SHORT, 3.0, 4 * H, 8 * H)
    assert [(s.start // H, s.end // H, s.wanted, s.missing) for s in found.stretches] == [
        (0, 4, 6.0, 0.0),
        (4, 8, 13.0, 3.0),
        (8, 10, 7.0, 0.0),
    ]
    assert given(found) == {1: (6.0, None), 2: (4.0, 4.0)}
    assert [share.draw.key for share in found.left_without] == [2]
    assert found.at_least is False


def test_what_is_enough_for_all_is_enough():
    found = balance(Stock(10.0, False, ready=H), [takes(1, 6.0, (2, 4), called=0), takes(2, 4.0, (3, 9))])

    assert (found.status, found.ready, found.missing, found.short_from) == (Sufficiency.ENOUGH, H, 0.0, None)


def test_a_gap_in_which_nobody_wants_it_is_no_stretch():
    found = balance(Stock(10.0, False), [takes(1, 6.0, (0, 1), (5, 6))])

    assert [(s.start // H, s.end // H) for s in found.stretches] == [(0, 1), (5, 6)]


def test_what_is_wanted_before_the_reserve_is_in_use_comes_too_late():
    # Called at 0 h, in use at 3 h, wanted from 1 h: nothing from 1 to 3 h, and then enough.
    found = balance(Stock(10.0, False, ready=3 * H), [takes(1, 6.0, (1, 8), called=0)])

    assert (found.status, found.short_from, found.short_until) == (Sufficiency.LATE, H, 3 * H)
    assert given(found) == {1: (0.0, 1.0)}


def test_a_reserve_that_tires_is_gone_after_its_hours():
    # In use from 1 h for 4 h: from 5 h on nobody is there.
    found = balance(Stock(10.0, False, ready=H, lasts=4 * H), [takes(1, 6.0, (2, 8), called=0)])

    assert (found.status, found.missing, found.short_from) == (Sufficiency.SHORT, 6.0, 5 * H)
    assert given(found) == {1: (0.0, 5.0)}


def test_fuel_runs_out_when_all_have_taken_what_there_was():
    # 10 and 20 l/h of 150 l: empty after 5 h; by 8 h 240 are wanted, so 90 are missing in all.
    # Set apart by class: the first needs 80 in all and gets them, the second 70 of 160, which last 3.5 h.
    found = balance(
        Stock(150.0, True),
        [takes(1, 10.0, (0, 8), per_hour=True), takes(2, 20.0, (0, 8), rank=1, per_hour=True)],
    )

    assert (found.status, found.missing) == (Sufficiency.SHORT, pytest.approx(90.0))
    assert (found.short_from, found.short_until) == (5 * H, 8 * H)
    assert given(found) == {1: (80.0, None), 2: (pytest.approx(70.0), 3.5)}


def test_what_is_taken_at_once_is_taken_when_it_is_needed():
    # 60 at 1 h and 50 at 2 h of 100: the second lacks 10 at 2 h.
    found = balance(Stock(100.0, True), [takes(1, 60.0, (1, 5)), takes(2, 50.0, (2, 6), rank=1)])

    assert (found.status, found.missing, found.short_from) == (Sufficiency.SHORT, 10.0, 2 * H)
    assert given(found) == {1: (60.0, None), 2: (40.0, 2.0)}


def test_fuel_that_comes_late_is_missing_until_it_comes():
    # In use at 2 h: 2 h of 10 l/h are missing, and what is wanted at once at 1 h is not there either.
    found = balance(
        Stock(100.0, True, ready=2 * H),
        [takes(1, 10.0, (0, 4), per_hour=True, called=0), takes(2, 5.0, (1, 4), rank=1)],
    )

    assert (found.status, found.missing) == (Sufficiency.LATE, pytest.approx(25.0))
    assert given(found) == {1: (20.0, 0.0), 2: (0.0, 1.0)}


def test_a_part_that_is_used_up_in_a_later_spell_is_told_from_there():
    # 10 l/h in 0-2 h and 4-8 h, 40 l: 20 in the first spell, 20 last until 6 h.
    found = balance(Stock(40.0, True), [takes(1, 10.0, (0, 2), (4, 8), per_hour=True)])

    assert given(found) == {1: (40.0, 6.0)}


def test_nobody_knows_whether_an_unknown_amount_is_enough():
    unknown_stock = balance(Stock(None, False), [takes(1, 5.0, (0, 2))])
    used_up = balance(Stock(None, True), [takes(1, 5.0, (0, 2), per_hour=True), takes(2, None, (0, 2))])
    unknown_claim = balance(Stock(10.0, False), [takes(1, 5.0, (0, 2)), takes(2, None, (0, 2))])
    rationed = balance(Stock(10.0, True), [takes(1, 1.0, (0, 2)), takes(2, None, (0, 2))])
    unknown_time = balance(Stock(10.0, False, ready=None), [takes(1, 5.0, (0, 2))])

    assert {one.status for one in (unknown_stock, used_up, unknown_claim, rationed, unknown_time)} == {
        Sufficiency.UNKNOWN
    }
    assert [share.wanted for share in used_up.shares] == [10.0, None]
    assert given(unknown_claim)[2] == (None, None)
    assert given(rationed)[2] == (None, None)


def test_more_may_be_missing_than_is_known():
    found = balance(Stock(10.0, False), [takes(1, 15.0, (0, 2)), takes(2, None, (0, 2))])

    assert (found.status, found.missing, found.at_least) == (Sufficiency.SHORT, 5.0, True)


class TestDemand:
    """When a claim is called on: F is 1, its supplier 2."""

    SEEN = Happening({1: [(4 * H, 8 * H)], 2: [(0, 10 * H)]}, {1: [(8 * H, 9 * H)]})

    def claim(self, trigger, **fields):
        """A claim of function 1 on 5 of a reserve."""
        return ClaimFacts(7, 1, "F", fields.pop("criticality", Criticality.K1), 5.0, False, trigger, **fields)

    def test_it_follows_the_function_or_its_supplier(self):
        supplier = self.claim(ClaimTrigger.SUPPLIER, suppliers=frozenset({2}))
        kinds = (self.claim(ClaimTrigger.DOWN), self.claim(ClaimTrigger.DEGRADED), supplier)

        assert [draw(one, self.SEEN).spans for one in kinds] == [
            ((4 * H, 8 * H),),
            ((4 * H, 9 * H),),
            ((0, 10 * H),),
        ]

    def test_a_trace_tells_who_is_down_and_who_is_degraded(self):
        def outcome(function, state, intervals, degraded):
            told = {"state": state, "intervals": intervals, "degraded": degraded}
            return SimpleNamespace(function=SimpleNamespace(id=function), **told)

        down = outcome(1, State.DOWN, ((0, H),), ((H, 2 * H),))
        weak = outcome(2, State.DEGRADED, ((0, H),), ((0, H),))

        found = happening(SimpleNamespace(outcomes=(down, weak)))

        assert (found.down, found.degraded) == ({1: ((0, H),)}, {1: ((H, 2 * H),), 2: ((0, H),)})

    def test_it_begins_later_and_lasts_no_longer_than_it_says(self):
        found = draw(self.claim(ClaimTrigger.LOSS, suppliers=frozenset({2}), from_min=3 * H, for_min=2 * H), self.SEEN)

        assert (found.spans, found.called) == (((3 * H, 5 * H),), 0)

    def test_a_loss_that_is_over_before_calls_on_nothing(self):
        assert draw(self.claim(ClaimTrigger.DOWN, from_min=4 * H), self.SEEN).spans == ()

    def test_the_class_comes_first_then_the_priority(self):
        vital, second = self.claim(ClaimTrigger.DOWN, priority=9), self.claim(ClaimTrigger.DOWN, criticality=None)
        low = self.claim(ClaimTrigger.DOWN, criticality=Criticality.K3, priority=1)

        assert sorted([low, second, vital], key=lambda one: draw(one, self.SEEN).rank) == [vital, second, low]

    def test_what_the_owner_has_refused_is_no_demand(self):
        agreed = self.claim(ClaimTrigger.DOWN, consent=Consent.AGREED)
        refused = self.claim(ClaimTrigger.DOWN, consent=Consent.REFUSED)

        assert len(draws([agreed, refused], self.SEEN)) == 1


class TestPicture:
    def test_what_is_unknown_is_not_drawn(self):
        stock = Stock(None, False)

        assert drawn(stock, balance(stock, [takes(1, 5.0, (0, 2))])) is None
        assert drawn(Stock(1.0, False), balance(Stock(1.0, False), [])) is None

    def test_it_shows_what_is_missing_and_marks_both_axes(self):
        stock = Stock(10.0, False, lasts=6 * H)
        found = drawn(stock, balance(stock, [takes(1, 15.0, (1, 3)), takes(2, 5.0, (5, 20))]))

        assert found is not None
        assert len(found.missing) == 2  # 15 of 10 until 3 h, and 5 of nothing from 7 h on
        assert [mark.value for mark in found.hours][:2] == [0, 4]
        assert [mark.value for mark in found.amounts] == [0.0, 3.8, 7.5, 11.2, 15.0]
        assert found.there.endswith(f"{found.right},{found.ground}")

    def test_what_is_used_up_rises_and_what_never_ends_is_cut(self):
        stock = Stock(100.0, True, ready=None)
        found = drawn(stock, balance(stock, [takes(1, 10.0, (0, 12), (20, 8760), per_hour=True)]))

        assert found is not None
        assert found.wanted.split()[0] == f"{found.left},{found.ground}"
        assert found.missing
