"""Texts: three languages, figures as officials write them, searching and sorting alike on every database."""

import unicodedata
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepare import clock
from prepare.texts import (
    LANGUAGES,
    N_,
    _,
    catalogue,
    day,
    hours,
    language,
    moment,
    name_of,
    named,
    ngettext,
    number,
    percent,
    search_key,
    sort_key,
    speak,
    speaking,
)

NBSP = "\N{NO-BREAK SPACE}"


def test_a_message_is_told_in_the_language_that_is_spoken():
    told = []
    for code in LANGUAGES:
        with speaking(code):
            told.append(_("Sign out"))

    assert told == ["Kirjaudu ulos", "Logga ut", "Sign out"]


def test_the_language_returns_to_what_it_was_before_the_block():
    with speaking("sv"):
        with speaking("en"):
            pass
        assert language() == "sv"


@pytest.mark.parametrize("code", ["de", "", "FI", "../fi", None])
def test_an_unknown_language_means_finnish(code):
    with speaking("en"):
        speak(code)

        assert language() == "fi"
    with speaking(code):
        assert language() == "fi"


def test_places_in_a_message_are_filled():
    with speaking("en"):
        assert _("A password has at least %(least)s characters.", least=12) == "A password has at least 12 characters."


def test_a_per_cent_sign_without_values_is_just_a_sign():
    assert _("100 % of what nobody has translated") == "100 % of what nobody has translated"
    assert N_("100 %") == "100 %"


def test_an_empty_message_stays_empty_and_never_shows_the_head_of_the_catalogue():
    for code in LANGUAGES:
        with speaking(code):
            assert _("") == ""


def test_a_place_that_is_not_filled_is_an_error_and_not_a_silent_gap():
    with pytest.raises(KeyError):
        _("A password has at least %(least)s characters.", most=3)


def test_one_and_many_are_told_apart():
    with speaking("en"):
        assert [ngettext("%(n)s tree", "%(n)s trees", n) for n in (0, 1, 2)] == ["0 trees", "1 tree", "2 trees"]


def test_finnish_and_swedish_have_catalogues_and_english_needs_none():
    assert len(catalogue("fi")._catalog) > 100
    assert len(catalogue("sv")._catalog) > 100


@pytest.mark.parametrize(
    ("code", "names", "expected"),
    [
        ("sv", ("fi", "sv", "en"), "sv"),
        ("sv", ("fi", None, "en"), "fi"),
        ("sv", (None, None, "en"), "en"),
        ("fi", ("", "sv", None), "sv"),
        ("en", (None, None, None), ""),
    ],
)
def test_a_record_is_named_in_the_language_else_in_finnish_else_in_any(code, names, expected):
    record = SimpleNamespace(**{f"name_{c}": name for c, name in zip(LANGUAGES, names, strict=True)})

    with speaking(code):
        assert name_of(record) == expected


def test_any_text_of_a_record_follows_the_same_order():
    record = SimpleNamespace(description_fi="kuvaus", description_sv=None)

    with speaking("sv"):
        assert named(record, "description") == "kuvaus"
        assert named(record, "title") == ""


@pytest.mark.parametrize(
    ("value", "fi", "sv", "en"),
    [
        (None, "ei tiedossa", "inte känt", "unknown"),
        (0, "0 h", "0 h", "0 h"),
        (0.5, "30 min", "30 min", "30 min"),
        (1.5, "1,5 h", "1,5 h", "1.5 h"),
        (24, "24 h", "24 h", "24 h"),
        (48, "48 h", "48 h", "48 h"),
        (72, "3 vrk", "3 dygn", "3 d"),
        (100, "100 h", "100 h", "100 h"),
        (168, "7 vrk", "7 dygn", "7 d"),
    ],
)
def test_hours_are_written_with_the_unit_that_people_use(value, fi, sv, en):
    written = []
    for code in LANGUAGES:
        with speaking(code):
            written.append(hours(value).replace(NBSP, " "))

    assert written[1:] == [sv, en] or value is None
    assert written[0] == fi or value is None
    if value is None:
        assert written[2] == "unknown"
        assert len(set(written)) == 3


@given(st.floats(0.001, 100_000))
def test_a_duration_is_never_shown_as_nothing_when_it_is_something(value):
    with speaking("en"):
        assert hours(value).split(" ")[0] != "0" or value * 60 < 0.5


@pytest.mark.parametrize(
    ("value", "fi", "en"), [(1234.5, f"1{NBSP}234,5", "1,234.5"), (0.25, "0,2", "0.2"), (-3, "-3", "-3")]
)
def test_numbers_carry_the_decimal_sign_of_the_language(value, fi, en):
    with speaking("fi"):
        assert number(value) == fi
    with speaking("en"):
        assert number(value) == en


def test_a_percentage_has_its_sign_and_an_unknown_one_says_so():
    with speaking("en"):
        assert percent(62.4) == f"62{NBSP}%"
        assert percent(None) == "unknown"


def test_a_date_is_written_as_officials_write_it():
    one = date(2026, 3, 9)

    with speaking("fi"):
        assert day(one) == "9.3.2026"
    with speaking("sv"):
        assert day(one) == "9.3.2026"
    with speaking("en"):
        assert (day(one), day(None)) == ("2026-03-09", "unknown")


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "29.3.2026 02.59"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "29.3.2026 04.00"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "25.10.2026 03.30"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "25.10.2026 03.30"),
        (datetime(2026, 1, 1, 22, 5), "2.1.2026 00.05"),  # noqa: DTZ001 - SQLite gives moments without a zone
    ],
)
def test_a_moment_is_shown_in_finnish_time_over_both_changes_of_the_clock(at, expected):
    with speaking("fi"):
        assert moment(at) == expected


def test_a_moment_or_a_number_that_nobody_knows_says_so():
    with speaking("en"):
        assert (moment(None), number(None)) == ("unknown", "unknown")


def test_today_is_the_finnish_day_even_before_the_utc_day_turns(monkeypatch):
    monkeypatch.setenv("PREPARE_NOW", "2026-06-30T21:30:00+00:00")

    assert clock.today() == date(2026, 7, 1)
    assert clock.now() == datetime(2026, 6, 30, 21, 30, tzinfo=UTC)


def test_swedish_and_finnish_letters_sort_after_z_in_plain_byte_order():
    names = ["Öljy", "Zoo", "Ärla", "apteekki", "Åbo", "Vesi", "äiti", "Wärtsilä", "Éclair", "eläin"]

    names.sort(key=sort_key)

    assert names == ["apteekki", "Éclair", "eläin", "Vesi", "Wärtsilä", "Zoo", "Åbo", "äiti", "Ärla", "Öljy"]
    assert sorted(map(sort_key, names)) == sorted(map(sort_key, names), key=str.encode)


@given(st.text(max_size=300))
def test_composed_and_decomposed_capital_and_small_letters_search_and_sort_alike(text):
    decomposed, composed = unicodedata.normalize("NFD", text), unicodedata.normalize("NFC", text)

    assert search_key(decomposed) == search_key(composed)
    assert sort_key(decomposed) == sort_key(composed)
    assert search_key(search_key(text)) == search_key(text)
    assert len(sort_key(text)) <= 200


def test_blanks_around_and_between_words_do_not_matter_for_searching():
    assert search_key("  ÄÄNI\t\n torvi ") == "ääni torvi"
