"""Readings of what must not be lost in a transfer of responsibility."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from continuity.models.transfers import TransferItem, transfer_function
from continuity.vocabulary.transfers import TransferState
from prepare.actor import Scope
from prepare.models.functions import Function
from prepare.queries.scopes import containing, within
from prepare.texts import search_key


def transfer_items(
    scope: Scope, *, q: str = "", state: TransferState | None = None, organisation: str = ""
) -> Select[TransferItem]:
    """What is transferred by the organisations in the scope, by code; `organisation` is the path of one of them."""
    sides = (TransferItem.from_organisation, TransferItem.to_organisation, TransferItem.transfer)
    both = [joinedload(side, innerjoin=True) for side in sides]
    rows = select(TransferItem).join(TransferItem.organisation)
    rows = rows.options(contains_eager(TransferItem.organisation), *both)
    rows = rows.where(within(scope.below(organisation) if organisation else scope, TransferItem.confidentiality))
    if folded := search_key(q):
        rows = rows.where(containing(TransferItem.search_text, folded))
    if state:
        rows = rows.where(TransferItem.state == state)
    return rows.order_by(TransferItem.code)


def counted(rows: Select[TransferItem]) -> Select[int]:
    """How many there are."""
    return rows.with_only_columns(func.count(TransferItem.id), maintain_column_froms=True).order_by(None)


def critical_for(scope: Scope, item: TransferItem) -> Select[Function]:
    """The functions in the scope for which an opened item is critical."""
    rows = select(Function).join(Function.organisation).options(contains_eager(Function.organisation))
    rows = rows.join(transfer_function, transfer_function.c.function_id == Function.id)
    rows = rows.where(transfer_function.c.transfer_item_id == item.id)
    return rows.where(within(scope, Function.confidentiality, shared=Function.id)).order_by(Function.code)
