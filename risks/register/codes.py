"""The next free code of a kind of record."""

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from prepare.db import db


def next_code(code: InstrumentedAttribute[str], mark: str) -> str:
    """The next free code that begins with this mark, as "R-07": at least two figures."""
    return f"{mark}{next_number(code, mark):02}"


def next_number(code: InstrumentedAttribute[str], mark: str) -> int:
    """One more than the highest number that follows this mark in the column of codes."""
    codes = db.session.scalars(select(code).where(code.startswith(mark, autoescape=True)))
    numbers = [int(one.removeprefix(mark)) for one in codes if one.removeprefix(mark).isdecimal()]
    return max(numbers, default=0) + 1
