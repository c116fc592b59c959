"""The form in which the reason for a step is given."""

from prepare.forms.fields import LongText
from prepare.forms.form import CityForm, required
from prepare.texts import N_
from risks.entries.reasons import ReasonEntry


class ReasonForm(CityForm):
    """Why something is closed, cancelled or taken up again."""

    entry_class = ReasonEntry

    state_reason = LongText(
        N_("Reason"), longest=4000, validators=[required], description=N_("Others will ask for it later.")
    )
