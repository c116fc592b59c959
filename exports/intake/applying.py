"""Taking a workbook in: every row goes the way of its page's form, all of them in one transaction or none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from continuity.readiness import checks as counting
from continuity.register import plans
from dependencies.entries.needs import of_record
from dependencies.register import needs
from exports.filling import checks, works
from exports.filling.checks import OF
from exports.filling.planning import grids
from exports.filling.rowing import Values
from exports.filling.tables.measures import WorkState
from exports.filling.values import provisional_code
from exports.intake.removing import Removing
from exports.intake.taking import Looked
from prepare import actor
from prepare.models.functions import Function
from prepare.register import functions, requirement_answers, resources
from risks.register import measures, risks


@dataclass
class Applying:
    """One workbook on its way into the registers; `codes` tell which provisional code became which function."""

    looked: Looked
    on: date
    at: datetime
    codes: dict[str, str] = field(default_factory=dict)
    made: dict[str, str] = field(default_factory=dict)
    added: list[Function] = field(default_factory=list)
    rows: dict[str, dict[str, Values]] = field(default_factory=dict)

    def apply(self) -> None:
        """Write every row that changes: functions first, since the others refer to them.

        What is removed goes first, so that its name is free again; functions go last, when nothing is written of them.
        """
        removing = Removing(self.looked, self.on)
        removing.parts()
        self._functions()
        self._impacts()
        self._needs()
        self._resources()
        self._risks()
        self._measures()
        self._plans()
        self._answers()
        removing.functions()

    def _rows(self, table: str) -> Iterable[tuple[str, Values, Any]]:
        """Key, values and record (None: a new row) of each row of a table that changes."""
        records = self.looked.held.records[table]
        for key, values in self.looked.plan.rows.get(table, {}).items():
            yield key, self._renamed(values), records.get(key)

    def _renamed(self, values: Values) -> Values:
        """The values with the codes that new functions have been given."""
        found = dict(values)
        for name in ("function", "suppliers", "functions", "risks"):
            value = found.get(name)
            if isinstance(value, list):
                found[name] = sorted(self.codes.get(code, code) for code in value)
            elif value is not None:
                found[name] = self.codes.get(value, value)
        return found

    def _functions(self) -> None:
        for key, values, record in self._rows("functions"):
            entry = checks.function_entry(values)
            if record is None:
                record = functions.add(self.looked.export.organisation, entry)
                self.codes[provisional_code(key)] = record.code
                self._keep("functions", key, record)
            else:
                functions.edit(record, entry, seen=functions.seen_now(record), at=self.at)

    def _impacts(self) -> None:
        rows, merged = self.looked.held.rows["impacts"], self.looked.plan.rows.get("impacts", {})
        for key, grid in grids(rows, merged):
            function: Function = self.looked.held.records["impacts"][key.partition(OF)[0]]
            impacts = checks.steps_of(grid)
            notes = {one: note for one in impacts if (note := grid[one.value].get("note"))}
            functions.assess_impacts(function, impacts, notes, seen=functions.impacts_now(function), at=self.at)

    def _needs(self) -> None:
        for key, values, record in self._rows("needs"):
            if record is None:
                record = needs.add_need(self._function(values), checks.need_entry(values))
                self._keep("needs", key, record)
            else:
                entry = checks.need_entry(values, of_record(record).alternatives)
                needs.edit_need(record, entry, seen=needs.seen_now(record))

    def _resources(self) -> None:
        for key, values, record in self._rows("resources"):
            entry = checks.resource_entry(values)
            if record is None:
                self._keep("resources", key, resources.add(self._function(values), entry))
            else:
                resources.edit(record, entry, seen=resources.seen_now(record))

    def _risks(self) -> None:
        for key, values, record in self._rows("risks"):
            entry = checks.risk_entry(values)
            if record is None:
                record = risks.add(self.looked.export.organisation, entry, on=self.on)
                self.codes[provisional_code(key)] = record.code
                self._keep("risks", key, record)
            else:
                risks.assess(record, entry, seen=risks.seen_now(record), on=self.on)

    def _measures(self) -> None:
        for key, values, record in self._rows("measures"):
            entry = works.measure_entry(values)
            if record is None:
                record = measures.add(self.looked.export.organisation, entry)
                self._keep("measures", key, record)
            elif works.sorted_risks(entry) != works.sorted_risks(measures.seen_now(record).entry):
                measures.edit(record, entry, seen=measures.seen_now(record))
            if works.moves_on(values):
                measures.advance(record, works.progress_entry(values), seen=measures.progress_now(record))
                if values.get("state") == WorkState.DONE:
                    measures.finish(record, on=self.on)

    def _plans(self) -> None:
        for key, values, record in self._rows("plans"):
            entry = works.plan_entry(values)
            if record is None:
                record = plans.add(self.looked.export.organisation, entry, on=self.on, at=self.at)
                self._keep("plans", key, record)
            else:
                plans.edit(record, entry, seen=plans.seen_now(record), on=self.on, at=self.at)

    def _answers(self) -> None:
        owner, rows = self.looked.export.organisation, list(self._rows("answers"))
        wanted = {asked.automatic for _key, _values, asked in rows if asked.automatic}
        counted = counting.counted(actor.current().scope, [owner], wanted, self.on)[owner.id] if rows else {}
        for _key, values, asked in rows:
            seen = requirement_answers.answer_now(owner, asked)
            told = counted.get(asked.automatic) if asked.automatic else None
            entry = works.answer_entry(values)
            requirement_answers.answer(owner, asked, entry, seen=seen, counted=told, on=self.on)

    def _function(self, values: Values) -> Function:
        code = values["function"]
        every: Mapping[str, Function] = self.looked.held.records["functions"]
        return next(one for one in (*self.added, *every.values()) if one.code == code)

    def _keep(self, table: str, key: str, record: Any) -> None:
        """Remember what a spare row became, so that the same workbook handed in again edits it."""
        if isinstance(record, Function):
            self.added.append(record)
        self.made[key] = str(record.ref)
        self.rows.setdefault(table, {})[str(record.ref)] = self._renamed(self.looked.plan.rows[table][key])
        self.rows[table][str(record.ref)]["code"] = record.code

    def kept(self) -> dict[str, Any]:
        """What later workbooks of the same hand-over are held against: the rows that went out, and those added."""
        went_out = self.looked.export.rows
        return {table: {**went_out[table], **self.rows.get(table, {})} for table in went_out}
