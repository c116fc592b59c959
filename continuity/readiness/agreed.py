"""What has been agreed with others, as the rules of the findings see it: agreements, transfers, the police."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from continuity.findings.agreements import AgreementCase
from continuity.findings.cases import OrganisationCase
from continuity.findings.finding import Subject
from continuity.findings.transfers import TransferCase
from continuity.models.transfers import TransferItem
from continuity.queries import transfers as transfer_queries
from continuity.readiness import cases
from dependencies import agreements as rules
from dependencies import promises
from dependencies.analysing import agreements as queries
from dependencies.models.agreements import Agreement
from dependencies.models.interfaces import Interface, interface_sector
from dependencies.promises import Demanded
from dependencies.vocabulary import InterfaceState
from prepare.actor import Scope
from prepare.db import db
from prepare.models.organisations import Organisation
from prepare.texts import N_, _, name_of
from prepare.vocabulary import Criticality, FunctionState, OrganisationKind
from risks.vocabulary.measures import MeasureState

OUTSIDE = N_("a measure outside your view")


def organisation_cases(kept: Collection[Organisation]) -> list[OrganisationCase]:
    """The organisations that hold duties as the rules see them; what a unit has with the police its sector has too."""
    police = with_police({one.id for one in kept})
    paths = [one.path for one in kept if one.id in police]
    return [
        cases.organisation_case(one, has_police_interface=any(path.startswith(one.path) for path in paths))
        for one in kept
        if one.holds_duties
    ]


def with_police(ids: Collection[int]) -> set[int]:
    """Which of these organisations lead an interface with the police, or work across one; whoever may read it."""
    rows = (
        select(Interface.organisation_id, interface_sector.c.organisation_id)
        .join(Organisation, Organisation.id == Interface.party_id)
        .outerjoin(interface_sector, interface_sector.c.interface_id == Interface.id)
        .where(Organisation.kind == OrganisationKind.POLICE, Interface.state != InterfaceState.DISSOLVED)
        .where(Interface.organisation_id.in_(ids) | interface_sector.c.organisation_id.in_(ids))
    )
    return {one for row in db.session.execute(rows) for one in row if one is not None}


def agreement_cases(scope: Scope, ids: Collection[int], *, on: date) -> list[AgreementCase]:
    """The agreements of these organisations as the rules see them."""
    rows = queries.agreements(scope).where(Agreement.organisation_id.in_(ids))
    found = db.session.scalars(rows).all()
    demands: dict[int, list[Demanded]] = defaultdict(list)
    for row in db.session.execute(queries.hanging_needs(scope, [one.id for one in found])):
        demands[row.agreement_id].append(_demanded(row))
    return [_agreement_case(one, demands[one.id], on) for one in found]


def _demanded(row: Any) -> Demanded:
    fall = promises.Fall(row.lost, row.total - row.lost, row.required)
    needed = promises.needed_h(row.rto_h, row.tolerance_h)
    return Demanded(row.code, row.criticality, needed, not fall.holds)


def _agreement_case(agreement: Agreement, demands: list[Demanded], on: date) -> AgreementCase:
    classes = [one.criticality for one in demands]
    return AgreementCase(
        cases.thing_of(Subject.AGREEMENT, agreement, name_of(agreement)),
        agreement.kind,
        rules.validity(agreement, on),
        agreement.valid_to,
        agreement.preparedness_clause,
        agreement.recovery_time_stated,
        len(classes),
        _worst(classes),
        agreement.recovery_h,
        tuple(promises.too_late(agreement.recovery_h, demands)),
    )


def transfer_cases(scope: Scope, organisation: Organisation) -> list[TransferCase]:
    """What is transferred by the organisation and those below it, as the rules see it."""
    rows = transfer_queries.transfer_items(scope, organisation=organisation.path)
    loaded = selectinload(TransferItem.functions), selectinload(TransferItem.measure)
    return [_transfer_case(scope, one) for one in db.session.scalars(rows.options(*loaded))]


def _transfer_case(scope: Scope, item: TransferItem) -> TransferCase:
    measure = item.measure
    if measure is None:
        code = ""
    else:
        code = measure.code if scope.covers(measure.owner_path, measure.confidentiality) else _(OUTSIDE)
    return TransferCase(
        cases.thing_of(Subject.TRANSFER_ITEM, item, name_of(item)),
        item.state,
        code,
        measure is not None and measure.state is MeasureState.VERIFIED,
        _worst([one.criticality for one in item.functions if one.state is not FunctionState.RETIRED]),
    )


def _worst(classes: Collection[Criticality | None]) -> Criticality | None:
    """The highest class among these; None when none of them is known."""
    return min((one for one in classes if one), key=lambda one: one.value, default=None)
