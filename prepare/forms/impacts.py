"""The form of the impact grid."""

from wtforms import Form, FormField, SelectField
from wtforms.fields.choices import SelectChoice

from prepare.criticality import BANDS, STEP_MESSAGES, Impacts, Notes, proposal
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

    version = Version()
    worst = Word(N_("Which category suffers worst?"), ImpactCategory)
    mtpd_h = Hours(N_("Maximum tolerable period of disruption (MTPD)"))
    propose = Tick(N_("Propose the grid"))
    check = Tick(N_("Check the grid"))

    @property
    def rows(self) -> list[FormField]:
        """The rows of the grid, in the order of the categories."""
        return [self[category.value] for category in ImpactCategory]

    def impacts(self) -> Impacts:
        """The steps that were given: category → seven steps, 0 where none was chosen."""
        return {
            category: tuple(_step(self[category.value][band.code].data) for band in BANDS)
            for category in ImpactCategory
        }

    def notes(self) -> Notes:
        """The notes that were given: category → note."""
        return {category: note for category in ImpactCategory if (note := self[category.value]["note"].data)}

    def fill(self, impacts: Impacts, notes: Notes | None = None) -> None:
        """Show these steps, and these notes if they are given."""
        for category, steps in impacts.items():
            for band, step in zip(BANDS, steps, strict=True):
                self[category.value][band.code].data = str(step)
        for category, note in (notes or {}).items():
            self[category.value]["note"].data = note

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
        self.fill(proposal(worst, mtpd_h))
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
