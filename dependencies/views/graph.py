"""The page of the dependency graph: who needs whom, in layers from suppliers to consumers."""

from types import SimpleNamespace
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from dependencies.sight import OUTSIDE
from dependencies.views import plan
from dependencies.views.address import here
from dependencies.views.atlas import PARTNERS, Atlas, atlas, titles
from dependencies.views.blueprint import bp
from dependencies.views.groups import grouped
from dependencies.vocabulary import DependencyKind
from prepare import actor
from prepare.access import Action
from prepare.db import db
from prepare.gate.opening import opens_page
from prepare.queries import organisations
from prepare.texts import _, name_of, named, sort_key
from prepare.views.paging import PAGE_SIZE, paging
from prepare.vocabulary import Criticality

MOST_PLACES = 500  #: organisations to choose from, where the whole graph is too large for a page
MOST_NAMED = 12  #: suppliers and consumers of a function that the table names


@bp.get("/graph/")
@opens_page(Action.TRACE_SCENARIO)
def graph() -> ResponseReturnValue:
    """Look at the dependency graph."""
    return render_template("dependencies/graph.html", **answer())


def answer() -> dict[str, Any]:
    """What the page shows of what its address asks for."""
    found = atlas()
    if found is None:
        places = organisations.uppermost(organisations.organisations(actor.current().scope)).limit(MOST_PLACES)
        links = [(name_of(one), url_for("dependencies.graph", under=one.code)) for one in db.session.scalars(places)]
        return {"places": links, "drawing": None}
    at = paging(len(found.matching))
    return {
        "atlas": found,
        "drawing": plan.draw(found) if found.shown else None,
        "rows": _rows(found, at.offset),
        "cells": [] if found.is_single else _cells(found),
        "at": at,
        "offered": _offered(found),
        "has_functions": bool(found.sight.cards),
        "has_links": bool(found.sight.ties),
        "focus": _focus(found),
        "clear": url_for("dependencies.graph"),
    }


def _offered(found: Atlas) -> SimpleNamespace:
    """What can be chosen in the filters."""
    cards = found.sight.cards
    groups = titles(cards, {id_: card.organisation if card.kind.is_own else PARTNERS for id_, card in cards.items()})
    layers = range(1, 2 + max(found.layers.layer.values(), default=0))
    return SimpleNamespace(
        sectors=list(groups.items()),
        classes=[(one.value, one.option) for one in Criticality],
        kinds=[(one.value, one.label) for one in DependencyKind],
        layers=[(str(number), _("Layer %(number)s", number=number)) for number in layers],
    )


def _rows(found: Atlas, offset: int) -> list[SimpleNamespace]:
    """A page of the table: the functions by layer and code, with whom each needs and who needs it."""
    ids = sorted(found.matching, key=lambda id_: (found.layers.layer[id_], found.sight.cards[id_].code))
    return [_row(found, id_) for id_ in ids[offset : offset + PAGE_SIZE]]


def _row(found: Atlas, id_: int) -> SimpleNamespace:
    card, grade = found.sight.cards[id_], found.criticality(id_)
    return SimpleNamespace(
        code=card.code,
        name=name_of(card),
        url=url_for("prepare.function", ref=card.ref) if id_ in found.sight.opened else None,
        organisation=named(card, "organisation"),
        grade=grade.value if grade else "–",
        layer=found.layers.layer[id_] + 1,
        is_circle=id_ in found.layers.circle,
        suppliers=_ends(found, id_, "consumer", "supplier"),
        consumers=_ends(found, id_, "supplier", "consumer"),
        focus=here(focus=card.code, page=None),
    )


def _ends(found: Atlas, id_: int, own: str, other: str) -> SimpleNamespace:
    """The other ends of the function's links: codes with their names, and whether the supplier has confirmed."""
    ends: dict[int, bool] = {}
    for tie in found.ties_of.get(id_, ()):
        if getattr(tie, own) == id_:
            end = getattr(tie, other)
            ends[end] = ends.get(end, True) and tie.is_confirmed
    cards = found.sight.cards
    named_ones = sorted((cards[end].code, name_of(cards[end]), sure) for end, sure in ends.items() if end != OUTSIDE)
    return SimpleNamespace(
        named=named_ones[:MOST_NAMED], more=max(0, len(named_ones) - MOST_NAMED), has_outside=OUTSIDE in ends
    )


def _cells(found: Atlas) -> list[SimpleNamespace]:
    """The table of groups: which, in which layer, how many functions, and how many of them vital."""
    groups = grouped(found)
    return [
        SimpleNamespace(
            title=groups.titles[group],
            layer=layer + 1,
            count=len(ids),
            vital=sum(found.criticality(id_) is Criticality.K1 for id_ in ids),
            url=plan.cell_url(groups, (group, layer)),
        )
        for (group, layer), ids in sorted(
            groups.cells.items(), key=lambda item: (item[0][1], sort_key(groups.titles[item[0][0]]))
        )
    ]


def _focus(found: Atlas) -> SimpleNamespace | None:
    """The function whose lines stand out, with whom it is linked; that there is none such, when one was asked for."""
    if not found.asked.focus:
        return None
    off = here(focus=None)
    return SimpleNamespace(row=_row(found, found.focus) if found.focus else None, code=found.asked.focus, off=off)
