"""Readings of how far organisations have come, side by side: as many statements for a hundred as for one."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Enum, Integer, Select, String, and_, case, exists, func, or_, select
from sqlalchemy.orm import joinedload

from prepare.actor import Scope
from prepare.audit import AuditEntry
from prepare.models.functions import BiaImpact, Function
from prepare.models.organisations import Organisation
from prepare.queries.scopes import below, within
from prepare.registration import MANDATORY, VITAL
from prepare.vocabulary import OWN_KINDS, FunctionState


def held_at(scope: Scope, paths: Collection[str]) -> Select[Organisation]:
    """The organisations at or below these paths that keep functions: where somebody has a round to go, by name."""
    return keeping(scope).where(or_(*(below(path) for path in paths)))


def keeping(scope: Scope) -> Select[Organisation]:
    """The city group's organisations in use that keep functions, with their contacts and deputies, by name."""
    rows = select(Organisation).where(within(scope), Organisation.active.is_(True))
    rows = rows.options(joinedload(Organisation.contact), joinedload(Organisation.deputy))
    rows = rows.where(Organisation.kind.in_(OWN_KINDS), Organisation.parent_id.is_not(None))
    return rows.order_by(Organisation.sort_name, Organisation.code)


def counted(rows: Select[Organisation]) -> Select[int]:
    """How many organisations there are."""
    return rows.with_only_columns(func.count(Organisation.id), maintain_column_froms=True).order_by(None)


def functions(scope: Scope, ids: Collection[int]) -> Select[int, int, int, int, int, int]:
    """Of each organisation: its id, how many functions are in force, how many are not yet, how many are vital or have
    no class yet, how many of these have all that is required, and how many required facts are missing altogether."""
    assessed = exists().where(BiaImpact.function_id == Function.id)
    lacking = [_lacks(name, classes) for name, classes, _what, _why in MANDATORY]
    lacking.append(and_(Function.criticality.in_(VITAL), ~assessed))
    missing = sum((case((lack, 1), else_=0) for lack in lacking[1:]), case((lacking[0], 1), else_=0))
    vital = or_(Function.criticality.is_(None), Function.criticality.in_(VITAL))
    in_force = Function.state == FunctionState.CONFIRMED
    complete = and_(vital, Function.criticality.is_not(None), missing == 0)
    counts = _how_many(in_force), _how_many(~in_force), _how_many(vital), _how_many(complete)
    rows = select(Function.organisation_id, *counts, func.coalesce(func.sum(missing), 0))
    rows = rows.join(Function.organisation).where(within(scope, Function.confidentiality))
    rows = rows.where(Function.organisation_id.in_(ids), Function.state != FunctionState.RETIRED)
    return rows.group_by(Function.organisation_id)


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0), type_=Integer)


def _lacks(name: str, classes: Collection[object] | None) -> ColumnElement[bool]:
    """Whether the required fact is missing, as `registration.gaps` tells it of an entry."""
    column = getattr(Function, name)
    empty: ColumnElement[bool] = column.is_(None)
    if isinstance(column.type, String) and not isinstance(column.type, Enum):
        empty = or_(empty, column == "")
    return empty if classes is None else and_(Function.criticality.in_(classes), empty)


def with_last_change(rows: Select[Organisation]) -> Select[Organisation, datetime | None]:
    """The same organisations, each with the moment when a person last changed what it keeps (None: never)."""
    newest = (
        select(AuditEntry.at)
        .where(AuditEntry.owner_path == Organisation.path, AuditEntry.user_id.is_not(None))
        .order_by(AuditEntry.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return rows.add_columns(newest)
