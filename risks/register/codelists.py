"""Every change to the code lists: areas, threats, levels of areas, vital functions of society."""

from datetime import date

from prepare.access import Action, act
from prepare.db import db
from prepare.errors import RuleBroken, refuse_if
from prepare.merging import Seen, refuse_stale
from prepare.models.codes import CodeItem
from prepare.texts import N_
from prepare.vocabulary import CodeList
from risks import codelists
from risks.entries.codes import COLUMNS, CodeEntry, EditionEntry, of_record
from risks.queries import codelists as queries

FEWEST_LEVELS = 4  #: levels of areas where the list of levels says nothing


@act(Action.ADD_CODE)
def add(kind: CodeList, code: str, entry: CodeEntry, *, on: date) -> CodeItem:
    """Add a code to a list; to an issued one only the city's own, which begin with L.

    Raises RuleBroken with every rule that the entry breaks.
    """
    items = _listed(kind)
    found = codelists.problems(kind, code, entry, _parents(items), levels=levels())
    if any(item.code == code for item in items):
        found.append(RuleBroken(N_("The list has this code already."), field="code"))
    elif not codelists.is_local(kind, code):
        message = N_("The city's own additions to this list begin with L, as L05.")
        found.append(RuleBroken(message, field="code"))
    refuse_if(found)
    item = CodeItem(kind=kind, code=code, edition=_edition(kind, code, on))
    db.session.add(item)
    _fill(item, entry, items)
    return item


@act(Action.EDIT_CODE)
def edit(item: CodeItem, entry: CodeEntry, *, seen: Seen[CodeEntry] | None) -> CodeItem:
    """Change a code's names or place; the code itself stays, for records carry it.

    Raises StaleEntry if it has changed since it was `seen`, and RuleBroken with every rule that the entry breaks.
    """
    if item.valid_to is not None:
        raise RuleBroken(N_("The code has been taken out of use."))
    refuse_stale(seen, seen_now(item))
    items = _listed(item.kind)
    refuse_if(codelists.problems(item.kind, item.code, entry, _parents(items), levels=levels()))
    _fill(item, entry, items)
    return item


@act(Action.RETIRE_CODE)
def retire(item: CodeItem, *, on: date) -> None:
    """Take a code out of use; records that carry it keep it. An area in which others lie stays.

    Raises RuleBroken when it is out of use already or has areas within it.
    """
    if item.valid_to is not None:
        raise RuleBroken(N_("The code has been taken out of use."))
    if any(one.parent_id == item.id for one in _listed(item.kind)):
        raise RuleBroken(N_("Take the areas within it out of use first, or move them elsewhere."))
    item.valid_to = on
    db.session.flush()


@act(Action.RENEW_CODE)
def renew(kind: CodeList, entry: EditionEntry, *, on: date) -> codelists.Change:
    """Take a new edition of an issued list into use; the city's own additions stay as they are.

    Raises RuleBroken when the list is not issued in editions, the edition is there already or a line is unreadable.
    """
    if kind not in codelists.ISSUED:
        raise RuleBroken(N_("Only lists that somebody else issues have editions."))
    lines = codelists.read(entry.lines)
    items = [item for item in _listed(kind) if not codelists.is_local(kind, item.code)]
    former = db.session.scalars(queries.former(kind))
    if entry.edition in {item.edition for item in [*items, *former]}:
        raise RuleBroken(N_("This edition has been in use already: give the new one another name."), field="edition")
    if any(codelists.is_local(kind, line.code) for line in lines):
        raise RuleBroken(N_("Codes that begin with L are the city's own and stay as they are."), field="lines")
    changed = codelists.change({item.code: item.name_fi for item in items}, lines)
    for item in items:
        item.valid_to = on
    for rank, line in enumerate(lines, start=1):
        names = {"name_fi": line.name_fi, "name_sv": line.name_sv, "name_en": line.name_en}
        db.session.add(CodeItem(kind=kind, code=line.code, edition=entry.edition, rank=rank, **names))
    db.session.flush()
    return changed


def seen_now(item: CodeItem) -> Seen[CodeEntry]:
    """What a person sees who edits the code now."""
    return Seen(of_record(item), ("retired",) if item.valid_to else ())


def levels() -> int:
    """How many levels the tree of areas may have: as many as the list of levels names."""
    return len(_listed(CodeList.AREA_LEVEL)) or FEWEST_LEVELS


def _listed(kind: CodeList) -> list[CodeItem]:
    return list(db.session.scalars(queries.listed(kind)))


def _parents(items: list[CodeItem]) -> dict[str, str | None]:
    codes = {item.id: item.code for item in items}
    return {item.code: codes.get(item.parent_id) if item.parent_id else None for item in items}


def _edition(kind: CodeList, code: str, on: date) -> str:
    """The city's own codes are of the year; one that comes back is told apart by the day, or by a number."""
    used = {item.edition for item in db.session.scalars(queries.former(kind)) if item.code == code}
    names = (str(on.year), on.isoformat(), *(f"{on.isoformat()} {number}" for number in range(2, len(used) + 2)))
    return next(name for name in names if name not in used)


def _fill(item: CodeItem, entry: CodeEntry, items: list[CodeItem]) -> None:
    for name in COLUMNS:
        setattr(item, name, getattr(entry, name))
    item.parent = next((one for one in items if one.code == entry.parent), None)
    last = max((one.rank for one in items), default=0)
    item.rank = entry.rank if entry.rank is not None else last + 1
    db.session.flush()
