"""Fields that hold several: boxes to tick, and rows."""

import re
from collections.abc import Iterator
from typing import Any

from wtforms import FieldList
from wtforms.widgets import CheckboxInput, ListWidget

from prepare.forms.fields import ManyOf

NUMBERED = re.compile("([0-9]{1,3})-.+")


class Ticks(ManyOf):
    """Several of choices, each with a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class Rows(FieldList):
    """Rows of a form, by numbers of at most three figures; what is no such number belongs to no row."""

    def _extract_indices(self, prefix: str, formdata: Any) -> Iterator[int]:
        # The library's own takes ² for a figure, and thousands of figures for a number.
        found = (NUMBERED.fullmatch(name.removeprefix(f"{prefix}-")) for name in formdata if name.startswith(prefix))
        yield from (int(match[1]) for match in found if match)
