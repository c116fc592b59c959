"""Lists of dependencies: a row tells what a function needs, and of whom; rows of one need are put together."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Select

from dependencies import queries
from dependencies.entries import needs as rules
from dependencies.entries.needs import of_record
from dependencies.models.needs import Need
from dependencies.register import needs as register
from dependencies.vocabulary import DependencyKind
from exports.filling.checks import need_entry
from exports.listing.of_dependencies import DEPENDENCIES
from exports.listing.rows import NeedRow
from exports.listing.wanted import TITLE
from exports.register.listed.keeping import Keeping, Values
from prepare.access import Action
from prepare.db import db
from prepare.errors import RuleBroken
from prepare.models.functions import Function
from prepare.queries import functions
from prepare.queries.scopes import below
from prepare.texts import N_, search_key
from prepare.vocabulary import FunctionState


class Needs(Keeping):
    """The needs of functions. A supplier that a list does not name stays."""

    listed, entry, joins = DEPENDENCIES, NeedRow, "suppliers"
    adds, edits = Action.ADD_NEED, Action.EDIT_NEED

    @cached_property
    def functions(self) -> dict[str, Function]:
        """The functions whose needs may stand in the list, by code."""
        rows = functions.nameable(self.scope).where(Function.state != FunctionState.RETIRED, below(self.owner.path))
        return {one.code: one for one in db.session.scalars(rows)}

    @cached_property
    def names(self) -> dict[str, dict[int, str]]:
        """The names of each function's needs: code of the function → id of the need → name."""
        found: dict[str, dict[int, str]] = {}
        for one in (one for ones in self.held.values() for one in ones):
            found.setdefault(one.consumer.code, {})[one.id] = one.name
        return found

    def records(self) -> Select[Any]:
        """The needs in use."""
        return queries.needs(self.scope)

    def entry_of(self, record: Need) -> NeedRow:
        """The need with the suppliers that the person may see."""
        held = register.seen_now(record).entry
        kinds = {one.kind for one in held.alternatives}
        own = {name: getattr(held, name) for name in rules.NEED_COLUMNS}
        suppliers = tuple(sorted(one.supplier for one in held.alternatives))
        kind = kinds.pop() if len(kinds) == 1 else None
        return NeedRow(**own, function=record.consumer.code, suppliers=suppliers, kind=kind)

    def keys(self, values: Values) -> Iterator[str]:
        """By the code of a dependency, by function and name of the need, without a name by function and suppliers."""
        function, name = values.get("function"), values.get("name")
        if code := values.get("code"):
            yield f"code {search_key(code)}"
        if name:
            yield f"need {function} {search_key(name)}"
        else:
            yield f"of {function} {' '.join(sorted(values.get('suppliers') or ()))}"

    def keys_of(self, record: Need) -> Iterable[str]:
        """Its name, the code of each of its dependencies, each supplier, and all of them together."""
        hidden, function = register.hidden_suppliers(record), record.consumer.code
        shown = {one.supplier.code: one.code for one in record.in_force if one.supplier.code not in hidden}
        yield f"need {function} {search_key(record.name)}"
        for supplier, code in shown.items():
            yield f"code {search_key(code)}"
            yield f"of {function} {supplier}"
        yield f"of {function} {' '.join(sorted(shown))}"

    def identity(self, values: Values) -> tuple[Any, ...]:
        """The function and the name of the need."""
        return values.get("function"), search_key(values.get("name") or "")

    def completed(self, values: dict[str, Any], record: Any | None) -> dict[str, Any]:
        """A need without a name is called as its suppliers; suppliers that the list does not name stay."""
        told = super().completed(values, record)
        suppliers = told.get("suppliers") or ()
        if record is None and not told.get("name") and suppliers:
            directory = self.directory("suppliers")
            told["name"] = " / ".join(directory.name_of(code) for code in sorted(suppliers))[:TITLE]
        if record is not None and suppliers:
            told["suppliers"] = tuple(sorted({*suppliers, *self.entry_of(record).suppliers}))
        return told

    def problems(self, entry: NeedRow, record: Need | None) -> list[RuleBroken]:
        """As on its page, and that it says of what kind it is and stays with its function."""
        if record is not None and entry.function != record.consumer.code:
            return [
                RuleBroken(N_("The need belongs to another function here. Bring it as a new one."), field="function")
            ]
        found = []
        if entry.kind is None and not (record and set(entry.suppliers) <= set(self.entry_of(record).suppliers)):
            found.append(RuleBroken(N_("Say what kind of thing is needed."), field="kind"))
        names = self.names.get(entry.function or "", {})
        others = [name for id_, name in names.items() if record is None or id_ != record.id]
        asked = need_entry(vars(replace(entry, kind=entry.kind or DependencyKind.SERVICE)))
        return [*found, *rules.problems(asked, entry.function or "", others=others)]

    def subject(self, entry: NeedRow) -> Any:
        """The function whose need it is."""
        return self.functions[entry.function or ""]

    def add(self, entry: NeedRow, *, on: date) -> Need:
        """Keep a new need."""
        return register.add_need(self.functions[entry.function or ""], need_entry(vars(entry)))

    def edit(self, record: Need, entry: NeedRow, *, on: date, at: datetime) -> None:
        """Change it; what the supplier judges by is signed anew."""
        seen = register.seen_now(record)
        if entry.kind is None:
            told = {name: getattr(entry, name) for name in rules.NEED_COLUMNS}
            changed = replace(seen.entry, **told)
        else:
            changed = need_entry(vars(entry), of_record(record).alternatives)
        register.edit_need(record, changed, seen=seen)

    def name(self, entry: NeedRow, record: Need | None) -> str:
        """The function and what it needs."""
        return f"{entry.function} {entry.name}"
