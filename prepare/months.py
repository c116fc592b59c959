"""Counting in months, as reviews, exercises and meetings do."""

from calendar import monthrange
from datetime import date


def months_after(day: date, months: int) -> date:
    """The day so many months later, or earlier when the number is negative.

    A day that the month does not have becomes its last one: a month after 31.1. is 28.2.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
