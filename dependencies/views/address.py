"""The address of the page in hand, with some of what it asks for changed."""

from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

from flask import request


def here(**changes: str | None) -> str:
    """The same page with these values in its address instead of those that stand there; None leaves one out."""
    asked = urlencode([(name, value) for name, value in changes.items() if value is not None])
    return "?" + "&".join(filter(None, (_without(request.query_string, frozenset(changes)), asked)))


@lru_cache(maxsize=64)
def _without(query: bytes, names: frozenset[str]) -> str:
    """The query without the values of these names; a page makes hundreds of addresses from one query."""
    found = parse_qsl(query.decode("utf-8", "replace"), keep_blank_values=True)
    return urlencode([(name, value) for name, value in found if name not in names])


def kept(*without: str) -> list[tuple[str, str]]:
    """What the address asks for, without the values of these names."""
    return [(name, value) for name, value in request.args.items(multi=True) if name not in without]
