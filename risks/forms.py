"""Forms of the risk register and of the scenarios."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from wtforms import FieldList, Form, FormField, HiddenField, SelectField
from wtforms.fields.choices import Choice
from wtforms.widgets import CheckboxInput, ListWidget

from prepare.errors import RuleBroken
from prepare.forms.fields import Day, Hours, LongText, ManyOf, OneOf, Percent, Text, Tick, Version, Word
from prepare.forms.form import CityForm, required
from prepare.texts import LOST, N_, _
from prepare.vocabulary import Confidentiality
from risks import matrix
from risks.entries import HIT_COLUMNS, HitEntry, RiskEntry, ScenarioEntry
from risks.vocabulary import Confidence, Effect, RiskState, Severity, Treatment, Trend

LONGEST_CODE = 20
NUMBERED = re.compile("([0-9]{1,3})-.+")


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


class Ticks(ManyOf):
    """Several of choices, each with a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


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


class Chosen(HiddenField):
    """The code of a function that was chosen; what is no code at all counts as an unknown one."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Take the code."""
        if valuelist:
            code = str(valuelist[0])
            self.data = code if len(code) <= LONGEST_CODE and code.isprintable() and LOST not in code else ""


class HitRow(Form):
    """One row: a function that the scenario takes out by itself. A row that is ticked for removal is not looked at."""

    function = Chosen(N_("Function"))
    start_h = Hours(N_("Begins at"))
    duration_h = Hours(N_("Lasts"))
    effect = Word(N_("Effect"), Effect, blank=None)
    capacity_pct = Percent(N_("Capacity left"))
    remove = Tick(N_("Remove this row"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether the row can be read."""
        return bool(self.remove.data or super().validate(extra_validators))


class Rows(FieldList):
    """Rows of a form, by numbers of at most three figures; what is no such number belongs to no row."""

    def _extract_indices(self, prefix: str, formdata: Any) -> Iterator[int]:
        # The library's own takes ² for a figure, and thousands of figures for a number.
        found = (NUMBERED.fullmatch(name.removeprefix(f"{prefix}-")) for name in formdata if name.startswith(prefix))
        yield from (int(match[1]) for match in found if match)


class ScenarioForm(CityForm):
    """A disruption to be traced: what happens, for how long, and which functions fail first."""

    entry_class = ScenarioEntry

    seen = Version()
    name_fi = Text(
        N_("Name in Finnish"), validators=[required], description=N_("What happens, in a few words: “Long power cut”.")
    )
    name_sv = Text(N_("Name in Swedish"))
    name_en = Text(N_("Name in English"))
    description_fi = LongText(
        N_("Description in Finnish"), longest=4000, description=N_("What happens, where, and what is known beforehand.")
    )
    description_sv = LongText(N_("Description in Swedish"), longest=4000)
    description_en = LongText(N_("Description in English"), longest=4000)
    threat = OneOf(N_("Threat"), description=N_("The headings of the national risk assessment, and local additions."))
    area = OneOf(N_("Area"), blank=N_("Whole city"))
    season = Text(N_("Season"), description=N_("When it is worst, if that matters: “January, a cold spell”."))
    severity = Word(N_("Situation"), Severity, blank=None)
    duration_h = Hours(
        N_("How long does it last?"),
        validators=[required],
        description=N_("From the beginning to the end of the disruption itself: 72, or 3 d."),
    )
    hits = Rows(FormField(HitRow), N_("What it hits first"))
    find = Text(N_("Which functions fail by themselves?"), description=N_("Search by name or code."))
    search = Tick(N_("Search"))
    picked = Ticks(N_("Functions that were found"))
    confidentiality = Word(N_("Confidentiality"), Confidentiality, blank=None)
    secrecy_basis = Text(N_("Legal basis of secrecy"))

    @property
    def rows(self) -> list[Any]:
        """The rows that stay when the form is saved, in their order."""
        return [row for row in self.hits if not row.form.remove.data]

    def add_rows(self, codes: Sequence[str]) -> None:
        """Add a row for each of these functions: out from the beginning, for as long as the disruption lasts."""
        for code in codes:
            self.hits.append_entry(HitEntry(function=code, duration_h=self.duration_h.data))

    def entry(self) -> ScenarioEntry:
        """The form's values as a frozen entry; what is down has nothing left unless something is said."""
        entry: ScenarioEntry = super().entry()
        return replace(entry, hits=tuple(_hit(row.form) for row in self.rows))

    def controls(self, name: str) -> list[Any]:
        """The fields on which a person enters this field of the entry."""
        return self.rows if name == "hits" else super().controls(name)

    def _show(self, rule: RuleBroken) -> None:
        """A rule that names a row's field is told at that row."""
        name, _dash, place = (rule.field or "").partition("-")
        if name != "hits":
            super()._show(rule)
        elif not place:
            self.form_errors.append(rule.text())
        else:
            row, _dash, column = place.partition("-")
            broken = self.rows[int(row)].form[column]
            broken.errors = [*broken.errors, rule.text()]
            self.hits.errors = [one.errors for one in self.hits]


def _hit(row: Form) -> HitEntry:
    values = {name: row[name].data for name in HIT_COLUMNS}
    if values["capacity_pct"] is None and values["effect"] is Effect.DOWN:
        values["capacity_pct"] = 0.0
    return HitEntry(function=row.function.data or "", **values)


class AddScenarioForm(ScenarioForm):
    """A new scenario and the organisation that it binds, with everything below it."""

    organisation = OneOf(
        N_("For whom"), blank=None, description=N_("It binds this organisation and everything below it.")
    )
