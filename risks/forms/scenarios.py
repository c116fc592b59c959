"""Forms of the scenarios."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from wtforms import Form, FormField, HiddenField

from prepare.errors import RuleBroken
from prepare.forms.fields import Hours, LongText, OneOf, Percent, Text, Tick, Version, Word
from prepare.forms.form import CityForm, required
from prepare.forms.several import Rows, Ticks
from prepare.texts import LOST, N_
from prepare.vocabulary import Confidentiality
from risks.entries.scenarios import HIT_COLUMNS, HitEntry, ScenarioEntry
from risks.vocabulary.scenarios import Effect, Severity

LONGEST_CODE = 20


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
    severity = Word(N_("Class of the situation"), Severity, blank=None)
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
