"""The form of the impact grid."""

from wtforms import Form, FormField, SelectField
from wtforms.fields.choices import SelectChoice

from prepare.criticality import BANDS, STEP_MESSAGES, proposal
from prepare.entries import ImpactEntry, ImpactRow
from prepare.errors import RuleBroken
from prepare.forms.fields import Hours, LongText, Tick, Version, Word
from prepare.forms.form import CityForm
from prepare.texts import N_, _
from prepare.vocabulary import ImpactCategory


class Row(Form):
    """One impact category: its seven steps, each chosen from 1 to 5, and a note."""

    note = LongText(N_("Note"), longest=2000)


for _band in BANDS:
    _steps = [SelectChoice(value=str(step), label=str(step)) for step in STEP_MESSAGES]
    setattr(Row, _band.code, SelectField(_band.message, choices=[SelectChoice(value="", label="–"), *_steps]))


class ImpactForm(CityForm):
    """The impact grid: six categories by seven time bands, and what a grid to begin with is proposed from."""

    entry_class = ImpactEntry

    seen = Version()
    worst = Word(N_("Which category suffers worst?"), ImpactCategory)
    mtpd_h = Hours(N_("Maximum tolerable period of disruption (MTPD)"))
    propose = Tick(N_("Propose the grid"))
    check = Tick(N_("Check the grid"))

    @property
    def rows(self) -> list[FormField]:
        """The rows of the grid, in the order of the categories."""
        return [self[category.value] for category in ImpactCategory]

    def entry(self) -> ImpactEntry:
        """The grid as it was given; 0 where no step was chosen."""
        return ImpactEntry(**{category.value: self._row(self[category.value]) for category in ImpactCategory})

    def _row(self, row: FormField) -> ImpactRow:
        return ImpactRow(tuple(_step(row[band.code].data) for band in BANDS), row["note"].data or None)

    def take(self, name: str, value: ImpactRow) -> None:
        """Show this row of one category."""
        for band, step in zip(BANDS, value.steps, strict=True):
            self[name][band.code].process(None, data=str(step or ""))
        self[name]["note"].process(None, data=value.note)

    def fill(self, entry: ImpactEntry) -> None:
        """Show this grid."""
        for category in ImpactCategory:
            self.take(category.value, getattr(entry, category.value))

    def fill_proposal(self) -> bool:
        """Show the grid that the worst category and the MTPD propose; gives whether both were given."""
        self.validate()
        worst, mtpd_h = self.worst.data, self.mtpd_h.data
        if not self.worst.errors and worst is None:
            self.worst.errors = [_("Choose the category that suffers worst.")]
        if not self.mtpd_h.errors and not mtpd_h:
            self.mtpd_h.errors = [_("Give the MTPD; it must be longer than 0 h.")]
        if self.worst.errors or self.mtpd_h.errors or worst is None or not mtpd_h:
            return False
        self.fill(ImpactEntry.of(proposal(worst, mtpd_h), self.entry().notes))
        return True

    def _show(self, rule: RuleBroken) -> None:
        """A rule that names a cell is told at that cell."""
        row, _dash, band = (rule.field or "").partition("-")
        if band and row in self:
            place = self[row][band]
            place.errors = [*place.errors, rule.text()]
        else:
            super()._show(rule)


def _step(typed: str | None) -> int:
    """The step that was chosen; what is no step of the list counts as none."""
    return int(typed) if typed and typed in {str(step) for step in STEP_MESSAGES} else 0


for _category in ImpactCategory:
    setattr(ImpactForm, _category.value, FormField(Row, _category.message))
