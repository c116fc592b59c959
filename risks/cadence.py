"""When a body that meets at intervals must meet next, and whether it has missed that (S002, S003; W16)."""

from collections.abc import Sequence
from datetime import date

from prepare.months import months_after

#: A meeting may be so many months late before it counts as missed.
GRACE_MONTHS = 1


def due_on(cadence_months: int | None, last_held: date | None, appointed_on: date | None) -> date | None:
    """By which day the body meets next: an interval after its last meeting, or after it was appointed.

    None without an interval, and when neither day is known.
    """
    begins = last_held or appointed_on
    return months_after(begins, cadence_months) if cadence_months and begins else None


def is_missed(
    cadence_months: int | None, last_held: date | None, appointed_on: date | None, *, on: date, failed_on: date | None
) -> bool:
    """Whether no meeting was held within the interval and one month (W16).

    The month is for a meeting that is merely late: when one was called and not held, on the day `failed_on` after the
    last that was held, the interval alone counts. A body of which neither a meeting nor its appointment is known has
    missed it: unknown is not fine.
    """
    if not cadence_months:
        return False
    due = due_on(cadence_months, last_held, appointed_on)
    failed = failed_on is not None and (last_held is None or failed_on > last_held)
    return due is None or months_after(due, 0 if failed else GRACE_MONTHS) < on


def months_from(day: date, count: int) -> list[date]:
    """The first days of so many months, from the month of `day` on."""
    return [months_after(day.replace(day=1), number) for number in range(count)]


def expected(
    cadence_months: int | None, due: date | None, planned: Sequence[date], *, on: date, until: date
) -> list[date]:
    """The days up to `until` on which further meetings fall due, counted from the last one that is planned.

    Without a planned one the first falls on the day `due`, or at once, on the day `on`, when that has passed.
    """
    if not cadence_months or due is None:
        return []
    coming = [day for day in planned if day >= on]
    found, at = [], months_after(max(coming), cadence_months) if coming else max(due, on)
    while at <= until:
        found.append(at)
        at = months_after(at, cadence_months)
    return found
