"""Forms of exercises, their injects and what is measured in them."""

from continuity.entries.exercises import EvaluationEntry, ExerciseEntry, HoldingEntry, InjectEntry, MeasurementEntry
from continuity.vocabulary.exercises import ExerciseKind
from prepare.forms.fields import Day, Hours, LongText, OneOf, Text, Version, Whole, Word
from prepare.forms.form import CityForm, required
from prepare.forms.moments import When
from prepare.forms.several import Ticks
from prepare.texts import N_
from prepare.vocabulary import Confidentiality
from risks.forms.measures import Codes

NO_NAMES = N_("Roles, not persons.")


class ExerciseForm(CityForm):
    """An exercise: when and how it is held, what it tests, and who takes part."""

    entry_class = ExerciseEntry

    seen = Version()
    name_fi = Text(N_("Name in Finnish"), validators=[required])
    name_sv = Text(N_("Name in Swedish"))
    name_en = Text(N_("Name in English"))
    kind = Word(N_("Kind of exercise"), ExerciseKind, blank=None)
    planned_on = Day(N_("Planned for"))
    starts_at = When(
        N_("Start on the clock of the exercise"),
        description=N_("Hour 0 of the injects, as 31.12.2026 9.00. It need not be the hour at which people meet."),
    )
    scenario = OneOf(
        N_("Scenario"),
        blank=N_("None"),
        description=N_("With a scenario the injects can be made from its cascade."),
    )
    objectives = LongText(
        N_("Objectives"), longest=4000, description=N_("What is to be seen or decided, so that one can say afterwards.")
    )
    lead_role = Text(N_("Leader (role)"), description=NO_NAMES)
    participants = Ticks(
        N_("Participants"),
        description=N_("Whose plans, functions and interfaces are tested takes part without being ticked."),
    )
    plans = Codes(N_("Plans that are tested"), longest=400, description=N_("Codes with commas: PL-01, PL-12."))
    functions = Codes(
        N_("Functions that are tested"), longest=400, description=N_("Codes with commas: F-VES-04, F-ENE-01.")
    )
    interfaces = Codes(
        N_("Interfaces that are tested"), longest=400, description=N_("Codes with commas: IF-07, IF-14.")
    )
    confidentiality = Word(N_("Confidentiality"), Confidentiality, blank=None)
    secrecy_basis = Text(N_("Legal basis of secrecy"))


class AddExerciseForm(ExerciseForm):
    """A new exercise and who arranges it."""

    organisation = OneOf(N_("Who arranges it?"), blank=None)


class HoldingForm(CityForm):
    """That an exercise was held."""

    entry_class = HoldingEntry

    held_on = Day(N_("Held on"), validators=[required])
    headcount = Whole(N_("People who took part"), description=N_("Empty when nobody counted."))


class EvaluationForm(CityForm):
    """What an exercise taught."""

    entry_class = EvaluationEntry

    conclusion = LongText(
        N_("What was learnt"),
        longest=4000,
        description=N_(
            "Whether the objectives were met, in a few sentences. Single gaps are recorded as observations."
        ),
    )
    report_ref = Text(N_("Report"), description=N_("Where the report is kept, as a case number."))


class InjectForm(CityForm):
    """What is put before those who take part."""

    entry_class = InjectEntry

    seen = Version()
    at_h = Hours(
        N_("Hour"), validators=[required], description=N_("Hours from the start of the scenario, as 0 or 12.5.")
    )
    happens = LongText(N_("What happens?"), longest=4000, validators=[required])
    function = Text(N_("Function"), 20, description=N_("Code of the function that fails, as F-VES-04."))
    noticed_by = LongText(N_("Who notices it?"), longest=2000, description=NO_NAMES)
    decision = LongText(N_("Expected decision"), longest=4000, description=N_("What is to be decided or done."))
    channel = Text(
        N_("Channel"), description=N_("How it is told to those who take part, as “Call to the person on duty”.")
    )


class MeasurementForm(CityForm):
    """In how many hours a function was running again."""

    entry_class = MeasurementEntry

    function = OneOf(N_("Function"), blank=None, validators=[required])
    achieved_recovery_h = Hours(
        N_("Measured recovery time"),
        validators=[required],
        description=N_("From the failure until it ran at its minimum level again."),
    )
    how_measured = LongText(
        N_("How it was measured"), longest=2000, description=N_("From what to what, and who took the time.")
    )
