"""What has changed in the registers, field by field, since a day or an entry of the trail; the sheet of it (A17)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd
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
SECRET = frozenset(
    {
        *("need", "dependency", "contact_point", "level_task", "loss_decision", "reserve", "reserve_claim"),
        *("scenario", "scenario_hit"),
    }
)
#: Without a guidance in force, changes of so many months are told.
MONTHS = 12
#: The newest so many entries are read, and a cell shows so much of a text.
MOST, LONGEST_CELL = 2_000, 600
#: What names a record that has been added.
NAMES = ("name_fi", "title_fi", "name", "title", "text")
#: What tells that a record was taken out of use.
ENDS = ("retired", "ended_on")
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


@dataclass(frozen=True)
class Span:
    """From when on changes are told: from a day on, or what stands in the trail behind an entry."""

    since: date | None = None
    after: int | None = None
    kinds: frozenset[str] = INSIDE | SECRET


@dataclass(frozen=True)
class Change:
    """An entry of the trail in words, and what it did to its record."""

    told: Any
    payload: AuditPayload
    is_new: bool

    @property
    def is_end(self) -> bool:
        """Whether the record was taken out of use."""
        told = self.payload.changes or {}
        return any(isinstance(told.get(name), list) and bool(told[name][-1]) for name in ENDS)

    def rows(self) -> Iterator[dict[str, object]]:
        """A row for each field; one only for what was added or erased."""
        entry = self.told
        whole: dict[str, object] = {"day": day_of(entry.at), "kind": entry.kind, "code": entry.code}
        whole["who"] = entry.user_name
        if entry.erased:
            yield whole | {"field": entry.label, "after": _("The content of this entry has been erased.")}
        elif self.is_new or not entry.changes:
            yield whole | {"field": entry.label, "after": _name(self.payload)}
        else:
            for change in entry.changes:
                yield whole | {"field": change.label, "before": _cut(change.before), "after": _cut(change.after)}


@dataclass(frozen=True)
class Found:
    """The changes that a variant may hold, the newest first, and how many entries it leaves out."""

    changes: Sequence[Change]
    left_out: int
    hint: str  #: says so when there were more than are read

    def frame(self, columns: Sequence[Column]) -> pd.DataFrame:
        """Their rows."""
        return frame_of([row for one in self.changes for row in one.rows()], columns)


def since(reader: Reader) -> tuple[date, str]:
    """From which day on changes are told, and since what, in words."""
    version = loading.current(reader.scope, reader.organisation, on=reader.on)
    if version and version.issued_on:
        values = {"number": version.number, "day": day(version.issued_on)}
        told = _("What has changed since version %(number)s of the guidance was issued on %(day)s", **values)
        return version.issued_on, told
    return months_after(reader.on, -MONTHS), _("What has changed within a year")


def register(reader: Reader) -> Register:
    """The sheet of the changes since the guidance was last issued, the newest first."""
    first, told = since(reader)
    some = found(reader, Span(since=first))
    frame = some.frame(COLUMNS)
    return Register(
        _("Changes"),
        told,
        reader.shown(COLUMNS, frame),
        frame,
        tab="notes",
        frozen=1,
        left_out=some.left_out,
        hint=some.hint,
    )


def found(reader: Reader, span: Span) -> Found:
    """The changes of a span, filtered by class before a word of them is told."""
    every = _entries(reader, span)
    admitted = [(entry, payload) for entry, payload in every[:MOST] if _is_admitted(reader, entry)]
    raised = _raised(reader, {entry.subject_ref for entry, _payload in admitted if entry.subject_ref})
    admitted = [one for one in admitted if one[0].subject_ref not in raised]
    pairs = zip(admitted, _told(reader, admitted), strict=True)
    return Found(
        [Change(words, payload, _is_new(entry, payload)) for (entry, payload), words in pairs],
        len(every[:MOST]) - len(admitted),
        _("Only the newest %(n)s entries were read.", n=MOST) if len(every) > MOST else "",
    )


def _entries(reader: Reader, span: Span) -> Rows:
    """The entries on what the organisation keeps; hand-overs and bulk loading change nothing."""
    wanted = queries.Wanted(since=span.since, after=span.after, until=reader.on, organisation=reader.path)
    numbers = queries.wanted(reader.scope, wanted).where(
        AuditEntry.subject.in_(span.kinds),
        AuditEntry.action != Action.SOW.value,
        AuditEntry.action.not_like("%:export"),
    )
    return [(row[0], row[1]) for row in db.session.execute(queries.told(numbers, most=MOST + 1))]


def _is_admitted(reader: Reader, entry: AuditEntry) -> bool:
    is_open = entry.subject not in SECRET or reader.tells_dependencies
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


def _is_new(entry: AuditEntry, payload: AuditPayload) -> bool:
    """Whether the record was added: nothing stood in it before, and it was told what it is or of what it is a part."""
    told = payload.changes or {}
    is_first = all(isinstance(value, list) and value[0] is None for value in told.values())
    names_it = any(name in ("code", *NAMES) or name.endswith("_id") for name in told)
    return is_first and names_it and (entry.subject_version or 1) == 1


def _name(payload: AuditPayload) -> str | None:
    """What a record is called that has been added."""
    told = [(payload.changes or {}).get(name) for name in NAMES]
    return _cut(next((str(one[-1]) for one in told if isinstance(one, list) and one[-1]), None))


def _cut(text: str | None) -> str | None:
    return f"{text[: LONGEST_CELL - 1]}…" if text and len(text) > LONGEST_CELL else text
