"""Forms of the risk register."""

from collections.abc import Callable, Sequence
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
from risks.entries.risks import RiskEntry
from risks.vocabulary.risks import Confidence, RiskState, Treatment, Trend


class Step(SelectField):
    """A step from 1 to 5 with its meaning in words."""

    def __init__(self, label: str, meaning: Callable[[int], str], **more: Any) -> None:
        super().__init__(label, coerce=int, validate_choice=False, **more)
        self.meaning = meaning

    def process_data(self, value: int | None) -> None:
        """Show the stored step; None is no choice."""
        self.data = value

    def iter_choices(self) -> Any:
        """No choice, then the five steps in the current language."""
        yield Choice("", _("Not chosen"), self.data is None, {})
        for step in matrix.STEPS:
            yield Choice(str(step), f"{step} {self.meaning(step)}", step == self.data, {})

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Take the chosen step."""
        if valuelist:
            if valuelist[0] and valuelist[0] not in {str(step) for step in matrix.STEPS}:
                raise ValueError(_("Choose one from the list."))
            self.data = int(valuelist[0]) if valuelist[0] else None

    def pre_validate(self, form: object) -> None:
        """The step was checked when it was read."""


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
    likelihood = Step(N_("Likelihood"), matrix.likelihood_label)
    impact = Step(N_("Impact"), matrix.impact_label)
    trend = Word(N_("Trend"), Trend)
    confidence = Word(N_("Confidence of the assessment"), Confidence)
    existing_controls = LongText(
        N_("Existing controls"), longest=4000, description=N_("What already holds the risk down.")
    )
    treatment = Word(N_("Treatment"), Treatment)
    residual_likelihood = Step(N_("Likelihood after treatment"), matrix.likelihood_label)
    residual_impact = Step(N_("Impact after treatment"), matrix.impact_label)
    accepted_by = Text(N_("Accepted by"), description=N_("A role or a body, as “Executive director of the sector”."))
    accepted_on = Day(N_("Accepted on"))
    accepted_reason = LongText(N_("Reason for acceptance"), longest=4000)
    accepted_until = Day(N_("Accepted until"), description=N_("After this day the risk must be decided on anew."))
    state = Word(N_("Status"), RiskState, blank=None)
    next_review = Day(N_("Next review"))
    confidentiality = Word(N_("Confidentiality"), Confidentiality, blank=None)
    secrecy_basis = Text(N_("Legal basis of secrecy"))

    def entry(self) -> RiskEntry:
        """The form's values as a frozen entry."""
        entry: RiskEntry = super().entry()
        return replace(entry, functions=tuple(self.functions.data or ()))


class AddRiskForm(RiskForm):
    """A new risk and the organisation that owns it."""

    organisation = OneOf(N_("Organisation"), validators=[required])
