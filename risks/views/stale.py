"""Two people edited one record: the form keeps what was written and shows what was saved meanwhile."""

from dataclasses import fields
from typing import Any

from prepare.forms.differences import Change, changes
from prepare.forms.form import CityForm


def meanwhile(form: CityForm, mine: Any, theirs: Any, version: int) -> list[Change]:
    """Let the form be sent again over version `version`; gives the fields where what was saved differs.

    `before` of each change is what was saved meanwhile, `after` what the person wrote.
    """
    form.version.raw_data, form.version.data = None, version
    names = [field.name for field in fields(mine)]
    return changes((name, _readable(getattr(theirs, name)), _readable(getattr(mine, name))) for name in names)


def _readable(value: Any) -> Any:
    return ", ".join(value) if isinstance(value, tuple) else value
