"""Forms of needs, suppliers' answers and traced disruptions."""

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from wtforms.fields.choices import Choice
from wtforms.validators import StopValidation
from wtforms.widgets import ListWidget, RadioInput

from dependencies.entries import AcceptanceEntry, AlternativeEntry, HandlingEntry, NeedEntry
from dependencies.hits import HitEntry
from dependencies.outcome import HORIZON_H, in_minutes
from dependencies.vocabulary import DependencyKind, Handling, State, Strength, ToleranceBasis
from prepare.forms.fields import Day, Hours, LongText, OneOf, Text, Tick, Version, Whole, Word
from prepare.forms.form import CityForm, required
from prepare.texts import N_, _
from prepare.vocabulary import Confidentiality
from risks.forms import Ticks

MOST_DURATIONS = 8  #: durations of a scenario that are compared


def _answered(_form: CityForm, field: Any) -> None:
    """Validator: a time must be given; one that was typed wrongly keeps its own message."""
    if field.data is None and not field.errors:
        raise StopValidation(_("Say how long you manage without it; 0 when its loss is felt at once."))


_answered.field_flags = {"required": True}  # type: ignore[attr-defined]


def _written(_form: CityForm, field: Any) -> None:
    """Validator: what is hit; a browser must not ask for it, since a whole row may stay empty."""
    if not field.data:
        raise StopValidation(_("This is needed."))


def _lasting(_form: CityForm, field: Any) -> None:
    """Validator: how long the hit lasts; a time that was typed wrongly keeps its own message."""
    if field.data is None and not field.errors:
        raise StopValidation(_("Say for how long, for example 24 h."))


class StrengthField(Word):
    """The strength of a need, each choice with what it means for the function."""

    widget = ListWidget(prefix_label=False)
    option_widget = RadioInput()

    def iter_choices(self) -> Any:
        """The three strengths in the current language."""
        for strength in Strength:
            yield Choice(strength.value, f"{strength.label}. {strength.meaning}", strength is self.data, {})


class NeedForm(CityForm):
    """What a function needs, how long it manages without, and who can provide it."""

    entry_class = NeedEntry

    seen = Version()
    name = Text(
        N_("What do you need?"),
        validators=[required],
        description=N_("In a word or two: “power”, “drinking water”, “user accounts”."),
    )
    kind = Word(N_("What kind of thing is it?"), DependencyKind, validators=[required])
    find = Text(
        N_("Who can provide it?"),
        description=N_("Search by name or code, and tick every function or service that can provide it."),
    )
    search = Tick(N_("Search"))
    suppliers = Ticks(N_("Suppliers"))
    min_required = Whole(
        N_("How many of them are enough?"),
        description=N_("1 when each of them alone is enough; they then replace each other."),
    )
    wished = Whole(
        N_("With how many is everything well?"),
        description=N_("With fewer the function works, but degraded. Leave empty when the number above says it all."),
    )
    strength = StrengthField(N_("What happens when it is missing?"), Strength, blank=None, validators=[required])
    tolerance_h = Hours(
        N_("How long do you manage without it?"),
        validators=[_answered],
        description=N_("As long as you stay at or above your minimum level; 0 when the loss is felt at once."),
    )
    tolerance_basis = Word(N_("What do you know that from?"), ToleranceBasis)
    workaround = LongText(
        N_("How do you manage meanwhile?"),
        longest=4000,
        description=N_("The stock, battery, manual procedure or other way that makes the time above true."),
    )
    note = LongText(N_("Note"), longest=4000)

    def entry(self, held: Iterable[AlternativeEntry] = ()) -> NeedEntry:
        """The form's values as a frozen entry; `held` are the alternatives as they were before."""
        entry: NeedEntry = super().entry()
        before = {alternative.supplier: alternative for alternative in held}
        kind: DependencyKind = self.kind.data
        changed = kind is not first_kind(before.values())
        chosen = []
        for code in self.suppliers.data or ():
            alternative = before.get(code) or AlternativeEntry(supplier=code, kind=kind)
            chosen.append(replace(alternative, kind=kind) if changed else alternative)
        return replace(entry, alternatives=tuple(sorted(chosen, key=lambda alternative: alternative.supplier)))

    def take(self, name: str, value: Any) -> None:
        """Show this value of the entry's field; alternatives stand as suppliers that are ticked, and their kind."""
        if name == "alternatives":
            self.suppliers.process(None, data=[alternative.supplier for alternative in value])
            self.kind.process(None, data=first_kind(value))
        else:
            super().take(name, value)

    def controls(self, name: str) -> list[Any]:
        """The fields on which a person enters this field of the entry."""
        return [self.suppliers, self.kind] if name == "alternatives" else super().controls(name)


def first_kind(alternatives: Iterable[AlternativeEntry]) -> DependencyKind | None:
    """The kind that stands for all alternatives of a need."""
    return next((alternative.kind for alternative in alternatives), None)


class AlternativeForm(CityForm):
    """What is particular to one supplier of a need."""

    entry_class = AlternativeEntry

    seen = Version()
    kind = Word(N_("What kind of thing is it?"), DependencyKind, blank=None)
    extra_tolerance_h = Hours(
        N_("Extra tolerance"),
        description=N_("How much longer you manage when this supplier is the one that was lost. Usually 0."),
    )
    interface = OneOf(
        N_("Interface"),
        blank=N_("No interface"),
        description=N_("Where the dependency crosses to another organisation: who alerts whom, and how."),
    )
    workaround = LongText(N_("What do you do when this supplier is lost?"), longest=4000)
    note = LongText(N_("Note"), longest=4000)
    confidentiality = Word(N_("Confidentiality"), Confidentiality, blank=None)

    def values(self) -> dict[str, Any]:
        """The form's values by the names of the entry's fields; no extra tolerance is none."""
        names = [field.name for field in fields(AlternativeEntry) if field.name in self]
        found = {name: self[name].data or None for name in names}
        return {**found, "extra_tolerance_h": self.extra_tolerance_h.data or 0.0}


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


class AnswerForm(CityForm):
    """The supplier's answer to a dependency."""

    answer = LongText(
        N_("Comment"), longest=4000, description=N_("Asked for when you dispute: what should the consumer correct?")
    )
    agrees = Tick(N_("Confirm"))
    disagrees = Tick(N_("Dispute"))


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
