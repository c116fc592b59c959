"""Picking functions among ten thousand: what is chosen, and what a search finds."""

from collections.abc import Collection
from dataclasses import dataclass

from prepare import actor
from prepare.db import db
from prepare.models.functions import Function
from prepare.queries import functions as queries

MOST_FOUND = 20


@dataclass(frozen=True)
class Picker:
    """The functions that are ticked, those that the search found besides, and whether there are more."""

    chosen: list[Function]
    found: list[Function]
    more: bool
    searched: str
    hidden: int  #: functions chosen before that the person may not see; they stay

    @property
    def options(self) -> list[tuple[str, str]]:
        """What may be ticked: (code, code)."""
        return [(function.code, function.code) for function in (*self.chosen, *self.found)]


def pick(codes: Collection[str], searched: str, *, but: str = "", hidden: int = 0) -> Picker:
    """The picker of functions: those ticked by code, and words searched; never the function with the code `but`."""
    scope = actor.current().scope
    chosen = list(db.session.scalars(queries.in_force(scope, codes))) if codes else []
    ticked = {function.code for function in chosen}
    limit = MOST_FOUND + len(ticked) + 1
    rows = db.session.scalars(queries.directory(scope, q=searched, but=but).limit(limit)) if searched else ()
    found = [function for function in rows if function.code not in ticked]
    return Picker(chosen, found[:MOST_FOUND], len(found) > MOST_FOUND, searched, hidden)
