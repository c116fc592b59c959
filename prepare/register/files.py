"""Keeping files and fetching them again: the trail tells both."""

from datetime import datetime

from prepare import actor, audit
from prepare.access import Action, act
from prepare.db import db
from prepare.errors import RuleBroken, refuse_if
from prepare.files import FileEntry, fetch_problems, plain_name
from prepare.models.files import KeptFile
from prepare.models.organisations import Organisation
from prepare.texts import N_


@act(Action.KEEP_FILE)
def keep(organisation: Organisation | None, entry: FileEntry, *, at: datetime) -> KeptFile:
    """Keep a file that is about the organisation; None: about the whole installation."""
    who = actor.current()
    file = KeptFile(
        name=plain_name(entry.name),
        edition=entry.edition,
        media_type=entry.media_type,
        size=len(entry.content),
        sha256=entry.sha256,
        content=entry.content,
        organisation=organisation,
        confidentiality=entry.confidentiality,
        secrecy_basis=entry.secrecy_basis,
        purpose=entry.purpose,
        roles=[role.value for role in entry.roles],
        made_at=at,
        made_by=who.name,
        user_id=who.user_id,
        kept_until=at + entry.kept_for if entry.kept_for else None,
    )
    db.session.add(file)
    db.session.flush()
    told = {"size": file.size, "sha256": file.sha256, "edition": file.edition, "purpose": file.purpose}
    audit.note(file, {name: [None, value] for name, value in told.items() if value})
    return file


@act(Action.FETCH_FILE)
def fetch(file: KeptFile, purpose: str | None) -> bytes:
    """The file's content; the trail tells what was fetched: its edition, SHA-256 and the purpose.

    Raises RuleBroken when it is no longer there, or is confidential and fetched for no stated purpose.
    """
    if file.content is None:
        raise RuleBroken(N_("The file is no longer kept. Make it anew."))
    refuse_if(fetch_problems(purpose, file.confidentiality))
    told = {"edition": file.edition, "sha256": file.sha256, "purpose": purpose}
    audit.note(file, {name: [None, value] for name, value in told.items() if value})
    return file.content
