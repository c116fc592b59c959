"""Days as a calendar file that every calendar program reads (RFC 5545): what it says, escaped and folded."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

MIME = "text/calendar"
LONGEST = 75  #: octets of a line, without its end
PRODUCT = "-//prepare//continuity and preparedness//EN"
#: What has a meaning of its own in a text; the backslash is doubled before the others.
ESCAPED = (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\r", "\\n"), ("\n", "\\n"))


@dataclass(frozen=True)
class Day:
    """A whole day in a calendar: `uid` tells it from every other, and stays the same when the day is moved."""

    uid: str
    on: date
    title: str
    text: str = ""
    url: str = ""


def written(days: Iterable[Day], *, title: str, at: datetime) -> bytes:
    """The calendar of these days, made at the moment `at`; the same days and moment give the same bytes."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines.append(f"X-WR-CALNAME:{escaped(title)}")
    stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    for day in days:
        lines += _event(day, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in folded(line)).encode()


def _event(day: Day, stamp: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(day.uid)}"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{day.on:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day.on + timedelta(days=1):%Y%m%d}"
    yield "TRANSP:TRANSPARENT"  # a day to know of takes no time from the others
    yield f"SUMMARY:{escaped(day.title)}"
    if day.text:
        yield f"DESCRIPTION:{escaped(day.text)}"
    if day.url:
        yield f"URL:{_on_one_line(day.url)}"
    yield "END:VEVENT"


def escaped(text: str) -> str:
    """A text as it stands in a calendar: nothing in it can end its line or begin another property."""
    for sign, safe in ESCAPED:
        text = text.replace(sign, safe)
    return _on_one_line(text)


def _on_one_line(text: str) -> str:
    return "".join(sign for sign in text if sign >= " " and sign not in "\x7f\x85\u2028\u2029")


def folded(line: str) -> list[str]:
    """A line in parts of at most 75 octets, the later ones beginning with a space; no letter is cut in two."""
    parts, part = [], ""
    for sign in line:
        if len(f"{part}{sign}".encode()) > LONGEST:
            parts.append(part)
            part = " "
        part += sign
    return [*parts, part]
