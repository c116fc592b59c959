"""Agreements with outside partners: the register, and one of them."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from dependencies import agreements as rules
from dependencies.analysing import agreements as queries
from dependencies.models.agreements import Agreement
from dependencies.models.interfaces import Interface
from dependencies.views import agreement_rests as rests
from dependencies.views.agreement_words import standing
from dependencies.views.blueprint import bp
from dependencies.vocabulary import AgreementKind, Lack, Validity
from prepare import actor
from prepare.access import Action
from prepare.clock import today
from prepare.db import db
from prepare.gate.opening import opens_page
from prepare.insets import insets
from prepare.models.organisations import Organisation
from prepare.months import months_after
from prepare.queries.pages import page
from prepare.texts import name_of, ngettext
from prepare.views import choosing
from prepare.views.functions import word
from prepare.views.paging import PAGE_SIZE, paging

#: Within how many months an agreement ends, to choose from.
WITHIN = (3, 6, 12, 24)


@bp.get("/agreements/")
@opens_page(Action.VIEW_AGREEMENT)
def agreements() -> ResponseReturnValue:
    """The agreements that the person may read, those that end first on top: search, filters, paging."""
    owners = choosing.organisations()
    partners = {one.code: one for one in db.session.scalars(queries.partners(actor.current().scope))}
    asked = _asked()
    found = queries.agreements(actor.current().scope, _wanted(asked, owners, partners))
    if asked.validity:
        found = queries.among(found, _standing_so(found, asked.validity))
    at = paging(db.session.scalar(queries.counted(found)) or 0)
    rows = db.session.scalars(page(found, Agreement.id, offset=at.offset, limit=PAGE_SIZE)).all()
    return render_template(
        "dependencies/agreements.html",
        rows=[standing(one) for one in rows],
        at=at,
        asked=asked,
        partners=[(one.code, name_of(one)) for one in partners.values()],
        owners=[(one.code, name_of(one)) for one in owners.values()],
        kinds=AgreementKind,
        lacks=Lack,
        standings=Validity,
        within=[(months, ngettext("within %(n)s month", "within %(n)s months", months)) for months in WITHIN],
    )


def _asked() -> SimpleNamespace:
    """What the address asks for, as the filters show it."""
    args = request.args
    within = args.get("within", "")
    return SimpleNamespace(
        q=args.get("q", "")[:200],
        party=args.get("party", "")[:20],
        kind=word(AgreementKind, args.get("kind")),
        validity=word(Validity, args.get("validity")),
        lacks=word(Lack, args.get("lacks")),
        organisation=args.get("organisation", "")[:20],
        within=int(within) if within in map(str, WITHIN) else None,
        any=any(args.get(name) for name in ("q", "party", "kind", "validity", "lacks", "organisation", "within")),
    )


def _wanted(
    asked: SimpleNamespace, owners: Mapping[str, Organisation], partners: Mapping[str, Organisation]
) -> queries.Wanted:
    party, owner = partners.get(asked.party), owners.get(asked.organisation)
    return queries.Wanted(
        q=asked.q,
        party=(party.id if party else 0) if asked.party else None,
        kind=asked.kind,
        lacks=asked.lacks,
        organisation=owner.path if owner else "",
        ends_until=months_after(today(), asked.within) if asked.within else None,
        on=today(),
    )


def _standing_so(found: Any, validity: Validity) -> list[int]:
    """Those of the agreements that stand so today; it is told from their days, which no database compares alike."""
    rows = db.session.execute(queries.standing(found)).all()
    return [row.id for row in rows if rules.validity(row, today()) is validity]


@bp.get("/agreements/<uuid:ref>")
@opens_page(Action.VIEW_AGREEMENT)
def agreement(ref: UUID) -> ResponseReturnValue:
    """One agreement: what it says, what rests on it, and what would happen if it ended tomorrow."""
    scope = actor.current().scope
    found = db.session.scalars(queries.agreement(scope, ref)).one_or_none()
    if found is None:
        abort(404)
    return render_template(
        "dependencies/agreement.html",
        agreement=found,
        now=standing(found),
        deadlines=rules.deadlines(found, today()),
        predecessors=db.session.scalars(queries.readable_predecessors(scope, found)).all(),
        successor=db.session.scalars(queries.successor(scope, found)).one_or_none(),
        interfaces=db.session.scalars(queries.interfaces_on(scope, found)).all(),
        insets=list(insets(found)),
        **rests.resting(found),
    )


def of_interface(interface: Interface) -> list[SimpleNamespace]:
    """The agreements on which an opened interface rests, each with how it stands today."""
    found = db.session.scalars(queries.of_interface(actor.current().scope, interface)).all()
    return [standing(one) for one in found]
