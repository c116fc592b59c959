"""Forms of residents' input."""

from prepare.forms.fields import Day, LongText, Number, OneOf, Text, Version, Whole, Word
from prepare.forms.form import CityForm, required
from prepare.texts import N_
from prepare.vocabulary import Confidentiality
from risks.entries.inputs import InputEntry
from risks.vocabulary.inputs import InputSource
from risks.vocabulary.safety import Theme


class InputForm(CityForm):
    """What residents said, and what became of it."""

    entry_class = InputEntry

    seen = Version()
    name = Text(N_("What was asked or said?"), validators=[required], description=N_("One sentence, without persons."))
    source = Word(N_("How were residents heard?"), InputSource)
    held_on = Day(N_("Day"), validators=[required])
    area = OneOf(N_("Area"), blank=N_("Whole city"))
    theme = Word(N_("Theme"), Theme)
    participants = Whole(N_("Answers or participants"), description=N_("How many; empty means unknown."))
    question = Text(
        N_("Question"),
        description=N_("The same words each time: then the answers can be compared over years and areas."),
    )
    value = Number(N_("Value"), description=N_("The mean or the share, as 3,8."))
    unit = Text(N_("Unit"), 40, description=N_("As “of 5” or “%”."))
    description = LongText(N_("What residents said"), longest=8000)
    latitude = Number(N_("Latitude (degrees)"), description=N_("As 60,17; only for a place on a map."))
    longitude = Number(N_("Longitude (degrees)"), description=N_("As 24,94."))
    used_in = Text(
        N_("Used in"), 20, description=N_("Code of the plan, priority, phenomenon or measure; empty means not yet.")
    )
    used_how = LongText(N_("How it was used"), longest=2000, description=N_("What changed because of it."))
    confidentiality = Word(N_("Confidentiality"), Confidentiality, blank=None)
    secrecy_basis = Text(N_("Legal basis of secrecy"))


class AddInputForm(InputForm):
    """New input and the organisation that keeps it."""

    organisation = OneOf(N_("Organisation"), blank=None, description=N_("Everything below it reads the input."))
