"""Which engine does the bulk work on a graph."""

from dependencies.bulk import Engine
from dependencies.compiling import is_to_be_had
from dependencies.kernel import Kernel
from dependencies.packed import Packed
from dependencies.plain import Plain

LARGE = 50_000  #: links from which the compiled engine is worth its start


def engine(packed: Packed, *, compiled: bool | None = None) -> Engine:
    """The engine for bulk work on this graph: the compiled one on a large graph, where it is to be had.

    `compiled` says which one whatever the size; without numba it is the plain one all the same.
    """
    wished = len(packed.need) >= LARGE if compiled is None else compiled
    return Kernel(packed) if wished and is_to_be_had() else Plain(packed)
