"""The form of a resource."""

from prepare.criticality import BANDS
from prepare.entries import ResourceEntry
from prepare.forms.fields import Hours, LongText, Number, OneOf, Text, Tick, Version, Word
from prepare.forms.form import CityForm, required
from prepare.texts import N_
from prepare.vocabulary import ResourceKind


class ResourceForm(CityForm):
    """What a function needs of one resource, in normal times and at its minimum level."""

    entry_class = ResourceEntry

    seen = Version()
    kind = Word(N_("Kind"), ResourceKind, validators=[required])
    name = Text(
        N_("Name"),
        validators=[required],
        description=N_("As your people call it: “Nurses on the night shift”, “Diesel for the generator”."),
    )
    normal_qty = Number(N_("Normal quantity"))
    minimum_qty = Number(N_("Minimum quantity"), description=N_("With less the minimum service level is not reached."))
    unit = Text(N_("Unit"), longest=40, description=N_("Persons, litres, pieces …"))
    needed_from_band = OneOf(
        N_("Needed from"),
        description=N_("When the outage has lasted this long, the function can no longer do without it."),
    )
    stock_lasts_h = Hours(
        N_("The stock lasts"),
        description=N_("At the minimum level, without a new delivery. Leave empty for what is not used up."),
    )
    alternative = LongText(
        N_("What stands in for it?"),
        longest=2000,
        description=N_("Another person, place or way of working when it is lost, and who decides on it."),
    )
    another = Tick(N_("Save and add another"))

    def offer_bands(self) -> None:
        """Let the time bands be chosen."""
        self.needed_from_band.offer([(band.code, band.label) for band in BANDS])
