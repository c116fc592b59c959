"""Planning a transfer of responsibility, its checklist, the move itself, and taking it back."""

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from continuity.entries.transfers import MoveEntry, TransferEntry, UndoEntry
from continuity.forms.transfers import AddTransferForm, MoveForm, TransferForm, UndoForm
from continuity.models.transfers import Transfer
from continuity.queries import moving
from continuity.queries import transfers as queries
from continuity.register import handing_over
from continuity.register import transfers as register
from continuity.views.blueprint import bp
from prepare import actor
from prepare.access import Action, may
from prepare.clock import now, today
from prepare.db import db, transaction
from prepare.errors import RuleBroken
from prepare.forms.form import CityForm
from prepare.gate.opening import opens, opens_page, takes
from prepare.merging import Seen
from prepare.texts import N_, _, name_of, ngettext
from prepare.views.clashes import Editing
from prepare.views.keeping import adding, asking, chosen, editing, offered
from risks.forms.reasons import ReasonForm

MOST_SIDES = 300  #: organisations that a choice offers
MOST = 400  #: functions that a choice offers


@bp.route("/transfers/new", methods=["GET", "POST"])
@opens_page(Action.ADD_TRANSFER)
def add_transfer() -> ResponseReturnValue:
    """Plan a transfer between two organisations; what moves is chosen next."""
    sides = db.session.scalars(queries.sides(actor.current().scope).limit(MOST_SIDES)).all()
    givers = [one for one in sides if may(actor.current(), Action.ADD_TRANSFER, one)]
    form = AddTransferForm(obj=TransferEntry(name_fi=""))
    form.organisation.offer(offered(givers))
    form.receiver.offer(offered(sides))
    form.functions.offer([])
    return adding(
        form,
        lambda: register.add(chosen(givers, form.organisation.data), chosen(sides, form.receiver.data), form.entry()),
        N_("The transfer was planned. Choose next what moves, then look at the preview."),
        "continuity.transfer",
        partial(_form, form, None),
    )


@bp.route("/transfers/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(Transfer, Action.EDIT_TRANSFER)
def edit_transfer(transfer: Transfer) -> ResponseReturnValue:
    """Choose what moves and when; what two people changed at the same time is put together."""
    form = TransferForm(obj=register.seen_now(transfer).entry)
    rows = db.session.scalars(moving.offered(actor.current().scope, transfer).limit(MOST))
    choices = {one.code: f"{one.code} {name_of(one)}" for one in [*transfer.functions, *rows]}
    form.functions.offer(sorted(choices.items()))
    title = f"{transfer.code} {name_of(transfer)}"
    edited = Editing(
        transfer, form, partial(register.seen_now, transfer), partial(_edit, transfer), title, _page(transfer)
    )
    return editing(edited, N_("The transfer was saved."), partial(_form, form, transfer))


def _edit(transfer: Transfer, entry: TransferEntry, seen: Seen[TransferEntry] | None) -> Transfer:
    return register.edit(transfer, entry, seen=seen)


@bp.post("/transfers/<uuid:ref>/checklist")
@opens(Transfer, Action.CHECK_TRANSFER)
@takes()
def check_transfer(transfer: Transfer) -> ResponseReturnValue:
    """Make an item of every line of the preview."""
    try:
        with transaction():
            made = len(register.make_checklist(transfer))
    except RuleBroken as broken:
        _refused(broken)
    else:
        flash(
            ngettext(
                "%(n)s item was put on the checklist. Say next what becomes of it.",
                "%(n)s items were put on the checklist. Say next what becomes of each.",
                made,
            )
        )
    return redirect(f"{_page(transfer)}#checklist")


@bp.post("/transfers/<uuid:ref>/prepare")
@opens(Transfer, Action.PREPARE_TRANSFER)
@takes()
def prepare_transfer(transfer: Transfer) -> ResponseReturnValue:
    """Say that everything is prepared on the receiver's side."""
    try:
        with transaction():
            register.prepare(transfer)
    except RuleBroken as broken:
        _refused(broken)
    else:
        flash(_("The transfer is prepared. It can be decided now."))
    return redirect(_page(transfer))


def _refused(broken: RuleBroken) -> None:
    for rule in broken.every:
        flash(rule.text(), "error")


@bp.route("/transfers/<uuid:ref>/move", methods=["GET", "POST"])
@opens(Transfer, Action.MOVE_TRANSFER)
def move_transfer(transfer: Transfer) -> ResponseReturnValue:
    """Decide the transfer: everything moves in one act."""
    form = MoveForm(obj=MoveEntry(decision_ref=transfer.decision_ref))
    lead = _("The receiver answers for everything that moves as soon as you save. It can be taken back until its day.")
    return asking(
        form,
        lambda: register.move(transfer, form.entry(), at=now()),
        N_("The responsibility has moved. What moved is told below."),
        _page(transfer),
        partial(_step, form, transfer, _("Decide and move"), lead),
    )


@bp.route("/transfers/<uuid:ref>/undo", methods=["GET", "POST"])
@opens(Transfer, Action.UNDO_TRANSFER)
def undo_transfer(transfer: Transfer) -> ResponseReturnValue:
    """Take a move back before its day."""
    form, held = UndoForm(obj=UndoEntry()), handing_over.held(transfer)
    if not held.changed:
        del form.anyway
    lead = _("Everything that was moved goes back to those who had it. The checklist stays.")
    return asking(
        form,
        lambda: register.undo(transfer, form.entry(), on=today(), at=now()),
        N_("The move was taken back. Everything is as it was before it."),
        _page(transfer),
        partial(_step, form, transfer, _("Take the move back"), lead, changed=held.changed, danger=True),
    )


@bp.route("/transfers/<uuid:ref>/cancel", methods=["GET", "POST"])
@opens(Transfer, Action.CANCEL_TRANSFER)
def cancel_transfer(transfer: Transfer) -> ResponseReturnValue:
    """Cancel a transfer that has not been decided."""
    form = ReasonForm()
    lead = _("Nothing has moved. The checklist stays to be read.")
    return asking(
        form,
        lambda: register.cancel(transfer, form.entry().state_reason),
        N_("The transfer was cancelled."),
        _page(transfer),
        partial(_step, form, transfer, _("Cancel the transfer"), lead, danger=True),
    )


def _step(
    form: CityForm,
    transfer: Transfer,
    title: str,
    lead: str,
    *,
    changed: tuple[str, ...] | list[str] = (),
    danger: bool = False,
) -> ResponseReturnValue:
    told = {"title": title, "lead": lead, "changed": changed, "danger": danger, "back": _page(transfer)}
    return render_template("continuity/transfer_step.html", form=form, of=transfer, **told)


def _form(form: TransferForm, transfer: Transfer | None) -> ResponseReturnValue:
    back = _page(transfer) if transfer else url_for("continuity.transfers")
    return render_template("continuity/transfer_form.html", form=form, transfer=transfer, back=back)


def _page(transfer: Transfer) -> str:
    return url_for("continuity.transfer", ref=transfer.ref)
