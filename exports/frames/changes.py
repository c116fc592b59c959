"""The sheet of changes (A17): what has changed in the registers since the guidance was last issued, field by field."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select

from exports.columns import Column, Kind
from exports.frames.reader import Reader, frame_of
from exports.sheets import Register
from prepare.access import Action
from prepare.actor import Scope
from prepare.audit import AuditEntry, AuditPayload
from prepare.clock import day_of
from prepare.db import db
from prepare.loading import guidance as loading
from prepare.months import months_after
from prepare.queries import trail as queries
from prepare.texts import N_, _, day
from prepare.vocabulary import Confidentiality

#: What a workbook tells of, and what only its confidential variant does: who depends on whom, and whom to call.
INSIDE = frozenset(
    {
        *("function", "bia_impact", "resource", "organisation", "requirement_answer", "risk", "measure"),
        *("plan", "plan_version", "plan_section", "strategy", "action_card", "plan_document"),
        *("interface", "interface_task", "information_flow", "agreement"),
        *("exercise", "exercise_measurement", "observation"),
    }
)
SECRET = frozenset({"need", "dependency", "contact_point", "level_task", "loss_decision", "reserve", "reserve_claim"})
#: Without a guidance in force, changes of so many months are told.
MONTHS = 12
#: The newest so many entries are read, and a cell shows so much of a text.
MOST, LONGEST_CELL = 2_000, 600
#: What names a record that has been added.
NAMES = ("name_fi", "title_fi", "name", "title", "text")
COLUMNS = (
    Column("day", N_("Day"), 11, Kind.DATE),
    Column("kind", N_("Concerns"), 18),
    Column("code", N_("Code"), 14, Kind.CODE),
    Column("field", N_("What was changed"), 24),
    Column("before", N_("Before"), 44),
    Column("after", N_("After"), 44),
    Column("who", N_("Who"), 22),
)


Rows = Sequence[tuple[AuditEntry, AuditPayload]]
#: What tells entries in words, as `prepare.views.telling.Teller` does.
Telling = Callable[[Scope, Rows], Iterable[Any]]
_tellings: list[Telling] = []


def told_by(telling: Telling) -> None:
    """Let entries be told by this: the forms know what each field is called, and they stand higher up."""
    _tellings[:] = [telling]


def since(reader: Reader) -> tuple[date, str]:
    """From which day on changes are told, and since what, in words."""
    version = loading.current(reader.scope, reader.organisation, on=reader.on)
    if version and version.issued_on:
        values = {"number": version.number, "day": day(version.issued_on)}
        told = _("What has changed since version %(number)s of the guidance was issued on %(day)s", **values)
        return version.issued_on, told
    return months_after(reader.on, -MONTHS), _("What has changed within a year")


def register(reader: Reader) -> Register:
    """The sheet of the changes, the newest first."""
    first, told = since(reader)
    found = _entries(reader, first)
    admitted = [(entry, payload) for entry, payload in found[:MOST] if _is_admitted(reader, entry)]
    raised = _raised(reader, {entry.subject_ref for entry, _payload in admitted if entry.subject_ref})
    admitted = [one for one in admitted if one[0].subject_ref not in raised]
    rows = [row for one, entry in zip(admitted, _told(reader, admitted), strict=True) for row in _rows(entry, one[1])]
    frame = frame_of(rows, COLUMNS)
    return Register(
        _("Changes"),
        told,
        reader.shown(COLUMNS, frame),
        frame,
        tab="notes",
        frozen=1,
        left_out=len(found[:MOST]) - len(admitted),
        hint=_("Only the newest %(n)s entries were read.", n=MOST) if len(found) > MOST else "",
    )


def _entries(reader: Reader, first: date) -> Rows:
    """The entries on what the organisation keeps; hand-overs and bulk loading change nothing."""
    wanted = queries.Wanted(since=first, until=reader.on, organisation=reader.path)
    numbers = queries.wanted(reader.scope, wanted).where(
        AuditEntry.subject.in_(INSIDE | SECRET),
        AuditEntry.action != Action.SOW.value,
        AuditEntry.action.not_like("%:export"),
    )
    return [(row[0], row[1]) for row in db.session.execute(queries.told(numbers, most=MOST + 1))]


def _is_admitted(reader: Reader, entry: AuditEntry) -> bool:
    is_open = entry.subject in INSIDE or reader.tells_dependencies
    return is_open and reader.admits(Confidentiality(entry.confidentiality))


def _raised(reader: Reader, refs: set[str]) -> set[str]:
    """Those of the records that were ever of a class above the variant: their older entries tell too much as well."""
    above = [one.value for one in Confidentiality if not reader.admits(one)]
    rows = select(AuditEntry.subject_ref).where(AuditEntry.subject_ref.in_(refs), AuditEntry.confidentiality.in_(above))
    return {ref for ref in db.session.scalars(rows.distinct()) if ref} if above and refs else set()


def _told(reader: Reader, rows: Rows) -> list[Any]:
    """The entries in words, in which nothing above the variant is named."""
    scope, none = reader.scope, frozenset[int]()
    if not reader.tells_dependencies:
        scope = replace(scope.up_to(reader.variant), functions=none, interfaces=none, known=none)
    return list(_tellings[0](scope, rows))


def _rows(entry: Any, payload: AuditPayload) -> Iterator[dict[str, object]]:
    whole: dict[str, object] = {
        "day": day_of(entry.at),
        "kind": entry.kind,
        "code": entry.code,
        "who": entry.user_name,
    }
    if entry.erased:
        yield whole | {"field": entry.label, "after": _("The content of this entry has been erased.")}
    elif entry.is_event:
        yield whole | {"field": entry.label, "after": _name(payload)}
    else:
        for change in entry.changes:
            yield whole | {"field": change.label, "before": _cut(change.before), "after": _cut(change.after)}


def _name(payload: AuditPayload) -> str | None:
    """What a record is called that has been added."""
    told = [(payload.changes or {}).get(name) for name in NAMES]
    return _cut(next((str(one[-1]) for one in told if isinstance(one, list) and one[-1]), None))


def _cut(text: str | None) -> str | None:
    return f"{text[: LONGEST_CELL - 1]}…" if text and len(text) > LONGEST_CELL else text
