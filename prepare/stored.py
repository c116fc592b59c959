"""Entries as JSON holds them, and back: in a change that waits, and in a form that remembers what it showed."""

from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

E = TypeVar("E")


def as_json(entry: Any) -> dict[str, Any]:
    """The entry's fields by name, each as JSON holds it."""
    return {field.name: _plain(getattr(entry, field.name)) for field in fields(entry)}


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return as_json(value) if is_dataclass(value) else value


def from_json(kind: type[E], stored: dict[str, Any]) -> E:
    """The entry of this class; fields that a later version added keep their defaults, abandoned ones are left out."""
    hints = _hints(cast(Any, kind))
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: _typed(hints[name], value) for name, value in stored.items() if name in known})


@cache
def _hints(kind: type[Any]) -> dict[str, Any]:
    """The types of an entry's fields; to find them out costs more than to read an entry."""
    return get_type_hints(kind)


def _typed(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if get_origin(hint) is tuple:
        return tuple(_typed(get_args(hint)[0], one) for one in value)
    for kind in get_args(hint) or (hint,):
        if get_origin(kind) is tuple:
            return _typed(kind, value)
        if isinstance(kind, type) and issubclass(kind, Enum):
            return kind(value)
        if kind is datetime:
            return datetime.fromisoformat(value)
        if kind is date:
            return date.fromisoformat(value)
        if isinstance(kind, type) and is_dataclass(kind):
            return from_json(kind, value)
    return value
