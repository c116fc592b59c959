"""The form in which the interfaces of a risk are chosen."""

from dependencies.entries.needs import AffectedEntry
from prepare.forms.fields import Version
from prepare.forms.form import CityForm
from prepare.forms.several import Ticks
from prepare.texts import N_


class AffectedForm(CityForm):
    """The interfaces that a risk affects."""

    entry_class = AffectedEntry

    seen = Version()
    interfaces = Ticks(N_("Affected interfaces"))

    def entry(self) -> AffectedEntry:
        """The chosen codes as a frozen entry."""
        return AffectedEntry(interfaces=tuple(sorted(self.interfaces.data or ())))
