"""Texts that a page carries and that nobody else can have made: signed, not secret."""

import hashlib
import hmac
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


def digest(text: str, *, purpose: str) -> str:
    """What tells two texts apart without telling what they are: nobody without the key can try words against it."""
    key = f"{current_app.config['SECRET_KEY']} {purpose}"
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()


def _signer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.config["SECRET_KEY"]), salt=f"prepare {purpose}")
