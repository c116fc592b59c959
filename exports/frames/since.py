"""The sheet that holds a report against the one before it: which that is, and what has changed, field by field."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from exports.columns import Column, Kind
from exports.entries import Language
from exports.frames import changes
from exports.frames.changes import Found, Span
from exports.frames.chosen import Offered
from exports.frames.reader import Reader, frame_of
from exports.sheets import Register
from exports.spreads import Section, Spread
from prepare.db import db
from prepare.models.reports import StoredReport
from prepare.queries import reports as queries
from prepare.texts import N_, _, moment
from prepare.vocabulary import Confidentiality

#: Gives sections for a reader who is told of changes since a report.
Between = Callable[[Reader, StoredReport], Sequence[Section]]

#: What a report on a whole city tells of beside what a sector's workbook does.
WIDER = frozenset(
    {
        *("transfer", "transfer_item", "body", "body_member", "meeting", "decision", "network", "network_member"),
        *("network_request", "safety_plan", "safety_priority", "programme", "objective", "phenomenon", "indicator"),
        *("signal", "good_practice", "situation_review", "needed_decision"),
    }
)
FIRST = (Column("told", N_("Earlier report"), 110),)
COMPARED = (
    Column("report", N_("Earlier report"), 44, Kind.CODE),
    Column("as_of", N_("Situation on"), 12, Kind.DATE),
    Column("language", N_("Language"), 12),
    Column("made_by", N_("Who made it"), 22),
    Column("made_at", N_("When it was made"), 24),
    Column("sha256", N_("SHA-256"), 40),
    Column("purpose", N_("What it was for"), 40),
)
COUNTS = (
    Column("kind", N_("Concerns"), 44, Kind.CODE),
    Column("added", N_("Added"), 12, Kind.COUNT),
    Column("changed", N_("Altered"), 12, Kind.COUNT),
    Column("ended", N_("Taken out of use"), 22, Kind.COUNT),
)
FIELDS = (
    Column("kind", N_("Concerns"), 24),
    Column("code", N_("Code"), 14, Kind.CODE),
    Column("day", N_("Day"), 12, Kind.DATE),
    Column("who", N_("Who"), 22),
    Column("field", N_("What was changed"), 24),
    Column("before", N_("Before"), 40),
    Column("after", N_("After"), 40),
)


def earlier(reader: Reader, kind: str) -> StoredReport | None:
    """The report of this kind and variant that was stored last about the organisation; None when there is none."""
    found = queries.last(reader.scope, reader.organisation, kind, reader.variant, besides=reader.job)
    return db.session.scalars(found).first()


def offered(
    reader: Reader, kind: str, name: str, kinds: frozenset[str], between: Between = lambda _reader, _before: ()
) -> list[Offered]:
    """The sheets of a report of this kind, which is called `name`: what it is held against, then each change.

    They tell of records of these `kinds`; `between` gives further sections of the first one. Without an earlier report
    one sheet says that there is none.
    """
    before = earlier(reader, kind)
    if before is None:
        return [(Confidentiality.INTERNAL, lambda _reader: nothing_yet())]

    @cache
    def found(reader: Reader) -> Found:
        return changes.found(reader, Span(after=before.revision, kinds=kinds))

    return [
        (Confidentiality.INTERNAL, lambda reader: spread(found(reader), before, name, between(reader, before))),
        (Confidentiality.INTERNAL, lambda reader: fields(found(reader))),
    ]


def spread(found: Found, before: StoredReport, name: str, between: Sequence[Section]) -> Spread:
    """Which report it is held against, the sections `between`, and how many records came, changed and went."""
    nothing = "" if found.changes or found.left_out else _("No record has changed since.")
    return Spread(
        _title(),
        _("What has changed since the report of this kind and variant that was stored last"),
        [
            Section(_("Earlier report"), COMPARED, frame_of([_compared(before, name)], COMPARED)),
            *between,
            Section(_("Records by kind"), COUNTS, frame_of(_counts(found), COUNTS)),
        ],
        tab="notes",
        hint=nothing,
    )


def fields(found: Found) -> Register:
    """Each change field by field, the newest first."""
    return Register(
        _("Changes field by field"),
        _("What stood there before, what stands there now, who changed it and when, since the last report"),
        FIELDS,
        found.frame(FIELDS),
        tab="notes",
        frozen=2,
        left_out=found.left_out,
        hint=found.hint,
    )


def nothing_yet() -> Spread:
    """What the sheet says as long as no report of its kind and variant has been stored."""
    told = (
        _("No earlier report of this kind and variant has been stored, so there is nothing to compare with yet."),
        _(
            "Once one is stored, the next tells here which records have been added, changed and taken out of use since,"
            " field by field: what stood there before, what stands there now, who changed it and when."
        ),
    )
    rows: list[dict[str, object]] = [{"told": one} for one in told]
    return Spread(
        _title(),
        _("What has changed since the report of this kind and variant that was stored last"),
        [Section(_("Earlier report"), FIRST, frame_of(rows, FIRST))],
        tab="notes",
    )


def _title() -> str:
    return _("Changes since the last report")


def _compared(before: StoredReport, name: str) -> dict[str, object]:
    sha256 = before.file.sha256
    return {
        "report": f"{name} {before.organisation.code} {before.number}",
        "as_of": before.as_of,
        "language": Language(before.language).label,
        "made_by": before.made_by,
        "made_at": moment(before.made_at),
        "sha256": f"{sha256[:32]} {sha256[32:]}",
        "purpose": before.purpose or None,
    }


def _counts(found: Found) -> list[dict[str, object]]:
    """How many records of each kind were added, changed and taken out of use; each record counts once."""
    records: dict[str, dict[str, str]] = defaultdict(dict)
    for one in reversed(found.changes):
        of_kind, key = records[one.told.kind], one.told.ref or one.told.code
        if one.is_end:
            of_kind[key] = "ended"
        elif one.is_new:
            of_kind[key] = "added"
        else:
            of_kind.setdefault(key, "changed")
    return [_count(kind, some) for kind, some in sorted(records.items())]


def _count(kind: str, records: Mapping[str, str]) -> dict[str, object]:
    states = list(records.values())
    return {"kind": kind, **{name: states.count(name) for name in ("added", "changed", "ended")}}
