"""Which engine does the bulk work on a graph."""

from dependencies.bulk import Engine
from dependencies.packed import Packed
from dependencies.plain import Plain


def engine(packed: Packed) -> Engine:
    """The engine for bulk work on this graph."""
    return Plain(packed)
