"""Transfers of responsibility and what must not be lost in them, as people enter them."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from continuity.vocabulary.transfers import TransferKind, TransferState
from prepare.vocabulary import Confidentiality


@dataclass(frozen=True, kw_only=True)
class TransferEntry:
    """What moves and when; the functions by their codes, or `whole`: everything that the giver organises."""

    name_fi: str
    name_sv: str | None = None
    name_en: str | None = None
    effective: date | None = None
    whole: bool = False
    functions: tuple[str, ...] = ()
    reason: str | None = None
    confidentiality: Confidentiality = Confidentiality.INTERNAL
    secrecy_basis: str | None = None


@dataclass(frozen=True, kw_only=True)
class MoveEntry:
    """The decision by which the responsibility moves."""

    decision_ref: str | None = None


@dataclass(frozen=True, kw_only=True)
class UndoEntry:
    """Why a move is taken back; `anyway`: also where records were changed after the move."""

    state_reason: str | None = None
    anyway: bool = False


@dataclass(frozen=True, kw_only=True)
class ItemEntry:
    """Something that must not be lost; functions, interface and measure by their codes."""

    name_fi: str
    name_sv: str | None = None
    name_en: str | None = None
    kind: TransferKind = TransferKind.OPERATING_MODEL
    functions: tuple[str, ...] = ()
    interface: str | None = None
    measure: str | None = None
    note: str | None = None
    confidentiality: Confidentiality = Confidentiality.INTERNAL
    secrecy_basis: str | None = None


@dataclass(frozen=True, kw_only=True)
class ItemStateEntry:
    """What became of an item, and what shows it."""

    state: TransferState = TransferState.NOT_ASSESSED
    evidence: str | None = None


@dataclass(frozen=True, kw_only=True)
class ItemMeasureEntry:
    """The measure that mends an item: what is done, by whom and by when."""

    name_fi: str
    owner_role: str | None = None
    due: date | None = None


TRANSFER_COLUMNS = tuple(field.name for field in fields(TransferEntry) if field.name != "functions")
#: What an item names by codes.
NAMED = ("functions", "interface", "measure")
ITEM_COLUMNS = tuple(field.name for field in fields(ItemEntry) if field.name not in NAMED)


def of_transfer(transfer: Any) -> TransferEntry:
    """The entry that a transfer's record holds."""
    columns = {name: getattr(transfer, name) for name in TRANSFER_COLUMNS}
    return TransferEntry(**columns, functions=tuple(one.code for one in transfer.functions))


def of_item(item: Any) -> ItemEntry:
    """The entry that an item's record holds."""
    columns = {name: getattr(item, name) for name in ITEM_COLUMNS}
    named: dict[str, Any] = {
        name: one.code if (one := getattr(item, name)) else None for name in ("interface", "measure")
    }
    return ItemEntry(**columns, **named, functions=tuple(one.code for one in item.functions))
