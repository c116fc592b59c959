"""The history of what was taken in."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from exports.models.forms import Intake
from prepare.actor import Scope
from prepare.queries.scopes import within


def intakes(scope: Scope) -> Select[Intake]:
    """The workbooks taken in for the organisations in the scope, the newest first."""
    rows = select(Intake).join(Intake.organisation).where(within(scope)).options(joinedload(Intake.user))
    return rows.order_by(Intake.id.desc())
