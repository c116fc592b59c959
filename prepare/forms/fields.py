"""Fields: lenient about how Finns write, strict about what is stored. Labels are N_() messages."""

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import Choice, SelectChoice
from wtforms.validators import StopValidation
from wtforms.widgets import TextInput

from prepare.personal import identity_code, masked
from prepare.texts import LOST, N_, UNSTORABLE, _, clean, language, number, plain, typed_number
from prepare.vocabulary import Labelled

LONGEST_TEXT = 1_000_000
LONGEST_H = 100_000
FIRST_DAY = date(1900, 1, 1)
#: Units that may follow a duration: how many hours each is.
UNITS = dict.fromkeys(("", "h", "t", "tim"), 1.0) | dict.fromkeys(("d", "vrk", "dygn", "pv"), 24.0)
UNITS |= dict.fromkeys(("vk", "v"), 168.0) | {"min": 1 / 60}
DURATION = re.compile(r"([0-9]{1,9}(?:[.,][0-9]{1,6})?) ?([a-z]{0,4})")
DECIMAL = re.compile(r"[-+]?[0-9]{1,12}(?:[.,][0-9]{1,6})?")
WHOLE = re.compile(r"[-+]?[0-9]{1,9}")
DATE = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}")
SEEN = re.compile(r"[0-9A-Za-z_.-]*")


class Text(StringField):
    """One line of text, at most `longest` characters; `is_unstorable` when it held what no text may hold."""

    unstorable = N_(
        "The text has characters that cannot be stored. They are shown as %(sign)s: remove them and save again."
    )
    personal = N_("Remove the personal identity code %(code)s: no personal data on people served or suspected is kept.")
    is_unstorable = False

    def __init__(self, label: str, longest: int = 200, **more: Any) -> None:
        super().__init__(label, **more)
        self.longest = longest

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Take the typed text as it is stored; what cannot be stored is shown where it stands."""
        if valuelist:
            typed = self.fitted(clean(str(valuelist[0])))
            self.data = UNSTORABLE.sub(LOST, typed)
            self.is_unstorable = LOST in self.data
            if self.is_unstorable:
                raise ValueError(_(self.unstorable, sign=LOST))

    def fitted(self, text: str) -> str:
        """The text on one line, as a browser's field has it."""
        return text.replace("\n", " ")

    def pre_validate(self, form: object) -> None:
        """Refuse text that does not fit, and text that names a person by the identity code."""
        self.refuse_identity_code(self.data or "")
        if len(self.data or "") > self.longest:
            raise StopValidation(
                _("Write at most %(most)s characters (now %(now)s).", most=self.longest, now=len(self.data or ""))
            )

    def refuse_identity_code(self, text: str) -> None:
        """Raise StopValidation when the text holds a personal identity code."""
        if code := identity_code(text):
            raise StopValidation(_(self.personal, code=masked(code)))


class LongText(TextAreaField, Text):
    """Several lines of text."""

    def __init__(self, label: str, longest: int = LONGEST_TEXT, **more: Any) -> None:
        Text.__init__(self, label, longest, **more)

    def fitted(self, text: str) -> str:
        """The text with its lines."""
        return text


class Number(Field):
    """A number; decimal comma and point are alike (E15)."""

    widget = TextInput()
    wrong = N_("Give a number, as 12 or 0,5.")

    def _value(self) -> str:
        if self.raw_data:
            return UNSTORABLE.sub(LOST, str(self.raw_data[0]))
        return "" if self.data is None else self.shown(self.data)

    def shown(self, value: Any) -> str:
        """The stored value as it is typed."""
        return typed_number(float(value))

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read the typed text; empty means unknown."""
        if valuelist:
            text = plain(str(valuelist[0]))
            self.data = self.read(text) if text else None

    def read(self, text: str) -> Any:
        """The number that the text means. Raises ValueError with a sentence for the person."""
        if not DECIMAL.fullmatch(text):
            raise ValueError(_(self.wrong))
        return float(text.replace(",", "."))


class Percent(Number):
    """A percentage from 0 to 100."""

    def read(self, text: str) -> Any:
        """The percentage, with or without its sign."""
        return super().read(text.removesuffix("%").strip())


class Whole(Number):
    """A whole number."""

    wrong = N_("Give a whole number, as 12.")

    def shown(self, value: Any) -> str:
        """The number without decimals."""
        return str(int(value))

    def read(self, text: str) -> Any:
        """The whole number."""
        if not WHOLE.fullmatch(text):
            raise ValueError(_(self.wrong))
        return int(text)


class Hours(Number):
    """A duration in hours; "30 min", "3 d" and "0,5" are understood too."""

    wrong = N_("Give a duration in hours, as 4 or 0,5; 30 min and 3 d are understood too.")
    too_long = N_("Give at most %(most)s hours.")

    def read(self, text: str) -> Any:
        """The duration in hours."""
        found = DURATION.fullmatch(text)
        if not found or found[2] not in UNITS:
            raise ValueError(_(self.wrong))
        duration = round(float(found[1].replace(",", ".")) * UNITS[found[2]], 6)
        if duration > LONGEST_H:
            raise ValueError(_(self.too_long, most=number(LONGEST_H)))
        return duration


class Day(Number):
    """A date, as 31.12.2026 or 2026-12-31."""

    wrong = N_("Give a date, as 31.12.2026.")

    def shown(self, value: Any) -> str:
        """The date as it is written in the language."""
        day: date = value
        return day.isoformat() if language() == "en" else f"{day.day}.{day.month}.{day.year}"

    def read(self, text: str) -> Any:
        """The date."""
        if DATE.fullmatch(text):
            parts = [int(part) for part in re.split("[.-]", text)]
            year, month, day = parts if "-" in text else reversed(parts)
            with suppress(ValueError):
                if (found := date(year, month, day)) >= FIRST_DAY:
                    return found
        raise ValueError(_(self.wrong))


class Word(SelectField):
    """One word of a vocabulary; `blank` is the label of no choice."""

    def __init__(self, label: str, words: type[Labelled], blank: str | None = N_("Not chosen"), **more: Any) -> None:
        super().__init__(label, coerce=lambda value: words(value) if value else None, **more)
        self.words: Iterable[Labelled] = words
        self.blank = blank

    def iter_choices(self) -> Any:
        """The vocabulary in the current language."""
        options = [("", _(self.blank))] if self.blank else []
        options += [(word.value, word.option) for word in self.words]
        for value, label in options:
            yield Choice(value, label, value == (self.data.value if self.data else ""), {})

    def pre_validate(self, form: object) -> None:
        """A word outside the vocabulary was refused when it was read."""
        if self.data is None and self.blank is None:
            raise StopValidation(_("Choose one."))

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Take the chosen word."""
        if valuelist:
            try:
                self.data = self.coerce(valuelist[0])
            except ValueError:
                raise ValueError(_("Choose one from the list.")) from None


class OneOf(SelectField):
    """One of choices that the view gives as (value, label); `blank` is the label of no choice."""

    def __init__(self, label: str, blank: str | None = N_("Not chosen"), **more: Any) -> None:
        super().__init__(label, choices=[], coerce=lambda value: value or None, validate_choice=False, **more)
        self.blank = blank

    def offer(self, options: Sequence[tuple[str, str]]) -> None:
        """Set the choices."""
        self.options = list(options)

    def iter_choices(self) -> Any:
        """The choices in the current language."""
        options = ([("", _(self.blank))] if self.blank else []) + getattr(self, "options", [])
        for value, label in options:
            yield Choice(value, label, value == (self.data or ""), {})

    def pre_validate(self, form: object) -> None:
        """Refuse what was not offered."""
        if self.data is not None and self.data not in {value for value, _label in getattr(self, "options", [])}:
            raise StopValidation(_("Choose one from the list."))
        if self.data is None and self.blank is None:
            raise StopValidation(_("Choose one."))


class ManyOf(SelectMultipleField):
    """Several of choices that the view gives as (value, label)."""

    def __init__(self, label: str, **more: Any) -> None:
        super().__init__(label, choices=[], **more)

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Take the chosen values; what no value can hold is refused before anybody looks for it."""
        storable = [value for value in valuelist if isinstance(value, str) and not UNSTORABLE.search(value)]
        super().process_formdata(storable)
        if len(storable) < len(valuelist):
            raise ValueError(_("Choose one from the list."))

    def offer(self, options: Sequence[tuple[str, str]]) -> None:
        """Set the choices."""
        self.choices = [SelectChoice(value=value, label=label) for value, label in options]


class YesNo(SelectField):
    """Yes, no or not known."""

    ANSWERS = {"": None, "yes": True, "no": False}

    def __init__(self, label: str, **more: Any) -> None:
        super().__init__(label, coerce=lambda value: value, validate_choice=False, **more)

    def iter_choices(self) -> Any:
        """The three answers in the current language."""
        labels = {"": N_("Not known"), "yes": N_("Yes"), "no": N_("No")}
        for value, answer in self.ANSWERS.items():
            yield Choice(value, _(labels[value]), answer is self.data, {})

    def pre_validate(self, form: object) -> None:
        """The answer was checked when it was read."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Take the answer."""
        if valuelist:
            if valuelist[0] not in self.ANSWERS:
                raise ValueError(_("Choose one from the list."))
            self.data = self.ANSWERS[valuelist[0]]


class Tick(BooleanField):
    """A box to tick."""


class Version(HiddenField):
    """What the person saw of the record; whatever no page has sent counts as nothing seen."""

    data: str | None

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Take what the page sends back."""
        if valuelist:
            seen = str(valuelist[0])
            self.data = seen if SEEN.fullmatch(seen) else ""
