"""Taking plain lists in: by the same entries and register functions as the pages, all or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select

from exports.listing import cells
from exports.listing.headings import fingerprint
from exports.listing.wanted import LISTED, How, Listed, Wanted
from exports.models.lists import ListMapping
from exports.register.listed import KEEPING, Keeping
from prepare import actor, audit
from prepare.access import Action, act, may
from prepare.db import db
from prepare.errors import NotPermitted, RuleBroken
from prepare.models.organisations import Organisation
from prepare.queries.scopes import below
from prepare.texts import N_, _, search_key
from risks.models import scales


@dataclass(frozen=True)
class Reading:
    """How a list is read: its headings and rows, heading → field, and field → word of the list → stored word."""

    listed: Listed
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    first: int  #: number of the first row below the headings, as the file's program counts
    columns: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Trouble:
    """What is wrong in a list, where it stands, and how to mend it; row 0 is the list itself."""

    row: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True)
class Line:
    """A row that can be taken in: the record that it changes (None: a new one), its entry, and what differs."""

    row: int
    name: str
    record: Any
    entry: Any
    changed: tuple[str, ...] = ()
    seen: Any = None

    @property
    def state(self) -> str:
        """new, changed or same."""
        return "new" if self.record is None else "changed" if self.changed else "same"


@dataclass
class Plan:
    """What taking a list in would do, or everything that is wrong with it."""

    lines: list[Line] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)

    def count(self, state: str) -> int:
        """How many rows are new, changed or same."""
        return sum(line.state == state for line in self.lines)


def steps(name: str) -> list[tuple[int, str]]:
    """The steps of the city's risk scale for a field."""
    scale = scales.in_force()
    if name == "likelihood":
        return [(step, scale.likelihood_label(step)) for step in scale.likelihood_steps]
    return [(step, scale.impact_label(step)) for step in scale.impact_steps]


def planned(owner: Organisation, reading: Reading) -> Plan:
    """What taking the list in for the organisation would do; every error of the list at once."""
    plan, keeping = Plan(), KEEPING[reading.listed.name]
    if reading.listed.named_by not in reading.columns.values():
        told = reading.listed.field(reading.listed.named_by)
        message = _("Say which column holds “%(field)s”.", field=_(told.label) if told else "")
        plan.troubles.append(Trouble(0, "", "", message))
        return plan
    held = _held(owner, keeping)
    allowed = _nameable(keeping, reading)
    met: set[Any] = set()
    for place, row in enumerate(reading.rows):
        if any(row):
            _plan_row(plan, reading, keeping, (reading.first + place, row), held, allowed, met)
    return plan


def _held(owner: Organisation, keeping: Keeping) -> dict[str, Any]:
    """The organisation's records by code, and by name where the name is theirs alone."""
    rows = db.session.scalars(keeping.records(actor.current().scope).where(below(owner.path))).unique().all()
    found: dict[str, Any] = {}
    for one in rows:
        name = f"name {search_key(getattr(one, f'{one.named_by}_fi'))}"
        found[name] = None if name in found else one
        found[f"code {one.code.casefold()}"] = one
    return found


def _nameable(keeping: Keeping, reading: Reading) -> set[str]:
    """The codes of other records that the list names and that there are."""
    place = {name: number for number, name in enumerate(map(reading.columns.get, reading.headings))}
    codes = [one.name for one in reading.listed.fields if one.how is How.CODES and one.name in place]
    if keeping.named is None or not codes:
        return set()
    told = {code for row in reading.rows for name in codes for code in cells.value(_CODES, row[place[name]], {}) or ()}
    return {one.code for one in db.session.scalars(keeping.named(actor.current().scope, sorted(told)))}


_CODES = Wanted("codes", "", How.CODES)
Numbered = tuple[int, tuple[str, ...]]


def _plan_row(
    plan: Plan,
    reading: Reading,
    keeping: Keeping,
    numbered: Numbered,
    held: Mapping[str, Any],
    allowed: set[str],
    met: set[Any],
) -> None:
    number = numbered[0]
    before = len(plan.troubles)
    values = _values(plan, reading, numbered, allowed)
    name = values.get(reading.listed.named_by)
    code = values.pop("code", None)
    record = held.get(f"code {code.casefold()}" if code else "") or held.get(f"name {search_key(name or '')}")
    if record is None and not name:
        plan.troubles.append(_trouble(reading, number, reading.listed.named_by, "", _("This is needed.")))
    key = record.id if record is not None else search_key(name or "")
    if key in met:
        message = _("The same row stands above already. Leave one of them out.")
        plan.troubles.append(_trouble(reading, number, reading.listed.named_by, str(name), message))
    met.add(key)
    if len(plan.troubles) > before:
        return
    line = _line(keeping, number, str(name or code), record, values)
    for rule in keeping.problems(line.entry):
        plan.troubles.append(_trouble(reading, number, rule.field or "", "", rule.text()))
    plan.lines.append(line)


def _values(plan: Plan, reading: Reading, numbered: Numbered, allowed: set[str]) -> dict[str, Any]:
    """What the cells of a row say, by field; what is empty says nothing."""
    number, row = numbered
    found: dict[str, Any] = {}
    for heading, text in zip(reading.headings, row, strict=True):
        wanted = reading.listed.field(reading.columns.get(heading, ""))
        if wanted is None:
            continue
        try:
            said = cells.value(wanted, text, reading.words.get(wanted.name, {}))
        except RuleBroken as broken:
            plan.troubles.append(Trouble(number, heading, text, broken.text()))
            continue
        if wanted.how is How.CODES and (unknown := [code for code in said or () if code not in allowed]):
            message = _("There is no %(codes)s here, or you may not read it.", codes=", ".join(unknown))
            plan.troubles.append(Trouble(number, heading, text, message))
        elif said is not None:
            found[wanted.name] = said
    return found


def _line(keeping: Keeping, number: int, name: str, record: Any, values: dict[str, Any]) -> Line:
    if record is None:
        return Line(number, name, None, keeping.entry(**values))
    seen = keeping.seen(record)
    entry = replace(seen.entry, **values)
    changed = tuple(one for one in values if getattr(entry, one) != getattr(seen.entry, one))
    return Line(number, name, record, entry, changed, seen)


def _trouble(reading: Reading, number: int, name: str, value: str, reason: str) -> Trouble:
    heading = next((told for told, known in reading.columns.items() if known == name), "")
    return Trouble(number, heading, value, reason)


@act(Action.MAP_LIST)
def remember(organisation: Organisation, reading: Reading, *, at: datetime) -> ListMapping:
    """Keep how lists with these headings are read, in the place of what was kept before."""
    kept = db.session.scalars(kept_for(organisation, reading.listed, reading.headings)).one_or_none()
    columns, words = dict(reading.columns), {name: dict(told) for name, told in reading.words.items()}
    if kept is None:
        kept = ListMapping(organisation=organisation, register=reading.listed.name, columns=columns, words=words)
        kept.headings_hash, kept.kept_at = fingerprint(reading.headings), at
        db.session.add(kept)
    elif (kept.columns, kept.words) != (columns, words):
        kept.columns, kept.words, kept.kept_at = columns, words, at
    db.session.flush()
    return kept


def kept_for(organisation: Organisation, listed: Listed, headings: Sequence[str]) -> Select[ListMapping]:
    """How the organisation has read lists with these headings."""
    return select(ListMapping).where(
        ListMapping.organisation_id == organisation.id,
        ListMapping.register == listed.name,
        ListMapping.headings_hash == fingerprint(headings),
    )


@act(Action.IMPORT_LIST)
def take_in(
    organisation: Organisation, reading: Reading, file: Mapping[str, str], *, on: date, at: datetime
) -> tuple[int, int]:
    """Take a list in, every row or none, by the register functions of the pages; gives how many were new and changed.

    `file` are its name and SHA-256, which the trail keeps. Raises RuleBroken while anything is wrong with the list.
    """
    plan, keeping = planned(organisation, reading), KEEPING[reading.listed.name]
    if plan.troubles:
        raise RuleBroken(N_("Mend what is wrong with the list first; nothing was taken in."))
    for line in plan.lines:
        subject = organisation if line.record is None else line.record
        if not may(actor.current(), keeping.adds if line.record is None else keeping.edits, subject):
            raise NotPermitted(N_("Your role does not allow this here."))
        if line.record is None:
            keeping.add(organisation, line.entry, on)
        elif line.changed:
            keeping.edit(line.record, line.entry, line.seen, on, at)
    added, changed = plan.count("new"), plan.count("changed")
    if added or changed:
        told = {**file, "register": reading.listed.name, "rows": len(plan.lines), "added": added, "changed": changed}
        audit.note(organisation, {name: [None, value] for name, value in told.items()})
    return added, changed


def of(name: str) -> Listed:
    """The register of this name that takes lists. Raises RuleBroken when there is none."""
    found = LISTED.get(name)
    if found is None:
        raise RuleBroken(
            N_("Lists are taken in for these registers: %(names)s."), field="register", names=", ".join(LISTED)
        )
    return found
