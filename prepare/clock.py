"""The only place that reads the time; everything else is told."""

import os
from datetime import UTC, date, datetime, time
from time import monotonic
from zoneinfo import ZoneInfo

HELSINKI = ZoneInfo("Europe/Helsinki")


def now() -> datetime:
    """This moment, in UTC."""
    if fixed := os.environ.get("PREPARE_NOW"):
        return datetime.fromisoformat(fixed).astimezone(UTC)
    return datetime.now(UTC)


def today() -> date:
    """Today's date in Finland."""
    return now().astimezone(HELSINKI).date()


def begins(day: date) -> datetime:
    """The moment, in UTC, at which a day begins in Finland; a day there has 23, 24 or 25 hours."""
    return datetime.combine(day, time.min, HELSINKI).astimezone(UTC)


def at(day: date, hour: int, minute: int) -> datetime:
    """The moment, in UTC, at which a clock in Finland shows this time of the day."""
    return datetime.combine(day, time(hour, minute), HELSINKI).astimezone(UTC)


def day_of(moment: datetime) -> date:
    """The day in Finland on which a moment lies."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(HELSINKI).date()


def elapsed_s() -> float:
    """Seconds since some fixed moment, for measuring how long something takes."""
    return monotonic()
