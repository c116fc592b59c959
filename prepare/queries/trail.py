"""Readings of the trail."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, Text, exists, func, or_, select, values
from sqlalchemy.orm import InstrumentedAttribute

from prepare.actor import Scope
from prepare.audit import AuditEntry, AuditPayload
from prepare.clock import begins
from prepare.models.users import User
from prepare.vocabulary import Confidentiality

#: More entries than these are not counted: the page says "more than".
MOST = 5_000
#: Sorts after every text that begins alike.
LAST = "\U0010ffff"

Rows = Select[AuditEntry, AuditPayload]
Numbers = Select[int]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which entries are asked for; what is not given does not narrow.

    `since` and `until` are days in Finland, both included; `after` is the entry behind which they stand. `persons` are
    numbers of users, `name` is a name as it stands in the entries of the system itself. `organisation` is a path and
    means everything below it, if it `has_lower` organisations. `code` is how a record's code begins. `q` is a code's
    beginning, if `q_is_code`, or a person's name; `q_persons` are the users so called.
    """

    since: date | None = None
    until: date | None = None
    after: int | None = None
    persons: tuple[int, ...] = ()
    name: str = ""
    action: str = ""
    kind: str = ""
    organisation: str = ""
    code: str = ""
    q: str = ""
    q_persons: tuple[int, ...] = ()
    q_is_code: bool = True
    has_lower: bool = True


def readable(scope: Scope) -> ColumnElement[bool]:
    """Condition for entries about records in the scope."""
    ways = []
    for root in scope.roots:
        inside = or_(AuditEntry.owner_path.startswith(root.path, autoescape=True), AuditEntry.owner_path == "/")
        open_enough = [c.value for c in Confidentiality if c.rank <= root.highest.rank]
        ways.append(inside & AuditEntry.confidentiality.in_(open_enough))
    return or_(False, *ways)


def trail(scope: Scope, *, action: str = "") -> Rows:
    """Entries about records in the scope with their payloads, newest first; of one kind of change."""
    rows = select(AuditEntry, AuditPayload).join(AuditPayload, AuditPayload.id == AuditEntry.payload_id)
    rows = rows.where(readable(scope))
    if action:
        rows = rows.where(AuditEntry.action == action)
    return rows.order_by(AuditEntry.id.desc())


def told(numbers: Numbers, *, most: int, offset: int = 0) -> Rows:
    """These entries with their payloads, newest first; only those that are told are read whole."""
    some = numbers.order_by(AuditEntry.id.desc()).limit(most).offset(offset)
    rows = select(AuditEntry, AuditPayload).join(AuditPayload, AuditPayload.id == AuditEntry.payload_id)
    return rows.where(AuditEntry.id.in_(some)).order_by(AuditEntry.id.desc())


def wanted(scope: Scope, asked: Wanted) -> Numbers:
    """The numbers of the entries that are asked for. Every condition finds its entries by an index of its own."""
    rows = select(AuditEntry.id).where(readable(scope))
    if asked.action:
        rows = rows.where(AuditEntry.action == asked.action)
    if asked.since or asked.until:
        rows = rows.where(*_in_days(asked.since, asked.until))
    if asked.after is not None:
        rows = rows.where(AuditEntry.id > asked.after)
    if asked.persons or asked.name:
        rows = rows.where(_by(asked.persons) if asked.persons else AuditEntry.user_name == asked.name)
    if asked.code:
        rows = rows.where(_coded(asked.code))
    if asked.q:
        ways = [_by(asked.q_persons)] if asked.q_persons else []
        rows = rows.where(or_(False, *ways, *([_coded(asked.q)] if asked.q_is_code else [])))
    if asked.kind:
        rows = rows.where(AuditEntry.subject == asked.kind)
    if asked.organisation:
        lower = beginning(AuditEntry.owner_path, asked.organisation)
        rows = rows.where(lower if asked.has_lower else AuditEntry.owner_path == asked.organisation)
    return rows


def beginning(column: InstrumentedAttribute[str], text: str) -> ColumnElement[bool]:
    """Condition that a column compared byte by byte begins with a text; it is found by the column's index."""
    return (column >= text) & (column < text + LAST)


def _coded(text: str) -> ColumnElement[bool]:
    """A record's code begins with the text, in small or capital letters."""
    return or_(*(beginning(AuditEntry.subject_code, way) for way in sorted({text, text.upper(), text.lower()})))


def _by(persons: tuple[int, ...]) -> ColumnElement[bool]:
    """One person is asked for by equality, so that the index gives the newest first without sorting."""
    return AuditEntry.user_id == persons[0] if len(persons) == 1 else AuditEntry.user_id.in_(persons)


def _in_days(since: date | None, until: date | None) -> list[ColumnElement[bool]]:
    """Conditions that an entry was written on these days; its number lies in the days' range as well.

    The numbers are found by the index of the moments. The moments themselves are asked for in a way that needs no
    index, so that the newest of a long time are found without sorting all of it.
    """
    moments, plain = [], func.coalesce(AuditEntry.at, AuditEntry.at)
    if since:
        moments.append((AuditEntry.at >= begins(since), plain >= begins(since)))
    if until:
        end = begins(until + timedelta(days=1))
        moments.append((AuditEntry.at < end, plain < end))
    indexed = [condition for condition, _plain in moments]
    first = select(func.min(AuditEntry.id)).where(*indexed).scalar_subquery()
    last = select(func.max(AuditEntry.id)).where(*indexed).scalar_subquery()
    return [AuditEntry.id >= first, AuditEntry.id <= last, *(condition for _indexed, condition in moments)]


def latest(scope: Scope, records: Sequence[Any]) -> Select[AuditEntry]:
    """The newest entry about any of these records; those without a reference of their own go by their code."""
    ways = []
    for record in records:
        if hasattr(record, "ref"):
            ways.append(AuditEntry.subject_ref == str(record.ref))
        else:
            ways.append((AuditEntry.subject == record.__tablename__) & (AuditEntry.subject_code == record.code))
    rows = trail(scope).where(or_(False, *ways)).limit(1)
    return rows.with_only_columns(AuditEntry, maintain_column_froms=True)


def counted(numbers: Numbers) -> Select[int]:
    """How many entries there are, at most one more than MOST; nobody waits for the rest to be counted."""
    few = numbers.limit(MOST + 1).subquery()
    return select(func.count()).select_from(few)


def of_record(scope: Scope, record: Any, parts: Mapping[str, str]) -> Numbers:
    """The numbers of the entries about a record and its parts.

    A part goes by its kind and by the beginning of its code: `parts` maps the one to the other.
    """
    ways = [AuditEntry.subject_ref == str(record.ref)]
    for kind, code in parts.items():
        named = or_(AuditEntry.subject_code == code, beginning(AuditEntry.subject_code, f"{code} "))
        ways.append((AuditEntry.subject == kind) & named)
    return select(AuditEntry.id).where(readable(scope), or_(*ways))


def is_code(text: str) -> Select[bool]:
    """Whether any record's code begins with the text."""
    return select(exists().where(_coded(text)))


def people(scope: Scope) -> Select[int, str, str]:
    """Everybody who stands in the trail as far as the reader sees it: number, name and e-mail address, by name."""
    told = exists().where(AuditEntry.user_id == User.id, readable(scope))
    return select(User.id, User.name, User.email).where(told).order_by(User.name, User.email)


def among(scope: Scope, column: InstrumentedAttribute[str], words: Sequence[str]) -> Select[str]:
    """Those of the words that stand in this column of the trail as far as the reader sees it; none is empty."""
    asked = values(Column("word", Text), name="asked").data([(word,) for word in words or [""]]).cte()
    told = exists().where(column == asked.c.word, readable(scope))
    return select(asked.c.word).where(told)
