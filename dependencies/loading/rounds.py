"""Readings for the round: how many vital functions tell what they need."""

from collections.abc import Collection

from sqlalchemy import Select, case, exists, func, select

from dependencies.models.needs import Need
from prepare.actor import Scope
from prepare.models.functions import Function
from prepare.queries.scopes import within
from prepare.registration import VITAL
from prepare.vocabulary import FunctionState


def vital_with_needs(scope: Scope, organisations: Collection[int]) -> Select[int, int, int]:
    """Of each organisation: its id, how many vital functions it keeps, and how many tell what they need, or nobody."""
    named = exists().where(Need.consumer_id == Function.id, Need.retired.is_(False))
    told = case((Function.no_dependencies.is_(True) | named, 1), else_=0)
    rows = select(Function.organisation_id, func.count(Function.id), func.sum(told)).join(Function.organisation)
    rows = rows.where(within(scope, Function.confidentiality), Function.organisation_id.in_(organisations))
    rows = rows.where(Function.state != FunctionState.RETIRED, Function.criticality.in_(VITAL))
    return rows.group_by(Function.organisation_id)
