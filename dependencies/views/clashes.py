"""Saving a need although somebody else saved it meanwhile: its alternatives count as one field."""

from collections.abc import Callable
from typing import Any

from dependencies import register
from dependencies.entries import AlternativeEntry, NeedEntry, of_record
from dependencies.models import Need
from prepare.views.clashes import readable, save_merged


def save(need: Need, entry: Callable[[], NeedEntry], seen: str) -> bool:
    """Save a need in a transaction of its own; gives whether somebody else's change was put together with it.

    `entry` makes the entry from what is on the page and what the record holds. Raises Clash when both
    changed the same field.
    """
    return save_merged(
        lambda whole, print_: register.edit_need(need, whole, seen=print_),
        lambda: of_record(need),
        lambda: register.with_hidden(need, entry()),
        seen,
        told=_told,
    )


def _told(value: Any) -> Any:
    return readable(tuple(map(_alternative, value))) if isinstance(value, tuple) else value


def _alternative(alternative: AlternativeEntry) -> str:
    details = [alternative.kind.label, alternative.interface, alternative.workaround]
    return f"{alternative.supplier} ({', '.join(filter(None, details))})"
