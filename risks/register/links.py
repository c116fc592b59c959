"""Links between records, told to the trail: which records a record names, by their codes."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import Select

from prepare import audit
from prepare.db import db
from prepare.errors import RuleBroken
from prepare.texts import N_


def named_by(rows: Select[Any], codes: Iterable[str], field: str) -> list[Any]:
    """The records among `rows` with these codes. Raises RuleBroken when one of the codes is not there."""
    wanted = set(codes)
    found = [record for record in db.session.scalars(rows) if record.code in wanted] if wanted else []
    if unknown := sorted(wanted - {record.code for record in found}):
        raise RuleBroken(N_("There is no such record: %(codes)s."), field=field, codes=", ".join(unknown))
    return found


def relink(record: Any, name: str, chosen: Sequence[Any], *, hidden: Callable[[Any], bool]) -> None:
    """Let the record's list `name` hold these records, and those it held before that are hidden from the person."""
    held = getattr(record, name)
    kept = [one for one in held if hidden(one)]
    before = sorted(one.code for one in held)
    wanted = {one.id: one for one in [*kept, *chosen]}
    after = sorted(one.code for one in wanted.values())
    if before != after:
        setattr(record, name, list(wanted.values()))
        db.session.flush()
        audit.note(record, {name: [before, after]})
