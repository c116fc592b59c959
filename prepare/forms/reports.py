"""Forms of rounds of workbooks and of the schedules by which they are made."""

from typing import Any

from prepare.errors import RuleBroken
from prepare.forms.accounts import OWN_NAMES
from prepare.forms.fields import LongText, OneOf, Text, Tick, Version, Whole, Word
from prepare.forms.form import CityForm, required
from prepare.forms.several import Ticks
from prepare.scheduling import Rhythm, RoundEntry, ScheduleEntry, problems, round_problems
from prepare.texts import N_
from prepare.vocabulary import Confidentiality


class Languages(Ticks):
    """One or several of the languages of the service, each by its own name."""

    def __init__(self, label: str, **more: Any) -> None:
        super().__init__(label, **more)
        self.offer(OWN_NAMES)


class RoundForm(CityForm):
    """Which workbooks are made in one go, and for whom."""

    entry_class = RoundEntry

    organisation = OneOf(
        N_("Organisation"),
        blank=None,
        validators=[required],
        description=N_("Every organisation with functions at or below this one gets a workbook."),
    )
    languages = Languages(N_("Languages of the workbooks"))
    variant = Word(
        N_("Variant"),
        Confidentiality,
        blank=None,
        description=N_("A lower variant leaves out what is more confidential and says how much was left out."),
    )
    purpose = Text(
        N_("What they are for"),
        validators=[required],
        description=N_("As: round of the guidance, spring 2027. It is written into the trail."),
    )
    recipients = LongText(
        N_("Who gets them"),
        longest=2000,
        description=N_("Roles, names or addresses. Nothing is sent; it is kept with the reports."),
    )

    def broken(self) -> list[RuleBroken]:
        """What the wish breaks, told beside the fields."""
        return round_problems(self.entry())


class ScheduleForm(CityForm):
    """What is made by itself, how often and for whom."""

    entry_class = ScheduleEntry

    seen = Version()
    name = Text(N_("Name"), validators=[required])
    kind = OneOf(N_("What is made"), blank=None, validators=[required])
    languages = Languages(N_("Languages"))
    variant = Word(N_("Variant"), Confidentiality, blank=None)
    rhythm = Word(N_("How often"), Rhythm, blank=None)
    day = Whole(
        N_("Which day"),
        description=N_(
            "Of the week from 1, Monday, to 7, Sunday; of the month from 1 to 28. Not needed for every day."
        ),
    )
    purpose = Text(N_("What they are for"), validators=[required])
    recipients = LongText(
        N_("Who gets them"),
        longest=2000,
        description=N_("Roles, names or addresses. Nothing is sent; it is kept with the reports."),
    )
    is_on = Tick(N_("It is on"))

    def broken(self) -> list[RuleBroken]:
        """What the schedule breaks, told beside the fields."""
        return problems(self.entry())


class AddScheduleForm(ScheduleForm):
    """A new schedule, and for which organisation."""

    organisation = OneOf(N_("Organisation"), blank=None, validators=[required])
