"""The address of the page in hand, with some of what it asks for changed."""

from urllib.parse import urlencode

from flask import request


def here(**changes: str | None) -> str:
    """The same page with these values in its address instead of those that stand there; None leaves one out."""
    return "?" + urlencode(kept(*changes) + [(name, value) for name, value in changes.items() if value is not None])


def kept(*without: str) -> list[tuple[str, str]]:
    """What the address asks for, without the values of these names."""
    return [(name, value) for name, value in request.args.items(multi=True) if name not in without]
