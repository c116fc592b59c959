"""Readings of the code lists, and of what uses their codes."""

from sqlalchemy import Select, func, select

from prepare.actor import Scope
from prepare.models.codes import CodeItem
from prepare.models.organisations import Organisation
from prepare.queries.scopes import bound_by, within
from prepare.vocabulary import CodeList
from risks.models.risks import Risk
from risks.models.scenarios import Scenario
from risks.vocabulary.risks import RiskState


def listed(kind: CodeList) -> Select[CodeItem]:
    """The codes of a list that are in force, in its order; catalogues are open to whoever reads registers."""
    rows = select(CodeItem).where(CodeItem.kind == kind, CodeItem.valid_to.is_(None))
    return rows.order_by(CodeItem.rank, CodeItem.code)


def former(kind: CodeList) -> Select[CodeItem]:
    """The codes of a list that are no longer in force, the latest first."""
    rows = select(CodeItem).where(CodeItem.kind == kind, CodeItem.valid_to.is_not(None))
    return rows.order_by(CodeItem.valid_to.desc(), CodeItem.code, CodeItem.id)


def risks_by_code(scope: Scope, kind: CodeList) -> Select[str | None, int]:
    """How many open risks in the scope carry each code of the list of threats or areas."""
    column = Risk.area if kind is CodeList.AREA else Risk.threat
    rows = select(column, func.count(Risk.id)).join(Organisation, Organisation.id == Risk.organisation_id)
    rows = rows.where(within(scope, Risk.confidentiality), Risk.state != RiskState.CLOSED, column.is_not(None))
    return rows.group_by(column)


def scenarios_by_code(scope: Scope, kind: CodeList) -> Select[str | None, int]:
    """How many scenarios in force carry each code of the list of threats or areas."""
    column = Scenario.area if kind is CodeList.AREA else Scenario.threat
    rows = select(column, func.count(Scenario.id)).join(Organisation, Organisation.id == Scenario.organisation_id)
    rows = rows.where(bound_by(scope, Scenario.confidentiality), Scenario.retired.is_(False), column.is_not(None))
    return rows.group_by(column)


def counted(kind: CodeList) -> Select[int]:
    """How many codes of a list are in force."""
    return select(func.count(CodeItem.id)).where(CodeItem.kind == kind, CodeItem.valid_to.is_(None))
