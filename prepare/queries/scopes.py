"""The scope as a condition: no query without it."""

from typing import Any

from sqlalchemy import ColumnElement, false, or_
from sqlalchemy.orm import InstrumentedAttribute

from prepare.actor import Scope
from prepare.models.organisations import Organisation
from prepare.vocabulary import Confidentiality

Column = InstrumentedAttribute[Any] | ColumnElement[Any]


def within(
    scope: Scope, confidentiality: Column | None = None, *, shared: ColumnElement[bool] | None = None
) -> ColumnElement[bool]:
    """Condition for rows joined to their owner `Organisation`: readable in this scope.

    `confidentiality` is the rows' class column (None: internal data without a class); `shared` lets
    rows through that a partner has been given.
    """
    ways = [shared] if shared is not None else []
    for root in scope.roots:
        inside = Organisation.path.startswith(root.path, autoescape=True)
        if confidentiality is not None and root.highest is not Confidentiality.CONFIDENTIAL:
            open_enough = [c for c in Confidentiality if c.rank <= root.highest.rank]
            inside &= confidentiality.in_(open_enough)
        ways.append(inside)
    return or_(*ways) if ways else false()


def named_in(scope: Scope, function: Column, confidentiality: Column) -> ColumnElement[bool]:
    """Condition for functions whose code and name may be shown: readable, known, or in the directory.

    `function` is the column of their ids.
    """
    listed = [
        Organisation.path.startswith(prefix, autoescape=True) & (confidentiality != Confidentiality.CONFIDENTIAL)
        for prefix in scope.directory
    ]
    return or_(within(scope, confidentiality), function.in_(scope.known | scope.functions), *listed)


def containing(column: Column, folded: str) -> ColumnElement[bool]:
    """Condition that the folded search text contains every word; `%` and `_` are plain characters."""
    words = [column.contains(word, autoescape=True) for word in folded.split()]
    condition = words[0]
    for word in words[1:]:
        condition &= word
    return condition
