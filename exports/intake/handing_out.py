"""Making a fill-in workbook: its rows are kept, so that what comes back is held against what went out."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import func, select

from exports.books.form import Handed, form_book, titles
from exports.filling.seals import Stamp
from exports.filling.tables.every import SCHEMA
from exports.frames.choices import lists_of
from exports.frames.filling import held
from exports.frames.held import Held
from exports.models.forms import FormExport
from exports.properties import Imprint
from exports.workbook import Made, file_name
from prepare import actor
from prepare.audit import AuditEntry
from prepare.db import db
from prepare.models.organisations import Organisation
from prepare.queries import organisations
from prepare.texts import _, name_of, speaking
from prepare.vocabulary import Confidentiality


def made_form(organisation: Organisation, language: str, *, on: date, at: datetime) -> tuple[Made, FormExport]:
    """The workbook for an organisation in a language, and what is to be kept of it."""
    scope, who = actor.current().scope, actor.current()
    with speaking(language):
        found = held(scope, organisation, on)
        last = db.session.scalar(select(func.max(AuditEntry.id))) or 0
        export = FormExport(
            ref=uuid4(),
            organisation=organisation,
            user_id=who.user_id,
            language=language,
            at=at,
            revision=last,
            rows=found.rows,
            made={},
        )
        stamp = Stamp(SCHEMA, str(export.ref), organisation.code, language, last, at.isoformat(), titles())
        lists = lists_of(scope, organisation, found, found.rows)
        city = db.session.scalars(organisations.city(organisation.path)).one()
        imprint = _imprint(organisation, city, found, on=on, at=at)
        content = form_book(imprint, Handed(found, lists, stamp), at)
        rows = sum(len(kept) for kept in found.rows.values())
        return Made(file_name(city, "tayttolomake", organisation.code, on), content, rows, 0), export


def _imprint(organisation: Organisation, city: Organisation, found: Held, *, on: date, at: datetime) -> Imprint:
    return Imprint(
        title=_("Fill-in workbook"),
        subject=_("What the sector keeps of its preparedness, to be filled in"),
        city=name_of(city),
        organisation=name_of(organisation),
        organisation_code=organisation.code,
        as_of=on,
        made_at=at.replace(microsecond=0),
        variant=_variant(found.rows),
        secrecy_basis=_basis(found.rows),
    )


def _variant(rows: Mapping[str, Mapping[str, Mapping[str, object]]]) -> Confidentiality:
    """The highest class among the rows; never below internal, since an unfinished register is nobody else's."""
    classes = [values.get("confidentiality") for table in rows.values() for values in table.values()]
    secret = Confidentiality.CONFIDENTIAL.value in classes
    return Confidentiality.CONFIDENTIAL if secret else Confidentiality.INTERNAL


def _basis(rows: Mapping[str, Mapping[str, Mapping[str, object]]]) -> str:
    found = [values.get("secrecy_basis") for table in rows.values() for values in table.values()]
    return next((str(basis) for basis in found if basis), "")
