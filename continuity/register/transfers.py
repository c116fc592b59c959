"""Every change to transfers of responsibility: planning, the checklist, preparing, the move and taking it back."""

from datetime import date, datetime

from continuity import transferring as rules
from continuity.entries.transfers import TRANSFER_COLUMNS, MoveEntry, TransferEntry, UndoEntry, of_transfer
from continuity.left_behind import Loss, losses
from continuity.loading import transfers as loading
from continuity.models.transfers import Transfer, TransferItem
from continuity.queries import moving as queries
from continuity.queries import transfers as item_queries
from continuity.register import handing_over
from continuity.vocabulary.transfers import TransferStage, TransferState
from prepare import actor, audit
from prepare.access import Action, act
from prepare.db import db
from prepare.errors import refuse_if
from prepare.merging import Seen, refuse_stale
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.register.codes import next_code, next_number
from prepare.vocabulary import Confidentiality
from risks.register import links


@act(Action.ADD_TRANSFER)
def add(giver: Organisation, receiver: Organisation, entry: TransferEntry) -> Transfer:
    """Plan that responsibility moves from `giver` to `receiver`, under the next free code.

    Raises RuleBroken with every rule that the entry breaks.
    """
    refuse_if([*rules.side_problems(giver.path, receiver.path, is_active=receiver.active), *rules.problems(entry)])
    transfer = Transfer(code=next_code(Transfer.code, "TF-"), organisation=giver, receiver=receiver)
    _fill(transfer, entry)
    return transfer


@act(Action.EDIT_TRANSFER)
def edit(transfer: Transfer, entry: TransferEntry, *, seen: Seen[TransferEntry] | None) -> Transfer:
    """Change what moves and when, as long as nothing has been decided; what was prepared is planned again.

    Raises StaleEntry and RuleBroken.
    """
    refuse_stale(seen, seen_now(transfer))
    refuse_if([*rules.editing_problems(transfer.state), *rules.problems(entry)])
    if transfer.state is TransferStage.PREPARED and entry != of_transfer(transfer):
        transfer.state = TransferStage.PLANNED
    _fill(transfer, entry)
    return transfer


@act(Action.CHECK_TRANSFER)
def make_checklist(transfer: Transfer) -> list[TransferItem]:
    """Make an item of every line of the preview that has none yet. Raises RuleBroken once it has been decided."""
    refuse_if(rules.editing_problems(transfer.state))
    number = next_number(TransferItem.code, "TR-")
    functions = {one.id: one for one in db.session.scalars(queries.offered(actor.EVERYTHING, transfer))}
    made = []
    for place, loss in enumerate(unlisted(transfer)):
        item = _item(transfer, loss, [functions[one] for one in sorted(loss.functions) if one in functions])
        item.code = f"TR-{number + place:02}"
        db.session.add(item)
        made.append(item)
    db.session.flush()
    for item in made:
        audit.note(item, {"functions": [[], sorted(one.code for one in item.functions)]})
    return made


@act(Action.PREPARE_TRANSFER)
def prepare(transfer: Transfer) -> None:
    """Say for the receiver that everything is prepared. Raises RuleBroken with all that is lacking."""
    refuse_if(
        rules.preparing_problems(
            transfer.state,
            functions=_how_many(transfer),
            effective=transfer.effective,
            unlisted=len(unlisted(transfer)),
            items=_states(transfer),
        )
    )
    transfer.state = TransferStage.PREPARED
    db.session.flush()


@act(Action.MOVE_TRANSFER)
def move(transfer: Transfer, entry: MoveEntry, *, at: datetime) -> int:
    """Let the receiver answer for everything that moves, from now on; gives how many records moved.

    It is one act: every record that changes is told in the trail under it, and nothing is made or taken away. It can
    be taken back until its day. Raises RuleBroken with everything that stands in the way.
    """
    refuse_if(
        rules.moving_problems(
            transfer.state,
            decision=entry.decision_ref,
            functions=_how_many(transfer),
            effective=transfer.effective,
            is_active=transfer.receiver.active,
            strangers=_strangers(transfer),
            items=_states(transfer),
        )
    )
    moved = handing_over.hand_over(transfer, at=at)
    transfer.state, transfer.decision_ref = TransferStage.MOVED, entry.decision_ref
    transfer.moved_at, transfer.moved_by = at, actor.current().name
    db.session.flush()
    return moved


@act(Action.UNDO_TRANSFER)
def undo(transfer: Transfer, entry: UndoEntry, *, on: date, at: datetime) -> int:
    """Give everything back that was moved, as it was, before the day of the transfer; gives how many records.

    What somebody changed in a record after the move stays, but only who answers for it goes back, and only if the
    entry says so. Raises RuleBroken.
    """
    refuse_if(
        rules.undoing_problems(
            transfer.state, effective=transfer.effective, on=on, past=transfer.past, reason=entry.state_reason
        )
    )
    held = handing_over.held(transfer)
    refuse_if(rules.changed_problems(held.changed, held.gone, anyway=entry.anyway))
    returned = handing_over.give_back(held, at=at)
    transfer.state, transfer.state_reason = TransferStage.UNDONE, entry.state_reason
    transfer.moved_at = transfer.moved_by = None
    db.session.flush()
    return returned


@act(Action.CANCEL_TRANSFER)
def cancel(transfer: Transfer, reason: str | None) -> None:
    """Cancel a transfer that has not been decided. Raises RuleBroken unless a reason is given."""
    refuse_if(rules.cancelling_problems(transfer.state, reason))
    transfer.state, transfer.state_reason = TransferStage.CANCELLED, reason
    db.session.flush()


def unlisted(transfer: Transfer) -> list[Loss]:
    """The lines of the whole preview of which no item has been made."""
    listed = set(db.session.scalars(item_queries.origins(transfer)))
    return [one for one in losses(loading.facts(actor.EVERYTHING, transfer)) if one.origin not in listed]


def seen_now(transfer: Transfer) -> Seen[TransferEntry]:
    """What a person sees who edits the transfer now."""
    return Seen(of_transfer(transfer), standing=(transfer.state.value,))


def _fill(transfer: Transfer, entry: TransferEntry) -> None:
    for name in TRANSFER_COLUMNS:
        setattr(transfer, name, getattr(entry, name))
    db.session.add(transfer)
    db.session.flush()
    offered = queries.offered(actor.current().scope, transfer)
    wanted = links.named_by(offered, entry.functions, "functions")
    links.relink(transfer, "functions", wanted, hidden=_is_hidden)


def _is_hidden(function: Function) -> bool:
    return not actor.readable(actor.current(), function)


def _how_many(transfer: Transfer) -> int:
    return len(db.session.scalars(queries.chosen(transfer)).all())


def _states(transfer: Transfer) -> list[TransferState]:
    return list(db.session.scalars(item_queries.states(transfer)))


def _strangers(transfer: Transfer) -> list[str]:
    """Codes of chosen functions that the giver does not organise any more."""
    own = {one.id for one in db.session.scalars(queries.offered(actor.EVERYTHING, transfer))}
    return [] if transfer.whole else [one.code for one in transfer.functions if one.id not in own]


def _item(transfer: Transfer, loss: Loss, functions: list[Function]) -> TransferItem:
    owners = {one.organisation_id: one.organisation for one in functions}
    keeper = next(iter(owners.values())) if len(owners) == 1 else transfer.organisation
    basis = transfer.secrecy_basis or loss.secrecy
    return TransferItem(
        transfer=transfer,
        origin=loss.origin,
        organisation=keeper,
        kind=loss.reason.kind,
        from_organisation=keeper,
        to_organisation=transfer.receiver,
        functions=functions,
        note=loss.reason.advice,
        confidentiality=Confidentiality.CONFIDENTIAL if basis else transfer.confidentiality,
        secrecy_basis=basis,
        **loss.names(),
    )
