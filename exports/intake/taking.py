"""Looking at a fill-in workbook that was handed in: what taking it in would do, told before anything is done."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select

from exports.filling import grid, seals
from exports.filling.fields import REMOVE, Table
from exports.filling.issues import Issue
from exports.filling.planning import Choice, Plan, Planner
from exports.filling.rowing import Reader, Row, widened
from exports.filling.seals import Stamp, Unsealed
from exports.filling.tables.every import COINED, TABLES, spare_keys
from exports.filling.values import Lists, provisional_code
from exports.frames.choices import lists_of
from exports.frames.filling import held
from exports.frames.held import Held
from exports.intake import gate
from exports.intake.gate import Admitted
from exports.intake.limits import Unfit
from exports.models.forms import FormExport, Intake
from prepare import actor
from prepare.access import Action, may
from prepare.clock import today
from prepare.db import db
from prepare.errors import RuleBroken
from prepare.texts import N_, speaking
from risks.models import scales

#: The code of a file as a whole, by what its cells tell: the first that is found, the gravest first.
REASONS = (
    ("headers", {"SHEET_MISSING", "HEADER_MISSING"}),
    ("duplicate_codes", {"DUP_KEY"}),
    ("row_errors", None),
)
WARNINGS = (
    ("header_row_found", "HEADER_MOVED"),
    ("unknown_columns", "UNKNOWN_COLUMN"),
    ("headers_normalised", "HEADERS_NORMALISED"),
)
#: Notes of the gate that say nothing about a fill-in workbook, which hides sheets of its own.
#: What is told when a look no longer holds.
OUTDATED = N_("The registers have changed since you looked. Look at the changes again, then confirm.")
OUR_OWN = frozenset({"hidden_sheets_ignored"})


@dataclass
class Looked:
    """A workbook that was looked at: whose it is, what it would do, and what that rests on."""

    admitted: Admitted
    stamp: Stamp
    export: FormExport
    plan: Plan
    held: Held
    lists: Lists
    tables: dict[str, Table] = field(default_factory=dict)
    is_taken_in: bool = False
    is_confirmed: bool = False  #: a person has said that what is to be removed shall be

    @property
    def digest(self) -> str:
        """What tells this plan from one for which something has moved since."""
        return self.plan.digest(self.admitted.sha256)

    @property
    def verdict(self) -> str:
        """accept, accept_warn, conflict or reject."""
        if self.plan.errors:
            return "reject"
        if self.plan.conflicts or self.waits_for_consent:
            return "conflict"
        return "accept_warn" if self.plan.issues or self.told_notes or self.is_taken_in else "accept"

    @property
    def code(self) -> str:
        """Why, in one stable word."""
        if self.plan.errors:
            codes = {issue.code for issue in self.plan.errors}
            return next(code for code, of in REASONS if of is None or codes & of)
        if self.plan.conflicts:
            return "unresolved_conflicts"
        if self.waits_for_consent:
            return "unconfirmed_removals"
        if self.is_taken_in:
            return "already_imported"
        seen = {issue.code for issue in self.plan.issues}
        return next((code for code, of in WARNINGS if of in seen), next(iter(self.told_notes), "ok"))

    @property
    def waits_for_consent(self) -> bool:
        """Whether something is to be removed and nobody has confirmed it yet."""
        return bool(self.plan.removals) and not self.is_confirmed

    @property
    def told_notes(self) -> list[str]:
        """Codes of what the gate noted and a person is to know."""
        return [note.code for note in self.admitted.notes if note.code not in OUR_OWN]


class NotOurs(Unfit):
    """A file that came through the gate, but is no fill-in workbook of ours: a list, perhaps."""

    def __init__(self, admitted: Admitted) -> None:
        super().__init__("no_meta")
        self.admitted = admitted


class Outdated(RuleBroken):
    """The registers have changed since the workbook was looked at; `chosen` are the choices that still apply."""

    code = "preview_outdated"

    def __init__(self, chosen: Mapping[str, Choice] | None = None) -> None:
        super().__init__(OUTDATED)
        self.chosen = chosen or {}


@dataclass(frozen=True)
class Brought:
    """A file that came through the gate and is a fill-in workbook of ours."""

    admitted: Admitted
    stamp: Stamp


def brought(name: str, content: bytes) -> Brought:
    """The file, read in a process of its own. Raises Unfit when it is not taken in at all."""
    admitted = gate.admit(name, content, formulas=True)
    return Brought(admitted, stamped(admitted))


def looked_at(file: Brought, choices: Mapping[str, Choice] | None = None, *, is_confirmed: bool = False) -> Looked:
    """What taking the file in would do now, with these conflicts chosen and removals confirmed or not.

    Raises Unfit when the hand-over is not known here, or belongs to an organisation that the acting person does not
    keep.
    """
    export = _export(file.stamp)
    with speaking(export.language):
        looked = _planned(file.admitted, file.stamp, export, choices or {})
    looked.is_confirmed = is_confirmed
    return looked


def stamped(admitted: Admitted) -> Stamp:
    """The stamp of a workbook of ours. Raises Unfit for any other, and for one whose stamp was changed."""
    sheet = next((one for one in admitted.sheets if one.name == seals.SHEET), None)
    if sheet is None:
        formulas = [(one.name, cell) for one in admitted.sheets for cell in sorted(one.formulas)]
        raise Unfit("formula_cells", formulas) if formulas else NotOurs(admitted)
    try:
        return seals.read(sheet.rows)
    except Unsealed as unsealed:
        raise Unfit(unsealed.code) from None


def _export(stamp: Stamp) -> FormExport:
    export = db.session.scalars(select(FormExport).where(FormExport.ref == UUID(stamp.export))).one_or_none()
    if export is None:
        raise Unfit("unknown_export")
    if not may(actor.current(), Action.TAKE_FORM, export.organisation):
        raise Unfit("sector_forbidden")
    return export


def _planned(admitted: Admitted, stamp: Stamp, export: FormExport, choices: Mapping[str, Choice]) -> Looked:
    scope = actor.current().scope
    found = held(scope, export.organisation, today())
    lists = lists_of(scope, export.organisation, found, export.rows)
    planner = Planner(export.rows, found.rows, scales.in_force(), today(), choices)
    looked = Looked(admitted, stamp, export, planner.plan, found, lists)
    sheets: dict[str, Any] = {one.name: one for one in admitted.sheets}
    rows: dict[str, list[Row]] = {}
    for table in TABLES:
        looked.tables[table.key] = table = widened(table, export.rows.get(table.key, {}))
        place = grid.located(table, sheets, stamp.sheets[table.key])
        if isinstance(place, Issue):
            planner.plan.issues.append(place)
            continue
        reader = Reader(table, place, export.rows.get(table.key, {}), lists, export.made)
        planner.plan.issues.extend(place.issues)
        rows[table.key] = reader.rows() if place.key is not None else []
        planner.plan.issues.extend(reader.issues)
    _refer(looked, rows)
    for key, found_rows in rows.items():
        planner.add(looked.tables[key], found_rows)
    looked.is_taken_in = _taken_in(export, admitted.sha256)
    return looked


def _refer(looked: Looked, rows: Mapping[str, list[Row]]) -> None:
    """Let rows refer to records that are new: those taken in before by their codes, the others by their keys."""
    made: dict[str, str] = {}
    missing: set[str] = set()
    for table in set(COINED.values()):
        records = looked.held.records[table]
        made |= {provisional_code(key): records[ref].code for key, ref in looked.export.made.items() if ref in records}
        coming = {provisional_code(row.key) for row in rows.get(table, []) if row.is_new and not row.values.get(REMOVE)}
        missing |= {provisional_code(key) for key in spare_keys(table)} - coming
    for row in (row for found in rows.values() for row in found):
        for one in (one for one in row.table.inputs if one.items in COINED):
            value = row.values.get(one.key)
            codes = [made.get(code, code) for code in (value if isinstance(value, list) else [value]) if code]
            for code in (code for code in codes if code in missing):
                looked.plan.issues.append(row.issue("UNKNOWN_REF", one.key, value=code))
            if value:
                row.values[one.key] = sorted(codes) if isinstance(value, list) else codes[0]


def _taken_in(export: FormExport, sha256: str) -> bool:
    rows = select(Intake.id).where(Intake.organisation_id == export.organisation_id, Intake.sha256 == sha256)
    return db.session.scalars(rows.limit(1)).first() is not None
