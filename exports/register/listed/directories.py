"""What a list may name: functions, organisations, risks and interfaces, as far as the acting person may name them."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from sqlalchemy import Select

from dependencies import queries as dependency_queries
from dependencies.analysing import agreements as agreement_queries
from dependencies.models.interfaces import Interface
from exports.listing.naming import Directory, Named
from prepare.actor import Scope
from prepare.db import db
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.queries import functions, organisations
from prepare.queries.scopes import below
from prepare.vocabulary import FunctionState
from risks.models.risks import Risk
from risks.queries import risks


def of(refers: str, scope: Scope, owner: Organisation) -> Directory:
    """The records of this kind that a list of the organisation may name."""
    return Directory(partial(READ[refers], scope, owner))


def _functions(scope: Scope) -> Select[Any]:
    return functions.nameable(scope).where(Function.state != FunctionState.RETIRED)


def _named(rows: Select[Any], model: Any, stem: str = "name") -> Iterable[Named]:
    columns = [model.code, *(getattr(model, f"{stem}_{code}") for code in ("fi", "sv", "en"))]
    found = db.session.execute(rows.with_only_columns(*columns, maintain_column_froms=True).order_by(None))
    return [Named(code, tuple(names)) for code, *names in found]


def _suppliers(scope: Scope, _owner: Organisation) -> Iterable[Named]:
    """Functions and services, told by the names of who provides them too."""
    names = [getattr(model, f"name_{code}") for model in (Function, Organisation) for code in ("fi", "sv", "en")]
    rows = _functions(scope).with_only_columns(Function.code, Organisation.code, *names, maintain_column_froms=True)
    for code, owner, *told in db.session.execute(rows.order_by(Function.code)):
        yield Named(code, tuple(told[:3]), (owner, *told[3:]))


READ: dict[str, Any] = {
    "functions": lambda scope, _owner: _named(_functions(scope), Function),
    "own": lambda scope, owner: _named(_functions(scope).where(below(owner.path)), Function),
    "suppliers": _suppliers,
    "partners": lambda scope, _owner: _named(agreement_queries.partners(scope), Organisation),
    "organisations": lambda scope, _owner: _named(organisations.organisations(scope, own=None), Organisation),
    "risks": lambda scope, _owner: _named(risks.readable(scope), Risk, "title"),
    "interfaces": lambda scope, _owner: _named(dependency_queries.interfaces(scope), Interface),
}
