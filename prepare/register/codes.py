"""The next free code of a kind of record."""

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from prepare.db import db


def next_code(code: InstrumentedAttribute[str], mark: str, *, figures: int = 2) -> str:
    """The next free code that begins with this mark, as "R-07": at least so many figures."""
    return f"{mark}{next_number(code, mark):0{figures}}"


def next_number(code: InstrumentedAttribute[str], mark: str) -> int:
    """One more than the highest number that follows this mark in the column of codes.

    Whoever adds ten thousand records asks as often: the last of the longest codes is the highest, unless it is
    filled up with zeros or is no number, and only then all are read.
    """
    codes = select(code).where(code.startswith(mark, autoescape=True))
    longest = db.session.scalar(codes.order_by(func.length(code).desc(), code.desc()).limit(1))
    held = [longest or ""] if _is_plain((longest or "").removeprefix(mark)) else db.session.scalars(codes)
    numbers = [int(one.removeprefix(mark)) for one in held if one.removeprefix(mark).isdecimal()]
    return max(numbers, default=0) + 1


def _is_plain(text: str) -> bool:
    """Whether it is a number without zeros before it."""
    return text.isascii() and text.isdecimal() and not text.startswith("0")
