"""The demo city's comments on plans, and what its approved plans were approved on."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import selectinload

from continuity.frozen import Figure, Figures
from continuity.models.comments import PlanComment
from continuity.models.plans import Plan, PlanVersion
from continuity.queries import figures
from continuity.vocabulary.plans import PlanState, Section
from prepare.clock import at
from prepare.db import Base, db
from prepare.models.users import User
from prepare.sow.files import Row, number
from prepare.sow.sowing import Sowing
from prepare.sow.users import CITY, person
from prepare.vocabulary import Role


def sow_plan_reviews(sowing: Sowing) -> None:
    """Comments of the unit, some of them answered; and the figures on which the plans in force were approved."""
    owners = {row["id"]: row["sector"] for row in sowing.files.rows("plans")}
    rows = [_comment(sowing, owners, row) for row in sowing.files.rows("plan_comments")]
    sowing.write(PlanComment, rows)
    former = sowing.files.rows("plan_figures")
    plans = db.session.scalars(select(Plan).options(selectinload(Plan.functions))).all()
    now = figures.of_functions(function for plan in plans for function in plan.functions)
    in_force = set(db.session.scalars(select(PlanVersion.id).where(PlanVersion.state == PlanState.APPROVED)))
    kept = []
    for plan in plans:
        version, stands = sowing.id_of(PlanVersion, plan.code), figures.of_plan(plan.functions, now)
        if version in in_force:
            kept.append({"one": version, **figures.columns(_former(plan, stands, former))})
    table = Base.metadata.tables[PlanVersion.__tablename__]
    values: dict[str, Any] = {name: bindparam(name) for name in ("figures", "figures_sha256")}
    db.session.execute(update(table).where(table.c.id == bindparam("one")).values(values), kept)


def _comment(sowing: Sowing, owners: dict[str, str], row: Row) -> dict[str, Any]:
    author, contact = person(Role.CENTRAL, CITY), person(Role.SECTOR_CONTACT, owners[row["plan"]])
    answered = _moment(sowing, row["answered_on"])
    return {
        "plan_version_id": sowing.id_of(PlanVersion, row["plan"]),
        "section": Section(row["section"]),
        "text": row["text"],
        "author_id": sowing.id_of(User, author.email) if author else None,
        "written_at": _moment(sowing, row["written_on"]),
        "answer": row["answer"] or None,
        "answered_at": answered,
        "answered_by_id": sowing.id_of(User, contact.email) if contact and answered else None,
    }


def _former(plan: Plan, now: Figures, rows: list[Row]) -> Figures:
    """What the plan was approved on: as now, but for what the file says was otherwise then."""
    own = [row for row in rows if row["plan"] == plan.code]
    return Figures(functions=tuple(_as_it_was(one, own) for one in now.functions))


def _as_it_was(one: Figure, rows: list[Row]) -> Figure:
    for row in rows:
        if row["function"] == one.code and row["column"] == "rto_h":
            one = replace(one, rto_h=number(row["value"]))
        elif row["function"] == one.code:
            one = replace(one, suppliers=tuple(s for s in one.suppliers if s.code != row["value"]))
    return one


def _moment(sowing: Sowing, text: str) -> datetime | None:
    written, _blank, clock = text.partition(" ")
    day = sowing.files.day(written)
    hour, _dot, minute = clock.partition(".")
    return at(day, int(hour), int(minute)) if day else None
