"""Every change to the items of a transfer's checklist: what must not be lost, what became of it, what mends it."""

from typing import Any

from continuity import transferring as rules
from continuity.entries.transfers import ITEM_COLUMNS, ItemEntry, ItemMeasureEntry, ItemStateEntry, of_item
from continuity.models.transfers import Transfer, TransferItem
from dependencies import queries as dependency_queries
from dependencies.models.interfaces import Interface
from prepare import actor
from prepare.access import Action, act
from prepare.db import db
from prepare.errors import refuse_if
from prepare.merging import Seen, refuse_stale
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.queries import functions as function_queries
from prepare.register.codes import next_code
from risks.entries.measures import MeasureEntry
from risks.models.measures import Measure
from risks.queries import measures as measure_queries
from risks.register import links, measures
from risks.vocabulary.measures import MeasureKind, MeasureSource


@act(Action.ADD_TRANSFERITEM)
def add(transfer: Transfer, entry: ItemEntry) -> TransferItem:
    """Add an item to the checklist, under the next free code; who organises its functions sees to it.

    Raises RuleBroken with every rule that the entry breaks.
    """
    refuse_if(rules.item_problems(entry))
    keeper = _keeper(transfer, _functions(entry))
    item = TransferItem(code=next_code(TransferItem.code, "TR-"), transfer=transfer, organisation=keeper)
    item.from_organisation, item.to_organisation = keeper, transfer.receiver
    _fill(item, entry)
    return item


@act(Action.EDIT_TRANSFERITEM)
def edit(item: TransferItem, entry: ItemEntry, *, seen: Seen[ItemEntry] | None) -> TransferItem:
    """Change what an item is about. What it names that the person may not read stays. Raises StaleEntry, RuleBroken."""
    refuse_stale(seen, seen_now(item))
    kept = entry.functions or any(_is_hidden(one) for one in item.functions)
    refuse_if([one for one in rules.item_problems(entry) if one.field != "functions" or not kept])
    _fill(item, entry)
    return item


@act(Action.ADVANCE_TRANSFERITEM)
def advance(item: TransferItem, entry: ItemStateEntry) -> None:
    """Say what became of an item, and what shows it. Raises RuleBroken when nothing shows it."""
    refuse_if(rules.state_problems(entry))
    item.state, item.evidence = entry.state, entry.evidence
    db.session.flush()


@act(Action.MEND_TRANSFERITEM)
def mend(item: TransferItem, entry: ItemMeasureEntry) -> Measure:
    """Make the measure that mends an item, for who sees to it. Raises RuleBroken with every broken rule.

    The city follows what a partner sees to.
    """
    refuse_if(rules.measure_problems(entry, item.state, has_measure=item.measure_id is not None))
    made = MeasureEntry(
        name_fi=entry.name_fi,
        kind=MeasureKind.CORRECTIVE,
        source=MeasureSource.TRANSFER,
        source_code=item.code,
        owner_role=entry.owner_role,
        due=entry.due,
        confidentiality=item.confidentiality,
        secrecy_basis=item.secrecy_basis,
    )
    item.measure = measures.add(_own_side(item), made)
    db.session.flush()
    return item.measure


def seen_now(item: TransferItem) -> Seen[ItemEntry]:
    """What a person sees who edits the item now, without what the person may not read."""
    entry, shown = of_item(item), [one.code for one in item.functions if not _is_hidden(one)]
    held = {name: getattr(item, name) for name in _SINGLE}
    named: dict[str, Any] = {name: one.code for name, one in held.items() if one and not _is_hidden(one)}
    columns: dict[str, Any] = {name: getattr(entry, name) for name in ITEM_COLUMNS}
    return Seen(ItemEntry(**columns, **named, functions=tuple(shown)))


_SINGLE = ("interface", "measure")


def _fill(item: TransferItem, entry: ItemEntry) -> None:
    functions = _functions(entry)
    scope = actor.current().scope
    interfaces: Any = dependency_queries.interfaces(scope)
    found = {
        "interface": _named(interfaces.where(Interface.code == entry.interface), entry.interface, "interface"),
        "measure": _named(
            measure_queries.measures(scope).where(Measure.code == entry.measure), entry.measure, "measure"
        ),
    }
    for name in ITEM_COLUMNS:
        setattr(item, name, getattr(entry, name))
    for name, one in found.items():
        held = getattr(item, name)
        if one is not None or held is None or not _is_hidden(held):
            setattr(item, name, one)
    db.session.add(item)
    db.session.flush()
    links.relink(item, "functions", functions, hidden=_is_hidden)


def _functions(entry: ItemEntry) -> list[Function]:
    return links.named_by(function_queries.functions(actor.current().scope), entry.functions, "functions")


def _named(rows: Any, code: str | None, field: str) -> Any:
    found = links.named_by(rows, [code] if code else [], field)
    return found[0] if found else None


def _is_hidden(record: Any) -> bool:
    return not actor.readable(actor.current(), record)


def _keeper(transfer: Transfer, functions: list[Function]) -> Organisation:
    """Who organises the functions if it is one organisation and not the receiver, else who gives."""
    owners = {one.organisation_id: one.organisation for one in functions}
    only = next(iter(owners.values())) if len(owners) == 1 else None
    return transfer.organisation if only is None or only.id == transfer.receiver_id else only


def _own_side(item: TransferItem) -> Organisation:
    """Who keeps the measure: who sees to the item, or the side that belongs to the city group."""
    sides = (item.organisation, item.from_organisation, item.to_organisation)
    own = next((one for one in sides if one.kind.is_own), None)
    return own or item.organisation
