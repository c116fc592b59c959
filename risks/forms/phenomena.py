"""Forms of phenomena, their figures and signals."""

from prepare.forms.fields import Day, LongText, Number, OneOf, Text, Tick, Version, Word
from prepare.forms.form import CityForm, required
from prepare.forms.several import Ticks, Words
from prepare.texts import N_
from prepare.vocabulary import Confidentiality
from risks.entries.phenomena import IndicatorEntry, PhenomenonEntry, SignalEntry
from risks.forms.measures import Codes
from risks.vocabulary.phenomena import PhenomenonState, Reliability
from risks.vocabulary.risks import Trend
from risks.vocabulary.safety import Theme


class PhenomenonForm(CityForm):
    """A phenomenon: what happens, where it is going, who follows it and what is done about it."""

    entry_class = PhenomenonEntry

    seen = Version()
    name_fi = Text(N_("Name in Finnish"), validators=[required], description=N_("What happens, in a few words."))
    name_sv = Text(N_("Name in Swedish"))
    name_en = Text(N_("Name in English"))
    description = LongText(
        N_("Description"), longest=4000, description=N_("What it looks like, and how it is noticed.")
    )
    areas = Ticks(N_("Areas"), description=N_("Tick none when it covers the whole city."))
    themes = Words(N_("Themes"), Theme)
    trend = Word(N_("Trend"), Trend, blank=N_("Not known"))
    trend_since = Day(N_("Trend since"), description=N_("Since when it has gone there."))
    owner_role = Text(N_("Followed by"), description=N_("A body or a role, as “Eastern network”."))
    evidence = LongText(
        N_("Evidence"), longest=4000, description=N_("What the assessment rests on, beside figures and signals.")
    )
    measures = Codes(N_("Measures"), longest=400, description=N_("Codes with commas: M-01, M-03."))
    risks = Codes(N_("Risks"), longest=400, description=N_("Codes with commas: R-01, R-14."))
    state = Word(N_("Status"), PhenomenonState, blank=None)
    state_reason = LongText(N_("Reason"), longest=2000, description=N_("Why it is no longer followed."))
    next_review = Day(N_("Next review"))
    confidentiality = Word(N_("Confidentiality"), Confidentiality, blank=None)
    secrecy_basis = Text(N_("Legal basis of secrecy"))


class AddPhenomenonForm(PhenomenonForm):
    """A new phenomenon and the organisation that keeps it."""

    organisation = OneOf(N_("Organisation"), blank=None, description=N_("Everything below it reads the phenomenon."))


class IndicatorForm(CityForm):
    """A figure that shows a phenomenon, on one day."""

    entry_class = IndicatorEntry

    seen = Version()
    name = Text(
        N_("What is counted"),
        validators=[required],
        description=N_("The same words and unit each time: then the figures make up a line."),
    )
    value = Number(N_("Value"), validators=[required])
    unit = Text(N_("Unit"), 40, validators=[required], description=N_("As “reports a month” or “%”."))
    measured_on = Day(N_("Day"), validators=[required], description=N_("The last day of the time that was counted."))
    source = Text(N_("Source"), description=N_("Who counted, and in which system."))


class MendIndicatorForm(IndicatorForm):
    """A figure that is corrected."""

    retired = Tick(N_("Leave the figure out"), description=N_("It was entered wrongly. The history keeps it."))


class SignalForm(CityForm):
    """A signal: what was noticed, when, where, and how far it can be relied on."""

    entry_class = SignalEntry

    seen = Version()
    name = Text(N_("What was noticed?"), validators=[required], description=N_("One sentence, without persons."))
    observed_on = Day(N_("When?"), validators=[required])
    area = OneOf(N_("Where?"), blank=N_("Not known, or the whole city"))
    source = OneOf(N_("From which organisation?"), blank=N_("None of these"))
    source_role = Text(N_("Who told it? (role)"), description=N_("As “Youth worker” or “Shopkeeper”; never a name."))
    reliability = Word(N_("Reliability"), Reliability, blank=N_("Not judged"))
    description = LongText(N_("More about it"), longest=4000)
    phenomenon = OneOf(N_("Phenomenon"), blank=N_("Not linked yet"), description=N_("It can be linked later."))
    confidentiality = Word(N_("Confidentiality"), Confidentiality, blank=None)
    secrecy_basis = Text(N_("Legal basis of secrecy"))


class AddSignalForm(SignalForm):
    """A new signal and the organisation that keeps it."""

    organisation = OneOf(N_("Organisation"), blank=None)
