"""Does the trail hold? Walks the chain, entry by entry, and holds it against its anchors."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, Select, Text, cast, select

from prepare import sealing
from prepare.access import Action
from prepare.actor import EVERYTHING, Scope
from prepare.anchors import Anchors
from prepare.audit import SEALED, AuditEntry, AuditHead, AuditPayload, content_text, sealed_text
from prepare.db import db
from prepare.queries import trail
from prepare.sealing import FIRST_SEAL, Fault, Flaw

#: More flaws than these are counted but not told one by one.
MOST_FLAWS = 1_000
#: So many earlier verifications are told.
EARLIER = 10
#: So many anchors are looked up by one statement.
AT_ONCE = 500
AT, PREVIOUS, PAYLOAD_HASH = SEALED.index("at"), SEALED.index("previous"), SEALED.index("payload_hash")


@dataclass(frozen=True)
class Mark:
    """An entry up to which the trail has been verified, and its seal; 0 is before the first."""

    entry: int = 0
    seal: str = FIRST_SEAL


START = Mark()


@dataclass
class Result:
    """What a walk found: the entries from `after` to `upto`, and whether that is the end of the trail.

    `entries` counts those that were read, `first_at` and `last_at` are when they were written, `anchors` is how
    many anchors were held against them and `more` how many flaws there are beyond those that are told.
    """

    after: Mark
    upto: Mark
    entries: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None
    anchors: int = 0
    lines: int = 0
    flaws: tuple[Flaw, ...] = ()
    more: int = 0
    at_end: bool = True

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not self.flaws

    @property
    def is_whole(self) -> bool:
        """Whether this was the whole trail."""
        return self.after == START and self.at_end


def verify(anchors: Anchors, *, after: Mark = START, most: int | None = None, lines: int = 0) -> Result:
    """Walk the chain after a mark, at most so many entries, and hold every anchor against the trail.

    `lines` is how many anchors the file held when the trail was last verified.
    """
    result = Result(after, after, lines=anchors.lines)
    flaws = _Flaws()
    before = _head()
    flaws.add(_walked(result, most))
    result.at_end = most is None or result.entries < most
    if result.at_end:
        flaws.add(_end(result.upto, before, _head()))
    flaws.add(anchors.flaws)
    flaws.add(_anchored(result, anchors))
    if anchors.lines < lines:
        flaws.add([Flaw(result.upto.entry, Fault.ANCHORS_MISSING)])
    result.flaws, result.more = tuple(flaws.told), flaws.more
    return result


class _Flaws:
    """Flaws as they are found; a chain that was sealed anew has as many as it has entries."""

    def __init__(self) -> None:
        self.told: list[Flaw] = []
        self.more = 0

    def add(self, flaws: Iterator[Flaw] | Sequence[Flaw]) -> None:
        for flaw in flaws:
            if len(self.told) < MOST_FLAWS:
                self.told.append(flaw)
            else:
                self.more += 1


def _rows(after: int, most: int | None) -> Select[Any]:
    entry, payload = AuditEntry.__table__.c, AuditPayload.__table__.c
    stored = cast(payload.changes, Text)
    columns = [*(entry[name] for name in SEALED), entry.seal, payload.id, stored, payload.erased_by]
    rows = select(*columns).outerjoin(AuditPayload.__table__, payload.id == entry.payload_id)
    return rows.where(entry.id > after).order_by(entry.id).limit(most).execution_options(yield_per=1_000)


def _walked(result: Result, most: int | None) -> Iterator[Flaw]:
    """Every flaw of the chain itself; the result is filled on the way."""
    number, previous, entries = result.after.entry, result.after.seal, 0
    row: Row[Any] | None = None
    for row in db.session.execute(_rows(number, most)):
        entries += 1
        values, (seal, payload_id, stored, erased_by) = row[: len(SEALED)], row[len(SEALED) :]
        if entries == 1:
            result.first_at = _aware(values[AT])
        if values[0] != number + 1:
            yield Flaw(number + 1, Fault.MISSING)
        if values[PREVIOUS] != previous:
            yield Flaw(values[0], Fault.UNLINKED)
        if sealing.seal(sealed_text(values)) != seal:
            yield Flaw(values[0], Fault.CHANGED)
        if payload_id is None:
            yield Flaw(values[0], Fault.CONTENT_MISSING)
        elif not _holds(stored, erased_by, values[PAYLOAD_HASH]):
            yield Flaw(values[0], Fault.CONTENT_CHANGED)
        number, previous = values[0], seal
    result.entries, result.upto = entries, Mark(number, previous)
    result.last_at = _aware(row[AT]) if row else None


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _holds(stored: str | None, erased_by: str | None, payload_hash: str) -> bool:
    """Whether a stored payload is as it was written, or was erased by a decision."""
    if stored in (None, "null"):
        return bool(erased_by)
    # As a rule the text itself has the fingerprint; one that was stored in another way has it once it is read.
    return sealing.fingerprint(stored) == payload_hash or _fingerprint(json.loads(stored)) == payload_hash


def _fingerprint(changes: Any) -> str:
    return sealing.fingerprint(content_text(changes))


def is_genuine(entry: AuditEntry, payload: AuditPayload) -> bool:
    """Whether one entry and its content are as they were written."""
    values = [getattr(entry, name) for name in SEALED]
    own = sealing.matches(sealed_text(values), entry.seal)
    return own and _fingerprint(payload.changes) == entry.payload_hash


def earlier(scope: Scope) -> Iterator[tuple[AuditEntry, dict[str, Any]]]:
    """The latest verifications, newest first, as the trail tells of them; one that was tampered with is left out."""
    rows = trail.trail(scope, action=Action.VERIFY_TRAIL.value).limit(EARLIER)
    for entry, payload in db.session.execute(rows):
        if is_genuine(entry, payload):
            yield entry, {name: pair[1] for name, pair in (payload.changes or {}).items()}


def lines_known() -> int:
    """How many lines the file of anchors had when the trail was last verified."""
    return next((int(told["anchor_lines"]) for _entry, told in earlier(EVERYTHING)), 0)


def head() -> Mark:
    """The end of the trail as the database notes it."""
    return _head() or START


def _head() -> Mark | None:
    found = db.session.execute(select(AuditHead.entries, AuditHead.seal)).one_or_none()
    return Mark(*found) if found else None


def _end(upto: Mark, before: Mark | None, now: Mark | None) -> Iterator[Flaw]:
    """The walk must end where the database says that the trail ends; it may have grown during the walk."""
    has_grown = bool(now and before and now.entry > before.entry <= upto.entry)
    if (now or START) != upto and not has_grown:
        yield Flaw(upto.entry + 1, Fault.END_MISSING)


def _anchored(result: Result, anchors: Anchors) -> Iterator[Flaw]:
    """Every anchored entry must be there, with the seal that it had."""
    entry = AuditEntry.__table__.c
    for first in range(0, len(anchors.binding), AT_ONCE):
        some = anchors.binding[first : first + AT_ONCE]
        rows = select(entry.id, entry.seal).where(entry.id.in_([anchor.entries for anchor in some]))
        seals = {row.id: row.seal for row in db.session.execute(rows)}
        for anchor in some:
            result.anchors += 1
            if anchor.entries not in seals:
                yield Flaw(anchor.entries, Fault.BEFORE_ANCHOR if anchor.entries > result.upto.entry else Fault.MISSING)
            elif seals[anchor.entries] != anchor.head:
                yield Flaw(anchor.entries, Fault.NOT_AS_ANCHORED)
