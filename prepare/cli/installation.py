"""The installation that a command works on: its application, opened as the system itself."""

import os
from collections.abc import Callable
from functools import cache, wraps
from typing import ParamSpec, TypeVar

from flask import Flask

from prepare import config
from prepare.actor import SYSTEM, acting_as
from prepare.app import create_app
from prepare.texts import speaking

P = ParamSpec("P")
R = TypeVar("R")


@cache
def settings() -> config.Settings:
    """The settings in force."""
    return config.read(os.environ)


@cache
def application() -> Flask:
    """The application of this installation."""
    return create_app(settings())


def inside(command: Callable[P, R]) -> Callable[P, R]:
    """Run the command inside the application, as the system, in the installation's language."""

    @wraps(command)
    def opened(*args: P.args, **kwargs: P.kwargs) -> R:
        with application().app_context(), acting_as(SYSTEM), speaking(settings().language):
            return command(*args, **kwargs)

    return opened
