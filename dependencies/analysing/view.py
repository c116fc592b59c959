"""The whole graph before one reader: what may be read of it, and what counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from dependencies import tracing
from dependencies.network import Network, Place
from dependencies.packed import Flags
from dependencies.reduction import Card, Shown, as_shown, opens
from dependencies.tracing import Loaded
from prepare.actor import Scope


@dataclass(frozen=True)
class View:
    """The graph of the records as they are now, and a reader's scope."""

    scope: Scope
    now: Loaded
    cards: Mapping[int, Card]

    @property
    def network(self) -> Network:
        """The graph as lists."""
        return self.now.network

    def card(self, place: Place) -> Card:
        """Name and owner of the function at a place, whether or not it may be read."""
        return self.cards[self.network.functions[place].id]

    def shown(self, place: Place) -> Shown:
        """The function at a place as the reader may see it."""
        return as_shown(self.scope, self.card(place))

    @cached_property
    def readable(self) -> Flags:
        """Per place: whether the reader may read the function."""
        return self._flags(opens(self.scope, self.card(place)) for place in self._places)

    @cached_property
    def counted(self) -> Flags:
        """Per place: whether the function counts for this reader: one of the city's own that may be read."""
        own = self._flags(self.card(place).kind.is_own for place in self._places)
        return own & self.readable

    @property
    def sees_all(self) -> bool:
        """Whether the reader may read every function, so that figures of the whole graph tell nothing new."""
        return bool(self.readable.all())

    @property
    def _places(self) -> range:
        return range(len(self.network.functions))

    def _flags(self, answers: Iterable[bool]) -> Flags:
        return np.fromiter(answers, np.bool_, len(self.network.functions))


def view(scope: Scope, now: Loaded | None = None) -> View:
    """The graph of the records as they are now, before a reader with this scope."""
    now = now or tracing.loaded()
    return View(scope, now, tracing.cards(now.network.place))
