"""The form of a run of a scenario that is stored."""

from dependencies.entries.needs import RunEntry
from prepare.forms.fields import Text
from prepare.forms.form import CityForm, required
from prepare.texts import N_


class RunForm(CityForm):
    """What a run of a scenario is stored for."""

    entry_class = RunEntry

    purpose = Text(
        N_("What is it stored for?"),
        validators=[required],
        description=N_("The report or decision that rests on it: “Continuity report for the board, autumn 2026”."),
    )
