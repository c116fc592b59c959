"""Texts that a page carries and that nobody else can have made: signed, not secret."""

from typing import Any

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer


def signed(content: Any, *, purpose: str) -> str:
    """The content as a text that only this installation can make, good for this purpose alone."""
    return str(_signer(purpose).dumps(content))


def opened(text: str | None, *, purpose: str) -> Any:
    """The content of such a text; None for any other text."""
    try:
        return _signer(purpose).loads(text or "")
    except (BadData, UnicodeError):
        return None


def _signer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.config["SECRET_KEY"]), salt=f"prepare {purpose}")
