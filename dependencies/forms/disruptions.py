"""Forms that ask for a disruption, a moment of it, or how long it lasts."""

from typing import Any

from wtforms.validators import StopValidation

from dependencies.hits import HitEntry
from dependencies.outcome import HORIZON_H, in_minutes
from dependencies.vocabulary import State
from prepare.forms.fields import Hours, OneOf, Text, Word
from prepare.forms.form import CityForm
from prepare.texts import N_, _

MOST_DURATIONS = 8  #: durations of a scenario that are compared


def _written(_form: CityForm, field: Any) -> None:
    """Validator: what is hit; a browser must not ask for it, since a whole row may stay empty."""
    if not field.data:
        raise StopValidation(_("This is needed."))


def _lasting(_form: CityForm, field: Any) -> None:
    """Validator: how long the hit lasts; a time that was typed wrongly keeps its own message."""
    if field.data is None and not field.errors:
        raise StopValidation(_("Say for how long, for example 24 h."))


class TraceForm(CityForm):
    """What is to be traced: a scenario, or a function and for how long it is out."""

    class Meta(CityForm.Meta):
        """The form only asks, so it needs no token."""

        csrf = False

    scenario = OneOf(N_("Scenario"))
    function = Text(N_("Function or service"), description=N_("Its code, or a word of its name."))
    hours = Hours(N_("Out for"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Without a scenario both the function and a time within a year are needed."""
        valid = super().validate(extra_validators)
        if not valid or self.scenario.data:
            return bool(valid)
        if not self.function.data:
            self.function.errors = [_("This is needed.")]
        if self.hours.data is None or not 0 < self.hours.data <= HORIZON_H:
            self.hours.errors = [_("Give a time of at least a minute and at most a year.")]
        return not (self.function.errors or self.hours.errors)


class HitForm(CityForm):
    """One row of what is supposed to be hit."""

    entry_class = HitEntry

    class Meta(CityForm.Meta):
        """The form only asks, so it needs no token."""

        csrf = False

    function = Text(N_("Function or service"), validators=[_written])
    start_h = Hours(N_("Begins at hour"))
    lasts_h = Hours(N_("Out for"), validators=[_lasting])
    state = Word(N_("What happens"), State, blank=None)

    @property
    def is_blank(self) -> bool:
        """Whether nothing has been written on the row."""
        return not any((field.raw_data or [""])[0].strip() for field in (self.function, self.lasts_h, self.start_h))

    def values(self) -> dict[str, Any]:
        """The row by the names of the entry's fields; no hour of beginning is the start."""
        found = {"function": str(self.function.data or "").strip().upper(), "start_h": self.start_h.data or 0.0}
        return {**found, "lasts_h": self.lasts_h.data or 0.0, "state": self.state.data or State.DOWN}

    def entry(self) -> HitEntry:
        """The row as a frozen entry."""
        return HitEntry(**self.values())


class MomentForm(CityForm):
    """The hour of a disruption at which somebody wants to see it; none for its whole course."""

    class Meta(CityForm.Meta):
        """The form only asks, so it needs no token."""

        csrf = False

    at = Hours(N_("At hour"))

    def minute(self) -> int | None:
        """The chosen minute from the start, if it is one within a year; what is wrong stands in the errors."""
        if not self.validate():
            return None
        minute = in_minutes(self.at.data)
        if minute is not None and minute >= HORIZON_H * 60:
            self.at.errors = [_("Give an hour within a year.")]
            return None
        return minute


class DurationsForm(CityForm):
    """Which scenario is tried at other durations, and at which."""

    class Meta(CityForm.Meta):
        """The form only asks, so it needs no token."""

        csrf = False

    scenario = OneOf(N_("Scenario"), blank=None)
    hours = Text(N_("Durations to compare"), description=N_("In hours, with a blank between: 24 72 96 120."))
    longest_h = Hours(
        N_("Longest duration"), description=N_("Tipping points are looked for up to this. Usually twice.")
    )
    durations: tuple[float, ...] = ()

    def validate(self, extra_validators: Any = None) -> bool:
        """Durations lie between a minute and a year; at most eight are compared."""
        valid = super().validate(extra_validators)
        words = str(self.hours.data or "").replace(";", " ").split()
        try:
            self.durations = tuple(float(word.rstrip(",").replace(",", ".")) for word in words)
        except ValueError:
            self.hours.errors = [_("Give hours as numbers, with a blank between.")]
            return False
        asked = (*self.durations, *([] if self.longest_h.data is None else [self.longest_h.data]))
        if not all(1 / 60 <= one <= HORIZON_H for one in asked) or len(self.durations) > MOST_DURATIONS:
            self.hours.errors = [_("Give at most eight times of at least a minute and at most a year.")]
            return False
        return bool(valid)
