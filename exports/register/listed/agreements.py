"""Lists of agreements: with which partner, from when until when, and what it promises."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import contains_eager, selectinload

from dependencies import agreeing
from dependencies import queries as dependency_queries
from dependencies.analysing import agreements as queries
from dependencies.entries.agreements import AgreementEntry, of_agreement
from dependencies.models.agreements import Agreement
from dependencies.models.interfaces import Interface
from dependencies.register import agreements as register
from dependencies.vocabulary import AgreementState
from exports.listing.of_dependencies import AGREEMENTS
from exports.listing.rows import AgreementRow, as_entry
from exports.register.listed.keeping import Keeping, Values
from prepare import clock
from prepare.access import Action
from prepare.db import db
from prepare.errors import RuleBroken
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.queries import functions
from prepare.texts import N_, search_key

DRAFT, ACTIVE = AgreementState.DRAFT, AgreementState.ACTIVE


class Agreements(Keeping):
    """The agreements of an organisation with partners. One that the list says is in force is taken into force."""

    listed, entry = AGREEMENTS, AgreementRow
    adds, edits = Action.ADD_AGREEMENT, Action.EDIT_AGREEMENT

    @cached_property
    def on(self) -> date:
        """The day on which the list is looked at."""
        return clock.today()

    @cached_property
    def partners(self) -> dict[str, Organisation]:
        """The partners with whom agreements may be made, by code."""
        return {one.code: one for one in db.session.scalars(queries.partners(self.scope))}

    @cached_property
    def services(self) -> dict[str, str]:
        """The path of who provides each function or service that may be named, by code."""
        rows = functions.nameable(self.scope).with_only_columns(
            Function.code, Organisation.path, maintain_column_froms=True
        )
        return {row[0]: row[1] for row in db.session.execute(rows)}

    @cached_property
    def crossings(self) -> dict[str, int]:
        """The partner's id of each interface that may be named, by code."""
        rows = dependency_queries.interfaces(self.scope).with_only_columns(Interface.code, Interface.party_id)
        return {row[0]: row[1] for row in db.session.execute(rows)}

    @cached_property
    def resting(self) -> dict[int, list[str]]:
        """Codes of the interfaces that rest on each agreement, by the agreement's id."""
        ids = {one.id for ones in self.held.values() for one in ones}
        return queries.interfaces_by_agreement(self.scope, ids)

    def records(self) -> Select[Any]:
        """The agreements that the organisations keep, in whatever state."""
        rows = queries.agreements(self.scope).join(Agreement.organisation)
        covered = selectinload(Agreement.functions).joinedload(Function.organisation, innerjoin=True)
        return rows.options(contains_eager(Agreement.organisation), covered)

    def entry_of(self, record: Agreement) -> AgreementRow:
        """The agreement with what it covers, as far as the person may see it."""
        held = of_agreement(record, tuple(sorted(self.resting.get(record.id, []))))
        shown = [one for one in record.functions if self.scope.names(one.id, one.owner_path, one.confidentiality)]
        held = replace(held, functions=tuple(one.code for one in shown))
        return AgreementRow(**vars(held), party=record.party.code, state=record.state)

    def keys(self, values: Values) -> Iterator[str]:
        """By code, by case number, and by partner and name."""
        named = f"{values.get('party')} {search_key(values.get('name_fi') or '')}"
        if code := values.get("code"):
            yield f"code {search_key(code)}"
        if number := values.get("reference"):
            yield f"reference {search_key(number)}"
            yield f"unnumbered {named}"
        else:
            yield f"named {named}"

    def keys_of(self, record: Agreement) -> Iterable[str]:
        """As its row; one that has no number yet is known by its name alone."""
        named = f"{record.party.code} {search_key(record.name_fi)}"
        number = f"reference {search_key(record.reference)}" if record.reference else f"unnumbered {named}"
        return (f"code {search_key(record.code)}", number, f"named {named}")

    def identity(self, values: Values) -> tuple[Any, ...]:
        """The partner, the name and the number."""
        return values.get("party"), *super().identity(values), search_key(values.get("reference") or "")

    def problems(self, entry: AgreementRow, record: Agreement | None) -> list[RuleBroken]:
        """As on its page and at the step by which it comes into force, and that it stays with its partner."""
        state = record.state if record else DRAFT
        if state not in agreeing.OPEN:
            return [RuleBroken(N_("The agreement has been ended or replaced. It stays as it was."))]
        if record and entry.party != record.party.code:
            return [RuleBroken(N_("The agreement is with another partner here. Bring it as a new one."), field="party")]
        begins = state is DRAFT and entry.state is ACTIVE
        found = agreeing.problems(agreeing.completed(_plain(entry)), entry.state if begins else state)
        if state is ACTIVE and entry.state is DRAFT:
            message = N_("It is in force here already. Leave the cell empty, or end it on its own page.")
            found.append(RuleBroken(message, field="state"))
        if begins and entry.valid_to and entry.valid_to < self.on and not entry.auto_renew:
            message = N_("Its last day has passed already. Correct the day, or bring it as a draft.")
            found.append(RuleBroken(message, field="valid_to"))
        return [*found, *self._strangers(entry)]

    def add(self, entry: AgreementRow, *, on: date) -> Agreement:
        """Keep a draft, and take it into force when the list says so."""
        made = register.add(self.owner, self.partners[entry.party or ""], _plain(entry))
        self._begin(made, entry, on)
        return made

    def edit(self, record: Agreement, entry: AgreementRow, *, on: date, at: datetime) -> None:
        """Change it, and take a draft into force when the list says so."""
        register.edit(record, _plain(entry), seen=register.seen_now(record))
        self._begin(record, entry, on)

    def _begin(self, agreement: Agreement, entry: AgreementRow, on: date) -> None:
        if agreement.state is DRAFT and entry.state is ACTIVE:
            register.begin(agreement, on=on)

    def _strangers(self, entry: AgreementRow) -> list[RuleBroken]:
        """What the agreement is to cover that is not of its partner."""
        party, found = self.partners.get(entry.party or ""), []
        if party is None:
            return []
        others = [code for code in entry.functions if not self.services.get(code, party.path).startswith(party.path)]
        across = [code for code in entry.interfaces if self.crossings.get(code, party.id) != party.id]
        for field, codes in (("functions", others), ("interfaces", across)):
            if codes:
                message = N_("The agreement's partner does not provide this: %(codes)s. Name the partner's own.")
                found.append(RuleBroken(message, field=field, codes=", ".join(codes)))
        return found


def _plain(entry: AgreementRow) -> AgreementEntry:
    return as_entry(entry, AgreementEntry)
