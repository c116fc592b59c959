"""Compiling: the one place where numba comes in, when something is first compiled and not before.

A function marked `@compiled` is plain Python and can be called, read and tested as such; `fast(function)` is
the same function as machine code. What it is made of is kept on disk, so that only the first process waits.
"""

import hashlib
import logging
from collections.abc import Callable
from functools import cache
from pathlib import Path
from threading import RLock
from types import FunctionType
from typing import Any, TypeVar, cast

log = logging.getLogger(__name__)
F = TypeVar("F", bound=Callable[..., Any])

_marked: set[Callable[..., Any]] = set()
_made: dict[Callable[..., Any], Any] = {}
_making = RLock()
_folder: Path | None = None


def use_folder(folder: Path) -> None:
    """Keep what is compiled in this folder, which need not exist; NUMBA_CACHE_DIR goes before it."""
    global _folder
    _folder = folder


def compiled(function: F) -> F:
    """Mark a function that can be compiled: numbers and arrays go in and out, nothing else."""
    _marked.add(function)
    return function


def fast(function: F) -> F:
    """The marked function as machine code that runs beside other threads; made at its first call.

    Raises ImportError where numba is not to be had.
    """
    with _making:
        if function not in _made:
            _made[function] = _njit(function, cache=True)
        return cast(F, _made[function])


@cache
def is_to_be_had() -> bool:
    """Whether functions can be compiled here: numba is installed, works, and has where to keep what it makes."""
    try:
        return bool(fast(_four_times)(3) == 12)
    except ImportError:
        return False
    except Exception:  # whatever is wrong with the compiler, everything works without it
        log.warning("numba does not work here; results stay the same, but take longer", exc_info=True)
        return False


@compiled
def _twice(number: int) -> int:
    return 2 * number


@compiled
def _four_times(number: int) -> int:
    return _twice(_twice(number))


def _njit(function: Callable[..., Any], **options: bool) -> Any:
    """The function compiled, with every marked function that it calls; those are kept as part of it.

    Nothing is allocated in it, so that no array is counted in and out at every call: eight times as fast.
    """
    plain = cast(FunctionType, function)
    names = {name: plain.__globals__.get(name) for name in plain.__code__.co_names}
    inner = {name: _inner(value) for name, value in names.items() if callable(value) and value in _marked}
    linked = FunctionType(plain.__code__, {**plain.__globals__, **inner}, plain.__name__)
    return _numba().njit(nogil=True, _nrt=False, **options)(linked)


@cache
def _inner(function: Callable[..., Any]) -> Any:
    """The function as others call it: without a way in from Python, which is slow to compile."""
    return _njit(function, no_cpython_wrapper=True, no_cfunc_wrapper=True, forceinline=True)


@cache
def _numba() -> Any:
    import numba

    logging.getLogger("numba").setLevel(logging.WARNING)
    config: Any = numba.config
    if _folder and not config.CACHE_DIR:
        kept = _folder / _edition(numba.__version__)
        kept.mkdir(mode=0o700, parents=True, exist_ok=True)
        config.CACHE_DIR = str(kept)
    return numba


def _edition(version: str) -> str:
    """A name that changes with the compiler and with any source: numba itself sees only the caller's file change."""
    sources = sorted({Path(function.__code__.co_filename) for function in _marked})
    digest = hashlib.sha256(version.encode())
    for source in sources:
        digest.update(source.read_bytes())
    return digest.hexdigest()[:16]
