"""Which organisations a filter offers: all of a city's, but of a country's only the upper ones."""

from collections.abc import Mapping

from flask import request

from prepare import actor
from prepare.db import db
from prepare.models.organisations import Organisation
from prepare.queries import organisations as queries

MOST = 300  #: organisations that a person still finds in a list


def organisations(*, own: bool | None = True) -> Mapping[str, Organisation]:
    """The organisations to choose among by their codes, and the one that the address names.

    Whoever reads very many chooses among those that stand highest, as municipalities: a choice means
    everything below it as well.
    """
    scope = actor.current().scope
    found = queries.organisations(scope, own=own)
    listed = {one.code: one for one in db.session.scalars(found.limit(MOST + 1))}
    if len(listed) > MOST:
        listed = {one.code: one for one in db.session.scalars(queries.uppermost(found).limit(MOST))}
    asked = request.args.get("organisation", "")[:20]
    if asked and asked not in listed:
        listed |= {one.code: one for one in db.session.scalars(found.where(Organisation.code == asked))}
    return listed
