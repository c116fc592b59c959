"""Taking a long list in beside the work: it is checked again, and written in one go."""

from collections.abc import Mapping
from typing import Any

from flask import url_for

from exports.listing.every import LISTED
from exports.models.lists import ListUpload
from exports.register import lists as register
from exports.register import uploads
from exports.register.planning import Plan, Reading, planned
from prepare import actor
from prepare.access import Action
from prepare.clock import now, today
from prepare.errors import RuleBroken
from prepare.jobs import Done, JobKind, Progress
from prepare.models.files import KeptFile
from prepare.texts import N_, _, ngettext

TAKE = "list:take"
#: So many rows are written while the person waits; more take longer than a page should.
AT_ONCE = 300
PAGES = {
    "organisations": "prepare.organisations",
    "functions": "prepare.functions",
    "risks": "risks.risks",
    "measures": "risks.measures",
    "dependencies": "dependencies.graph",
    "agreements": "dependencies.agreements",
}


def reading_of(upload: ListUpload) -> Reading:
    """How a list that waits is to be read, as its person chose."""
    table = uploads.table_of(upload)
    return uploads.reading_of(
        upload.organisation, LISTED[upload.register], table, dict(upload.columns), dict(upload.words)
    )


def take_in(upload: ListUpload, reading: Reading) -> tuple[int, int]:
    """Take a list in inside the transaction that is open, and let go of it; gives how many were new and changed."""
    file, owner = {"file": upload.name, "sha256": upload.sha256}, upload.organisation
    counts = register.take_in(owner, reading, file, on=today(), at=now())
    register.remember(owner, reading, at=now())
    uploads.forget(actor.current().user_id, at=now())
    return counts


def told(added: int, changed: int) -> str:
    """What came of a list, in a sentence."""
    new = ngettext("%(n)s record was added", "%(n)s records were added", added)
    return _("%(new)s, and %(changed)s changed.", new=new, changed=changed)


def is_long(plan: Plan) -> bool:
    """Whether so much is to be written that nobody should wait for it."""
    return plan.count("new") + plan.count("changed") > AT_ONCE


def run(params: Mapping[str, Any], progress: Progress) -> Done:
    """Take the list in that whoever asked has brought. Raises RuleBroken when it is gone or anything is wrong."""
    upload = _asked_for(params)
    reading = reading_of(upload)
    progress.step(0, len(reading.rows), _("The list is checked row by row, and then written in one go."))
    plan = planned(upload.organisation, reading)

    def write(_file: KeptFile | None) -> str:
        take_in(_asked_for(params), reading)
        return url_for(PAGES[reading.listed.name])

    return Done(text=told(plan.count("new"), plan.count("changed")), write=write)


def _asked_for(params: Mapping[str, Any]) -> ListUpload:
    """The list that was to be taken in, unless another was brought in its place."""
    found = uploads.of_person(actor.current().user_id)
    if found is None or found.sha256 != params["sha256"]:
        raise RuleBroken(N_("The list is not here any more: another was brought, or a day has passed. Bring it again."))
    return found


JOBS = (JobKind(TAKE, N_("Taking a list in"), run, Action.IMPORT_LIST),)
