"""Forms of national programmes, objectives and programmes across sectors."""

from dataclasses import replace
from typing import Any

from wtforms import Form, FormField

from prepare.errors import RuleBroken
from prepare.forms.fields import Day, LongText, Number, OneOf, Text, Tick, Version, Whole, Word
from prepare.forms.form import CityForm, required
from prepare.forms.several import Rows, Ticks, Words
from prepare.texts import N_
from prepare.vocabulary import Confidentiality
from risks.entries.safety import LINE_COLUMNS, LineEntry, NationalProgrammeEntry, ObjectiveEntry, ProgrammeEntry
from risks.vocabulary.safety import ProgrammeState, SafetyEffect, TargetGroup, Theme

EMPTY_ROWS = 3  #: rows for new lines that a fresh form offers


class LineRow(Form):
    """One line of a national programme. A row that is ticked for removal is not looked at."""

    mark = Text(N_("Number"), longest=20)
    name_fi = Text(N_("In Finnish"))
    name_sv = Text(N_("In Swedish"))
    name_en = Text(N_("In English"))
    remove = Tick(N_("Remove this row"))

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in the row."""
        return not any(self[name].data for name in LINE_COLUMNS)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether the row can be read."""
        return bool(self.remove.data or super().validate(extra_validators))


class NationalProgrammeForm(CityForm):
    """A national programme: who issued it, for how long it holds, and the lines that plans may answer to."""

    entry_class = NationalProgrammeEntry

    seen = Version()
    name_fi = Text(N_("Name in Finnish"), validators=[required])
    name_sv = Text(N_("Name in Swedish"))
    name_en = Text(N_("Name in English"))
    issued_by = Text(N_("Issued by"), description=N_("The government, a ministry or another authority."))
    valid_from = Day(N_("Valid from"))
    valid_to = Day(N_("Valid to"), description=N_("Leave empty when it holds until further notice."))
    themes = Words(N_("Themes"), Theme)
    summary = LongText(N_("What it means for the city"), longest=4000)
    reference = Text(N_("Where it is to be read"), description=N_("Its number in the series, or an address."))
    lines = Rows(FormField(LineRow), N_("Lines and proposals"))
    out_of_use = Tick(N_("Out of use"), description=N_("It is no longer offered to plans; what answers to it stays."))

    def offer_rows(self) -> "NationalProgrammeForm":
        """Let a fresh form have empty rows for new lines."""
        if not self.is_typed:
            for _row in range(EMPTY_ROWS):
                self.lines.append_entry()
        return self

    @property
    def rows(self) -> list[Any]:
        """The rows that stay when the form is saved, in their order."""
        return [row for row in self.lines if not row.form.remove.data and not row.form.is_empty]

    def entry(self) -> NationalProgrammeEntry:
        """The form's values as a frozen entry."""
        entry: NationalProgrammeEntry = super().entry()
        return replace(entry, lines=tuple(_line(row.form) for row in self.rows))

    def controls(self, name: str) -> list[Any]:
        """The fields on which a person enters this field of the entry."""
        return self.rows if name == "lines" else super().controls(name)

    def _show(self, rule: RuleBroken) -> None:
        """A rule that names a row's field is told at that field."""
        name, _dash, place = (rule.field or "").partition("-")
        if name != "lines":
            super()._show(rule)
            return
        row, _dash, column = place.partition("-")
        broken = self.rows[int(row)].form[column]
        broken.errors = [*broken.errors, rule.text()]
        self.lines.errors = [one.errors for one in self.lines]


def _line(row: Form) -> LineEntry:
    return LineEntry(mark=row.mark.data or "", **{name: row[name].data or None for name in LINE_COLUMNS[1:]})


class AddNationalProgrammeForm(NationalProgrammeForm):
    """A new national programme, and the organisation that keeps it with everything below it."""

    organisation = OneOf(N_("For whom"), blank=None)


class ObjectiveForm(CityForm):
    """An objective of a council term and how far it has come."""

    entry_class = ObjectiveEntry

    seen = Version()
    name_fi = Text(
        N_("Objective in Finnish"), validators=[required], description=N_("What is better when the term ends.")
    )
    name_sv = Text(N_("Objective in Swedish"))
    name_en = Text(N_("Objective in English"))
    term_from = Whole(N_("Council term from"), description=N_("A year, as 2025."))
    term_to = Whole(N_("Council term to"), description=N_("A year, as 2029."))
    theme = Word(N_("Theme"), Theme)
    indicator = Text(N_("Indicator"), description=N_("What is measured or asked, by whom and how often."))
    unit = Text(N_("Unit"), description=N_("As %, or “per 1,000 residents”."))
    baseline = Number(N_("Figure at the beginning"))
    target = Number(N_("Target"))
    latest = Number(N_("Latest figure"))
    latest_on = Day(N_("Day of the latest figure"))
    document_ref = Text(N_("Decision or document"), description=N_("Where the council's own wording stands."))
    out_of_use = Tick(N_("Out of use"), description=N_("It is no longer offered to plans; what serves it stays."))


class AddObjectiveForm(ObjectiveForm):
    """A new objective, and the organisation whose council set it."""

    organisation = OneOf(N_("For whom"), blank=None)


class ProgrammeForm(CityForm):
    """A programme across sectors: about what, where, for whom, by whom and when."""

    entry_class = ProgrammeEntry

    seen = Version()
    name_fi = Text(N_("Name in Finnish"), validators=[required])
    name_sv = Text(N_("Name in Swedish"))
    name_en = Text(N_("Name in English"))
    description = LongText(N_("What is done"), longest=4000)
    themes = Words(N_("Themes"), Theme)
    areas = Ticks(N_("Areas"), description=N_("Tick none when it covers the whole city."))
    target_groups = Words(N_("Target groups"), TargetGroup)
    organisations = Ticks(N_("Responsible organisations"))
    owner_role = Text(N_("Owner (role)"), description=N_("Who answers for the programme: a role, not a person."))
    period_from = Day(N_("Begins"))
    period_to = Day(N_("Ends"))
    effect = Word(N_("Effect on safety"), SafetyEffect)
    state = Word(N_("Status"), ProgrammeState, blank=None)
    budget_ref = Text(N_("Budget"), description=N_("Where in the budget it stands."))
    document_ref = Text(N_("Decision or document"))
    confidentiality = Word(N_("Confidentiality"), Confidentiality, blank=None)
    secrecy_basis = Text(N_("Legal basis of secrecy"))


class AddProgrammeForm(ProgrammeForm):
    """A new programme and the organisation that keeps it."""

    organisation = OneOf(
        N_("Organisation"), blank=None, description=N_("What the city keeps, all of its sectors read.")
    )
