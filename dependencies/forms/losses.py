"""Forms by which is decided what becomes of a single point of failure."""

from typing import Any

from dependencies.entries.needs import AcceptanceEntry, HandlingEntry
from dependencies.vocabulary import Handling
from prepare.forms.fields import Day, LongText, Text, Version, Word
from prepare.forms.form import CityForm
from prepare.texts import N_


class Decided(Word):
    """What the unit may decide: everything but to accept, which is the city leadership's."""

    def iter_choices(self) -> Any:
        """The vocabulary in the current language, without acceptance unless that is what holds."""
        held = self.data is Handling.ACCEPTED
        return (choice for choice in super().iter_choices() if held or choice.value != Handling.ACCEPTED.value)


class HandlingForm(CityForm):
    """What the unit decides about the loss of a function that others cannot do without."""

    entry_class = HandlingEntry

    seen = Version()
    handling = Decided(
        N_("What has been decided?"),
        Handling,
        description=N_("A boundary node lies outside what the city can double, as the national grid does."),
    )
    measure = LongText(N_("What is done about it?"), longest=4000)
    owner_role = Text(N_("Who answers for it (role)"))
    holds_until = Day(
        N_("In force by, or looked at again by"), description=N_("After this day nothing counts as decided any more.")
    )
    reason = LongText(N_("Reason"), longest=4000, description=N_("Asked for when it is a boundary node."))


class AcceptanceForm(CityForm):
    """The city leadership's acceptance of the loss of a function as it is."""

    entry_class = AcceptanceEntry

    seen = Version()
    reason = LongText(N_("Why can the city live with it?"), longest=4000)
    holds_until = Day(N_("Accepted until"), description=N_("After this day it must be decided on anew."))
