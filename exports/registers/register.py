"""A register: what it is called, what it tells of each record, and where its records come from."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Protocol
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import ColumnElement, ScalarSelect, Select, String, cast, func, select

from exports.registers.field import Field, Sight
from prepare.access import Action
from prepare.actor import Scope
from prepare.audit import AuditEntry
from prepare.db import db
from prepare.models.organisations import Organisation
from prepare.queries.scopes import below
from prepare.vocabulary import Confidentiality

#: So many records are read at a time when a whole register is handed over.
AT_ONCE = 500


@dataclass(frozen=True)
class Filter:
    """Which records are asked for: of the organisation at this path and below it, changed at or after a moment."""

    organisation: str = ""
    since: datetime | None = None


NO_FILTER = Filter()


@dataclass(frozen=True)
class Part:
    """Some records in the stable order of the register, and from where to go on; None = these were the last.

    From where tells nothing of how many records there are that the reader does not read.
    """

    records: Sequence[Any]
    onward: str | None


class Source(Protocol):
    """Where the records of a register come from."""

    @property
    def knows_changes(self) -> bool:
        """Whether it can be asked for what changed since a moment."""

    def counted(self, sight: Sight, wanted: Filter) -> int:
        """How many records there are."""

    def part(self, sight: Sight, wanted: Filter, after: str, limit: int) -> Part:
        """Up to `limit` records after a place, as an earlier part told it; "" is before the first."""

    def one(self, sight: Sight, ref: UUID) -> Any | None:
        """The record with this reference, if the reader may read it."""

    def changed(self, records: Sequence[Any]) -> dict[str, datetime]:
        """When each of the records was last changed, by reference; what the trail does not tell is left out."""


@dataclass(frozen=True)
class Register:
    """A register as it is handed over.

    `name` is stable and stands in addresses; `title` and `told` are N_() messages. `action` opens its page, and `least`
    is the lowest class up to which one must read to have it: on whom the functions depend is secret when put together.
    """

    name: str
    title: str
    told: str
    fields: tuple[Field, ...]
    source: Source
    action: Action
    least: Confidentiality = Confidentiality.PUBLIC

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """Its fields by their names."""
        return {field.name: field for field in self.fields}

    def row(self, record: Any, sight: Sight) -> dict[str, Any]:
        """A record as JSON holds it, in the order of the fields."""
        return {field.name: field.of(record, sight) for field in self.fields}

    def withheld(self, sight: Sight) -> list[str]:
        """The fields that are not told up to this class."""
        return [field.name for field in self.fields if not sight.admits(field.least)]

    def every(self, sight: Sight, wanted: Filter = NO_FILTER) -> Iterator[dict[str, Any]]:
        """Every record, read a few hundred at a time, so that a register of any size takes little memory."""
        after: str | None = ""
        while after is not None:
            part = self.source.part(sight, wanted, after, AT_ONCE)
            yield from (self.row(record, sight) for record in part.records)
            after = part.onward


@dataclass(frozen=True)
class Records:
    """Records that a query gives: the one by which the register's page is made.

    `model` is the record of a row of which `key` is the id; rows with further records are tuples. `kept` gives the
    condition that a record belongs to the organisation at a path.
    """

    query: Callable[[Scope], Select[Any]]
    model: Any
    kept: Callable[[str], ColumnElement[bool]]
    table: str = ""  #: whose changes in the trail count; the model's own where nothing is said
    knows_changes: bool = True

    def counted(self, sight: Sight, wanted: Filter) -> int:
        """How many records there are."""
        rows = self._rows(sight, wanted).with_only_columns(self.model.id, maintain_column_froms=True).order_by(None)
        return db.session.scalar(select(func.count()).select_from(rows.subquery())) or 0

    def part(self, sight: Sight, wanted: Filter, after: str, limit: int) -> Part:
        """Up to `limit` records, in the order in which they came into the register."""
        rows = self._rows(sight, wanted).order_by(None).order_by(self.model.id)
        if after:
            rows = rows.where(self.model.id > self.placed(after))
        found = executed(rows.limit(limit + 1))
        records = found[:limit]
        return Part(records, self.mark(_first(records[-1])) if len(found) > limit else None)

    def mark(self, record: Any) -> str:
        """What tells the place of a record in the order."""
        return str(record.ref)

    def placed(self, mark: str) -> ScalarSelect[int]:
        """The place that a mark tells."""
        found: ScalarSelect[int] = select(self.model.id).where(self.model.ref == UUID(mark)).scalar_subquery()
        return found

    def one(self, sight: Sight, ref: UUID) -> Any | None:
        """The record with this reference."""
        rows = executed(self.query(sight.scope).where(self.model.ref == ref))
        return rows[0] if rows else None

    def changed(self, records: Sequence[Any]) -> dict[str, datetime]:
        """When each record was last changed."""
        refs = [str(_first(record).ref) for record in records]
        rows = select(AuditEntry.subject_ref, func.max(AuditEntry.at)).where(
            self._told(), AuditEntry.subject_ref.in_(refs)
        )
        found = db.session.execute(rows.group_by(AuditEntry.subject_ref))
        return {str(ref): at for ref, at in found}

    def _rows(self, sight: Sight, wanted: Filter) -> Select[Any]:
        rows = self.query(sight.scope)
        if wanted.organisation:
            rows = rows.where(self.kept(wanted.organisation))
        if wanted.since:
            told = select(_bare(AuditEntry.subject_ref)).where(self._told(), AuditEntry.at >= wanted.since)
            rows = rows.where(_bare(cast(self.model.ref, String)).in_(told))
        return rows

    def _told(self) -> ColumnElement[bool]:
        """Condition that an entry of the trail tells a change of such a record, not that it was handed over."""
        subject = self.table or self.model.__tablename__
        return (AuditEntry.subject == subject) & AuditEntry.action.not_like("%:export")


def executed(rows: Select[Any]) -> list[Any]:
    """The records of a query; those that stand beside one another as tuples."""
    found = db.session.execute(rows).unique().all()
    return [row[0] if len(row) == 1 else tuple(row) for row in found]


def _first(record: Any) -> Any:
    return record[0] if isinstance(record, tuple) else record


def _bare(ref: Any) -> ColumnElement[str]:
    """A reference as text without dashes: each database stores it in its own way, and the trail with dashes."""
    return func.replace(ref, "-", "")


@dataclass(frozen=True)
class Figures:
    """Records that are reckoned anew each time: a list in a stable order, each with a reference of its own."""

    reckoned: Callable[[Sight, str], Sequence[Any]]  #: (what is read, path of the organisation or "")
    ref: Callable[[Any], UUID]
    knows_changes: bool = False

    def counted(self, sight: Sight, wanted: Filter) -> int:
        """How many there are."""
        return len(self.reckoned(sight, wanted.organisation))

    def part(self, sight: Sight, wanted: Filter, after: str, limit: int) -> Part:
        """Up to `limit` of them after the first `after`."""
        found, begin = self.reckoned(sight, wanted.organisation), int(after or 0)
        end = begin + limit
        return Part(found[begin:end], str(end) if len(found) > end else None)

    def one(self, sight: Sight, ref: UUID) -> Any | None:
        """The one with this reference."""
        return next((one for one in self.reckoned(sight, "") if self.ref(one) == ref), None)

    def changed(self, records: Sequence[Any]) -> dict[str, datetime]:
        """What is reckoned has no day of its own."""
        return {}


def made_ref(*parts: object) -> UUID:
    """A reference of something that has none of its own: always the same for the same parts."""
    return uuid5(NAMESPACE_URL, "prepare " + " ".join(map(str, parts)))


def owned(model: Any) -> Callable[[str], ColumnElement[bool]]:
    """Condition for records that the organisation at a path keeps, or something below it."""

    def kept(path: str) -> ColumnElement[bool]:
        condition: ColumnElement[bool] = model.organisation.has(below(path))
        return condition

    return kept


def at(path: str) -> ColumnElement[bool]:
    """Condition for organisations at a path and below it."""
    return below(path, Organisation)
