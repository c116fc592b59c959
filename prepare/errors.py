"""Failures that the city's own rules can produce; each carries a message fit for an official."""

from collections.abc import Sequence
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


class BadDatabase(PrepareError):
    """The database cannot be used as it was made."""


class RuleBroken(PrepareError):
    """A rule of the domain refuses the entry; `also` are further rules that the same entry breaks."""

    also: tuple["RuleBroken", ...] = ()

    @property
    def every(self) -> tuple["RuleBroken", ...]:
        """This and every further broken rule."""
        return (self, *self.also)


def refuse_if(problems: Sequence[RuleBroken]) -> None:
    """Raise the first problem, carrying the others, so that a person sees all of them at once."""
    if problems:
        problems[0].also = tuple(problems[1:])
        raise problems[0]


class NotPermitted(PrepareError):
    """The actor may not do this."""


class StaleEntry(PrepareError):
    """Somebody else saved the record after the entry was begun."""
