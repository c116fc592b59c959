"""What a new version of a plan begins with: a copy of what the version before it holds."""

from typing import Any

from sqlalchemy import select

from continuity.models.contents import ActionCard, CardTask, DocumentRef, LevelTask, Strategy
from continuity.models.plans import PlanSection, PlanVersion
from prepare.db import db

PARTS: tuple[Any, ...] = (Strategy, ActionCard, LevelTask, DocumentRef)
#: Columns that are a copy's own.
OWN = frozenset({"id", "ref", "version", "plan_version_id"})


def copy_contents(source: PlanVersion, target: PlanVersion) -> None:
    """Give `target` everything in use in `source`; each copy is a record of its own."""
    for section in source.sections:
        target.sections.append(PlanSection(**_values(section)))
    for model in PARTS:
        rows = select(model).where(model.plan_version_id == source.id, model.retired.is_(False))
        for part in db.session.scalars(rows.order_by(model.id)):
            db.session.add(_copied(part, target))
    db.session.flush()


def _copied(part: Strategy | ActionCard | LevelTask | DocumentRef, target: PlanVersion) -> object:
    copy = type(part)(plan_version=target, **_values(part))
    if isinstance(part, Strategy) and isinstance(copy, Strategy):
        copy.resources = list(part.resources)
    if isinstance(part, ActionCard) and isinstance(copy, ActionCard):
        copy.tasks = [CardTask(place=t.place, what=t.what, who=t.who, within_min=t.within_min) for t in part.tasks]
    return copy


def _values(record: PlanSection | Strategy | ActionCard | LevelTask | DocumentRef) -> dict[str, object]:
    columns = {column.key for column in record.__mapper__.column_attrs} - OWN
    return {name: getattr(record, name) for name in columns}
