"""The form of the risk scale."""

from dataclasses import fields
from typing import Any

from wtforms import FieldList, Form, FormField

from prepare.errors import RuleBroken
from prepare.forms.fields import LongText, Number, Text, Tick, Version, Whole
from prepare.forms.form import CityForm
from prepare.texts import N_
from risks.entries.scales import ScaleEntry
from risks.matrix import MOST, Step
from risks.models.scales import STEP_COLUMNS

AXES = ("likelihoods", "impacts")


class StepRow(Form):
    """One step of impact: its name and what it means. An empty row is no step."""

    name_fi = Text(N_("Name in Finnish"))
    name_sv = Text(N_("Name in Swedish"))
    name_en = Text(N_("Name in English"))
    meaning_fi = LongText(N_("Meaning in Finnish"), longest=1000)
    meaning_sv = LongText(N_("Meaning in Swedish"), longest=1000)
    meaning_en = LongText(N_("Meaning in English"), longest=1000)

    @property
    def step(self) -> Step:
        """The step as it was entered."""
        given: dict[str, Any] = {name: self[name].data or None for name in STEP_COLUMNS if name in self}
        return Step(**{**given, "name_fi": self.name_fi.data or ""})


class LikelihoodRow(StepRow):
    """One step of likelihood, with how often it means."""

    rarest_years = Number(N_("At least once in so many years"))
    commonest_years = Number(N_("At most once in so many years"))


class ScaleForm(CityForm):
    """The risk scale: the steps of likelihood and impact, and where the levels begin."""

    entry_class = ScaleEntry

    seen = Version()
    likelihoods = FieldList(FormField(LikelihoodRow), N_("Steps of likelihood"), min_entries=MOST, max_entries=MOST)
    impacts = FieldList(FormField(StepRow), N_("Steps of impact"), min_entries=MOST, max_entries=MOST)
    moderate = Whole(N_("Moderate from the score"))
    significant = Whole(N_("Significant from the score"))
    critical = Whole(N_("Critical from the score"))
    guard_from = Whole(
        N_("Guard for rare and grave events, from the likelihood"),
        description=N_("From this step on the gravest impact is never below significant. Empty: no guard."),
    )
    preview = Tick(N_("See what would change"))

    def entry(self) -> ScaleEntry:
        """The form's values as a frozen entry; empty rows at the end are no steps."""
        given: dict[str, Any] = {f.name: self[f.name].data for f in fields(ScaleEntry) if f.name not in AXES}
        return ScaleEntry(**given, likelihoods=_steps(self.likelihoods), impacts=_steps(self.impacts))

    def controls(self, name: str) -> list[Any]:
        """The fields on which a person enters this field of the entry."""
        return list(self[name]) if name in AXES else super().controls(name)

    def _show(self, rule: RuleBroken) -> None:
        """A rule that names a row's field is told at that row."""
        axis, _dash, place = (rule.field or "").partition("-")
        if axis not in AXES:
            super()._show(rule)
        elif not place:
            self.form_errors.append(rule.text())
        else:
            row, _dash, column = place.partition("-")
            broken = self[axis][int(row)].form[column]
            broken.errors = [*broken.errors, rule.text()]
            self[axis].errors = [one.errors for one in self[axis]]


def _steps(rows: FieldList) -> tuple[Step, ...]:
    steps = [row.form.step for row in rows]
    while steps and steps[-1] == Step():
        steps.pop()
    return tuple(steps)
