"""The rows of what the guidance asks of an organisation, that the fill-in workbook hands out."""

from datetime import date

from continuity.readiness import checks
from exports.filling.rowing import Values
from exports.frames.held import Held
from prepare.actor import Scope
from prepare.checks import Checked
from prepare.loading import guidance as loading
from prepare.loading.guidance import Asked
from prepare.models.organisations import Organisation
from prepare.texts import named


def keep_answers(found: Held, scope: Scope, organisation: Organisation, on: date) -> None:
    """Keep the requirements of the guidance in force that concern the organisation, with its answers."""
    asked = loading.answered(scope, organisation, on=on)
    wanted = {one.requirement.automatic for one in asked if one.requirement.automatic}
    counted = checks.counted(scope, [organisation], wanted, on)[organisation.id]
    found.records["answers"] = {str(one.requirement.ref): one.requirement for one in asked}
    shown = {one.requirement.ref: counted.get(check) for one in asked if (check := one.requirement.automatic)}
    found.rows["answers"] = {str(ref): _answer(one, shown.get(ref)) for one in asked if (ref := one.requirement.ref)}


def _answer(one: Asked, counted: Checked | None) -> Values:
    requirement, answer = one.requirement, one.answer
    return {
        "code": requirement.mark,
        "dimension": requirement.dimension.label,
        "requirement": named(requirement, "text"),
        "shown": counted.result.label if counted else None,
        "status": answer.status.value if answer else None,
        "evidence": answer.evidence if answer else None,
        "comment": answer.comment if answer else None,
        "due": one.due.isoformat() if one.due else None,
        "confidentiality": requirement.confidentiality.value,
    }
