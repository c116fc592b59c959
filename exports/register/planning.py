"""What taking a plain list in would do: each row held against its register, every error told at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from exports.listing import cells
from exports.listing.cells import NOTHING
from exports.listing.wanted import How, Listed, Wanted
from exports.register.listed.every import KEEPING
from exports.register.listed.keeping import Keeping
from prepare.errors import RuleBroken
from prepare.models.organisations import Organisation
from prepare.texts import N_, _
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
    """A row that can be taken in: the record that it changes (None: a new one), its entry, and what differs.

    `changes` are field, value before and value after; of a new record every field that the list tells.
    """

    row: int
    name: str
    record: Any
    entry: Any
    changes: tuple[tuple[str, Any, Any], ...] = ()

    @property
    def state(self) -> str:
        """new, changed or same."""
        return "new" if self.record is None else "changed" if self.changes else "same"


@dataclass
class Plan:
    """What taking a list in would do, or everything that is wrong with it."""

    lines: list[Line] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)

    def count(self, state: str) -> int:
        """How many rows are new, changed or same."""
        return sum(line.state == state for line in self.lines)


@dataclass
class Draft:
    """The rows that tell of one record, put together."""

    row: int
    record: Any
    values: dict[str, Any]


def steps(name: str) -> list[tuple[int, str]]:
    """The steps of the city's risk scale for a field."""
    scale = scales.in_force()
    if name == "likelihood":
        return [(step, scale.likelihood_label(step)) for step in scale.likelihood_steps]
    return [(step, scale.impact_label(step)) for step in scale.impact_steps]


def planned(owner: Organisation, reading: Reading) -> Plan:
    """What taking the list in for the organisation would do; every error of the list at once."""
    planner = Planner(reading, KEEPING[reading.listed.name](owner))
    planner.read()
    return planner.plan


@dataclass
class Planner:
    """Holds a list against the records of its register."""

    reading: Reading
    keeping: Keeping
    plan: Plan = field(default_factory=Plan)
    drafts: dict[Any, Draft] = field(default_factory=dict)
    told: set[tuple[str, str]] = field(default_factory=set)

    def read(self) -> None:
        """Plan every row of the list."""
        listed, mapped = self.reading.listed, self.reading.columns.values()
        for name in listed.needs:
            if name not in mapped and (wanted := listed.field(name)):
                message = _("Say which column holds “%(field)s”.", field=_(wanted.label))
                self.plan.troubles.append(Trouble(0, "", "", message))
        if self.plan.troubles:
            return
        for place, row in enumerate(self.reading.rows):
            if any(row):
                self._row(self.reading.first + place, row)
        for draft in self.drafts.values():
            self._line(draft)
        self.plan.troubles.sort(key=lambda one: one.row)

    def _row(self, number: int, row: tuple[str, ...]) -> None:
        before = len(self.plan.troubles)
        values = self._values(number, row)
        if len(self.plan.troubles) > before:
            return
        try:
            record = self.keeping.found(values)
        except RuleBroken as broken:
            self._tell(number, broken)
            return
        if record is None:
            for name in self.reading.listed.needs:
                if values.get(name) in (None, ""):
                    self._tell(number, RuleBroken(N_("This is needed."), field=name))
        if len(self.plan.troubles) == before:
            self._keep(Draft(number, record, self.keeping.completed(values, record)))

    def _keep(self, draft: Draft) -> None:
        """Keep what a row tells, or put it together with what an earlier row tells of the same record."""
        key = draft.record.id if draft.record is not None else self.keeping.identity(draft.values)
        held = self.drafts.setdefault(key, draft)
        joins = self.keeping.joins
        if held is draft:
            return
        if not joins:
            message = N_("The same row stands above already. Leave one of them out.")
            self._tell(draft.row, RuleBroken(message, field=self.reading.listed.named_by))
            return
        for name, value in draft.values.items():
            if name == joins:
                held.values[name] = tuple(sorted({*held.values.get(name, ()), *value}))
            elif held.values.setdefault(name, value) != value:
                message = N_("Row %(row)s tells of the same, but says otherwise here. Let both say the same.")
                self._tell(draft.row, RuleBroken(message, field=name, row=held.row))

    def _line(self, draft: Draft) -> None:
        """Hold the record as it would be against the rules of its page."""
        keeping, record, values = self.keeping, draft.record, draft.values
        now = None if record is None else keeping.entry_of(record)
        entry = keeping.entry(**values) if now is None else replace(now, **values)
        troubles = keeping.problems(entry, record)
        if not troubles and keeping.refused(entry, record):
            troubles = [RuleBroken(N_("Your role does not allow this here."))]
        for broken in troubles:
            self._tell(draft.row, broken)
        pairs = ((name, getattr(now, name, None), getattr(entry, name)) for name in values)
        changes = tuple((name, old, new) for name, old, new in pairs if old != new)
        self.plan.lines.append(Line(draft.row, keeping.name(entry, record), record, entry, changes))

    def _values(self, number: int, row: tuple[str, ...]) -> dict[str, Any]:
        """What the cells of a row say, by field; what is empty says nothing."""
        found: dict[str, Any] = {}
        for heading, text in zip(self.reading.headings, row, strict=True):
            wanted = self.reading.listed.field(self.reading.columns.get(heading, ""))
            if wanted is None:
                continue
            try:
                said = self._said(wanted, text)
            except RuleBroken as broken:
                self.plan.troubles.append(Trouble(number, heading, text, broken.text()))
                continue
            if said is not None:
                found[wanted.name] = None if said is NOTHING else said
        return found

    def _said(self, wanted: Wanted, text: str) -> Any:
        said = cells.value(wanted, text, self.reading.words.get(wanted.name, {}))
        if not said or wanted.how not in (How.CODE, How.CODES):
            return said
        directory = self.keeping.directory(wanted.refers)
        return directory.one(said) if wanted.how is How.CODE else directory.several(said)

    def _tell(self, number: int, broken: RuleBroken) -> None:
        """Tell a trouble at its cell; what no column of the list can mend is told once, of the list itself."""
        name, reason = broken.field or "", broken.text()
        wanted = self.reading.listed.field(name)
        place = next(
            (n for n, told in enumerate(self.reading.headings) if self.reading.columns.get(told) == name), None
        )
        if place is not None:
            value = self.reading.rows[number - self.reading.first][place]
            self.plan.troubles.append(Trouble(number, self.reading.headings[place], value, reason))
        elif wanted is None:
            self.plan.troubles.append(Trouble(number, "", "", reason))
        elif (name, reason) not in self.told:
            self.told.add((name, reason))
            message = _(
                "%(reason)s Choose the column that holds “%(field)s”, or add one to the list.",
                reason=reason,
                field=_(wanted.label),
            )
            self.plan.troubles.append(Trouble(0, "", "", message))
