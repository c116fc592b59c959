"""The engines under test, each made from a packed graph."""

from collections.abc import Callable

from dependencies import compiling
from dependencies.bulk import Engine, Losses, Spells, Sweep
from dependencies.kernel import Kernel
from dependencies.packed import Packed
from dependencies.plain import Plain
from tests.conftest import ROOT

compiling.use_folder(ROOT / ".pytest_cache" / "compiled")  # kept from one run of the tests to the next
HAS_NUMBA = compiling.is_to_be_had()


def uncompiled(packed: Packed) -> Kernel:
    """The compiled engine's own source, run as plain Python, with hardly any room to begin with."""
    return Kernel(packed, threads=1, made=lambda function: function, room=2)


def compiled(packed: Packed) -> Kernel:
    """The compiled engine on two threads."""
    return Kernel(packed, threads=2)


ENGINES: dict[str, Callable[[Packed], Engine]] = {"plain": Plain, "uncompiled": uncompiled}
if HAS_NUMBA:
    ENGINES["compiled"] = compiled


def told(answer: Losses | Sweep | Spells) -> list[object]:
    """An answer as plain lists, with the type of every array."""
    found: list[object] = []
    for column in answer:
        found += told(column) if isinstance(column, tuple) else [(column.dtype.name, column.tolist())]  # type: ignore[arg-type]
    return found
