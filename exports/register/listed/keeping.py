"""How a register that takes lists finds, checks, adds and changes its records: as its pages do."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any, ClassVar

from sqlalchemy import Select

from exports.listing.naming import Directory
from exports.listing.wanted import Listed
from exports.register.listed import directories
from prepare import actor
from prepare.access import Action, may
from prepare.db import db
from prepare.errors import RuleBroken
from prepare.models.organisations import Organisation
from prepare.queries.scopes import below
from prepare.texts import LANGUAGES, N_, search_key

Values = Mapping[str, Any]


class Keeping(ABC):
    """The records of a register that an organisation keeps with everything below it.

    `joins` is the field whose values are put together when several rows tell of one record; without it each record
    has one row.
    """

    listed: ClassVar[Listed]
    entry: ClassVar[type[Any]]
    adds: ClassVar[Action]
    edits: ClassVar[Action]
    joins: ClassVar[str] = ""

    def __init__(self, owner: Organisation) -> None:
        self.owner, self.scope = owner, actor.current().scope
        self._directories: dict[str, Directory] = {}

    @abstractmethod
    def records(self) -> Select[Any]:
        """The records in the scope, joined to the organisations that keep them."""

    @abstractmethod
    def entry_of(self, record: Any) -> Any:
        """The entry that a record holds now, as far as the acting person sees it."""

    @abstractmethod
    def problems(self, entry: Any, record: Any | None) -> list[RuleBroken]:
        """Every rule that the entry breaks in the place of the record, or (None) as a new one."""

    @abstractmethod
    def add(self, entry: Any, *, on: date) -> Any:
        """Keep a new record."""

    @abstractmethod
    def edit(self, record: Any, entry: Any, *, on: date, at: datetime) -> None:
        """Change a record."""

    @cached_property
    def held(self) -> dict[str, list[Any]]:
        """The records by everything by which a row may be known as theirs."""
        found: dict[str, list[Any]] = {}
        for one in db.session.scalars(self.records().where(below(self.owner.path))).unique():
            for key in dict.fromkeys(self.keys_of(one)):
                found.setdefault(key, []).append(one)
        return found

    def keys(self, values: Values) -> Iterator[str]:
        """By what a row with these values is known, the surest first."""
        if code := values.get("code"):
            yield f"code {search_key(code)}"
        if name := values.get(self.listed.named_by):
            yield f"name {search_key(name)}"

    def keys_of(self, record: Any) -> Iterable[str]:
        """By what a row is known as the record's."""
        return self.keys({"code": record.code, self.listed.named_by: getattr(record, self.listed.named_by)})

    def identity(self, values: Values) -> tuple[Any, ...]:
        """What tells a new row from the others of the list."""
        return (search_key(values.get(self.listed.named_by) or ""),)

    def found(self, values: Values) -> Any | None:
        """The record of which a row tells, if there is one. Raises RuleBroken when it may be several."""
        for key in self.keys(values):
            ones = self.held.get(key, [])
            if len(ones) > 1:
                message = N_("Several records go by this: %(codes)s. Give the code in a column of its own.")
                told = ", ".join(one.code for one in ones[:5])
                raise RuleBroken(message, field=self.listed.named_by, codes=told)
            if ones:
                return ones[0]
        return None

    def completed(self, values: dict[str, Any], record: Any | None) -> dict[str, Any]:
        """The values with what follows from them; `code` is told by itself and is no value of most entries.

        A record that is known by one of its names keeps them: the list may call it in another language.
        """
        told = {name: value for name, value in values.items() if name != "code"}
        name = search_key(told.get(self.listed.named_by) or "")
        if record is not None and search_key(values.get("code") or "") != search_key(record.code):
            stem = self.listed.named_by.removesuffix("_fi")
            held = [getattr(record, column, None) for column in (stem, *(f"{stem}_{code}" for code in LANGUAGES))]
            if name in {search_key(one) for one in held if one}:
                del told[self.listed.named_by]
        return told

    def subject(self, _entry: Any) -> Any:
        """What the right to add a record is asked of."""
        return self.owner

    def refused(self, entry: Any, record: Any | None) -> bool:
        """Whether the acting person may not add or change this."""
        action, subject = (self.adds, self.subject(entry)) if record is None else (self.edits, record)
        return not may(actor.current(), action, subject)

    def directory(self, refers: str) -> Directory:
        """The records that a field may name."""
        if refers not in self._directories:
            self._directories[refers] = directories.of(refers, self.scope, self.owner)
        return self._directories[refers]

    def name(self, entry: Any, record: Any | None) -> str:
        """What a row is called where it is told what it does."""
        return str(getattr(entry, self.listed.named_by) or getattr(record, "code", ""))
