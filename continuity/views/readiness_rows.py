"""How rows of indicators are told to one reader: by name and link if they may be read, else only counted."""

from collections.abc import Iterable, Mapping
from datetime import date
from types import SimpleNamespace
from typing import Any

from flask import current_app, url_for

from continuity.scoring.indicator import Indicator, Item, Row, Step
from continuity.scoring.scores import points
from continuity.scoring.vocabulary import Kind
from prepare.actor import Scope
from prepare.texts import N_, _, day, hours, name_of, number
from prepare.vocabulary import Confidentiality

#: Where each kind of record is told about.
PAGES = {
    Kind.AGREEMENT: "dependencies.agreement",
    Kind.BODY: "risks.body",
    Kind.DEPENDENCY: "dependencies.need",
    Kind.EXERCISE: "continuity.exercise",
    Kind.FUNCTION: "prepare.function",
    Kind.INTERFACE: "dependencies.interface",
    Kind.LOSS: "dependencies.keystone",
    Kind.MEASURE: "risks.measure",
    Kind.NEED: "prepare.function",
    Kind.OBSERVATION: "continuity.observation",
    Kind.ORGANISATION: "prepare.organisation",
    Kind.PLAN: "continuity.plan",
    Kind.REQUIREMENT: "prepare.organisation_guidance",
    Kind.RISK: "risks.risk",
    Kind.SCENARIO: "risks.scenario",
    Kind.TRANSFER: "continuity.transfer_item",
}
#: Figures in the sentences of rows that are hours.
HOURS = frozenset({"outage", "mtpd"})
OUTSIDE = N_("a record outside your view")


def reads(scope: Scope, item: Item) -> bool:
    """Whether the reader may read the record."""
    below = item.is_binding and item.confidentiality is not Confidentiality.CONFIDENTIAL
    covered = scope.covers(item.path, item.confidentiality)
    return covered or (below and scope.is_below(item.path, item.confidentiality))


def named(scope: Scope, item: Item) -> str:
    """What a sentence calls a record: its code, if the reader may know it."""
    is_function = item.kind in (Kind.FUNCTION, Kind.LOSS)
    known = is_function and scope.names(item.id, item.path, item.confidentiality)
    return item.code if known or reads(scope, item) else _(OUTSIDE)


def link(scope: Scope, item: Item) -> SimpleNamespace:
    """A record with the address of its page, as far as the reader may read it."""
    if not reads(scope, item):
        return SimpleNamespace(code="…", name=named(scope, item), url=None, kind=item.kind)
    endpoint = PAGES[item.kind]
    url = url_for(endpoint, ref=item.ref) if endpoint in current_app.view_functions else None
    return SimpleNamespace(code=item.code, name=name_of(item), url=url, kind=item.kind)


def told(scope: Scope, message: str, values: Mapping[str, Any]) -> str:
    """A row's sentence, its places filled in the language in use."""
    return _(message, **{name: _value(scope, name, value) for name, value in values.items()})


def _value(scope: Scope, name: str, value: Any) -> str:
    if isinstance(value, Item):
        return named(scope, value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, tuple):
        return ", ".join(_(one) for one in value)
    return hours(value) if name in HOURS else number(value)


def row(scope: Scope, one: Row) -> SimpleNamespace:
    """A row that the reader may read."""
    return SimpleNamespace(
        **vars(link(scope, one.item)),
        weight=number(one.weight),
        share=points(100 * one.share),
        standing=_standing(one),
        why=told(scope, one.why, one.values),
        step=step(scope, one.step) if one.step else None,
    )


def _standing(one: Row) -> str:
    if one.unknown >= 1:
        return "unknown"
    return "counted" if one.counts else "partly" if one.share else "not"


def step(scope: Scope, one: Step) -> SimpleNamespace:
    """What is to be done, and where."""
    return SimpleNamespace(**vars(link(scope, one.item)), do=_(one.do))


def counts(indicator: Indicator) -> SimpleNamespace:
    """An indicator's figures."""
    return SimpleNamespace(
        code=indicator.code,
        value=points(indicator.value),
        numerator=number(indicator.numerator),
        denominator=number(indicator.denominator),
        unknown=number(indicator.unknown),
        rows=len(indicator.rows),
    )


def parted(scope: Scope, rows: Iterable[Row]) -> tuple[list[Row], int]:
    """The rows that the reader may read, and how many there are outside his or her view."""
    every = list(rows)
    seen = [one for one in every if reads(scope, one.item)]
    return seen, len(every) - len(seen)
