"""A binary heap of whole numbers in an array, to be compiled."""

from typing import Any

from numpy.typing import NDArray

from dependencies.compiling import compiled


@compiled
def push(heap: NDArray[Any], size: int, key: int) -> int:
    """Put a key on the heap; gives its new size."""
    slot = size
    while slot > 0 and heap[(slot - 1) >> 1] > key:
        heap[slot] = heap[(slot - 1) >> 1]
        slot = (slot - 1) >> 1
    heap[slot] = key
    return size + 1


@compiled
def pop(heap: NDArray[Any], size: int) -> int:
    """Take the smallest key off the heap; gives its new size."""
    size -= 1
    key, slot, below = heap[size], 0, 1
    while below < size:
        if below + 1 < size and heap[below + 1] < heap[below]:
            below += 1
        if heap[below] >= key:
            break
        heap[slot] = heap[below]
        slot, below = below, 2 * below + 1
    heap[slot] = key
    return size
