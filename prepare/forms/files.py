"""The form by which a kept file is fetched."""

from dataclasses import dataclass

from prepare.forms.fields import Text
from prepare.forms.form import CityForm
from prepare.texts import N_


@dataclass(frozen=True, kw_only=True)
class FetchEntry:
    """What a kept file is fetched for."""

    purpose: str | None = None  #: asked for when the file is confidential


class FetchForm(CityForm):
    """What a kept file is fetched for."""

    entry_class = FetchEntry

    purpose = Text(
        N_("What you need it for"),
        description=N_("Needed for a confidential file; it is written into the trail."),
    )
