"""Handing workbooks over: every hand-over is told to the trail before the file leaves the house."""

from typing import Any

from continuity.models.exercises import Exercise
from continuity.models.plans import PlanVersion
from exports.entries import (
    AgreementsEntry,
    GuidanceEntry,
    InjectsEntry,
    PictureFile,
    PlanPaperEntry,
    RegisterEntry,
    Report,
    ReportEntry,
    TrailEntry,
    agreements_problems,
    injects_problems,
    paper_problems,
    problems,
    report_problems,
    trail_problems,
)
from exports.paper.plan import PlanFile
from exports.registers.files import Taken
from exports.trail_files import TrailFile
from exports.workbook import Made
from prepare import audit
from prepare.access import Action, act
from prepare.errors import refuse_if
from prepare.models.organisations import Organisation
from prepare.register.trail import TRAIL


def _tell(subject: Any, wish: Any, made: Any, **more: Any) -> None:
    """Tell the trail of a file: name, SHA-256 and rows, `more`, and the language and purpose of the wish."""
    told = {"file": made.name, "sha256": made.sha256, "rows": made.rows, **more}
    told |= {"language": wish.language.value, "purpose": wish.purpose}
    audit.note(subject, {name: [None, value] for name, value in told.items()})


@act(Action.EXPORT_GUIDANCE)
def hand_over(organisation: Organisation, entry: GuidanceEntry, made: Made) -> None:
    """Tell the trail what is handed over: file, SHA-256, rows, variant, language and purpose.

    Raises RuleBroken when a confidential workbook is taken for no stated purpose.
    """
    refuse_if(problems(entry))
    _tell(organisation, entry, made, left_out=made.left_out, variant=entry.variant.value)


@act(Action.EXPORT_READINESS)
def hand_over_readiness(organisation: Organisation, entry: ReportEntry, made: Made) -> None:
    """Tell the trail that a readiness report is handed over, as `hand_over` does. Raises RuleBroken as it does."""
    _tell_report(organisation, entry, made)


@act(Action.EXPORT_LEADERSHIP)
def hand_over_leadership(organisation: Organisation, entry: ReportEntry, made: Made) -> None:
    """Tell the trail that a leadership report is handed over, as `hand_over` does. Raises RuleBroken as it does."""
    _tell_report(organisation, entry, made)


#: Each report and what tells of its hand-over.
HANDS_OVER = {Report.READINESS: hand_over_readiness, Report.LEADERSHIP: hand_over_leadership}


def _tell_report(organisation: Organisation, entry: ReportEntry, made: Made) -> None:
    refuse_if(report_problems(entry))
    _tell(organisation, entry, made, left_out=made.left_out, variant=entry.variant.value)


@act(Action.EXPORT_INJECTS)
def hand_over_injects(exercise: Exercise, entry: InjectsEntry, made: Made) -> None:
    """Tell the trail that an exercise's injects are handed over: file, SHA-256, rows, language and purpose.

    Raises RuleBroken when it is taken for no stated purpose.
    """
    refuse_if(injects_problems(entry))
    _tell(exercise, entry, made)


@act(Action.EXPORT_AGREEMENTS)
def hand_over_agreements(organisation: Organisation, entry: AgreementsEntry, made: Made) -> None:
    """Tell the trail that the organisation's agreements are handed over: file, SHA-256, rows, language and purpose.

    Raises RuleBroken when they are taken for no stated purpose.
    """
    refuse_if(agreements_problems(entry))
    _tell(organisation, entry, made)


@act(Action.EXPORT_TRAIL)
def take_trail(_trail: str, entry: TrailEntry, made: TrailFile) -> None:
    """Tell the trail that a part of it is handed over: file, SHA-256, rows, filter and purpose.

    Raises RuleBroken when it is taken for no stated purpose.
    """
    refuse_if(trail_problems(entry))
    _tell(TRAIL, entry, made, format=entry.format.value, filter=made.filter)


@act(Action.EXPORT_PICTURE)
def hand_over_picture(reader: Organisation, picture: PictureFile) -> None:
    """Tell the trail that a picture is handed over: file, SHA-256, and what it shows.

    `reader` is the organisation for which the person who takes it may read.
    """
    told = {"file": picture.name, "sha256": picture.sha256, "shows": picture.shows}
    audit.note(reader, {name: [None, value] for name, value in told.items()})


@act(Action.EXPORT_PLAN)
def hand_over_plan(version: PlanVersion, entry: PlanPaperEntry, made: PlanFile) -> None:
    """Tell the trail that a version of a plan is handed over: file, SHA-256, language and purpose.

    Raises RuleBroken when a confidential plan is taken for no stated purpose.
    """
    refuse_if(paper_problems(entry, version.confidentiality))
    told = {"file": made.name, "sha256": made.sha256, "language": entry.language.value, "purpose": entry.purpose}
    audit.note(version, {name: [None, value] for name, value in told.items()})


@act(Action.EXPORT_REGISTER)
def hand_over_register(reader: Organisation, entry: RegisterEntry, taken: Taken) -> None:
    """Tell the trail that a register is handed over: file, SHA-256, rows, variant, language and purpose.

    `reader` is the organisation for which the person who takes it may read, or that was asked for.
    """
    of = {"register": entry.register, "format": entry.format.value, "variant": entry.variant.value}
    _tell(reader, entry, taken, **of)
