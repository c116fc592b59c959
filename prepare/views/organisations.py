"""Organisations: the tree, and what one of them is, keeps and has people for."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.access import Action, may
from prepare.db import db
from prepare.duties import Duty, lacking
from prepare.gate.opening import opens, opens_page
from prepare.insets import insets
from prepare.models.organisations import Organisation
from prepare.queries import organisations as queries
from prepare.queries import people
from prepare.register.organisations import Place
from prepare.texts import _
from prepare.views import bp
from prepare.views.paging import PAGE_SIZE, paging
from prepare.vocabulary import Criticality, OrganisationKind

CLASSES = (*Criticality, None)
DEEPEST = 5  #: steps of the tree that are drawn


@dataclass(frozen=True)
class Row:
    """An organisation as the list shows it: how deep it stands, what it keeps, which duties are open."""

    organisation: Organisation
    depth: int
    counts: dict[Criticality | None, int]
    lacks: list[Duty]


@bp.get("/organisations/")
@opens_page(Action.VIEW_ORGANISATION)
def organisations() -> ResponseReturnValue:
    """The city group as a tree, or the partners by kind; search, and where nobody is named for a duty."""
    scope, args = actor.current().scope, request.args
    show = args.get("show") if args.get("show") in ("outside", "closed") else "own"
    wanted = SimpleNamespace(q=args.get("q", "")[:200], lacking=args.get("duties") == "open", show=show)
    found = list(db.session.scalars(_asked(wanted)))
    counts: dict[int, dict[Criticality | None, int]] = defaultdict(dict)
    for owner, criticality, count in db.session.execute(queries.function_counts(scope)):
        counts[owner][criticality] = count
    rows = [Row(one, depth, counts[one.id], lacking(one)) for one, depth in _in_order(found, flat=show != "own")]
    rows = [row for row in rows if row.lacks] if wanted.lacking else rows
    at = paging(len(rows))
    return render_template(
        "prepare/organisations.html",
        rows=rows[at.offset : at.offset + PAGE_SIZE],
        at=at,
        wanted=wanted,
        titles=[{"text": title, "class": "num"} for title in _titles(own=show == "own")],
        classes=CLASSES if show == "own" else (),
        lacking=sum(bool(row.lacks) for row in rows),
        adds=may_add(),
    )


def _titles(*, own: bool) -> list[str]:
    """Headings of the columns of functions: by class for the city's own, in all for partners' services."""
    return [c.value if c else _("No class") for c in CLASSES] if own else [_("Functions")]


def _asked(wanted: SimpleNamespace) -> Any:
    closed = wanted.show == "closed"
    return queries.tree(actor.current().scope, q=wanted.q, own=None if closed else wanted.show == "own", closed=closed)


def may_add() -> SimpleNamespace:
    """What the acting person may add somewhere: the city's own organisations, partners."""
    who = actor.current()
    own = may(who, Action.MOVE_ORGANISATION)
    return SimpleNamespace(own=own, outside=own or may(who, Action.ADD_ORGANISATION))


def _in_order(found: Iterable[Organisation], *, flat: bool) -> list[tuple[Organisation, int]]:
    """The organisations as they are listed, each with its depth: partners by kind, the city group as a tree."""
    if flat:
        kinds = list(OrganisationKind)
        return [(one, 0) for one in sorted(found, key=lambda one: kinds.index(one.kind))]
    rows = list(found)
    names = {one.id: one.sort_name for one in rows}
    ids = [[int(step) for step in one.path.split("/") if step] for one in rows]
    above = {id(one): [step for step in steps if step in names] for one, steps in zip(rows, ids, strict=True)}
    rows.sort(key=lambda one: [(names[step], step) for step in above[id(one)]])
    return [(one, min(len(above[id(one)]) - 1, DEEPEST)) for one in rows]


@bp.get("/organisations/<uuid:ref>")
@opens(Organisation, Action.VIEW_ORGANISATION)
def organisation(organisation: Organisation) -> ResponseReturnValue:
    """One organisation: what it is, who answers for it, what it keeps."""
    scope = actor.current().scope
    counts = {c: n for owner, c, n in db.session.execute(queries.function_counts(scope)) if owner == organisation.id}
    return render_template(
        "prepare/organisation.html",
        organisation=organisation,
        above=_above(organisation),
        parts=db.session.scalars(queries.parts(scope, organisation)).all(),
        counts=[(c, counts[c]) for c in CLASSES if c in counts],
        functions=sum(counts.values()),
        lacks=[duty.label for duty in lacking(organisation)],
        roles=db.session.execute(people.holding(scope, organisation)).all(),
        adds_below=_adds_below(organisation),
        insets=list(insets(organisation)),
    )


def _above(organisation: Organisation) -> list[Organisation]:
    """What it stands below, as far as the acting person reads it."""
    every = db.session.scalars(queries.above(organisation)).all()
    return [one for one in every if may(actor.current(), Action.VIEW_ORGANISATION, one)]


def _adds_below(organisation: Organisation) -> bool:
    return organisation.active and may(
        actor.current(), Action.ADD_ORGANISATION, Place(organisation, OrganisationKind.SECTOR)
    )
