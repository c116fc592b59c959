"""The scope as a condition: no query without it."""

from typing import Any

from sqlalchemy import ColumnElement, false, or_
from sqlalchemy.orm import InstrumentedAttribute

from prepare.actor import Scope
from prepare.models.organisations import Organisation
from prepare.vocabulary import Confidentiality

Column = InstrumentedAttribute[Any] | ColumnElement[Any]


def below(path: str, organisation: type[Organisation] = Organisation) -> ColumnElement[bool]:
    """Condition for the organisation at this path and everything below it.

    A path ends in "/", and "0" is the next sign: a range, which an index finds, while a pattern is held
    against every row. So a city's pages cost the same whatever else the database holds.
    """
    return (organisation.path >= path) & (organisation.path < f"{path[:-1]}0")


def within(scope: Scope, confidentiality: Column | None = None, *, shared: Column | None = None) -> ColumnElement[bool]:
    """Condition for rows joined to their owner `Organisation`: readable in this scope.

    `confidentiality` is the rows' class column (None: internal data without a class); `shared` is the column of
    their functions' ids, which lets functions through that a partner has been given. Nothing given is no
    condition: an empty one, joined by OR, would keep the database from its index.
    """
    ways: list[ColumnElement[bool]] = [shared.in_(scope.functions)] if shared is not None and scope.functions else []
    for root in scope.roots:
        inside = below(root.path)
        if confidentiality is not None and root.highest is not Confidentiality.CONFIDENTIAL:
            open_enough = [c for c in Confidentiality if c.rank <= root.highest.rank]
            inside &= confidentiality.in_(open_enough)
        ways.append(inside)
    return or_(*ways) if ways else false()


def bound_by(
    scope: Scope, confidentiality: Column, *, open_below: Confidentiality = Confidentiality.CONFIDENTIAL
) -> ColumnElement[bool]:
    """Condition for rows joined to their owner `Organisation` that bind it and everything below it.

    Whoever reads any organisation below the rows', or above it, reads them; from below only up to the class
    `open_below`.
    """
    ways: list[ColumnElement[bool]] = []
    for root in scope.roots:
        parts = [part for part in root.path.split("/") if part]
        above = [f"/{'/'.join(parts[:length])}/" for length in range(1, len(parts) + 1)]
        ways.append(below(root.path) & confidentiality.in_(_up_to(root.highest)))
        lowest = min(root.highest, open_below, key=lambda c: c.rank)
        ways.append(Organisation.path.in_(above) & confidentiality.in_(_up_to(lowest)))
    return or_(*ways) if ways else false()


def _up_to(highest: Confidentiality) -> list[Confidentiality]:
    return [c for c in Confidentiality if c.rank <= highest.rank]


def named_in(scope: Scope, function: Column, confidentiality: Column) -> ColumnElement[bool]:
    """Condition for functions whose code and name may be shown: readable, known, or in the directory.

    `function` is the column of their ids.
    """
    places = [below(prefix) for prefix in scope.directory]
    if scope.commons:
        places.append(Organisation.path.in_(scope.commons))
    listed = [place & (confidentiality != Confidentiality.CONFIDENTIAL) for place in places]
    single = scope.known | scope.functions
    return or_(within(scope, confidentiality), *([function.in_(single)] if single else []), *listed)


def containing(column: Column, folded: str) -> ColumnElement[bool]:
    """Condition that the folded search text contains every word; `%` and `_` are plain characters."""
    words = [column.contains(word, autoescape=True) for word in folded.split()]
    condition = words[0]
    for word in words[1:]:
        condition &= word
    return condition
