"""Taking plain lists in: by the same entries and register functions as the pages, all or nothing."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import Select, select

from exports.listing.every import LISTED
from exports.listing.headings import fingerprint
from exports.listing.wanted import Listed
from exports.models.lists import ListMapping
from exports.register.listed.every import KEEPING
from exports.register.planning import Planner, Reading
from prepare import audit
from prepare.access import Action, act
from prepare.db import db
from prepare.errors import RuleBroken
from prepare.models.organisations import Organisation
from prepare.texts import N_


@act(Action.MAP_LIST)
def remember(organisation: Organisation, reading: Reading, *, at: datetime) -> ListMapping:
    """Keep how lists with these headings are read, in the place of what was kept before."""
    kept = db.session.scalars(kept_for(organisation, reading.listed, reading.headings)).one_or_none()
    columns, words = dict(reading.columns), {name: dict(told) for name, told in reading.words.items()}
    if kept is None:
        kept = ListMapping(organisation=organisation, register=reading.listed.name, columns=columns, words=words)
        kept.headings_hash, kept.kept_at = fingerprint(reading.headings), at
        db.session.add(kept)
    elif (kept.columns, kept.words) != (columns, words):
        kept.columns, kept.words, kept.kept_at = columns, words, at
    db.session.flush()
    return kept


def kept_for(organisation: Organisation, listed: Listed, headings: Sequence[str]) -> Select[ListMapping]:
    """How the organisation has read lists with these headings."""
    return select(ListMapping).where(
        ListMapping.organisation_id == organisation.id,
        ListMapping.register == listed.name,
        ListMapping.headings_hash == fingerprint(headings),
    )


@act(Action.IMPORT_LIST)
def take_in(
    organisation: Organisation, reading: Reading, file: Mapping[str, str], *, on: date, at: datetime
) -> tuple[int, int]:
    """Take a list in, every row or none, by the register functions of the pages; gives how many were new and changed.

    `file` are its name and SHA-256, which the trail keeps. Raises RuleBroken while anything is wrong with the list.
    """
    planner = Planner(reading, KEEPING[reading.listed.name](organisation))
    planner.read()
    plan, keeping = planner.plan, planner.keeping
    if plan.troubles:
        raise RuleBroken(N_("Mend what is wrong with the list first; nothing was taken in."))
    for line in plan.lines:
        if line.record is None:
            keeping.add(line.entry, on=on)
        elif line.changes:
            keeping.edit(line.record, line.entry, on=on, at=at)
    added, changed = plan.count("new"), plan.count("changed")
    if added or changed:
        told = {**file, "register": reading.listed.name, "rows": len(plan.lines), "added": added, "changed": changed}
        audit.note(organisation, {name: [None, value] for name, value in told.items()})
    return added, changed


def of(name: str) -> Listed:
    """The register of this name that takes lists. Raises RuleBroken when there is none."""
    found = LISTED.get(name)
    if found is None:
        raise RuleBroken(
            N_("Lists are taken in for these registers: %(names)s."), field="register", names=", ".join(LISTED)
        )
    return found
