"""Saving a need although somebody else saved it meanwhile: put together what can be, ask about the rest."""

from collections.abc import Callable
from typing import Any

from dependencies import register
from dependencies.entries import AlternativeEntry, NeedEntry, of_record
from dependencies.models import Need
from prepare.db import transaction
from prepare.errors import StaleEntry
from prepare.forms.differences import Change, changes
from risks.merging import fingerprint, merge


class Clash(Exception):
    """Two people changed the same field: the entry as it was put together, and what was saved and written."""

    def __init__(self, entry: NeedEntry, held: NeedEntry, names: tuple[str, ...]) -> None:
        super().__init__(names)
        self.entry, self.seen = entry, fingerprint(held)
        pairs = [(_label(name), _readable(getattr(held, name)), _readable(getattr(entry, name))) for name in names]
        self.changes: list[Change] = changes(pairs)


def save(need: Need, entry: Callable[[], NeedEntry], seen: str) -> bool:
    """Save a need in a transaction of its own; gives whether somebody else's change was put together with it.

    `entry` makes the entry from what is on the page and what the record holds. Raises Clash when both
    changed the same field.
    """
    try:
        with transaction():
            register.edit_need(need, entry(), seen=seen)
    except StaleEntry:
        held = of_record(need)
        merged = merge(seen, register.with_hidden(need, entry()), held)
        if merged.clashes:
            raise Clash(merged.entry, held, merged.clashes) from None
        with transaction():
            register.edit_need(need, merged.entry, seen=fingerprint(held))
        return True
    return False


def _label(name: str) -> str:
    return "suppliers" if name == "alternatives" else name


def _readable(value: Any) -> Any:
    """A value that a comparison can show."""
    if isinstance(value, tuple):
        return ", ".join(_told(alternative) for alternative in value)
    return value


def _told(alternative: AlternativeEntry) -> str:
    details = [alternative.kind.label, alternative.interface, alternative.workaround]
    return f"{alternative.supplier} ({', '.join(filter(None, details))})"
