"""Forms of the preparedness guidance and of the answers to it."""

from wtforms.widgets import ListWidget, RadioInput

from prepare.checks import Check
from prepare.entries import AnswerEntry, ChapterEntry, GuidanceVersionEntry, IssueEntry, RequirementEntry
from prepare.forms.fields import Day, LongText, OneOf, Text, Tick, Version, Whole, Word
from prepare.forms.form import CityForm, required
from prepare.forms.several import Ticks, Words
from prepare.texts import N_
from prepare.vocabulary import AnswerStatus, Confidentiality, Criticality, Dimension


class ShownWord(Word):
    """One word of a short vocabulary, all of it shown with a button before each."""

    widget = ListWidget(prefix_label=False)
    option_widget = RadioInput()


class GuidanceVersionForm(CityForm):
    """A version of the guidance: its number, and what is new in it."""

    entry_class = GuidanceVersionEntry

    seen = Version()
    number = Text(N_("Version"), longest=20, validators=[required], description=N_("As 2.0 or 2.1."))
    summary = LongText(
        N_("What is new"), longest=4000, description=N_("Two or three sentences for those who know the last version.")
    )


class AddGuidanceForm(GuidanceVersionForm):
    """A new version, and the city that issues it."""

    organisation = OneOf(N_("For whom"), blank=None)


class IssueForm(CityForm):
    """From which day a version is valid."""

    entry_class = IssueEntry

    valid_from = Day(
        N_("Valid from"), validators=[required], description=N_("On this day it takes the place of the one in force.")
    )


class ChapterForm(CityForm):
    """A chapter of the guidance."""

    entry_class = ChapterEntry

    seen = Version()
    rank = Whole(N_("Place in the text"), description=N_("Empty puts it at the end."))
    title_fi = Text(N_("Title in Finnish"), validators=[required])
    title_sv = Text(N_("Title in Swedish"))
    title_en = Text(N_("Title in English"))
    text_fi = LongText(N_("Text in Finnish"), description=N_("An empty line begins a new paragraph."))
    text_sv = LongText(N_("Text in Swedish"))
    text_en = LongText(N_("Text in English"))
    confidentiality = Word(N_("Confidentiality"), Confidentiality, blank=None)
    secrecy_basis = Text(N_("Legal basis of secrecy"))
    out_of_use = Tick(N_("Left out of this version"))


class RequirementForm(CityForm):
    """A requirement: what is required, of whom, and how it is followed."""

    entry_class = RequirementEntry

    seen = Version()
    dimension = Word(N_("Dimension"), Dimension, blank=None)
    text_fi = LongText(N_("Text in Finnish"), longest=2000, validators=[required])
    text_sv = LongText(N_("Text in Swedish"), longest=2000)
    text_en = LongText(N_("Text in English"), longest=2000)
    classes = Words(
        N_("Only those who keep functions of these classes"), Criticality, description=N_("None ticked means all.")
    )
    sectors = Ticks(N_("Only these organisations"), description=N_("None ticked means all."))
    automatic = Word(N_("What the register counts"), Check, blank=N_("Nothing: only the answer tells"))
    basis = Text(N_("Basis"), description=N_("A law, a standard or a decision of the city."))
    cycle_months = Whole(N_("Looked at again after, in months"), description=N_("Empty means that one answer will do."))
    confidentiality = Word(N_("Confidentiality"), Confidentiality, blank=None)
    secrecy_basis = Text(N_("Legal basis of secrecy"))
    out_of_use = Tick(N_("Left out of this version"))


class AnswerForm(CityForm):
    """What an organisation says of a requirement."""

    entry_class = AnswerEntry

    seen = Version()
    status = ShownWord(N_("How is the requirement met?"), AnswerStatus, blank=None)
    evidence = LongText(
        N_("What shows it"),
        longest=4000,
        description=N_("A decision, a document or an exercise, so that others find it."),
    )
    comment = LongText(
        N_("Comment"),
        longest=4000,
        description=N_("What is missing, or why the requirement does not concern you."),
    )
    another = Tick(N_("Save and go to the next open one"))
