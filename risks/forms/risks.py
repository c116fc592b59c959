"""Forms of the risk register."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from wtforms import SelectField
from wtforms.fields.choices import Choice

from prepare.forms.fields import Day, LongText, OneOf, Text, Version, Word
from prepare.forms.form import CityForm, required
from prepare.forms.several import Ticks
from prepare.texts import N_, _
from prepare.vocabulary import Confidentiality
from risks import matrix
from risks.entries.risks import ReviewEntry, RiskAcceptanceEntry, RiskEntry
from risks.vocabulary.risks import Confidence, Treatment, Trend


class Step(SelectField):
    """A step of the city's risk scale with its meaning in words; the view offers the steps."""

    def __init__(self, label: str, **more: Any) -> None:
        super().__init__(label, coerce=int, validate_choice=False, **more)
        self.steps: Sequence[tuple[int, str]] = ()
        self.process_errors: Sequence[str]

    def offer(self, steps: Sequence[tuple[int, str]]) -> None:
        """Set the steps, each with its words; a sent one that is none of them is refused."""
        self.steps = steps
        chosen = bool(self.raw_data and self.raw_data[0]) and not self.process_errors
        if chosen and self.data not in {step for step, _words in steps}:
            self.process_errors = [_("Choose one from the list.")]

    def process_data(self, value: int | None) -> None:
        """Show the stored step; None is no choice."""
        self.data = value

    def iter_choices(self) -> Any:
        """No choice, then the steps in the current language."""
        yield Choice("", _("Not chosen"), self.data is None, {})
        for step, words in self.steps:
            yield Choice(str(step), f"{step} {words}", step == self.data, {})

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Take the chosen step."""
        if valuelist:
            if valuelist[0] and valuelist[0] not in {str(step) for step in matrix.STEPS}:
                raise ValueError(_("Choose one from the list."))
            self.data = int(valuelist[0]) if valuelist[0] else None

    def pre_validate(self, form: object) -> None:
        """The step was checked when it was read and when the steps were offered."""


class RiskForm(CityForm):
    """A risk: what it is, how grave it is, what is done about it."""

    entry_class = RiskEntry

    seen = Version()
    title_fi = Text(
        N_("Title in Finnish"), validators=[required], description=N_("What may happen, in one short sentence.")
    )
    title_sv = Text(N_("Title in Swedish"))
    title_en = Text(N_("Title in English"))
    cause = LongText(N_("Cause"), longest=4000, description=N_("Why it may happen."))
    event = LongText(N_("Event"), longest=4000, description=N_("What happens."))
    consequence = LongText(
        N_("Consequence"), longest=4000, description=N_("What follows for the functions and for people.")
    )
    threat = OneOf(N_("Threat"), description=N_("The headings of the national risk assessment, and local additions."))
    area = OneOf(N_("Area"), blank=N_("Whole city"))
    scenario = OneOf(N_("Scenario"), description=N_("The disruption in which the risk comes true, if there is one."))
    functions = Ticks(N_("Affected functions"))
    owner_role = Text(N_("Owner (role)"), description=N_("Who answers for the treatment: a role, not a person."))
    inherent_likelihood = Step(N_("Likelihood without controls"))
    inherent_impact = Step(N_("Impact without controls"))
    existing_controls = LongText(
        N_("Existing controls"), longest=4000, description=N_("What already holds the risk down.")
    )
    likelihood = Step(N_("Likelihood"))
    impact = Step(N_("Impact"))
    grounds = LongText(
        N_("Grounds of the assessment"),
        longest=4000,
        description=N_("What the steps rest on: events, figures, an exercise, the judgement of those who know."),
    )
    trend = Word(N_("Trend"), Trend)
    confidence = Word(N_("Confidence of the assessment"), Confidence)
    treatment = Word(
        N_("Treatment"),
        Treatment,
        description=N_("“Accept” is a proposal: the executive director or the city leadership decides on it."),
    )
    residual_likelihood = Step(N_("Likelihood after treatment"))
    residual_impact = Step(N_("Impact after treatment"))
    target_likelihood = Step(N_("Likelihood aimed at"))
    target_impact = Step(N_("Impact aimed at"))
    next_review = Day(
        N_("Next review"),
        description=N_("A critical risk every three months, a significant one every six, a moderate one every year."),
    )
    confidentiality = Word(N_("Confidentiality"), Confidentiality, blank=None)
    secrecy_basis = Text(N_("Legal basis of secrecy"))

    def entry(self) -> RiskEntry:
        """The form's values as a frozen entry."""
        entry: RiskEntry = super().entry()
        return replace(entry, functions=tuple(self.functions.data or ()))


class AddRiskForm(RiskForm):
    """A new risk and the organisation that owns it."""

    organisation = OneOf(N_("Organisation"), validators=[required])


class RiskAcceptanceForm(CityForm):
    """The decision to live with a risk as it is."""

    entry_class = RiskAcceptanceEntry

    accepted_by = Text(
        N_("Decided by"), description=N_("A role or a body with its decision, as “City board § 123, 14.12.2026”.")
    )
    accepted_reason = LongText(
        N_("Reason for acceptance"),
        longest=4000,
        description=N_("Why it is not treated further: what it would cost, what it would change."),
    )
    accepted_until = Day(N_("Accepted until"), description=N_("After this day the risk must be decided on anew."))


class ReviewForm(CityForm):
    """A look at a risk that found nothing to change."""

    entry_class = ReviewEntry

    note = LongText(N_("What was looked at"), longest=4000, description=N_("Who looked at it with you, and at what."))
    next_review = Day(N_("Next review"))
