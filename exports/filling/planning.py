"""What taking a workbook in would do: each field held against what was handed out and what stands now.

A field that only the workbook changed is taken, one that only the register changed is kept, and one that both changed
in different ways waits for a person to choose. Nothing is removed because a row or a cell is empty that was not seen.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from exports.filling import checks
from exports.filling.fields import REASON, REMOVE, Table
from exports.filling.issues import ERROR, WARNING, Issue
from exports.filling.rowing import Row, Rows, Values
from risks.matrix import Scale

Choice = str
MINE, THEIRS = "mine", "theirs"
COUNTS = ("rows", "new", "changed", "removed", "unchanged", "kept", "conflicts")


#: Fields that an empty cell does not change: they always hold something, and nothing becomes more open by deleting.
STICKY = frozenset({"confidentiality", "level", "no_dependencies", "number", "state"})


@dataclass(frozen=True)
class Change:
    """One field that would change: of which row, before and after."""

    table: str
    key: str
    code: str
    field: str
    sheet: str
    cell: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Conflict(Change):
    """A field that both changed: `base` was handed out, `before` stands now, `after` is in the workbook."""

    base: Any = None

    @property
    def id(self) -> str:
        """What names the conflict in a form."""
        return hashlib.sha256(f"{self.table} {self.key} {self.field}".encode()).hexdigest()[:16]


@dataclass
class Plan:
    """What would be done: `rows` are the merged values of each row that changes or is new, by table and key.

    `removals` are the rows whose records are taken out of use, each with the reason (None where none is asked for).
    """

    changes: list[Change] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    removals: list[Change] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    rows: dict[str, dict[str, Values]] = field(default_factory=dict)
    moves: list[Change] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTS, 0))

    @property
    def errors(self) -> list[Issue]:
        """What keeps the file from being taken in."""
        return [issue for issue in self.issues if issue.severity == ERROR]

    def digest(self, sha256: str) -> str:
        """What tells this plan from one for which something has moved since, whatever has been chosen."""
        told = [[vars(one) for one in self.moves], sha256]
        return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


@dataclass
class Planner:
    """Holds the rows of every table against what was handed out (`base`) and what stands (`now`)."""

    base: Mapping[str, Rows]
    now: Mapping[str, Rows]
    scale: Scale
    on: date
    choices: Mapping[str, Choice] = field(default_factory=dict)
    plan: Plan = field(default_factory=Plan)

    def add(self, table: Table, rows: Iterable[Row]) -> None:
        """Plan the rows of a table."""
        merged = self.plan.rows.setdefault(table.key, {})
        kept: list[tuple[Row, Values]] = []
        for row in rows:
            self.plan.counts["rows"] += 1
            if row.values.get(REMOVE):
                self._remove(row)
                continue
            if row.values.get(REASON):
                self.plan.issues.append(row.issue("REASON_ALONE", REASON, WARNING))
            if self._refused(row):
                continue
            values = self._new(row) if row.is_new else self._merged(row)
            kept.append((row, values))
            if row.is_new or self._differs(row, values):
                merged[row.key] = values
        self._check(table, kept, merged)

    def _remove(self, row: Row) -> None:
        """Plan to take the row's record out of use; what others changed meanwhile makes that a choice."""
        first = row.table.inputs[0].key
        now, base = self.now.get(row.table.key, {}).get(row.key), self.base[row.table.key].get(row.key, {})
        if row.is_new:
            self.plan.issues.append(row.issue("REMOVED_NEW", first, WARNING))
        if now is None or row.is_new:
            return  # removed already, or told as a key that is not known
        if row.table.reasoned and not row.values.get(REASON):
            self.plan.issues.append(row.issue("REASON_MISSING", REASON))
        if self._touched(row):
            self.plan.issues.append(row.issue("REMOVED_WITH_EDITS", first, WARNING))
        for text in checks.removal_faults(row.table.key, now):
            self.plan.issues.append(row.issue("RULE_BROKEN", REMOVE, text=text))
        moved = [one.title() for one in row.table.told if _value(base.get(one.key)) != _value(now.get(one.key))]
        removal = self._change(row, REMOVE, ", ".join(moved) or None, row.values.get(REASON))
        self._decide(removal, is_contested=bool(moved))

    def _decide(self, removal: Change, *, is_contested: bool) -> None:
        conflict = Conflict(**vars(removal))
        self.plan.moves.append(conflict)
        choice = self.choices.get(conflict.id) if is_contested else MINE
        if choice == MINE:
            self.plan.removals.append(removal)
            self.plan.counts["removed"] += 1
        elif choice is None:
            self.plan.conflicts.append(conflict)
            self.plan.counts["conflicts"] += 1

    def _refused(self, row: Row) -> bool:
        """Whether the row told errors; whatever is missing of it is told too."""
        for one in row.table.inputs:
            value = row.values.get(one.key)
            if one.required and value in (None, "", []) and not self._told_at(row, one.key):
                self.plan.issues.append(row.issue("REQUIRED", one.key, field=one.title().rstrip("* \u00a0")))
        gone = not row.is_new and row.key not in self.now.get(row.table.key, {})
        if gone and not row.is_bad and self._touched(row):
            told = row.code or row.values.get("name") or ""
            self.plan.issues.append(row.issue("RECORD_GONE", row.table.inputs[0].key, value=told))
        return row.is_bad or gone

    def _told_at(self, row: Row, key: str) -> bool:
        places = {row.cell(key, at) for at in range(row.table.field(key).columns)}
        return any(one.sheet == row.place.sheet.name and one.cell in places for one in self.plan.issues[-50:])

    def _touched(self, row: Row) -> bool:
        base = self.base[row.table.key].get(row.key, {})
        return any(_value(row.values.get(one.key)) != _value(base.get(one.key)) for one in row.table.told)

    def _new(self, row: Row) -> Values:
        for one in row.table.told:
            value = row.values.get(one.key)
            if value not in (None, "", []):
                self.plan.changes.append(self._change(row, one.key, None, value))
                self.plan.moves.append(self.plan.changes[-1])
        self.plan.counts["new"] += 1
        return dict(row.values)

    def _merged(self, row: Row) -> Values:
        """The row's values put together; what both changed follows the choice, and is the workbook's without one."""
        base, now = self.base[row.table.key][row.key], self.now[row.table.key][row.key]
        values = dict(now)
        before = len(self.plan.changes) + len(self.plan.conflicts)
        for one in row.table.told:
            old, current, typed = (_value(held.get(one.key)) for held in (base, now, row.values))
            if one.key == "function" and typed != old:
                self.plan.issues.append(row.issue("REF_FIXED", one.key))
            elif typed == current or (one.key in STICKY and typed is None):
                continue
            elif typed == old:
                self.plan.counts["kept"] += 1
            else:
                values[one.key] = self._settled(row, one.key, old, current, typed)
        changed = len(self.plan.changes) + len(self.plan.conflicts) > before
        self.plan.counts["changed" if changed else "unchanged"] += 1
        return values

    def _settled(self, row: Row, key: str, old: Any, current: Any, typed: Any) -> Any:
        change = self._change(row, key, current, typed)
        if current == old:
            self.plan.moves.append(change)
            self.plan.changes.append(change)
            return typed
        conflict = Conflict(**vars(change), base=old)
        self.plan.moves.append(conflict)
        choice = self.choices.get(conflict.id)
        if choice is None:
            self.plan.conflicts.append(conflict)
            self.plan.counts["conflicts"] += 1
        elif choice == MINE:
            self.plan.changes.append(change)
        return current if choice == THEIRS else typed

    def _change(self, row: Row, key: str, before: Any, after: Any) -> Change:
        return Change(row.table.key, row.key, row.code, key, row.place.sheet.name, row.cell(key), before, after)

    def _differs(self, row: Row, values: Values) -> bool:
        now = self.now[row.table.key][row.key]
        return any(_value(values.get(one.key)) != _value(now.get(one.key)) for one in row.table.told)

    def _check(self, table: Table, kept: list[tuple[Row, Values]], merged: dict[str, Values]) -> None:
        rows = {row.key: row for row, _values in kept}
        for key in (key for key in merged if table.key != "impacts"):
            for name, code, text in checks.problems(rows[key], merged[key], self.scale, self.on):
                self.plan.issues.append(rows[key].issue(code, _shown(table, name), text=text))
        if table.key in ("needs", "resources"):
            named = [(row.key, values) for row, values in kept]
            for key in (key for key in checks.twice(named) if key in merged):
                told = checks.same_name(rows[key], merged[key])
                self.plan.issues.append(rows[key].issue("RULE_BROKEN", "name", text=told))
        if table.key == "impacts":
            self._check_impacts(rows, merged)

    def _check_impacts(self, rows: Mapping[str, Row], merged: Mapping[str, Values]) -> None:
        for function, grid in grids(self.now.get("impacts", {}), merged):
            for name, code, text in checks.impact_faults(grid):
                category, _, band = name.partition("-")
                if row := rows.get(f"{function}{checks.OF}{category}"):
                    self.plan.issues.append(row.issue(code, band, text=text))


def grids(now: Rows, merged: Mapping[str, Values]) -> Iterator[tuple[str, dict[str, Values]]]:
    """Each function of which a row of impacts changes, with the rows of all its categories as they would be."""
    for function in dict.fromkeys(key.partition(checks.OF)[0] for key in merged):
        whole = {key: values for key, values in {**now, **merged}.items() if key.startswith(f"{function}{checks.OF}")}
        yield function, {key.partition(checks.OF)[2]: values for key, values in whole.items()}


def _value(value: Any) -> Any:
    """A value so that nothing, an empty text and an empty list are alike."""
    return None if value in ("", [], ()) else value


def _shown(table: Table, name: str) -> str:
    """The field of the workbook at which a broken rule is told: its own, else the first that is filled in."""
    keys = [one.key for one in table.fields]
    return name if name in keys else table.inputs[0].key
