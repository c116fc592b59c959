"""Lists of organisations: outside partners, and what belongs to the city itself."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Select, select

from exports.listing.of_prepare import ORGANISATIONS
from exports.listing.rows import OrganisationRow, as_entry
from exports.register.listed.keeping import Keeping, Values
from prepare.access import Action
from prepare.db import db
from prepare.entries import OrganisationEntry
from prepare.errors import RuleBroken
from prepare.models.organisations import Organisation
from prepare.queries import organisations as queries
from prepare.register import organisations as register
from prepare.register.organisations import Place
from prepare.texts import N_, search_key
from prepare.vocabulary import OrganisationKind

#: Words of a name that say what sort of company it is, and nothing else.
FORMS = frozenset({"OY", "AB", "OYJ", "ABP", "RY", "RF", "KY", "KB", "THE"})
NAMES = ("name_fi", "name_sv", "name_en")


class Organisations(Keeping):
    """The organisation tree below the owner of the list."""

    listed, entry = ORGANISATIONS, OrganisationRow
    adds, edits = Action.ADD_ORGANISATION, Action.EDIT_ORGANISATION

    @cached_property
    def codes(self) -> set[str]:
        """Every code that is taken, here or by an earlier row."""
        return set(db.session.scalars(select(Organisation.code)))

    @cached_property
    def made(self) -> set[str]:
        """The codes that rows without one have been given."""
        return set()

    @cached_property
    def parents(self) -> dict[str, Organisation]:
        """The organisations below which others may stand, by code."""
        rows = queries.organisations(self.scope, own=None)
        return {one.code: one for one in db.session.scalars(rows)} | {self.owner.code: self.owner}

    def records(self) -> Select[Any]:
        """The organisations in use."""
        return queries.organisations(self.scope, own=None)

    def entry_of(self, record: Organisation) -> OrganisationRow:
        """What is kept of the organisation, and of what it is a part."""
        held = register.seen_now(record).entry
        return OrganisationRow(**vars(held), part_of=record.parent.code if record.parent else None)

    def keys(self, values: Values) -> Iterator[str]:
        """By code, by each of its names, and by business ID."""
        if code := values.get("code"):
            yield f"code {search_key(code)}"
        for name in filter(None, map(values.get, NAMES)):
            yield f"name {search_key(name)}"
        if number := values.get("business_id"):
            yield f"number {number}"

    def keys_of(self, record: Organisation) -> Iterable[str]:
        """As its row."""
        return self.keys(vars(self.entry_of(record)))

    def completed(self, values: dict[str, Any], record: Any | None) -> dict[str, Any]:
        """A new organisation without a code gets one from its name."""
        if record is not None:
            return super().completed(values, record)
        told = dict(values)
        if not told.get("code") and told.get("name_fi") and isinstance(told.get("kind"), OrganisationKind):
            told["code"] = made_code(told["name_fi"], self.codes | self.made, outside=not told["kind"].is_own)
            self.made.add(told["code"])
        return told

    def problems(self, entry: OrganisationRow, record: Organisation | None) -> list[RuleBroken]:
        """As on its page; what stands where is changed there alone."""
        if entry.kind is None:
            return []  # told as missing
        parent = record.parent if record else self._parent(entry)
        found = register.problems(as_entry(entry, OrganisationEntry), parent, record)
        if record is None and entry.code in self.codes:
            found.append(RuleBroken(N_("There is an organisation with this code already."), field="code"))
        self.codes.add(entry.code or "")
        if record and entry.part_of != (parent.code if parent else None):
            message = N_("It stands elsewhere in the tree here. Move it on its own page.")
            found.append(RuleBroken(message, field="part_of"))
        return found

    def subject(self, entry: OrganisationRow) -> Any:
        """The place where it is to stand."""
        return Place(self._parent(entry), entry.kind or OrganisationKind.OTHER)

    def add(self, entry: OrganisationRow, *, on: date) -> Organisation:
        """Keep it below what it is a part of, else below the owner of the list."""
        return register.add(self.subject(entry), as_entry(entry, OrganisationEntry))

    def edit(self, record: Organisation, entry: OrganisationRow, *, on: date, at: datetime) -> None:
        """Change its own facts."""
        register.edit(record, as_entry(entry, OrganisationEntry), seen=register.seen_now(record))

    def _parent(self, entry: OrganisationRow) -> Organisation:
        return self.parents[entry.part_of] if entry.part_of else self.owner


def made_code(name: str, taken: set[str], *, outside: bool) -> str:
    """A code for an organisation of this name that is not taken: P-CARUNA for a partner, its letters for one's own."""
    capitals = unicodedata.normalize("NFC", name).upper()
    words = [word for word in re.findall(r"[A-ZÅÄÖ0-9]+", capitals) if word not in FORMS]
    stem, before = "".join(words)[:6] or "ORG", "P-" if outside else ""
    code, number = f"{before}{stem}", 2
    while code in taken:
        code, number = f"{before}{stem[: 6 - len(str(number))]}{number}", number + 1
    return code
