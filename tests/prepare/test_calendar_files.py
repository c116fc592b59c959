"""Calendar files: what RFC 5545 asks of them, and that no text of a person gets out of its place."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from prepare import calendar_files
from prepare.calendar_files import Day, escaped, folded

AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
BAND = Day(
    "a-1@prepare",
    date(2028, 2, 29),
    "Päättyy: A-01; vesi, sähkö",
    "Kumppani: Naapuri\nMK 1/2026",
    "https://x.example/a",
)


def test_a_calendar_is_written_as_the_standard_asks():
    made = calendar_files.written([BAND], title="Sopimukset", at=AT).decode()

    assert made == "".join(
        f"{line}\r\n"
        for line in (
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//prepare//continuity and preparedness//EN",
            "CALSCALE:GREGORIAN",
            "METHOD:PUBLISH",
            "X-WR-CALNAME:Sopimukset",
            "BEGIN:VEVENT",
            "UID:a-1@prepare",
            "DTSTAMP:20261121T093000Z",
            "DTSTART;VALUE=DATE:20280229",
            "DTEND;VALUE=DATE:20280301",  # the day after a leap day
            "TRANSP:TRANSPARENT",
            "SUMMARY:Päättyy: A-01\\; vesi\\, sähkö",
            "DESCRIPTION:Kumppani: Naapuri\\nMK 1/2026",
            "URL:https://x.example/a",
            "END:VEVENT",
            "END:VCALENDAR",
        )
    )


def test_a_day_without_text_and_address_has_no_such_lines():
    made = calendar_files.written([Day("b", date(2026, 1, 1), "x")], title="", at=AT).decode()

    assert "DESCRIPTION" not in made
    assert "URL" not in made


def test_a_text_that_looks_like_a_property_stays_a_text():
    assert escaped("x\r\nEND:VEVENT\rATTENDEE:y\n\\z") == "x\\nEND:VEVENT\\nATTENDEE:y\\n\\\\z"
    assert escaped("a\x00b\u2028c\x85d") == "abcd"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_line_is_folded_at_75_octets_and_put_together_again_unchanged(text):
    parts = folded(f"SUMMARY:{escaped(text)}")

    assert all(len(part.encode()) <= calendar_files.LONGEST for part in parts)
    assert all(part.startswith(" ") for part in parts[1:])
    assert "".join([parts[0], *(part[1:] for part in parts[1:])]) == f"SUMMARY:{escaped(text)}"
    assert not {"\r", "\n"} & set("".join(parts))


def test_a_long_line_goes_on_below_and_no_letter_is_cut_in_two():
    # 74 letters of one octet, and ä of two octets: it does not fit any more.
    assert folded(f"{'x' * 74}äy") == ["x" * 74, " äy"]
