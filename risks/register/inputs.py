"""Every change to residents' input."""

from datetime import date

from prepare.access import Action, act
from prepare.db import db
from prepare.errors import refuse_if
from prepare.merging import Seen, refuse_stale
from prepare.models.organisations import Organisation
from prepare.register.codes import next_code
from risks import inputs
from risks.entries.inputs import COLUMNS, InputEntry, of_record
from risks.models.inputs import ResidentInput


@act(Action.ADD_INPUT)
def add(organisation: Organisation, entry: InputEntry, *, on: date) -> ResidentInput:
    """Keep what residents said, under the next free code. Raises RuleBroken with every rule that the entry breaks."""
    refuse_if(inputs.problems(entry, on=on))
    record = ResidentInput(code=next_code(ResidentInput.code, "RI-"), organisation=organisation)
    _fill(record, entry)
    return record


@act(Action.EDIT_INPUT)
def edit(record: ResidentInput, entry: InputEntry, *, seen: Seen[InputEntry] | None, on: date) -> ResidentInput:
    """Change it, or say what it was used for.

    Raises StaleEntry if it has changed since it was `seen`, and RuleBroken with every rule that the entry breaks.
    """
    refuse_stale(seen, seen_now(record))
    refuse_if(inputs.problems(entry, on=on))
    _fill(record, entry)
    return record


def seen_now(record: ResidentInput) -> Seen[InputEntry]:
    """What a person sees who edits it now."""
    return Seen(of_record(record))


def _fill(record: ResidentInput, entry: InputEntry) -> None:
    for name in COLUMNS:
        setattr(record, name, getattr(entry, name))
    db.session.add(record)
    db.session.flush()
