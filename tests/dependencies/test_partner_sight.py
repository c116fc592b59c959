"""What a partner may know of disruptions, and how its hours are drawn (no database)."""

from types import SimpleNamespace

import pytest

from dependencies import partner_sight
from dependencies.entries.partners import LinkEntry, link_problems
from dependencies.partner_sight import Openness, Span
from dependencies.vocabulary import State
from prepare.texts import speaking
from prepare.vocabulary import Confidentiality

HORIZON = 8760 * 60


def outcome(state, *intervals, degraded=()):
    return SimpleNamespace(state=state, intervals=intervals, degraded=degraded)


@pytest.mark.parametrize(
    ("confidentiality", "told"),
    [
        (Confidentiality.PUBLIC, Openness.NAMED),
        (Confidentiality.INTERNAL, Openness.HOURS),
        (Confidentiality.CONFIDENTIAL, Openness.CLOSED),
    ],
)
def test_a_scenario_is_named_only_when_it_is_public_and_never_told_of_when_it_is_secret(confidentiality, told):
    assert partner_sight.openness(confidentiality) is told


def test_what_a_disruption_leaves_alone_has_no_spans():
    assert partner_sight.spans(None, HORIZON) == ()


def test_outages_and_times_of_partial_work_stand_in_their_order():
    found = partner_sight.spans(outcome(State.DOWN, (120, 240), degraded=((60, 120),)), HORIZON)

    assert found == (Span(60, 120, is_degraded=True), Span(120, 240))
    assert (found[1].start_h, found[1].end_h) == (2, 4)


def test_what_is_never_down_works_in_part():
    assert partner_sight.spans(outcome(State.DEGRADED, (0, 60)), HORIZON) == (Span(0, 60, is_degraded=True),)


def test_what_does_not_come_back_within_a_year_has_no_end():
    found = partner_sight.spans(outcome(State.DOWN, (60, HORIZON)), HORIZON)

    assert found == (Span(60, None),)
    assert found[0].end_h is None


class TestWhatIsToldOfWhoNeedsIt:
    early, late = Span(10, 20), Span(90, 120)

    def test_everything_of_the_partners_own_service(self):
        assert partner_sight.told_of_consumer((), (self.early,), is_own=True) == (self.early,)

    def test_nothing_of_a_function_of_the_city_while_the_supplier_works(self):
        assert partner_sight.told_of_consumer((), (self.early,), is_own=False) == ()

    def test_of_a_function_of_the_city_what_begins_once_the_supplier_has_failed(self):
        failing = (Span(60, 100),)

        assert partner_sight.told_of_consumer(failing, (self.early, self.late), is_own=False) == (self.late,)


def test_a_picture_shows_a_day_at_least_and_else_to_the_last_end():
    assert partner_sight.length_h([]) == 24
    assert partner_sight.length_h([Span(0, 60)]) == 24
    assert partner_sight.length_h([Span(0, 48 * 60)]) == 48
    assert partner_sight.length_h([Span(30 * 60, None)]) == 60


def test_bars_lie_on_the_line_and_can_be_seen():
    whole, end, short = partner_sight.bars([Span(0, 24 * 60), Span(12 * 60, None), Span(24 * 60, 24 * 60 + 1)], 24)

    assert (whole.x, whole.width) == (0, 480)
    assert (end.x, end.width) == (240, 240)
    assert (short.x, short.width) == (478, 2)


def test_the_first_minute_of_several_spans():
    assert partner_sight.first_min([Span(60, 90), Span(5, 6)]) == 5
    assert partner_sight.first_min([]) is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({}, None),
        ({"recipient": "  "}, "recipient"),
        ({"language": "de"}, "language"),
        ({"days": None}, "days"),
        ({"days": 0}, "days"),
        ({"days": 61}, "days"),
    ],
)
def test_a_link_is_for_a_role_in_a_language_of_the_house_for_some_days(changes, field):
    found = link_problems(LinkEntry(**{"recipient": "Päivystäjä", "language": "sv", "days": 14} | changes))

    assert [rule.field for rule in found] == ([field] if field else [])


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (Span(0, 120), "out from 0 h to 2 h"),
        (Span(60, None), "out from 1 h on, not back within a year"),
        (Span(30, 90, is_degraded=True), "in part from 30 min to 1.5 h"),
        (Span(60, None, is_degraded=True), "in part from 1 h on, not back within a year"),
    ],
)
def test_a_span_is_told_as_a_sentence(span, words):
    with speaking("en"):
        assert partner_sight.in_words(span) == words
