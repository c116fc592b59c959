"""Acting for a person outside a request: with the roles that the person holds now, in a page's surroundings."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from prepare.actor import SYSTEM, acting_as
from prepare.cli.installation import application, settings
from prepare.db import db
from prepare.gate.visitors import actor_of
from prepare.models.users import User
from prepare.texts import speaking


@contextmanager
def acting_for(user_id: int, language: str = "") -> Iterator[User]:
    """A page's surroundings of its own, in which the person acts, in the person's own language unless told."""
    app = application()
    with app.app_context(), app.test_request_context("/", base_url=origin()):
        user = db.session.get_one(User, user_id)
        with acting_as(actor_of(user)), speaking(language or user.language):
            yield user


@contextmanager
def acting_for_all(language: str) -> Iterator[None]:
    """A page's surroundings in which the system itself acts."""
    app = application()
    with app.app_context(), app.test_request_context("/", base_url=origin()), acting_as(SYSTEM), speaking(language):
        yield


def origin() -> str:
    """Scheme, host and port under which people reach the service."""
    parts = urlsplit(settings().base_url or f"http://127.0.0.1:{settings().port}")
    return f"{parts.scheme}://{parts.netloc}"
