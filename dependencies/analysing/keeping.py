"""Results that are computed once per graph and kept as long as the graph is.

A new revision of the records is a new network, so nothing that is kept here can go stale.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import RLock
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from dependencies.network import Network

MOST = 400  #: results of one graph; the one that was asked for longest ago goes first

Result = TypeVar("Result")
_kept: WeakKeyDictionary[Network, OrderedDict[Hashable, Any]] = WeakKeyDictionary()
_one_at_a_time = RLock()


def once(network: Network, key: Hashable, compute: Callable[[], Result]) -> Result:
    """What `compute` gives, from the last time if it has been asked for on this network by this key.

    Two requests that come at once compute it once: the second waits for the first.
    """
    with _one_at_a_time:
        results = _kept.setdefault(network, OrderedDict())
        if key not in results:
            results[key] = compute()
            while len(results) > MOST:
                results.popitem(last=False)
        results.move_to_end(key)
        found: Result = results[key]
        return found
