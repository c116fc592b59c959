"""Which record a list means by a code or a name; what it means by none is told with what comes nearest."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from prepare.errors import RuleBroken
from prepare.texts import N_, search_key

#: So many texts of a list get suggestions; more of them would take long and help nobody.
MOST_SUGGESTED = 100
#: Among more names than that nothing is looked for that only resembles.
MOST_NAMES = 10_000
ALIKE, NEAREST, MOST_TOLD = 0.6, 3, 5
UNKNOWN = N_("There is no “%(word)s” here, or you may not read it. Give its code, or its name as it stands here.")


@dataclass(frozen=True)
class Named:
    """A record that a list may name: its code, its names in all languages, and the names of whose it is."""

    code: str
    names: tuple[str | None, ...]
    owners: tuple[str | None, ...] = ()

    @property
    def name(self) -> str:
        """The first of its names."""
        return next(filter(None, self.names), self.code)

    @property
    def label(self) -> str:
        """How it is told."""
        return f"{self.code} {self.name}"


class Directory:
    """The records that a list may name, looked for once they are asked for."""

    def __init__(self, records: Callable[[], Iterable[Named]]) -> None:
        self._records = records
        self._suggested: dict[str, list[str]] = {}

    @cached_property
    def by_code(self) -> dict[str, Named]:
        """The records by their folded codes."""
        return {search_key(one.code): one for one in self._records()}

    @cached_property
    def by_name(self) -> dict[str, list[Named]]:
        """The records by each of their folded names."""
        return _by(lambda one: one.names, self.by_code.values())

    @cached_property
    def by_owner(self) -> dict[str, list[Named]]:
        """The records by each folded name of whose they are."""
        return _by(lambda one: one.owners, self.by_code.values())

    def name_of(self, code: str) -> str:
        """The name of the record with this code."""
        return self.by_code[search_key(code)].name

    def one(self, text: str) -> str:
        """The code of the record that the text means. Raises RuleBroken when it means none, or several."""
        found = self._meant(text)
        if not found:
            raise self._unknown(text)
        if len(found) > 1:
            message = N_("“%(word)s” can mean several here: %(codes)s. Give the code.")
            raise RuleBroken(message, word=text, codes=", ".join(one.label for one in found[:MOST_TOLD]))
        return found[0].code

    def several(self, text: str) -> tuple[str, ...]:
        """The codes of the records that the text means, which stand apart by semicolons, line breaks or commas.

        Raises RuleBroken for the first part that means none, or several.
        """
        codes: list[str] = []
        for part in filter(None, map(str.strip, re.split(r"[;\n]", text))):
            parts = [part] if self._meant(part) else [one.strip() for one in part.split(",") if one.strip()]
            codes += map(self.one, parts)
        return tuple(dict.fromkeys(codes))

    def _meant(self, text: str) -> Sequence[Named]:
        key = search_key(text)
        if one := self.by_code.get(key) or self.by_code.get(key.partition(" ")[0]):
            return [one]
        return self.by_name.get(key) or self.by_owner.get(key) or []

    def _unknown(self, text: str) -> RuleBroken:
        if near := self._near(search_key(text)):
            message = N_("There is no “%(word)s” here, or you may not read it. Did you mean %(near)s?")
            return RuleBroken(message, word=text, near=", ".join(near))
        return RuleBroken(UNKNOWN, word=text)

    def _near(self, key: str) -> list[str]:
        if key not in self._suggested and len(self._suggested) < MOST_SUGGESTED and len(self.by_name) <= MOST_NAMES:
            names = [self.by_name[name][0].label for name in get_close_matches(key, self.by_name, NEAREST, ALIKE)]
            codes = [self.by_code[code].label for code in get_close_matches(key, self.by_code, NEAREST, ALIKE)]
            self._suggested[key] = list(dict.fromkeys([*names, *codes]))[:NEAREST]
        return self._suggested.get(key, [])


def _by(names: Callable[[Named], tuple[str | None, ...]], records: Iterable[Named]) -> dict[str, list[Named]]:
    found: dict[str, list[Named]] = {}
    for one in records:
        for key in {search_key(name) for name in names(one) if name}:
            found.setdefault(key, []).append(one)
    return found
