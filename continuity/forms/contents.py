"""Forms of what stands in a version of a plan: a section's text, strategies, cards, level tasks and documents."""

from dataclasses import replace
from typing import Any

from wtforms import Form, FormField

from continuity.carding import in_order
from continuity.entries.contents import (
    CardEntry,
    CardTaskEntry,
    DocumentEntry,
    LevelTaskEntry,
    SectionEntry,
    StrategyEntry,
)
from continuity.vocabulary.contents import LostResource, PreparednessLevel
from prepare.errors import RuleBroken
from prepare.forms.fields import Hours, LongText, OneOf, Text, Tick, Version, Whole, Word
from prepare.forms.form import CityForm, required
from prepare.forms.several import Rows, Ticks
from prepare.texts import N_

#: A section may be as long as a document of its own: more than a megabyte.
LONGEST_SECTION = 1_200_000
#: Empty rows that a page offers below the steps that are there.
SPARE = 4


class SectionForm(CityForm):
    """One section of a plan."""

    entry_class = SectionEntry
    keeps_draft = True

    seen = Version()
    text = LongText(N_("Text"), longest=LONGEST_SECTION)
    finished = Tick(N_("The section is finished"))


class StrategyForm(CityForm):
    """How the functions carry on when something is lost."""

    entry_class = StrategyEntry
    keeps_draft = True

    seen = Version()
    lost_resource = Word(N_("What is lost"), LostResource, validators=[required])
    text = LongText(N_("How we carry on"), longest=8000, validators=[required])
    covers_h = Hours(
        N_("How long it lasts"), description=N_("Leave empty if nobody knows: unknown is told as unknown.")
    )
    resources = Ticks(N_("Resources of the register"))
    reference = Text(N_("What it rests on"), description=N_("A dependency, an agreement or a decision, by its number."))


class CardTaskRow(Form):
    """A step of a card; a row without words is no step."""

    place = Whole(N_("Order"))
    within_min = Whole(N_("Within (min)"))
    who = Text(N_("Who (role)"))
    what = Text(N_("What is done"), longest=1000)


class CardForm(CityForm):
    """An action card with its steps."""

    entry_class = CardEntry
    keeps_draft = True

    seen = Version()
    title = Text(N_("Title of the card"), validators=[required], description=N_("What has happened, in a few words."))
    role = Text(N_("Who holds the card"), description=N_("A role, not a person."))
    lost_resource = Word(N_("What is lost"), LostResource)
    function = OneOf(N_("Function"), blank=N_("All functions of the plan"))
    tasks = Rows(FormField(CardTaskRow), N_("Steps"))

    def add_spare(self) -> None:
        """Number the steps that are there, and offer empty rows below them."""
        for at, row in enumerate(self.tasks, start=1):
            if row.form.what.data and not self.is_typed:
                row.form.place.process(None, at * 10)
        filled = [row for row in self.tasks if row.form.what.data]
        for _place in range(SPARE - (len(self.tasks) - len(filled))):
            self.tasks.append_entry(CardTaskEntry(what=""))

    def entry(self) -> CardEntry:
        """The form's values as a frozen entry, the steps in the order that was given."""
        entry: CardEntry = super().entry()
        rows = [(row.form.place.data, _task(row.form)) for row in self.tasks if row.form.what.data]
        return replace(entry, tasks=in_order(rows))

    def controls(self, name: str) -> list[Any]:
        """The fields on which a person enters this field of the entry."""
        return list(self.tasks) if name == "tasks" else super().controls(name)

    def _show(self, rule: RuleBroken) -> None:
        """A rule on the steps is told above the form, since no single field holds them."""
        if rule.field == "tasks":
            self.form_errors.append(rule.text())
        else:
            super()._show(rule)


def _task(row: Form) -> CardTaskEntry:
    return CardTaskEntry(what=row.what.data, who=row.who.data or None, within_min=row.within_min.data)


class LevelTaskForm(CityForm):
    """A task of a preparedness level."""

    entry_class = LevelTaskEntry
    keeps_draft = True

    seen = Version()
    level = Word(N_("Preparedness level"), PreparednessLevel, validators=[required])
    task = LongText(N_("Task"), longest=4000, validators=[required])
    role = Text(N_("Who answers for it"), description=N_("A role, not a person."))
    trigger = LongText(
        N_("What starts it"), longest=2000, description=N_("A decision or an event, if the level alone does not.")
    )
    within_h = Hours(N_("Within how many hours"), description=N_("From the decision to raise preparedness."))


class DocumentForm(CityForm):
    """A document that belongs to the plan."""

    entry_class = DocumentEntry

    seen = Version()
    title = Text(N_("Title"), validators=[required])
    kept_at = Text(
        N_("Where it is kept"),
        validators=[required],
        description=N_("A system, an archive or a room. The file itself is not stored here."),
    )
    case_number = Text(N_("Case number"))
