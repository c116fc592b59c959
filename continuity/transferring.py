"""How a transfer of responsibility goes from planned to in force, and each item of its checklist (domain.md 2.4)."""

from collections.abc import Collection, Sequence
from datetime import date

from continuity.entries.transfers import ItemEntry, ItemMeasureEntry, ItemStateEntry, TransferEntry
from continuity.vocabulary.transfers import (
    AHEAD,
    OPEN_TRANSFERS,
    SETTLED_TRANSFERS,
    TransferStage,
    TransferState,
)
from prepare.errors import RuleBroken
from prepare.texts import N_
from prepare.vocabulary import Confidentiality

SECRECY = N_("State the legal basis of secrecy, for example “Openness Act 24 § 1 mom. 8”.")
#: A transfer whose day is nearer than this and that is not prepared waits for somebody.
NEAR_DAYS = 120


def problems(entry: TransferEntry) -> list[RuleBroken]:
    """Every rule that a transfer's entry breaks; what moves and when may be said later."""
    found = []
    if not (entry.name_fi or "").strip():
        found.append(RuleBroken(N_("Give the transfer a name in Finnish."), field="name_fi"))
    return [*found, *_secrecy_problems(entry)]


def _secrecy_problems(entry: TransferEntry | ItemEntry) -> list[RuleBroken]:
    lacking = entry.confidentiality is Confidentiality.CONFIDENTIAL and not entry.secrecy_basis
    return [RuleBroken(SECRECY, field="secrecy_basis")] if lacking else []


def side_problems(giver: str, receiver: str, *, is_active: bool) -> list[RuleBroken]:
    """Responsibility moves between two organisations (by their paths) of which the second is in use."""
    if giver == receiver:
        return [RuleBroken(N_("Choose another organisation: it gives up the responsibility."), field="receiver")]
    if not is_active:
        return [RuleBroken(N_("The receiver is out of use. Choose another, or take it into use."), field="receiver")]
    return []


def editing_problems(state: TransferStage) -> list[RuleBroken]:
    """What has been decided, is in force or was cancelled stays as it is."""
    stays = N_("The transfer has been decided or cancelled and stays as it is.")
    return [] if state in AHEAD else [RuleBroken(stays)]


def preparing_problems(
    state: TransferStage, *, functions: int, effective: date | None, unlisted: int, items: Collection[TransferState]
) -> list[RuleBroken]:
    """A transfer is prepared once it is clear what moves and when, and somebody has looked at all that may be lost.

    `unlisted` are the lines of the preview of which no item has been made.
    """
    if state not in (TransferStage.PLANNED, TransferStage.UNDONE):
        return [RuleBroken(N_("Only a planned transfer can be called prepared."))]
    found = []
    if not functions:
        found.append(RuleBroken(N_("Choose the functions that move.")))
    if effective is None:
        found.append(RuleBroken(N_("Say on which day the responsibility moves.")))
    if unlisted:
        message = N_("Make the checklist: %(count)s lines of what would be lost are not on it yet.")
        found.append(RuleBroken(message, count=unlisted))
    if waiting := sum(state is TransferState.NOT_ASSESSED for state in items):
        found.append(
            RuleBroken(N_("Assess the whole checklist: %(count)s items have not been looked at."), count=waiting)
        )
    return found


def moving_problems(
    state: TransferStage,
    *,
    decision: str | None,
    functions: int,
    effective: date | None,
    is_active: bool,
    strangers: Sequence[str],
    items: Collection[TransferState],
) -> list[RuleBroken]:
    """Everything that stands in the way of moving, at once.

    `is_active`: whether the receiver is in use; `strangers`: codes of chosen functions that the giver does not
    organise any more.
    """
    if state is not TransferStage.PREPARED:
        return [RuleBroken(N_("Only a prepared transfer can be decided."))]
    found = preparing_problems(TransferStage.PLANNED, functions=functions, effective=effective, unlisted=0, items=items)
    if not (decision or "").strip():
        found.append(RuleBroken(N_("Give the decision: its case number and day."), field="decision_ref"))
    if not is_active:
        found.append(RuleBroken(N_("The receiver is out of use.")))
    if strangers:
        message = N_("The giver does not organise these any more: %(codes)s. Leave them out.")
        found.append(RuleBroken(message, codes=", ".join(strangers)))
    return found


def undoing_problems(
    state: TransferStage, *, effective: date | None, on: date, past: bool, reason: str | None
) -> list[RuleBroken]:
    """A move is taken back before its day, for a reason; afterwards the responsibility is moved back by a new one."""
    if state is not TransferStage.MOVED or past:
        return [RuleBroken(N_("Nothing has been moved that could be taken back."))]
    found = []
    if effective is None or effective <= on:
        found.append(RuleBroken(N_("The transfer is in force since its day. Plan a new one in the other direction.")))
    if not (reason or "").strip():
        found.append(RuleBroken(N_("Say why the transfer is taken back."), field="state_reason"))
    return found


def changed_problems(changed: Sequence[str], gone: Sequence[str], *, anyway: bool) -> list[RuleBroken]:
    """Records that were changed after the move are given back once the person says so; moved on, they cannot be.

    `changed` are codes of records that somebody saved since, `gone` of those that another has by now.
    """
    found = []
    if gone:
        message = N_("These have moved on to somebody else and cannot be given back: %(codes)s.")
        found.append(RuleBroken(message, codes=", ".join(gone)))
    if changed and not anyway:
        message = N_("Changed after the move: %(codes)s. Tick that they are given back with these changes.")
        found.append(RuleBroken(message, field="anyway", codes=", ".join(changed)))
    return found


def cancelling_problems(state: TransferStage, reason: str | None) -> list[RuleBroken]:
    """A transfer that has not been decided may be cancelled, for a reason."""
    found = []
    if state not in AHEAD:
        found.append(RuleBroken(N_("Only a transfer that has not been decided can be cancelled.")))
    if not (reason or "").strip():
        found.append(RuleBroken(N_("Say why the transfer is cancelled."), field="state_reason"))
    return found


def item_problems(entry: ItemEntry) -> list[RuleBroken]:
    """Every rule that an item's entry breaks: it has a name, and at least one function needs it."""
    found = []
    if not (entry.name_fi or "").strip():
        found.append(RuleBroken(N_("Say in Finnish what must not be lost."), field="name_fi"))
    if not entry.functions:
        found.append(RuleBroken(N_("Name at least one function that cannot do without it."), field="functions"))
    return [*found, *_secrecy_problems(entry)]


def state_problems(entry: ItemStateEntry) -> list[RuleBroken]:
    """What became of an item is shown by something: a decision, an agreement, an exercise."""
    if entry.state in SETTLED_TRANSFERS and not (entry.evidence or "").strip():
        return [RuleBroken(N_("Say what shows it: a decision, an agreement, an exercise."), field="evidence")]
    return []


def measure_problems(entry: ItemMeasureEntry, state: TransferState, *, has_measure: bool) -> list[RuleBroken]:
    """An item that is lost or at risk gets one measure, with somebody who answers for it and a day."""
    if has_measure:
        return [RuleBroken(N_("The item has a measure already."))]
    if state not in OPEN_TRANSFERS:
        return [RuleBroken(N_("Only what is at risk or lost needs a measure."))]
    lacking = (
        ("name_fi", entry.name_fi, N_("Say what is done.")),
        ("owner_role", entry.owner_role, N_("Say who answers for it.")),
        ("due", entry.due, N_("Say by which day.")),
    )
    return [RuleBroken(message, field=name) for name, value, message in lacking if not value]


def is_open(state: TransferState, *, is_verified: bool) -> bool:
    """Whether somebody must still do something (W19): what was lost stays open until a measure has been verified."""
    return state in OPEN_TRANSFERS and not (state is TransferState.LOST and is_verified)
