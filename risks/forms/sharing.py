"""The form with which somebody answers what the source of a copied scenario says otherwise now."""

from prepare.forms.fields import Tick
from prepare.forms.form import CityForm
from prepare.texts import N_


class SourceForm(CityForm):
    """Whether what has changed at the source is taken over, or one's own wording is kept."""

    take = Tick(
        N_("Take over what has changed at the source"),
        description=N_("Without a tick your own wording stays, and the change is not told again."),
    )
