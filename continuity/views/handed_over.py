"""What a transfer has moved, as both sides may see it: what left from where, and what arrived."""

from types import SimpleNamespace

from flask import url_for

from continuity.models.transfers import Transfer, TransferMove
from continuity.queries import transfers as queries
from continuity.vocabulary.transfers import Moving
from prepare import actor
from prepare.db import db
from prepare.texts import language
from prepare.vocabulary import Confidentiality

#: Kind of record → the endpoint of its page.
ENDPOINTS = {
    Moving.FUNCTION: "prepare.function",
    Moving.PLAN: "continuity.plan",
    Moving.RISK: "risks.risk",
    Moving.MEASURE: "risks.measure",
    Moving.AGREEMENT: "dependencies.agreement",
    Moving.INTERFACE: "dependencies.interface",
    Moving.EXERCISE: "continuity.exercise",
}
MOST = 200  #: moved records that a page tells


def handed_over(transfer: Transfer) -> SimpleNamespace:
    """The records that were moved: .rows that the person may know of, and how many more there are as .hidden.

    The giver sees what it gave by the name that it had then; the receiver opens what it has now.
    """
    scope = actor.current().scope
    moves = db.session.scalars(queries.moved(transfer)).all()
    seen = [one for one in moves if _may_know(one, transfer)]
    shown = seen[:MOST]
    now = {(kind, one): row for kind, one, *row in db.session.execute(queries.whereabouts(shown))} if shown else {}
    rows = [_row(scope, one, *now[one.kind.value, one.record_id]) for one in shown]
    return SimpleNamespace(rows=rows, hidden=len(moves) - len(shown))


def _may_know(move: TransferMove, transfer: Transfer) -> bool:
    """Whether the person reads such records at the side that gave it, or at the one that took it over."""
    scope, closed = actor.current().scope, Confidentiality(move.before["confidentiality"])
    return scope.covers(move.giver.path, closed) or scope.covers(transfer.receiver.path, closed)


def _row(scope: actor.Scope, move: TransferMove, ref: object, path: str, closed: str) -> SimpleNamespace:
    opens = scope.covers(path, Confidentiality(closed))
    return SimpleNamespace(
        kind=move.kind,
        code=move.record_code,
        name=_name(move),
        giver=move.giver,
        url=url_for(ENDPOINTS[move.kind], ref=ref) if opens else None,
    )


def _name(move: TransferMove) -> str:
    """The name that it had when it moved, in the language of the page or in Finnish."""
    stem = "title" if "title_fi" in move.before else "name"
    return str(move.before.get(f"{stem}_{language()}") or move.before[f"{stem}_fi"])
