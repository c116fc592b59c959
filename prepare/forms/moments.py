"""A field for a moment: a day and a time of day in Finland, or a time of today."""

import re
from datetime import date
from typing import Any

from prepare.clock import at, today
from prepare.forms.fields import Day
from prepare.texts import N_, _, moment

TYPED = re.compile(r"(?:(?P<day>[0-9.-]{8,10}) +)?(?:(?:klo|kl) ?)?(?P<hour>[0-9]{1,2})[.:](?P<minute>[0-9]{2})")


class When(Day):
    """A moment, as 31.12.2026 14.30; a time alone, as 14.30, is one of today."""

    wrong = N_("Give a day and a time, as 31.12.2026 14.30, or a time of today, as 14.30.")

    def shown(self, value: Any) -> str:
        """The moment as it is written in the language."""
        return moment(value)

    def read(self, text: str) -> Any:
        """The moment, in UTC."""
        found = TYPED.fullmatch(text)
        if not found or int(found["hour"]) > 23 or int(found["minute"]) > 59:
            raise ValueError(_(self.wrong))
        return at(self._day(found["day"]), int(found["hour"]), int(found["minute"]))

    def _day(self, text: str | None) -> date:
        found: date = super().read(text) if text else today()
        return found
