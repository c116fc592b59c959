"""What must not be lost in transfers: the list over all transfers, one item, what became of it and what mends it."""

from functools import partial
from types import SimpleNamespace

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from continuity.entries.transfers import ItemEntry, ItemMeasureEntry, ItemStateEntry
from continuity.forms.transfers import ItemForm, ItemMeasureForm, ItemStateForm
from continuity.models.transfers import Transfer, TransferItem
from continuity.queries import transfers as queries
from continuity.register import transfer_items as register
from continuity.transferring import is_open
from continuity.views.blueprint import bp
from continuity.vocabulary.transfers import TransferState
from dependencies import queries as dependency_queries
from dependencies.models.interfaces import Interface
from prepare import actor
from prepare.access import Action
from prepare.db import db
from prepare.forms.form import CityForm
from prepare.gate.opening import opens, opens_page
from prepare.merging import Seen
from prepare.queries.pages import page
from prepare.texts import N_, _, name_of
from prepare.views.clashes import Editing
from prepare.views.functions import word
from prepare.views.keeping import adding, asking, editing
from prepare.views.paging import PAGE_SIZE, paging
from risks.models.measures import Measure
from risks.queries import measures as measure_queries
from risks.vocabulary.measures import MeasureState


@bp.get("/transfers/items/")
@opens_page(Action.VIEW_TRANSFER)
def transfer_items() -> ResponseReturnValue:
    """What must not be lost, over all transfers that the person may read: search, filter, paging."""
    args = request.args
    wanted = SimpleNamespace(q=args.get("q", "")[:200], state=word(TransferState, args.get("state")))
    found = queries.transfer_items(actor.current().scope, q=wanted.q, state=wanted.state)
    at = paging(db.session.scalar(queries.counted(found)) or 0)
    rows = db.session.scalars(page(found, TransferItem.id, offset=at.offset, limit=PAGE_SIZE)).all()
    return render_template("continuity/transfer_items.html", rows=rows, at=at, wanted=wanted, states=TransferState)


@bp.get("/transfers/items/<uuid:ref>")
@opens(TransferItem, Action.VIEW_TRANSFER)
def transfer_item(item: TransferItem) -> ResponseReturnValue:
    """One item: from whom to whom, what became of it, and for what it is critical."""
    who = actor.current()
    seen = db.session.scalars(queries.critical_for(who.scope, item)).all()
    interfaces = dependency_queries.interfaces(who.scope).where(Interface.id == item.interface_id)
    measures = measure_queries.measures(who.scope).where(Measure.id == item.measure_id)
    verified = item.measure is not None and item.measure.state is MeasureState.VERIFIED
    return render_template(
        "continuity/transfer_item.html",
        item=item,
        functions=seen,
        hidden=len(item.functions) - len(seen),
        interface=db.session.scalars(interfaces).one_or_none() if item.interface_id else None,
        measure=db.session.scalars(measures).one_or_none() if item.measure_id else None,
        is_open=is_open(item.state, is_verified=verified),
        opens=actor.readable(who, item.transfer),
    )


@bp.route("/transfers/<uuid:ref>/items/new", methods=["GET", "POST"])
@opens(Transfer, Action.ADD_TRANSFERITEM)
def add_transfer_item(transfer: Transfer) -> ResponseReturnValue:
    """Add an item to the checklist of a transfer."""
    form = ItemForm(obj=ItemEntry(name_fi="", confidentiality=transfer.confidentiality))
    told = N_("The item was added to the checklist.")
    back = url_for("continuity.transfer", ref=transfer.ref)
    return adding(
        form,
        lambda: register.add(transfer, form.entry()),
        told,
        "continuity.transfer_item",
        partial(_form, form, name_of(transfer), back, None),
    )


@bp.route("/transfers/items/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(TransferItem, Action.EDIT_TRANSFERITEM)
def edit_transfer_item(item: TransferItem) -> ResponseReturnValue:
    """Change what an item is about; what two people changed at the same time is put together."""
    form = ItemForm(obj=register.seen_now(item).entry)
    title = f"{item.code} {name_of(item)}"
    edited = Editing(item, form, partial(register.seen_now, item), partial(_edit, item), title, _page(item))
    return editing(edited, N_("The item was saved."), partial(_form, form, title, _page(item), item))


def _edit(item: TransferItem, entry: ItemEntry, seen: Seen[ItemEntry] | None) -> TransferItem:
    return register.edit(item, entry, seen=seen)


@bp.route("/transfers/items/<uuid:ref>/advance", methods=["GET", "POST"])
@opens(TransferItem, Action.ADVANCE_TRANSFERITEM)
def advance_transfer_item(item: TransferItem) -> ResponseReturnValue:
    """Say what became of an item, and what shows it."""
    form = ItemStateForm(obj=ItemStateEntry(state=item.state, evidence=item.evidence))
    lead = _("What is lost stays among the findings until a measure that mends it has been verified.")
    return asking(
        form,
        lambda: register.advance(item, form.entry()),
        N_("The item was assessed."),
        _page(item),
        partial(_step, form, item, _("What has become of it?"), lead),
    )


@bp.route("/transfers/items/<uuid:ref>/measure", methods=["GET", "POST"])
@opens(TransferItem, Action.MEND_TRANSFERITEM)
def mend_transfer_item(item: TransferItem) -> ResponseReturnValue:
    """Make the measure that mends an item."""
    form = ItemMeasureForm(obj=ItemMeasureEntry(name_fi=""))
    lead = _("The measure is followed like every other one; the item keeps it.")
    return asking(
        form,
        lambda: register.mend(item, form.entry()),
        N_("The measure was made."),
        _page(item),
        partial(_step, form, item, _("Make a measure"), lead),
    )


def _step(form: CityForm, item: TransferItem, title: str, lead: str) -> ResponseReturnValue:
    told = {"title": title, "lead": lead, "changed": (), "danger": False, "back": _page(item)}
    return render_template("continuity/transfer_step.html", form=form, of=item, **told)


def _form(form: ItemForm, of: str, back: str, item: TransferItem | None) -> ResponseReturnValue:
    return render_template("continuity/transfer_item_form.html", form=form, of=of, item=item, back=back)


def _page(item: TransferItem) -> str:
    return url_for("continuity.transfer_item", ref=item.ref)
