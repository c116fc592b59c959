"""Fields that hold several: boxes to tick, and rows."""

import re
from collections.abc import Iterator
from typing import Any

from wtforms import FieldList
from wtforms.fields.choices import Choice, SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from prepare.forms.fields import ManyOf
from prepare.vocabulary import Labelled

NUMBERED = re.compile("([0-9]{1,3})-.+")


class Ticks(ManyOf):
    """Several of choices, each with a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    @property
    def chosen(self) -> tuple[str, ...]:
        """What is ticked, as an entry holds it."""
        return tuple(self.data or ())


class Words(Ticks):
    """Several words of a vocabulary."""

    def __init__(self, label: str, words: type[Labelled], **more: Any) -> None:
        super().__init__(label, **more)
        self.words = words
        self.choices = [SelectChoice(value=word.value, label=word.message) for word in words]

    def iter_choices(self) -> Any:
        """The vocabulary in the current language."""
        return [Choice(word.value, word.option, word in (self.data or ()), {}) for word in self.words]

    @property
    def chosen(self) -> tuple[Labelled, ...]:
        """The words that are ticked, in the order of the vocabulary."""
        return tuple(word for word in self.words if word in (self.data or ()))


class Rows(FieldList):
    """Rows of a form, by numbers of at most three figures; what is no such number belongs to no row."""

    def _extract_indices(self, prefix: str, formdata: Any) -> Iterator[int]:
        # The library's own takes ² for a figure, and thousands of figures for a number.
        found = (NUMBERED.fullmatch(name.removeprefix(f"{prefix}-")) for name in formdata if name.startswith(prefix))
        yield from (int(match[1]) for match in found if match)
