"""Results that are computed once per graph and kept as long as the graph is.

A new revision of the records is a new network, so nothing that is kept here can go stale.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock, RLock
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from dependencies.network import Network

MOST = 400  #: results of one graph; the one that was asked for longest ago goes first

Result = TypeVar("Result")


class _Slot:
    """A result, and the lock of whoever computes it."""

    def __init__(self) -> None:
        self.computing = RLock()
        self.found: list[Any] = []  #: the result, once there is one


_kept: WeakKeyDictionary[Network, OrderedDict[Hashable, _Slot]] = WeakKeyDictionary()
_choosing = Lock()


def once(network: Network, key: Hashable, compute: Callable[[], Result]) -> Result:
    """What `compute` gives, from the last time if it has been asked for on this network by this key.

    Two requests that come at once compute it once: the second waits for the first. Nobody waits for another result.
    """
    with _choosing:
        slots = _kept.setdefault(network, OrderedDict())
        slot = slots.setdefault(key, _Slot())
        slots.move_to_end(key)
        while len(slots) > MOST:
            slots.popitem(last=False)
    with slot.computing:
        if not slot.found:
            slot.found.append(compute())
        result: Result = slot.found[0]
        return result
