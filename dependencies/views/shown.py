"""Functions of others as the acting person may see them."""

from dataclasses import dataclass
from typing import Any

from dependencies.entries.needs import AlternativeEntry
from prepare import actor
from prepare.forms.differences import in_words
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.texts import _, name_of


@dataclass(frozen=True)
class Named:
    """A function on a page: its name and owner if the person may know them, a link if the page may be opened."""

    function: Function | None
    opens: bool

    @property
    def label(self) -> str:
        """Code and name, or that the function lies outside the person's view."""
        return f"{self.function.code} {name_of(self.function)}" if self.function else _("a function outside your view")

    @property
    def owner(self) -> Organisation | None:
        """The accountable organisation, if it may be known."""
        return self.function.organisation if self.function else None


def shown(function: Function) -> Named:
    """The function as the acting person may see it."""
    scope = actor.current().scope
    opens = function.id in scope.functions or scope.covers(function.owner_path, function.confidentiality)
    named = opens or scope.names(function.id, function.owner_path, function.confidentiality)
    return Named(function if named else None, opens)


def told(name: str, value: Any) -> str | None:
    """A field of a need in words; its alternatives stand one on each line."""
    return "\n".join(map(_alternative, value)) or None if name == "alternatives" else in_words(name, value)


def _alternative(alternative: AlternativeEntry) -> str:
    details = [alternative.kind.label, alternative.interface, alternative.workaround]
    return f"{alternative.supplier} ({', '.join(filter(None, details))})"
