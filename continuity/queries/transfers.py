"""Readings of transfers of responsibility, and of what must not be lost in them."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, String, case, cast, func, literal, or_, select, union_all
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from continuity.models.transfers import Transfer, TransferItem, TransferMove, moving_function, transfer_function
from continuity.queries.moving import RECORDS
from continuity.vocabulary.transfers import AHEAD, OPEN_TRANSFERS, Moving, TransferStage, TransferState
from prepare.actor import Scope
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.queries.scopes import below, bound_by, containing, within
from prepare.texts import search_key
from prepare.vocabulary import OWN_KINDS, Confidentiality
from risks.models.measures import Measure
from risks.vocabulary.measures import MeasureState

#: Other rows of the same tables; made once, since making one costs more than a query.
Receiver = aliased(Organisation, name="receiver")


def transfer_items(
    scope: Scope, *, q: str = "", state: TransferState | None = None, organisation: str = ""
) -> Select[TransferItem]:
    """What is transferred by the organisations in the scope, by code; `organisation` is the path of one of them."""
    sides = (TransferItem.from_organisation, TransferItem.to_organisation, TransferItem.transfer)
    both = [joinedload(side, innerjoin=True) for side in sides]
    rows = select(TransferItem).join(TransferItem.organisation)
    rows = rows.options(contains_eager(TransferItem.organisation), *both)
    rows = rows.where(within(scope.below(organisation), TransferItem.confidentiality) if organisation else _mine(scope))
    if folded := search_key(q):
        rows = rows.where(containing(TransferItem.search_text, folded))
    if state:
        rows = rows.where(TransferItem.state == state)
    return rows.order_by(TransferItem.code)


def counted(rows: Select[Any], key: Any = TransferItem.id) -> Select[int]:
    """How many there are; `key` is the id of what is counted."""
    return rows.with_only_columns(func.count(key), maintain_column_froms=True).order_by(None)


def readable(scope: Scope, receiver: type[Organisation]) -> ColumnElement[bool]:
    """Condition for transfers joined to their giver and to `receiver`: both sides read them, and what is below them."""
    paths = [below(root.path, receiver) & _open_enough(root.highest) for root in scope.roots]
    return or_(bound_by(scope, Transfer.confidentiality, open_below=Transfer.open_below), *paths)


def _open_enough(highest: Confidentiality) -> ColumnElement[bool]:
    return Transfer.confidentiality.in_([one for one in Confidentiality if one.rank <= highest.rank])


def transfers(scope: Scope, *, q: str = "", stage: TransferStage | None = None) -> Select[Transfer]:
    """The transfers that the scope reads: what is planned first, then the rest by day, the newest first."""
    rows = select(Transfer).join(Transfer.organisation).join(Receiver, Receiver.id == Transfer.receiver_id)
    rows = rows.options(contains_eager(Transfer.organisation)).where(readable(scope, Receiver))
    if folded := search_key(q):
        rows = rows.where(containing(Transfer.search_text, folded))
    if stage:
        rows = rows.where(Transfer.state == stage)
    decided = case((Transfer.state.in_(AHEAD), 0), else_=1)
    return rows.order_by(decided, func.coalesce(Transfer.effective, date.max).desc(), Transfer.code)


def is_verified() -> ColumnElement[bool]:
    """Condition for the items whose measure has been verified, as `transferring.is_open` asks."""
    return TransferItem.measure.has(Measure.state == MeasureState.VERIFIED)


def progress(transfers: Collection[int]) -> Select[int, int, int]:
    """(transfer, its items, those of them that are open) of these transfers, by their ids; numbers only."""
    still = TransferItem.state.in_(OPEN_TRANSFERS) & ~((TransferItem.state == TransferState.LOST) & is_verified())
    rows = select(TransferItem.transfer_id, func.count(TransferItem.id), func.count(case((still, 1))))
    return rows.where(TransferItem.transfer_id.in_(transfers)).group_by(TransferItem.transfer_id)


def origins(transfer: Transfer) -> Select[str | None]:
    """The lines of the preview from which items of the transfer were made."""
    return select(TransferItem.origin).where(TransferItem.transfer_id == transfer.id)


def states(transfer: Transfer) -> Select[TransferState]:
    """What has become of each item of the transfer."""
    return select(TransferItem.state).where(TransferItem.transfer_id == transfer.id)


def items_of(scope: Scope, transfer: Transfer) -> Select[TransferItem]:
    """The items of a transfer that the scope reads, what is open first."""
    rows = transfer_items(scope).where(TransferItem.transfer_id == transfer.id)
    rows = rows.options(selectinload(TransferItem.functions), joinedload(TransferItem.measure))
    return rows.order_by(None).order_by(case((TransferItem.state.in_(OPEN_TRANSFERS), 0), else_=1), TransferItem.code)


def moved(transfer: Transfer) -> Select[TransferMove]:
    """What the transfer moved, with those who gave it; whoever shows a name asks first whether it may be shown."""
    rows = select(TransferMove).where(TransferMove.transfer_id == transfer.id, TransferMove.undone_at.is_(None))
    return rows.options(joinedload(TransferMove.giver, innerjoin=True)).order_by(TransferMove.id)


def whereabouts(moves: Sequence[TransferMove]) -> CompoundSelect[Any]:
    """(kind, id, ref, path of who has it, class) of moved records as they are now, of every kind at once."""
    parts = []
    for kind, model in RECORDS.items():
        if ids := [one.record_id for one in moves if one.kind is kind]:
            columns = literal(kind.value), model.id, model.ref, Organisation.path, cast(model.confidentiality, String)
            parts.append(select(*columns).join(model.organisation).where(model.id.in_(ids)))
    return union_all(*parts)


def sides(scope: Scope) -> Select[Organisation]:
    """The organisations in use between which responsibility may move: what the scope reads, and what it may name."""
    named = [below(prefix) for prefix in scope.directory]
    rows = select(Organisation).where(or_(within(scope), *named), Organisation.active.is_(True))
    own = case((Organisation.kind.in_(OWN_KINDS), 0), else_=1)
    return rows.order_by(own, Organisation.sort_name, Organisation.id)


def concerning(scope: Scope, organisation: Organisation) -> Select[Transfer]:
    """The transfers in which the organisation, or something below it, gives or receives."""
    rows = select(Transfer).join(Transfer.organisation).join(Receiver, Receiver.id == Transfer.receiver_id)
    rows = rows.options(contains_eager(Transfer.organisation)).where(readable(scope, Receiver))
    left = select(TransferMove.transfer_id).where(TransferMove.from_id == organisation.id)
    sides = Transfer.organisation_id == organisation.id, Transfer.receiver_id == organisation.id
    rows = rows.where(or_(*sides, Transfer.id.in_(left)), Transfer.state != TransferStage.CANCELLED)
    return rows.order_by(func.coalesce(Transfer.effective, date.max).desc(), Transfer.code)


def of_function(scope: Scope, function: Function) -> Select[Transfer]:
    """The transfers that move the function or have moved it."""
    rows = select(Transfer).join(Transfer.organisation).join(Receiver, Receiver.id == Transfer.receiver_id)
    rows = rows.options(contains_eager(Transfer.organisation)).where(readable(scope, Receiver))
    given = TransferMove.kind == Moving.FUNCTION, TransferMove.record_id == function.id
    went = select(TransferMove.transfer_id).where(*given, TransferMove.undone_at.is_(None))
    named = select(moving_function.c.transfer_id).where(moving_function.c.function_id == function.id)
    rows = rows.where(or_(Transfer.id.in_(went), Transfer.id.in_(named)), Transfer.state != TransferStage.CANCELLED)
    return rows.order_by(Transfer.code)


def _mine(scope: Scope) -> ColumnElement[bool]:
    """Condition for items joined to who sees to them: that one's, and those of both sides."""
    giver, receiver = (
        side.has(within(scope, TransferItem.confidentiality))
        for side in (TransferItem.from_organisation, TransferItem.to_organisation)
    )
    return or_(within(scope, TransferItem.confidentiality), giver, receiver)


def critical_for(scope: Scope, item: TransferItem) -> Select[Function]:
    """The functions in the scope for which an opened item is critical."""
    rows = select(Function).join(Function.organisation).options(contains_eager(Function.organisation))
    rows = rows.join(transfer_function, transfer_function.c.function_id == Function.id)
    rows = rows.where(transfer_function.c.transfer_item_id == item.id)
    return rows.where(within(scope, Function.confidentiality, shared=Function.id)).order_by(Function.code)
