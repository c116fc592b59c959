"""The rows of measures and plans that the fill-in workbook hands out."""

from collections.abc import Collection

from sqlalchemy.orm import selectinload

from continuity import approval
from continuity.entries.plans import of_record as plan_of
from continuity.models.plans import Plan, PlanVersion
from continuity.queries import plans
from exports.filling.rowing import Values
from exports.filling.works import HELD, NUMBERS, PENDING, PROGRESS
from exports.frames.held import Held, keep
from prepare import stored
from prepare.actor import Scope
from prepare.db import db
from prepare.texts import _
from risks.entries.measures import of_record as measure_of
from risks.models.measures import Measure
from risks.queries import measures


def keep_measures(found: Held, scope: Scope, own: Scope) -> None:
    """Keep the measures of `own` that are neither verified nor cancelled, with those of their risks that are read."""
    rows = measures.unended(measures.measures(own)).options(selectinload(Measure.risks))
    every = db.session.scalars(measures.ordered(rows, "code")).unique().all()
    keep(found, "measures", every, lambda one: _measure(one, scope))


def _measure(one: Measure, scope: Scope) -> Values:
    values = stored.as_json(measure_of(one))
    risks = sorted(risk.code for risk in one.risks if scope.covers(risk.owner_path, risk.confidentiality))
    held = {name: getattr(one, name) for name in PROGRESS} | {"state": one.state.value}
    return {**values, **held, "code": one.code, "risks": risks, HELD: held}


def keep_plans(found: Held, own: Scope, functions: Collection[str]) -> None:
    """Keep the plans of `own` with the version that is being prepared, or would be; `functions` are those read."""
    rows = plans.plans(own).options(selectinload(Plan.functions), selectinload(Plan.versions))
    every = db.session.execute(plans.ordered(rows, "code")).unique().all()
    standing = {one.id: (approved, pending) for one, approved, pending in every}
    keep(found, "plans", [row[0] for row in every], lambda one: _plan(one, *standing[one.id], functions))


def _plan(one: Plan, approved: PlanVersion | None, pending: PlanVersion | None, functions: Collection[str]) -> Values:
    """A plan as its page's form shows it, and where it stands; the version in force is never written in."""
    base = pending or approved or next(iter(one.versions), None)
    numbers = [version.number for version in one.versions if version is not pending]
    number = pending.number if pending else approval.free_number(base.number if base else "0.0", numbers)
    values = stored.as_json(plan_of(one, base or PlanVersion(), number))
    standing = [version.state.label + f" {version.number}" for version in (approved, pending) if version]
    return {
        **values,
        "code": one.code,
        "functions": sorted(code for code in values["functions"] if code in functions),
        "standing": ", ".join(standing) or _("No version"),
        "approved_on": _day(approved, "approved_on"),
        "next_review": _day(approved, "next_review"),
        NUMBERS: numbers,
        PENDING: pending.state.value if pending else None,
    }


def _day(version: PlanVersion | None, name: str) -> str | None:
    day = getattr(version, name) if version else None
    return day.isoformat() if day else None
