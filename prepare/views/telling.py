"""Entries of the trail as people read them: what was done, to what, and each change in words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from prepare.access import Action
from prepare.actor import Scope
from prepare.audit import AuditEntry, AuditPayload
from prepare.criticality import BANDS, STEP_MESSAGES
from prepare.forms.columns import label_in
from prepare.forms.differences import Change, in_words
from prepare.forms.kinds import kind_of
from prepare.queries import names
from prepare.queries.names import facts_of
from prepare.rewording import Piece, is_long, pieces
from prepare.texts import LANGUAGES, N_, _, moment, ngettext, number
from prepare.views.functions import word
from prepare.vocabulary import ImpactCategory

Pair = tuple[str, str, Any, Any]  #: table, column, before, after
#: What an entry that changes a stored entry field by field is about.
INSIDE = {("function_revision", "entry"): "function"}
OUTSIDE = N_("outside your view")
LANGUAGE_NAMES = {"fi": N_("Finnish"), "sv": N_("Swedish"), "en": N_("English")}
STEPS = frozenset(f"t{number}" for number in range(1, 8))


@dataclass(frozen=True)
class Told(Change):
    """A change in words; `pieces` tell the change of a long text word by word."""

    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class ToldEntry:
    """An entry in words."""

    number: int
    at: datetime
    user_name: str
    label: str
    kind: str
    kind_table: str
    code: str
    ref: str | None
    changes: Sequence[Told]
    erased: bool
    is_event: bool

    @property
    def summary(self) -> str:
        """The changes in one text, for a table's cell."""
        return "\n".join(_line(change, self.is_event) for change in self.changes)


def _line(change: Told, is_event: bool) -> str:
    if is_event or change.before is None:
        return f"{change.label}: {change.after or '–'}"
    return f"{change.label}: {change.before} → {change.after or '–'}"


class Teller:
    """Tells entries in words; the names that they mention are looked up together."""

    def __init__(self, scope: Scope, rows: Iterable[tuple[AuditEntry, AuditPayload]]) -> None:
        self.scope = scope
        self.rows = [(entry, payload, list(_pairs(entry, payload))) for entry, payload in rows]

    def __iter__(self) -> Iterator[ToldEntry]:
        for entry, payload, pairs in self.rows:
            action = word(Action, entry.action)
            told = [self._told(pair) for pair in pairs]
            yield ToldEntry(
                number=entry.id,
                at=entry.at,
                user_name=entry.user_name,
                label=action.label if action else entry.action,
                kind=kind_of(entry.subject),
                kind_table=entry.subject,
                code=_code(entry),
                ref=entry.subject_ref,
                changes=[change for change in told if change.before != change.after],
                erased=payload.erased_by is not None,
                is_event=all(before is None for _table, _column, before, _after in pairs),
            )

    @cached_property
    def _by_id(self) -> dict[tuple[str, int], str]:
        return names.by_id(self.scope, set(self._numbers()))

    def _numbers(self) -> Iterator[tuple[str, int]]:
        for table, column, *values in self._every():
            refers = facts_of(table, column).refers
            if refers:
                yield from ((refers, value) for value in values if isinstance(value, int))

    @cached_property
    def _by_code(self) -> dict[str, str]:
        listed = [v for _t, column, *values in self._every() if column == "functions" for v in values]
        return names.by_code(self.scope, {str(code) for codes in listed for code in codes or ()})

    @cached_property
    def _items(self) -> dict[Any, str]:
        found = (facts_of(table, column).codes for table, column, *_values in self._every())
        return names.code_items({codes for codes in found if codes})

    def _every(self) -> Iterator[Pair]:
        for _entry, _payload, pairs in self.rows:
            yield from pairs

    def _told(self, pair: Pair) -> Told:
        table, column, before, after = pair
        label = column if table == "=" else label_in(table, column)
        old, new = self._words(table, column, before), self._words(table, column, after)
        return Told(label, old, new, pieces(old, new) if old and new and is_long(before, after) else ())

    def _words(self, table: str, column: str, value: Any) -> str | None:
        """A stored value as people read it; None when nothing was given."""
        facts = facts_of(table, column)
        if value is None or value in ("", []):
            return None
        if facts.refers and isinstance(value, int):
            return self._by_id.get((facts.refers, value), _(OUTSIDE))
        if facts.words:
            known = [(word(facts.words, one), one) for one in str(value).split(",")]
            return ", ".join(found.option if found else one for found, one in known)
        if facts.codes:
            return ", ".join(self._items.get((facts.codes, code.strip()), code) for code in str(value).split(","))
        if facts.is_moment:
            return moment(datetime.fromisoformat(value))
        return self._plain(column, value)

    def _plain(self, column: str, value: Any) -> str | None:
        """A value whose column says nothing of what it stands for."""
        if column == "functions" and isinstance(value, list):
            return self._functions(value)
        if isinstance(value, list):
            return ", ".join(_flat(one) for one in value)
        if isinstance(value, dict):
            return ", ".join(f"{kind_of(name)} {number(count)}" for name, count in value.items())
        if column in STEPS and value in STEP_MESSAGES:
            return f"{value} {_(STEP_MESSAGES[value])}"
        if column == "needed_from_band":
            return next((band.label for band in BANDS if band.code == value), value)
        if column == "language" and value in LANGUAGES:
            return _(LANGUAGE_NAMES[value])
        return in_words(column, value)

    def _functions(self, codes: list[Any]) -> str:
        """Functions by code and name; of those that the reader may not know only how many there are."""
        shown = [self._by_code[code] for code in codes if code in self._by_code]
        hidden = len(codes) - len(shown)
        if hidden:
            shown.append(ngettext("%(n)s function outside your view", "%(n)s functions outside your view", hidden))
        return ", ".join(shown)


def _flat(value: Any) -> str:
    return " ".join(str(part) for part in value) if isinstance(value, list) else str(value)


def _pairs(entry: AuditEntry, payload: AuditPayload) -> Iterator[Pair]:
    """Every changed field, in the order of the form; entries inside an entry are unfolded."""
    found = []
    for column, value in (payload.changes or {}).items():
        before, after = (value[0], value[1]) if isinstance(value, list) and len(value) == 2 else (None, value)
        found += list(_unfolded(entry.subject, column, before, after))
    yield from sorted(found, key=lambda pair: names.place_of(pair[0], pair[1]))


def _unfolded(table: str, column: str, before: Any, after: Any) -> Iterator[Pair]:
    old, new = (value if isinstance(value, dict) else {} for value in (before, after))
    inside = INSIDE.get((table, column))
    if inside:
        for name in {**old, **new}:
            if old.get(name) != new.get(name):
                yield inside, name, old.get(name), new.get(name)
    elif column in ("impacts", "impact_notes"):
        for category in ImpactCategory:
            if old.get(category.value) != new.get(category.value):
                yield "=", category.label, old.get(category.value), new.get(category.value)
    else:
        yield table, column, before, after


def _code(entry: AuditEntry) -> str:
    """What the record was called; the word that ends the code of a part is told in words."""
    stem, _blank, last = entry.subject_code.rpartition(" ")
    for column in ("section", "category"):
        known = facts_of(entry.subject, column).words
        told = word(known, last) if known else None
        if told:
            return f"{stem} {told.label}"
    return entry.subject_code
