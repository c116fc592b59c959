"""Forms of the code lists."""

from prepare.forms.fields import LongText, OneOf, Text, Version, Whole
from prepare.forms.form import CityForm, required
from prepare.texts import N_
from risks.entries.codes import CodeEntry, EditionEntry


class CodeForm(CityForm):
    """A code's names and its place in the list."""

    entry_class = CodeEntry

    seen = Version()
    name_fi = Text(N_("Name in Finnish"), validators=[required])
    name_sv = Text(N_("Name in Swedish"))
    name_en = Text(N_("Name in English"))
    parent = OneOf(N_("Lies within"), blank=N_("Directly below the city"))
    rank = Whole(N_("Place in the list"), description=N_("A number; empty means last."))


class AddCodeForm(CodeForm):
    """A new code."""

    code = Text(
        N_("Code"),
        20,
        validators=[required],
        description=N_("Short, without blanks. It cannot be changed later, for records carry it."),
    )


class EditionForm(CityForm):
    """A new edition of a list that somebody else issues."""

    entry_class = EditionEntry

    edition = Text(N_("New edition"), 20, validators=[required], description=N_("What it is called, as “2026”."))
    lines = LongText(
        N_("Codes of the new edition"),
        60_000,
        validators=[required],
        description=N_("One on each line: code; name in Finnish; in Swedish; in English."),
    )
