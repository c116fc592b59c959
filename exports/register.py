"""Handing workbooks over: every hand-over is told to the trail before the file leaves the house."""

from exports.entries import GuidanceEntry
from exports.workbook import Made
from prepare import audit
from prepare.access import Action, act
from prepare.errors import RuleBroken
from prepare.models.organisations import Organisation
from prepare.texts import N_
from prepare.vocabulary import Confidentiality


@act(Action.EXPORT_GUIDANCE)
def hand_over(organisation: Organisation, entry: GuidanceEntry, made: Made) -> None:
    """Tell the trail what is handed over: file, SHA-256, rows, variant, language and purpose.

    Raises RuleBroken when a confidential workbook is taken for no stated purpose.
    """
    if entry.variant is Confidentiality.CONFIDENTIAL and not (entry.purpose or "").strip():
        raise RuleBroken(N_("Say what the confidential workbook is for."), field="purpose")
    told = {
        "file": made.name,
        "sha256": made.sha256,
        "rows": made.rows,
        "left_out": made.left_out,
        "variant": entry.variant.value,
        "language": entry.language.value,
        "purpose": entry.purpose,
    }
    audit.note(organisation, {name: [None, value] for name, value in told.items()})
