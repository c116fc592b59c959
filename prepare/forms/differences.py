"""Changes as people read them: the field's label and its values in words, with units."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from enum import Enum
from functools import cache
from typing import Any

from wtforms.fields.core import UnboundField

from prepare.criticality import BANDS
from prepare.forms.form import CityForm
from prepare.texts import N_, _, day, hours, moment, number, percent
from prepare.vocabulary import Labelled

#: Labels of columns that no form shows.
OTHER_LABELS = {
    "alternatives": N_("Suppliers"),
    "active": N_("In use"),
    "approved_on": N_("Approved"),
    "confirmed_on": N_("Confirmed"),
    "entry": N_("Draft change"),
    "impacts": N_("Impacts over time"),
    "impact_notes": N_("Notes on the impacts"),
    "next_review": N_("Next review"),
    "return_reason": N_("Reason for the return"),
    "reviewed_on": N_("Reviewed"),
    "state": N_("Status"),
    "session": N_("Session"),
    "sessions": N_("Sessions ended"),
    "locked": N_("During a lock"),
    "moved": N_("Moved"),
    "expires_at": N_("Sign-in link valid until"),
    "used_at": N_("Used"),
    "withdrawn_at": N_("Withdrawn"),
    "ended_at": N_("Ended"),
    "disabled_at": N_("Disabled"),
    "retired": N_("Taken out of use"),
    "standing": N_("Supplier's answer"),
    "answered_on": N_("Answered"),
    "answered_by": N_("Answered by"),
    "file": N_("File"),
    "sha256": N_("SHA-256 of the file"),
    "rows": N_("Rows"),
    "left_out": N_("Rows left out"),
    "account": N_("Account"),
    "category": N_("Impact category"),
    "t1": N_("0–1 h"),
    "t2": N_("1–4 h"),
    "t3": N_("4–24 h"),
    "t4": N_("1–3 d"),
    "t5": N_("3–7 d"),
    "t6": N_("7–30 d"),
    "t7": N_("over 30 d"),
}


@dataclass(frozen=True)
class Change:
    """One changed field in words; None means that nothing was given."""

    label: str
    before: str | None
    after: str | None


def _forms(top: type[CityForm]) -> Iterator[type[CityForm]]:
    for form in top.__subclasses__():
        yield form
        yield from _forms(form)


@cache
def labels() -> dict[str, str]:
    """Field name → label message, as the forms of all packages have them."""
    found: dict[str, str] = {}
    for form in _forms(CityForm):
        for name in dir(form):
            field = getattr(form, name, None)
            if isinstance(field, UnboundField) and (texts := [arg for arg in field.args if isinstance(arg, str)]):
                found.setdefault(name, texts[0])
    return {**found, **OTHER_LABELS}


@cache
def words() -> dict[str, tuple[type[Labelled], ...]]:
    """Field name → vocabularies that its values may come from."""
    found: dict[str, tuple[type[Labelled], ...]] = {}
    for form in _forms(CityForm):
        for name in dir(form):
            field = getattr(form, name, None)
            if isinstance(field, UnboundField) and len(field.args) > 1 and isinstance(field.args[1], type):
                found[name] = (*found.get(name, ()), field.args[1])
    every = tuple(Labelled.__subclasses__())
    anywhere = ("state", "kind", "role", "category", "standing", "counted_result")
    return {**found, **dict.fromkeys(anywhere, every)}


def label_of(name: str) -> str:
    """The label of a field in the current language."""
    return _(labels().get(name, name))


def in_words(name: str, value: Any) -> str | None:
    """A stored or entered value as people read it; None when nothing is given."""
    if value is None or value == "":
        return None
    if isinstance(value, tuple):
        return ", ".join(in_words(name, one) or "–" for one in value) if any(value) else None
    if isinstance(value, Labelled):
        return value.option
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, int | float):
        return hours(value) if name.endswith("_h") else percent(value) if name.endswith("_pct") else number(value, 3)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    return _word(name, str(value.value if isinstance(value, Enum) else value))


def _word(name: str, value: str) -> str:
    if name.endswith("_band"):
        return next((band.label for band in BANDS if band.code == value), value)
    for vocabulary in words().get(name, ()):
        if value in {word.value for word in vocabulary}:
            return vocabulary(value).option
    try:
        return day(date.fromisoformat(value)) if name.endswith("_on") or name in ("next_review", "due") else value
    except ValueError:
        return value


#: Longer texts than this many words are compared line by line, and still longer ones as a whole.
MOST_PARTS = 1500


#: A piece that stayed between two changes belongs to them when it is no longer than this: it only breaks the reading.
SHORT_PIECE = 4


def word_changes(before: str | None, after: str | None) -> list[tuple[str, str]]:
    """The text as it was changed, in pieces: ("same" | "del" | "ins", piece), word by word."""
    old, new = _parts(before or "", after or "")
    found = SequenceMatcher(None, old, new).get_opcodes()
    told: list[tuple[str, str]] = []
    gone = come = ""
    for place, (tag, start, end, begin, stop) in enumerate(found):
        was, now = "".join(old[start:end]), "".join(new[begin:stop])
        if tag == "equal" and (len(was) > SHORT_PIECE or place in (0, len(found) - 1)):
            told += [("del", gone), ("ins", come), ("same", was)]
            gone = come = ""
        else:
            gone, come = gone + was, come + now
    return [(kind, piece) for kind, piece in [*told, ("del", gone), ("ins", come)] if piece]


def _parts(before: str, after: str) -> tuple[list[str], list[str]]:
    for pattern in (r"\s+|[\w-]+|[^\w\s]", r"[^\n]*\n|[^\n]+"):
        old, new = re.findall(pattern, before), re.findall(pattern, after)
        if max(len(old), len(new)) <= MOST_PARTS:
            return old, new
    return [before], [after]


def changes(pairs: Iterable[tuple[str, Any, Any]]) -> list[Change]:
    """(field, before, after) in words; a change inside a stored entry is told field by field."""
    told: list[Change] = []
    for name, before, after in pairs:
        if isinstance(before, dict) or isinstance(after, dict):
            old, new = before or {}, after or {}
            inner = [(key, old.get(key), new.get(key)) for key in {**old, **new} if old.get(key) != new.get(key)]
            told += [Change(label_of(key), _flat(key, a), _flat(key, b)) for key, a, b in inner]
        elif not name.endswith("_id"):
            told.append(Change(label_of(name), in_words(name, before), in_words(name, after)))
    return [change for change in told if change.before != change.after]


def _flat(name: str, value: Any) -> str | None:
    return ", ".join(str(step) for step in value) if isinstance(value, list) else in_words(name, value)
