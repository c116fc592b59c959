"""The rows of a what-if: typed into the form, or written in the address as `hit=CODE:START:HOURS`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import isfinite

from flask import request
from werkzeug.datastructures import MultiDict

from dependencies import hits, queries
from dependencies.forms.disruptions import HitForm
from dependencies.hits import MOST_HITS, HitEntry
from prepare import actor
from prepare.db import db
from prepare.errors import RuleBroken
from prepare.texts import _, typed_number

LEAST_ROWS = 2  #: rows that an empty form offers
MOST_SEARCHED = 4  #: rows whose function is looked for by a word; each costs a question to the database


class Supposed:
    """The rows of the form, and the hits that they mean when nothing is wrong with them."""

    def __init__(self) -> None:
        self.written = request.args.getlist("hit")
        numbers = {name.partition("-")[0] for name in request.args if name.startswith("hit") and "-" in name}
        typed = [number for number in range(1, MOST_HITS * 2) if f"hit{number}" in numbers]
        self.is_typed = bool(typed)
        self.errors: list[str] = []
        self.rows = [_row(number, request.args) for number in typed] or self._read()
        if "add" in request.args or len(self.rows) < LEAST_ROWS:
            self._offer(max(LEAST_ROWS, len(self.rows) + 1))

    @property
    def asked(self) -> bool:
        """Whether a set of hits is to be traced, not only its form to be shown."""
        return bool(self.written or self.is_typed) and "add" not in request.args

    @property
    def may_add(self) -> bool:
        """Whether there may be a further row."""
        return len(self.rows) < MOST_HITS

    @property
    def filled(self) -> list[HitForm]:
        """The rows on which something has been written."""
        return [row for row in self.rows if not row.is_blank]

    def _read(self) -> list[HitForm]:
        """The rows that the address names; what cannot be read stands as it is written."""
        rows = []
        for number, text in enumerate(self.written, start=1):
            try:
                entry = hits.read(text, number)
            except RuleBroken as broken:
                rows.append(_row(number, {f"hit{number}-function": text}))
                self.errors.append(broken.text())
                continue
            times = {"start_h": _typed(entry.start_h), "lasts_h": _typed(entry.lasts_h)}
            values = {"function": entry.function, "state": entry.state.value, **times}
            rows.append(_row(number, {f"hit{number}-{name}": value for name, value in values.items()}))
        return rows

    def _offer(self, count: int) -> None:
        while len(self.rows) < min(count, MOST_HITS):
            self.rows.append(_row(len(self.rows) + 1, {f"hit{len(self.rows) + 1}-state": "down"}))

    def entries(self) -> list[HitEntry] | None:
        """The hits of the rows; None when something is wrong with them, which is then said at the rows."""
        for row in self.filled:
            if not row.validate():
                number = self.rows.index(row) + 1
                told = "; ".join(f"{_(field.label.text)}: {error}" for field in row for error in field.errors)
                self.errors.append(_("Row %(row)s: %(told)s", row=number, told=told))
        if self.errors:
            return None
        return self._named([row.entry() for row in self.filled])

    def _named(self, entries: Sequence[HitEntry]) -> list[HitEntry]:
        """The entries with codes where a word was written that means one function only."""
        scope = actor.current().scope
        codes = {function.code for function in db.session.scalars(queries.named(scope, [e.function for e in entries]))}
        found = list(entries)
        unknown = [number for number, entry in enumerate(entries) if entry.function not in codes]
        for number in unknown[:MOST_SEARCHED]:
            words = str(self.filled[number].function.data)
            meant = list(db.session.scalars(queries.suppliers(scope, words, consumer="", limit=2)))
            if len(meant) == 1:
                found[number] = replace(found[number], function=meant[0].code)
        return found

    def refuse(self, problems: Iterable[RuleBroken]) -> None:
        """Say every broken rule, at the field of its row if it has one."""
        for rule in problems:
            self.errors.append(rule.text())
            if rule.field:
                field = self.filled[rule.values["row"] - 1][rule.field]
                field.errors = [*field.errors, rule.text()]

    def title(self, entries: Sequence[HitEntry]) -> str:
        """What is supposed, in a line."""
        codes = ", ".join(entry.function for entry in entries[:3]) + (" …" if len(entries) > 3 else "")
        return _("What if: %(hits)s", hits=codes)


def _row(number: int, values: Mapping[str, str]) -> HitForm:
    return HitForm(formdata=MultiDict(values), prefix=f"hit{number}-")


def _typed(hours: float) -> str:
    return typed_number(hours) if isfinite(hours) else str(hours)
