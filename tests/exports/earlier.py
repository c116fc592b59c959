"""A report that was stored before, and changes of every kind of record since."""

from collections.abc import Collection, Mapping
from typing import Any

from prepare import audit
from prepare.access import Action
from prepare.actor import SYSTEM, acting_as
from prepare.clock import now, today
from prepare.db import db, transaction
from prepare.files import WORKBOOK, FileEntry
from prepare.models.organisations import Organisation
from prepare.models.reports import StoredReport
from prepare.register import reports
from prepare.vocabulary import Confidentiality
from tests import canary
from tests import town as the_town


def stored(
    kind: str,
    variant: Confidentiality,
    about: Organisation,
    *,
    figures: Mapping[str, Any] | None = None,
    part: str | None = None,
) -> StoredReport:
    """Store a report of this kind and variant about an organisation, as things stand in the trail now."""
    file = FileEntry(
        name=f"{kind}.xlsx",
        media_type=WORKBOOK,
        content=f"{kind} {variant} {part}".encode(),
        confidentiality=variant,
        secrecy_basis="JulkL 24 § 1 mom. 8 k" if variant is Confidentiality.CONFIDENTIAL else "",
        purpose=f"for {variant.value} eyes",
    )
    entry = reports.ReportEntry(
        kind=kind,
        language="fi",
        as_of=today(),
        recipients="",
        rows=1,
        left_out=0,
        revision=reports.revision(),
        part=part,
        figures=figures,
    )
    with acting_as(SYSTEM), transaction():
        return reports.store(about, entry, file, at=now())


def change_every_text(tables: Collection[str]) -> None:
    """Write into the trail that every text of every record of these tables was changed to what it is now."""
    told = []
    for kind in canary.kinds():
        if kind.__tablename__ in tables:
            columns = [name for name, _most in canary.free_columns(kind)]
            for record in canary.every(kind):
                told.append((record, {name: ["?", getattr(record, name)] for name in columns if getattr(record, name)}))
    with acting_as(SYSTEM), the_town.doing(Action.EDIT_FUNCTION), transaction():
        audit.append(db.session(), told)
