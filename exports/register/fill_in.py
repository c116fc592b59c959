"""Fill-in workbooks: handing them out and taking them in."""

from datetime import date, datetime

from exports.intake.applying import Applying
from exports.intake.taking import Looked
from exports.models.forms import FormExport, Intake
from exports.workbook import Made
from prepare import actor, audit
from prepare.access import Action, act
from prepare.db import db
from prepare.errors import RuleBroken
from prepare.models.organisations import Organisation
from prepare.texts import N_


@act(Action.EXPORT_FORM)
def hand_over_form(organisation: Organisation, export: FormExport, made: Made) -> None:
    """Keep what a fill-in workbook holds, and tell the trail that it is handed over: file, SHA-256, rows, language."""
    db.session.add(export)
    db.session.flush()
    told = {"file": made.name, "sha256": made.sha256, "rows": made.rows, "language": export.language}
    audit.note(organisation, {name: [None, value] for name, value in told.items()})


@act(Action.TAKE_FORM)
def take_form(organisation: Organisation, looked: Looked, *, on: date, at: datetime) -> Intake:
    """Take a fill-in workbook in, all of it or nothing; each record's change stands in its own trail.

    Raises RuleBroken while the workbook holds errors or a conflict that nobody has decided, or before what is
    to be removed was confirmed.
    """
    if looked.plan.errors:
        raise RuleBroken(N_("The workbook holds errors. Nothing was saved."))
    if looked.plan.conflicts:
        raise RuleBroken(N_("Choose what stands for every field that both of you changed."))
    if looked.waits_for_consent:
        raise RuleBroken(N_("Confirm what is to be removed. Nothing was saved."))
    applying = Applying(looked, on, at)
    applying.apply()
    export, admitted, counts = looked.export, looked.admitted, looked.plan.counts
    export.made = {**export.made, **applying.made}
    export.rows = applying.kept()
    kept = {"sha256": admitted.sha256, "counts": counts, "name": admitted.name[:200]}
    intake = Intake(organisation=organisation, export_id=export.id, user_id=actor.current().user_id, at=at, **kept)
    db.session.add(intake)
    db.session.flush()
    told = {"file": intake.name, "sha256": intake.sha256, "export": str(export.ref), **counts}
    audit.note(organisation, {name: [None, value] for name, value in told.items()})
    return intake
