"""A rule that holds for each of many files or classes: one test, which tells all that break it."""

import inspect
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any


def each_of(things: Iterable[Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Show a test every one of the things in turn, as its first argument.

    A test per thing would be ten thousand tests, whose keeping costs more than the rules do.
    """
    kept = list(things)
    assert kept, "there is nothing to look at"

    def among(test: Callable[..., None]) -> Callable[..., None]:
        signature = inspect.signature(test)

        @wraps(test)
        def every(**fixtures: Any) -> None:
            broken = []
            for thing in kept:
                try:
                    test(thing, **fixtures)
                except AssertionError as error:
                    broken.append(f"{getattr(thing, '__name__', thing)}: {error}")
            assert not broken, "\n".join(broken)

        every.__signature__ = signature.replace(parameters=list(signature.parameters.values())[1:])
        return every

    return among
