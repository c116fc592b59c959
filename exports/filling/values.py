"""A value of the register as a cell of the fill-in workbook shows it; values stand as JSON holds them."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from exports.filling.fields import Field, Kind
from prepare.texts import N_, _

BETWEEN = " | "
#: Begins the codes of spare rows, which their records do not have yet.
_NEW = N_("NEW")


@dataclass(frozen=True)
class Lists:
    """What fields are chosen from: name of a list → code → label."""

    names: Mapping[str, Mapping[str, str]]
    _ways: dict[str, dict[str, str]] = field(default_factory=dict, compare=False)

    def of(self, name: str) -> Mapping[str, str]:
        """The list's codes with their labels."""
        return self.names.get(name, {})

    def find(self, name: str, typed: str) -> str | None:
        """The code that is meant by what was typed before the bar, whatever its case and spaces."""
        if name not in self._ways:
            self._ways[name] = {folded(code): code for code in self.of(name)}
        return self._ways[name].get(folded(typed.partition("|")[0]))


def folded(text: str) -> str:
    """Text by which words, codes and headings are recognised: no case, no odd spaces, nothing that is not seen."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text[:1000])
        text = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    return " ".join(text.casefold().split())


def provisional_code(key: str) -> str:
    """The code that a spare row shows: the key +F01 gives NEW-F01 in the language in use."""
    return f"{_(_NEW)}-{key.removeprefix('+')}"


def option(code: str, label: str) -> str:
    """An item of a list as it is chosen."""
    return f"{code}{BETWEEN}{label}"


def shown(field: Field, value: Any, lists: Lists) -> Any:
    """What stands in the field's cell; the value of a field of several columns is shown by `shown_items`."""
    if value is None or value == "":
        return None
    if field.kind is Kind.WORD and field.words:
        return field.words(value).option
    if field.kind is Kind.YES_NO:
        return _("Yes") if value else _("No")
    if field.kind in (Kind.ITEM, Kind.STEP):
        return _item(str(value), lists.of(field.items))
    if field.kind is Kind.PERCENT:
        return round(value / 100, 8)
    if field.kind in (Kind.DATE, Kind.SHOWN):
        return date.fromisoformat(value)
    return value


def shown_items(field: Field, value: Sequence[str] | None, lists: Lists) -> list[str | None]:
    """What stands in the columns of a field that holds several codes, empty ones at the end."""
    items = [_item(code, lists.of(field.items)) for code in value or ()]
    return [*items, *[None] * (field.columns - len(items))]


def told(field: Field, value: Any, lists: Lists) -> str:
    """The value in words, for a person who compares; empty when there is none."""
    if field.kind is Kind.ITEMS:
        return ", ".join(_item(code, lists.of(field.items)) for code in value or ())
    text = shown(field, value, lists)
    if text is None:
        return ""
    if field.kind is Kind.PERCENT:
        return f"{value:g} %"
    if field.kind is Kind.DATE:
        return str(text)
    return f"{text:g}" if isinstance(text, int | float) else str(text)


def _item(code: str, names: Mapping[str, str]) -> str:
    return option(code, names[code]) if code in names else code
