"""Fields: lenient about how Finns write, strict about what is stored."""

import time
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from wtforms import Form
from wtforms.fields.core import UnboundField

from prepare.forms.fields import (
    DATE,
    DECIMAL,
    DURATION,
    SEEN,
    UNSTORABLE,
    WHOLE,
    Day,
    Hours,
    LongText,
    ManyOf,
    Number,
    OneOf,
    Percent,
    Text,
    Tick,
    Whole,
    Word,
    YesNo,
    clean,
)
from prepare.texts import GROUPS, speaking
from prepare.vocabulary import Confidentiality, Criticality


class Posted(dict):
    """What a browser sends, as WTForms wants it."""

    def getlist(self, name):
        return self.get(name, [])


class Sheet(Form):
    """One field of each kind."""

    line = Text("Line", longest=10)
    lines = LongText("Lines", longest=20)
    hours = Hours("Hours")
    number = Number("Number")
    percent = Percent("Percent")
    whole = Whole("Whole")
    day = Day("Day")
    word = Word("Word", Criticality)
    must = Word("Must", Confidentiality, blank=None)
    one = OneOf("One")
    many = ManyOf("Many")
    answer = YesNo("Answer")
    tick = Tick("Tick")


def typed(**texts):
    """The form after somebody has typed these texts."""
    sheet = Sheet(Posted({"must": ["public"]} | {name: [text] for name, text in texts.items()}))
    sheet.one.offer([("a", "A"), ("b", "B")])
    sheet.many.offer([("a", "A"), ("b", "B")])
    sheet.validate()
    return sheet


def read(name, text):
    """What the field makes of the text, and the sentences with which it refuses it."""
    field = typed(**{name: text})[name]
    return field.data, list(field.errors)


def refused(name, text):
    """The one sentence with which the field refuses the text."""
    with speaking("en"):
        _data, (sentence,) = read(name, text)
    return sentence


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("4", 4),
        ("0,5", 0.5),
        ("0.5", 0.5),
        ("30 min", 0.5),
        ("30min", 0.5),
        ("3 d", 72),
        ("2 vrk", 48),
        ("2 dygn", 48),
        ("1 vk", 168),
        ("1,5 pv", 36),
        ("6 H", 6),
        ("6 t", 6),
        ("6 tim", 6),
        ("  8  ", 8),
        ("0", 0),
        ("12\N{NO-BREAK SPACE}h", 12),
        ("\N{FULLWIDTH DIGIT FOUR}", 4),
        ("1 000", 1000),
        ("1\N{NO-BREAK SPACE}234,5", 1234.5),
        ("1\N{NARROW NO-BREAK SPACE}200 h", 1200),
        ("1 200 min", 20),
        ("100 000", 100_000),
    ],
)
def test_e15_a_duration_is_understood_as_people_write_it(text, hours):
    assert read("hours", text) == (hours, [])


@pytest.mark.parametrize(
    "text",
    [
        "four",
        "-4",
        "4 x",
        "1e9",
        "nan",
        "inf",
        "NaN h",
        "4,5,6",
        "4 h 30 min",
        "10000000000",
        "½",
        "10²",
        "1 00",
        "12 34",
        "1 2345",
        "1 234 56",
        "1000 000",
        "1,234.5",
        "٤",
    ],
)
def test_a_duration_that_is_not_understood_is_refused_with_examples(text):
    assert refused("hours", text) == "Give a duration in hours, as 4 or 0,5; 30 min and 3 d are understood too."


@pytest.mark.parametrize("text", ["100 001", "999999999", "5000 vk"])
def test_a_duration_that_nobody_can_mean_is_refused(text):
    assert refused("hours", text) == "Give at most 100,000 hours."


@pytest.mark.parametrize("name", ["number", "percent", "whole"])
def test_every_number_may_stand_in_groups_of_three_digits(name):
    assert read(name, " 1 234 ") == (1234, [])
    assert read(name, "1\N{NO-BREAK SPACE}234\N{NO-BREAK SPACE}567") == (1_234_567, [])


def test_a_minus_sign_is_understood_in_both_ways_of_writing():
    assert read("number", "\N{MINUS SIGN}1 234,5") == read("number", "-1234.5") == (-1234.5, [])


NO_FIGURES = ["9" * 400, "1e400", "NaN", "Infinity", "0x1F", "1_000", "1.234,5", "++1", "10²", "=1+1"]


@pytest.mark.parametrize("name", ["hours", "number", "percent", "whole", "day"])
@pytest.mark.parametrize("text", NO_FIGURES)
def test_what_is_no_figure_is_refused(name, text):
    assert refused(name, text).startswith("Give a")


@pytest.mark.parametrize("name", ["hours", "number", "percent", "whole", "day", "word", "one", "answer"])
def test_nothing_typed_means_unknown(name):
    assert read(name, "") == (None, [])


@pytest.mark.parametrize("name", ["hours", "number", "percent", "whole", "day"])
def test_blanks_mean_unknown_too(name):
    assert read(name, "   ") == (None, [])


@given(st.floats(0, 99_999).map(lambda value: round(value, 6)), st.sampled_from(["fi", "sv", "en"]))
@example(1000.0, "en")
@example(0.333333, "fi")
def test_stored_hours_are_shown_so_that_they_are_read_back_alike(value, language):
    with speaking(language):
        shown = Hours("Hours").bind(Form(), "hours").shown(value)

        assert "\N{NO-BREAK SPACE}" not in shown
        assert Hours("Hours").bind(Form(), "hours").read(shown.lower()) == value


@given(st.floats(-99_999, 99_999).map(lambda value: round(value, 6)), st.sampled_from(["fi", "sv", "en"]))
def test_stored_numbers_are_shown_so_that_they_are_read_back_alike(value, language):
    with speaking(language):
        field = Number("Number").bind(Form(), "number")

        assert field.read(field.shown(value)) == value


@given(st.dates(date(1900, 1, 1)), st.sampled_from(["fi", "sv", "en"]))
def test_a_stored_day_is_shown_so_that_it_is_read_back_alike(value, language):
    with speaking(language):
        field = Day("Day").bind(Form(), "day")

        assert field.read(field.shown(value)) == value


@pytest.mark.parametrize(("text", "value"), [("62,5", 62.5), ("62.5 %", 62.5), ("100%", 100), ("0", 0)])
def test_a_percentage_may_carry_its_sign(text, value):
    assert read("percent", text) == (value, [])


@pytest.mark.parametrize(("text", "value"), [("12", 12), (" 0 ", 0), ("-3", -3)])
def test_a_whole_number_is_read(text, value):
    assert read("whole", text) == (value, [])


@pytest.mark.parametrize("text", ["1,5", "1.0", "many", "9999999999", "1e3"])
def test_a_broken_number_is_not_a_whole_one(text):
    assert refused("whole", text) == "Give a whole number, as 12."


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("31.12.2026", date(2026, 12, 31)),
        ("1.2.2026", date(2026, 2, 1)),
        ("2026-02-01", date(2026, 2, 1)),
        ("29.2.2028", date(2028, 2, 29)),
        ("31.12.9999", date(9999, 12, 31)),
    ],
)
def test_a_date_is_read_in_both_ways_of_writing(text, value):
    assert read("day", text) == (value, [])


@pytest.mark.parametrize(
    "text",
    [
        "31.2.2026",
        "12/31/2026",
        "2026-13-01",
        "tomorrow",
        "1.1.26",
        "99.99.9999",
        "29.2.2027",
        "1.1.0000",
        "1.1.0026",
        "0000-00-00",
    ],
)
def test_a_date_that_does_not_exist_is_refused(text):
    assert refused("day", text) == "Give a date, as 31.12.2026."


NUL, SURROGATE, NONCHARACTER = "a\x00b", "a\ud800b", "a\uffffb"
DAMAGED = [
    NUL,
    SURROGATE,
    NONCHARACTER,
    "a\U0001fffeb",
    "a\ufdd0b",
    "bell\x07",
    "esc\x1b[1m",
    "\x7f",
    "\x9b1m",
    "a\ufffdb",
]


@pytest.mark.parametrize("text", DAMAGED)
@pytest.mark.parametrize("name", ["line", "lines"])
def test_characters_that_cannot_be_stored_are_refused_and_shown_where_they_stand(name, text):
    sentence = "The text has characters that cannot be stored. They are shown as \ufffd: remove them and save again."

    assert refused(name, text) == sentence
    assert read(name, text)[0] == UNSTORABLE.sub("\ufffd", text)


@pytest.mark.parametrize("text", ["åäö €", "😀", "עברית", "\N{RIGHT-TO-LEFT OVERRIDE}", "a\tb"])
def test_every_other_character_is_kept(text):
    assert read("line", text) == (text, [])


def test_text_is_stored_composed_with_plain_line_ends_and_without_blanks_around_it():
    assert clean("  a\N{COMBINING DIAERESIS}iti\r\nisä \n") == "äiti\nisä"
    assert read("lines", " yksi\r\nkaksi ") == ("yksi\nkaksi", [])


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_a_line_may_end_in_every_way_and_a_field_of_one_line_has_one(end):
    assert read("lines", f"a{end}b") == ("a\nb", [])
    assert read("line", f"a{end}b") == ("a b", [])


@pytest.mark.parametrize(("name", "longest"), [("line", 10), ("lines", 20)])
def test_text_that_is_too_long_is_refused_and_not_cut(name, longest):
    sheet = typed(**{name: "å" * longest})
    assert not sheet[name].errors

    with speaking("en"):
        sheet = typed(**{name: "å" * (longest + 1)})
    assert sheet[name].errors == [f"Write at most {longest} characters (now {longest + 1})."]
    assert sheet[name].data == "å" * (longest + 1)


def test_a_word_is_taken_from_its_vocabulary_only():
    assert read("word", "K2") == (Criticality.K2, [])
    assert refused("word", "K9") == "Choose one from the list."


@pytest.mark.parametrize("text", ["", "secret"])
def test_a_word_that_must_be_chosen_may_not_be_left_out(text):
    _data, errors = read("must", text)

    assert errors


def test_a_choice_is_one_of_those_offered():
    assert read("one", "b") == ("b", [])
    assert refused("one", "c") == "Choose one from the list."


def test_several_choices_are_of_those_offered():
    sheet = Sheet(Posted(must=["public"], many=["a", "b"]))
    sheet.many.offer([("a", "A"), ("b", "B")])
    sheet.one.offer([])
    assert sheet.validate()

    sheet = Sheet(Posted(must=["public"], many=["a", "x"]))
    sheet.many.offer([("a", "A")])
    sheet.one.offer([])
    assert not sheet.validate()


@pytest.mark.parametrize(("text", "value"), [("yes", True), ("no", False), ("", None)])
def test_not_known_is_an_answer_of_its_own(text, value):
    assert read("answer", text) == (value, [])


def test_another_answer_than_yes_and_no_is_refused():
    assert refused("answer", "maybe") == "Choose one from the list."


def test_the_choices_are_told_in_the_language_that_is_spoken():
    labels = {}
    for code in ("fi", "sv", "en"):
        with speaking(code):
            labels[code] = [str(choice.label) for choice in Sheet().word.iter_choices()]

    assert labels["en"] == ["Not chosen", "K1 Vital", "K2 Critical", "K3 Important", "K4 Other class"]
    assert len({tuple(names) for names in labels.values()}) == 3


@pytest.mark.parametrize("name", [n for n in dir(Sheet) if isinstance(getattr(Sheet, n), UnboundField)])
@pytest.mark.parametrize("letter", ["a", "1", "1,", " ", "é", "\N{SNOWMAN}", "%", "-", "0", "."])
def test_no_field_takes_long_over_a_long_text(name, letter):
    begun = time.process_time()

    typed(**{name: letter * 60_000 + "!"})

    assert time.process_time() - begun < 0.5


@pytest.mark.parametrize("pattern", [UNSTORABLE, DURATION, DECIMAL, WHOLE, DATE, GROUPS, SEEN])
def test_no_pattern_repeats_a_repetition(pattern):
    assert not any(text in pattern.pattern for text in ("+)+", "*)*", "+)*", "*)+", "})+", "})*"))
