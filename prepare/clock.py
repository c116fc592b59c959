"""The only place that reads the time; everything else is told."""

import os
from datetime import UTC, date, datetime
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
