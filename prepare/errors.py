"""Failures that the city's own rules can produce; each carries a message fit for an official."""

from typing import Any

from prepare.texts import _


class PrepareError(Exception):
    """Base of every expected failure.

    `message` is an `N_()` text with `%(name)s` placeholders, `values` fill them and `field` names
    the form field that the message belongs to (None: the whole form).
    """

    def __init__(self, message: str, *, field: str | None = None, **values: Any) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.values = values

    def text(self) -> str:
        """The message in the current language."""
        return _(self.message, **self.values)

    def __str__(self) -> str:
        return self.text()


class RuleBroken(PrepareError):
    """A rule of the domain refuses the entry."""


class NotPermitted(PrepareError):
    """The actor may not do this."""


class StaleEntry(PrepareError):
    """Somebody else saved the record after the entry was begun."""
