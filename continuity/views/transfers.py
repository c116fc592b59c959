"""Transfers of responsibility: the list, the page of one, and the preview of what it moves and loses."""

from types import SimpleNamespace
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from continuity import left_behind
from continuity import moving as rules
from continuity.loading import transfers as loading
from continuity.models.transfers import Transfer, TransferItem
from continuity.queries import moving
from continuity.queries import transfers as queries
from continuity.views.blueprint import bp
from continuity.views.handed_over import ENDPOINTS, handed_over
from continuity.vocabulary.transfers import AHEAD, OPEN_TRANSFERS, TransferStage
from prepare import actor
from prepare.access import Action
from prepare.clock import today
from prepare.db import db
from prepare.gate.opening import opens, opens_page
from prepare.queries.pages import page
from prepare.texts import N_, _
from prepare.views.functions import word
from prepare.views.paging import PAGE_SIZE, paging

#: The stages that a transfer goes through; being in force follows from its day.
WAY = (TransferStage.PLANNED, TransferStage.PREPARED, TransferStage.MOVED)
IN_FORCE = N_("In force")
MOST = 60  #: records of one kind that the preview names
MOST_ITEMS = 200


@bp.get("/transfers/")
@opens_page(Action.VIEW_TRANSFER)
def transfers() -> ResponseReturnValue:
    """What the person may read of the transfers: search, filter, paging."""
    args, scope = request.args, actor.current().scope
    wanted = SimpleNamespace(q=args.get("q", "")[:200], state=word(TransferStage, args.get("state")))
    found = queries.transfers(scope, q=wanted.q, stage=wanted.state)
    at = paging(db.session.scalar(queries.counted(found, Transfer.id)) or 0)
    rows = db.session.scalars(page(found, Transfer.id, offset=at.offset, limit=PAGE_SIZE)).all()
    progress = {one: (every, still) for one, every, still in db.session.execute(queries.progress([t.id for t in rows]))}
    told = [_told(one, *progress.get(one.id, (0, 0))) for one in rows]
    return render_template("continuity/transfers.html", rows=told, at=at, wanted=wanted, states=TransferStage)


def _told(transfer: Transfer, items: int, still: int) -> SimpleNamespace:
    return SimpleNamespace(record=transfer, items=items, settled=items - still, in_force=transfer.in_force(today()))


@bp.get("/transfers/<uuid:ref>")
@opens(Transfer, Action.VIEW_TRANSFER)
def transfer(transfer: Transfer) -> ResponseReturnValue:
    """One transfer: how far it has come, its checklist, and what has moved."""
    scope = actor.current().scope
    items = db.session.scalars(queries.items_of(scope, transfer).limit(MOST_ITEMS)).unique().all()
    found = db.session.execute(queries.progress([transfer.id])).one_or_none()
    every, still = (found[1], found[2]) if found else (0, 0)
    return render_template(
        "continuity/transfer.html",
        transfer=transfer,
        way=_way(transfer),
        ahead=transfer.state in AHEAD,
        in_force=transfer.in_force(today()),
        items=items,
        every=every,
        settled=every - still,
        hidden=every - len(items),
        moved=handed_over(transfer),
        chosen=len(db.session.scalars(moving.chosen(transfer)).all()) if transfer.state in AHEAD else None,
    )


def _way(transfer: Transfer) -> list[SimpleNamespace]:
    """The steps from planned to in force; none for what was cancelled."""
    if transfer.state is TransferStage.CANCELLED:
        return []
    in_force = transfer.in_force(today())
    reached = len(WAY) if in_force else WAY.index(transfer.state) if transfer.state in WAY else 0
    labels = [*(stage.label for stage in WAY), _(IN_FORCE)]
    return [
        SimpleNamespace(label=label, done=place <= reached, now=place == reached) for place, label in enumerate(labels)
    ]


@bp.get("/transfers/<uuid:ref>/preview")
@opens(Transfer, Action.VIEW_TRANSFER)
def preview_transfer(transfer: Transfer) -> ResponseReturnValue:
    """What moves, what stays between both sides, and what would be lost, of what the person may read."""
    if transfer.state not in AHEAD:
        return redirect(url_for("continuity.transfer", ref=transfer.ref))
    facts = loading.facts(actor.current().scope, transfer)
    sorted_out = rules.sort(facts)
    return render_template(
        "continuity/transfer_preview.html",
        transfer=transfer,
        facts=facts,
        hidden=len(facts.chosen) - len(facts.movers),
        counts=rules.counted(sorted_out.moves),
        moves=_by_kind(sorted_out.moves),
        stays=_by_kind([*sorted_out.split, *sorted_out.between]),
        inner=len(rules.inner(facts)),
        crossing=len(rules.crossing(facts)),
        bare=sum(left_behind.is_uncovered(line, facts) for line in rules.crossing(facts)),
        **_lost(transfer, facts),
    )


def _lost(transfer: Transfer, facts: rules.Facts) -> dict[str, Any]:
    """What would be lost, each line with the item that was made of it, and how many lines have none."""
    scope = actor.current().scope
    rows = queries.transfer_items(scope).where(TransferItem.transfer_id == transfer.id)
    items = {one.origin: one for one in db.session.scalars(rows.limit(MOST_ITEMS)) if one.origin}
    codes = {one.id: one for one in facts.movers}
    lost = [
        SimpleNamespace(
            line=line,
            item=items.get(line.origin),
            functions=[codes[one].code for one in sorted(line.functions) if one in codes],
        )
        for line in left_behind.losses(facts)
    ]
    still = sum(one.item is None for one in lost)
    return {"lost": lost, "unlisted": still, "open_items": sum(one.state in OPEN_TRANSFERS for one in items.values())}


def _by_kind(pieces: Any) -> list[SimpleNamespace]:
    """Records under their kinds, as many as a page holds: .kind, .rows and how many .more there are."""
    kinds: dict[Any, list[Any]] = {}
    for piece in pieces:
        kinds.setdefault(piece.kind, []).append(piece)
    return [
        SimpleNamespace(
            kind=kind, count=len(some), rows=some[:MOST], more=max(0, len(some) - MOST), endpoint=ENDPOINTS[kind]
        )
        for kind, some in kinds.items()
    ]
