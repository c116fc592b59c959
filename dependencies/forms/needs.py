"""Forms of needs and their suppliers."""

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from wtforms.fields.choices import Choice
from wtforms.validators import StopValidation
from wtforms.widgets import ListWidget, RadioInput

from dependencies.entries.needs import AlternativeEntry, NeedEntry
from dependencies.vocabulary import DependencyKind, Strength, ToleranceBasis
from prepare.forms.fields import Hours, LongText, OneOf, Text, Tick, Version, Whole, Word
from prepare.forms.form import CityForm, required
from prepare.forms.several import Ticks
from prepare.texts import N_, _
from prepare.vocabulary import Confidentiality


def _answered(_form: CityForm, field: Any) -> None:
    """Validator: a time must be given; one that was typed wrongly keeps its own message."""
    if field.data is None and not field.errors:
        raise StopValidation(_("Say how long you manage without it; 0 when its loss is felt at once."))


_answered.field_flags = {"required": True}  # type: ignore[attr-defined]


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
