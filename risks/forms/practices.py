"""Forms of good practices."""

from prepare.forms.fields import Day, LongText, OneOf, Text, Tick, Version, Word
from prepare.forms.form import CityForm, required
from prepare.forms.several import Words
from prepare.texts import N_
from prepare.vocabulary import Confidentiality
from risks.entries.practices import PracticeEntry, UseEntry
from risks.vocabulary.safety import Theme


class PracticeForm(CityForm):
    """A good practice: what was done, with which result, under which conditions."""

    entry_class = PracticeEntry

    seen = Version()
    name_fi = Text(N_("Name in Finnish"), validators=[required])
    name_sv = Text(N_("Name in Swedish"))
    name_en = Text(N_("Name in English"))
    context = LongText(N_("Starting point"), longest=4000, description=N_("Where, for whom, and what the trouble was."))
    done = LongText(N_("What was done"), longest=8000)
    result = LongText(N_("Result"), longest=4000, description=N_("What changed, in figures where there are any."))
    conditions = LongText(
        N_("Conditions"), longest=4000, description=N_("What it asks for, and where it does not work.")
    )
    contact_role = Text(N_("Contact (role)"), description=N_("Who tells more: a role, not a person."))
    themes = Words(N_("Themes"), Theme)
    threat = OneOf(N_("Threat"))
    shareable = Tick(
        N_("Share with other municipalities"),
        description=N_("Readers of every municipality in this installation see it. Only what is public can be shared."),
    )
    retired = Tick(N_("Out of use"), description=N_("It is no longer recommended; it stays readable here."))
    confidentiality = Word(N_("Confidentiality"), Confidentiality, blank=None)
    secrecy_basis = Text(N_("Legal basis of secrecy"))


class AddPracticeForm(PracticeForm):
    """A new good practice and the organisation that keeps it."""

    organisation = OneOf(N_("Organisation"), blank=None)


class AdoptionForm(CityForm):
    """Taking a good practice into use."""

    entry_class = UseEntry

    organisation = OneOf(N_("Organisation"), blank=None)
    adopted_on = Day(N_("Taken into use on"), validators=[required])
    comment = LongText(
        N_("How it is applied"),
        longest=2000,
        description=N_(
            "Your own municipality sees it. Of another one's practice its keeper sees only that you use it."
        ),
    )
