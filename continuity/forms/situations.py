"""Forms of situations of fast reaction."""

from continuity.entries.situations import (
    AgreementEntry,
    ClosingEntry,
    LogEntry,
    ObservationEntry,
    PresentationEntry,
    SituationEntry,
)
from continuity.vocabulary.situations import ObservationKind, ObservationSeverity, Recipient, Reliability
from prepare.forms.fields import Day, LongText, OneOf, Text, Version, Word
from prepare.forms.form import CityForm, required
from prepare.forms.moments import When
from prepare.forms.several import Words
from prepare.texts import N_
from prepare.vocabulary import Confidentiality
from risks.vocabulary.scenarios import Severity

NO_NAMES = N_("Write nothing of which a suspect, client, pupil or patient can be recognised.")
NOW = N_("Empty means now. As 14.30, or 31.12.2026 14.30.")


class SituationForm(CityForm):
    """A situation: what it is about, since when, and who takes part."""

    entry_class = SituationEntry

    seen = Version()
    title = Text(N_("Title"), validators=[required], description=N_("What is going on, in a few words."))
    situation_class = Word(
        N_("Class of the situation"),
        Severity,
        blank=None,
        description=N_("As somebody competent has stated it. Choosing it here declares nothing."),
    )
    began_at = When(N_("Began"), validators=[required], description=N_("As 14.30 today, or 31.12.2026 14.30."))
    area = OneOf(N_("Area"), blank=N_("Whole city"))
    phenomenon = LongText(N_("What it is about"), longest=4000, description=NO_NAMES)
    scenario = OneOf(
        N_("Scenario"),
        blank=N_("None"),
        description=N_("With a scenario the forecast of its cascade stands beside the log."),
    )
    participants = LongText(
        N_("Participants"), longest=4000, description=N_("Roles and organisations, one on each line; no names.")
    )
    confidentiality = Word(N_("Confidentiality"), Confidentiality, blank=None)
    secrecy_basis = Text(N_("Legal basis of secrecy"))


class OpenSituationForm(SituationForm):
    """A new situation and the city whose it is."""

    organisation = OneOf(
        N_("For whom"), blank=None, description=N_("It binds this organisation and everything below it.")
    )


class LogForm(CityForm):
    """One entry of the picture."""

    entry_class = LogEntry

    text = LongText(N_("What is known?"), longest=4000, validators=[required], description=NO_NAMES)
    source = Text(N_("Source"), description=N_("Who told it: “Police, situation centre”."))
    reliability = Word(N_("Reliability"), Reliability, blank=N_("Not assessed"))
    at = When(N_("Time"), description=NOW)


class AgreementForm(CityForm):
    """A measure that was agreed on."""

    entry_class = AgreementEntry

    text = LongText(N_("What is done?"), longest=2000, validators=[required])
    owner_role = Text(N_("Who carries it out (role)"))
    organisation = OneOf(N_("Organisation"), blank=N_("Not stated"))
    due = Day(N_("By when"))


class PresentationForm(CityForm):
    """To whom a situation was presented."""

    entry_class = PresentationEntry

    presented_to = Words(N_("Presented to"), Recipient)
    presented_at = When(N_("Presented at"), description=NOW)


class ClosingForm(CityForm):
    """The end of a situation."""

    entry_class = ClosingEntry

    closed_at = When(N_("Ended"), description=NOW)
    lessons = LongText(
        N_("Lessons"), longest=4000, description=N_("What went well, what did not, and what surprised us.")
    )


class ObservationForm(CityForm):
    """What worked or was lacking."""

    entry_class = ObservationEntry

    seen = Version()
    text = LongText(N_("What was observed?"), longest=4000, validators=[required], description=NO_NAMES)
    kind = Word(N_("Strength or gap"), ObservationKind, blank=None)
    severity = Word(N_("How much it weighs"), ObservationSeverity, blank=None)
    measure = OneOf(N_("Measure"), blank=N_("None"), description=N_("What mends the gap."))
    no_action_reason = LongText(N_("Why nothing is done"), longest=2000)
    closed_on = Day(N_("Settled on"))
