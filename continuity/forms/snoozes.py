"""The form by which a finding is put aside."""

from continuity.entries.snoozes import SnoozeEntry
from prepare.forms.fields import Day, LongText
from prepare.forms.form import CityForm, required
from prepare.texts import N_


class SnoozeForm(CityForm):
    """Why a finding can wait, and until when."""

    entry_class = SnoozeEntry

    reason = LongText(N_("Why it can wait"), longest=2000, validators=[required])
    until = Day(N_("Put aside until"), validators=[required], description=N_("At most a year ahead."))
