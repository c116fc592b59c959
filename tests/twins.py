"""A copy of what organisations keep, made by reflection: whatever kind of record is added later is copied too."""

from collections.abc import Collection
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

import sqlalchemy as sa
from sqlalchemy.orm import Session

from prepare.access import Action
from prepare.db import Base, db, transaction
from prepare.models.organisations import Organisation
from prepare.models.users import Share
from prepare.vocabulary import Shared
from tests.town import doing

#: What belongs to the installation and not to a city, and what the house writes about itself.
NOT_COPIED = frozenset(
    {
        *("audit_entry", "audit_head", "audit_payload", "code_item", "draft", "form_post", "invitation", "kept_text"),
        *("crisis_package", "form_export", "handed_in", "intake"),  # files on their way
        *("risk_scale", "risk_scale_step"),  # there is one for the whole installation
        *("reminder_sent", "revision", "scenario_run", "sign_in", "sign_in_failure"),
    }
)
#: Columns that name another record by its code or its ref.
BY_CODE = ("subject_code", "source_code", "injects_scenario", "used_in")
Row = dict[str, Any]


class Twin:
    """A further city beside one that is kept, with everything it keeps; `mark` follows each code."""

    def __init__(self, mark: str) -> None:
        self.mark = mark
        self.ids: dict[tuple[str, int], int] = {}
        self.codes: dict[str, str] = {}

    def make(self, root: str) -> None:
        """Copy the city with this code; the records of other cities stay alone."""
        with doing(Action.SOW), transaction():
            session = db.session()
            for table in Base.metadata.sorted_tables:
                if table.name not in NOT_COPIED:
                    self._copy(session, table)
            self._join_again(session)
            self._place(session, root)
            self._share_again(session)

    def _copy(self, session: Session, table: sa.Table) -> None:
        keyed = "id" in table.c
        for row in session.execute(sa.select(table)).mappings().all():
            new = self._renewed(table, dict(row))
            if keyed:
                del new["id"]
            made = session.execute(sa.insert(table).values(**new))
            if keyed:
                self.ids[table.name, row["id"]] = made.inserted_primary_key[0]

    def _renewed(self, table: sa.Table, row: Row) -> Row:
        for column in table.c:
            value = row[column.name]
            if value is None:
                continue
            if column.name == "ref":
                row["ref"] = self._twin_of(value)
            elif column.name == "code":
                row["code"] = self.codes[value] = f"{value}{self.mark}"
            elif column.name.endswith("_hash"):
                row[column.name] = sha256(f"{value}{self.mark}".encode()).hexdigest()
            elif column.name == "email":
                row["email"] = f"{self.mark}.{value}"
            elif column.name == "subject_ref":
                row["subject_ref"] = str(self._twin_of(UUID(value)))
            elif key := next(iter(column.foreign_keys), None):
                row[column.name] = self.ids.get((key.column.table.name, value), value)
        return row

    def _twin_of(self, ref: UUID) -> UUID:
        return uuid5(ref, self.mark)

    def _join_again(self, session: Session) -> None:
        """Turn to the twins what was copied before its other end, and what names its other end by a text."""
        for table in Base.metadata.sorted_tables:
            if table.name in NOT_COPIED or "id" not in table.c:
                continue
            later = [(c.name, k.column.table.name) for c in table.c for k in c.foreign_keys]
            for row in session.execute(sa.select(table)).mappings().all():
                if row["id"] in self._made(table.name):
                    change = {c: self.ids.get((other, row[c]), row[c]) for c, other in later}
                    change |= {c: self.codes.get(row[c], row[c]) for c in BY_CODE if c in table.c}
                    if change:
                        session.execute(sa.update(table).where(table.c.id == row["id"]).values(**change))

    def _made(self, table: str) -> Collection[int]:
        return {new for (name, _old), new in self.ids.items() if name == table}

    def _place(self, session: Session, root: str) -> None:
        """The copy of the root stands at the top, the others below it."""
        made = self._made("organisation")
        rows = session.scalars(sa.select(Organisation).where(Organisation.id.in_(made)).order_by(Organisation.id))
        for one in rows:
            above = one.parent.path if one.parent else "/"
            one.path = f"{above}{one.id}/"
            session.flush()
        assert session.scalars(sa.select(Organisation).where(Organisation.code == f"{root}{self.mark}")).one()

    def _share_again(self, session: Session) -> None:
        """A share names its record by a number alone."""
        tables = {Shared.FUNCTION: "function", Shared.INTERFACE: "interface"}
        for share in session.scalars(sa.select(Share).where(Share.id.in_(self._made("share")))):
            share.record_id = self.ids[tables[share.what], share.record_id]
        session.flush()
