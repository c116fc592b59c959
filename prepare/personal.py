"""Finnish personal identity codes: what is about people who are served or suspected is kept elsewhere, never here.

The form of the code: day, month, year, a sign for the century, a number and a check character. Source: decree
128/2010 on the population information system, with the signs added by decree 690/2022.
"""

import re
from datetime import date

#: The sign after the date → the century.
CENTURIES = dict.fromkeys("+", 1800) | dict.fromkeys("-YXWVU", 1900) | dict.fromkeys("ABCDEF", 2000)
CHECKS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
#: Dashes that a word processor puts in place of a hyphen.
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"
CODE = re.compile(
    rf"(?<![0-9A-Za-z])([0-9]{{2}})([0-9]{{2}})([0-9]{{2}})([-+A-FU-Ya-fu-y{DASHES}])([0-9]{{3}})([0-9A-Ya-y])"
    r"(?![0-9A-Za-z])"
)


def identity_code(text: str) -> str | None:
    """The first valid personal identity code in the text as it stands there, or None.

    A code is valid when its day exists, its number is 002 to 999 and its check character is right; a case number or
    a telephone number that only looks alike is none.
    """
    return next((found[0] for found in CODE.finditer(text) if _is_valid(found)), None)


def masked(text: str) -> str:
    """The text with the end of every valid code hidden: 131052-****."""
    return CODE.sub(lambda found: f"{found[0][:7]}****" if _is_valid(found) else found[0], text)


def _is_valid(found: re.Match[str]) -> bool:
    day, month, year, sign, number, check = found.groups()
    century = CENTURIES["-" if sign in DASHES else sign.upper()]
    try:
        date(century + int(year), int(month), int(day))
    except ValueError:
        return False
    return int(number) >= 2 and CHECKS[int(day + month + year + number) % 31] == check.upper()
