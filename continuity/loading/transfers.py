"""What the rules of a transfer of responsibility ask, read in few statements whatever the size of the city."""

from collections.abc import Iterable, Sequence
from typing import Any

from continuity.models.exercises import Exercise
from continuity.models.plans import Plan
from continuity.models.transfers import Transfer
from continuity.moving import Facts, Line, Mover, Piece, Shared, Side, names_of
from continuity.queries import moving as queries
from continuity.vocabulary.transfers import Moving
from dependencies.models.agreements import Agreement
from dependencies.models.interfaces import Interface
from dependencies.vocabulary import Standing
from prepare.actor import Scope
from prepare.db import db
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.texts import LANGUAGES, N_, _, search_key, speaking
from prepare.vocabulary import Confidentiality, ResourceKind
from risks.models.measures import Measure
from risks.models.risks import Risk

OUTSIDE = N_("outside your view")
#: What two functions may share: a hall, a generator, a stock, a car.
SHARED_KINDS = frozenset(
    {ResourceKind.PREMISES, ResourceKind.EQUIPMENT, ResourceKind.VEHICLE, ResourceKind.MATERIAL, ResourceKind.STAFF}
)


def facts(scope: Scope, transfer: Transfer) -> Facts:
    """All that the rules ask about a transfer, of what the scope reads."""
    chosen = frozenset(db.session.scalars(queries.chosen(transfer)))
    lines = db.session.execute(queries.lines(transfer)).all()
    return Facts(
        receiver=_receiver(transfer.receiver),
        chosen=chosen,
        movers=[_mover(*row) for row in db.session.execute(queries.movers(scope, transfer))],
        pieces=[*_about_functions(scope, transfer), *_with_two_sides(scope, transfer, lines)],
        lines=[_line(scope, chosen, *row) for row in lines],
        shared=_shared(scope, transfer, chosen),
        whole=transfer.whole,
    )


def _receiver(receiver: Organisation) -> Side:
    return Side(
        id=receiver.id,
        is_own=receiver.kind.is_own,
        has_holders=receiver.contact_id is not None and receiver.deputy_id is not None,
        has_director=bool(db.session.scalar(queries.directors(receiver.path))),
    )


def _mover(function: Function, impacts: int, resources: int, needs: int, drafts: int) -> Mover:
    return Mover(
        id=function.id,
        code=function.code,
        ref=function.ref,
        names=names_of(function),
        owner_id=function.organisation_id,
        criticality=function.criticality,
        is_assessed=None not in (function.criticality, function.rto_h, function.mtpd_h),
        impacts=impacts,
        resources=resources,
        needs=needs,
        drafts=drafts,
        secrecy=_secrecy(function),
    )


def _secrecy(record: Any) -> str | None:
    return record.secrecy_basis or "–" if record.confidentiality is Confidentiality.CONFIDENTIAL else None


def _about_functions(scope: Scope, transfer: Transfer) -> Iterable[Piece]:
    """Plans, risks, measures and exercises, each with the functions that it is about."""
    approved: set[int] = set()
    plans = []
    for plan, function, version in db.session.execute(queries.plans(scope, transfer)):
        plans.append((plan, function))
        approved |= {plan.id} if version else set()
    yield from _gathered(Moving.PLAN, plans, approved=approved)
    yield from _gathered(Moving.RISK, db.session.execute(queries.risks(scope, transfer)), stem="title")
    yield from _gathered(Moving.MEASURE, db.session.execute(queries.measures(scope, transfer)))
    yield from _gathered(Moving.EXERCISE, db.session.execute(queries.exercises(scope, transfer)))


def _gathered(
    kind: Moving, rows: Iterable[Any], *, stem: str = "name", approved: Iterable[int] = ()
) -> Iterable[Piece]:
    records: dict[int, Plan | Risk | Measure | Exercise] = {}
    about: dict[int, set[int]] = {}
    for record, function in rows:
        records[record.id] = record
        about.setdefault(record.id, set()).update({function} - {None})
    for one, record in records.items():
        yield _piece(kind, record, frozenset(about[one]), stem=stem, is_approved=one in set(approved))


def _piece(kind: Moving, record: Any, functions: frozenset[int], *, stem: str = "name", **more: Any) -> Piece:
    known = {"id": record.id, "code": record.code, "ref": record.ref, "names": names_of(record, stem)}
    return Piece(kind=kind, functions=functions, secrecy=_secrecy(record), **known, **more)


def _with_two_sides(scope: Scope, transfer: Transfer, lines: Sequence[Any]) -> Iterable[Piece]:
    """Interfaces and agreements, each with the functions of the giver's side whose dependencies run over it."""
    over: dict[int, set[int]] = {}
    needing: dict[int, set[int]] = {}
    for line, consumer, supplier in lines:
        needing.setdefault(supplier.id, set()).add(consumer.id)
        if line.interface_id:
            over.setdefault(line.interface_id, set()).update((consumer.id, supplier.id))
    owners = {one.id: one.organisation_id for _line, *ends in lines for one in ends}
    for (interface,) in db.session.execute(queries.interfaces(scope, transfer)):
        ends = _near(over.get(interface.id, set()), owners, interface)
        yield _piece(Moving.INTERFACE, interface, ends, party_id=interface.party_id)
    agreements: dict[int, Agreement] = {}
    about: dict[int, set[int]] = {}
    for agreement, interface_id, service in db.session.execute(queries.agreements(scope, transfer)):
        agreements[agreement.id] = agreement
        about.setdefault(agreement.id, set()).update(over.get(interface_id, set()) | needing.get(service, set()))
    for one, agreement in agreements.items():
        yield _piece(Moving.AGREEMENT, agreement, _near(about[one], owners, agreement), party_id=agreement.party_id)


def _near(functions: Iterable[int], owners: dict[int, int], record: Interface | Agreement) -> frozenset[int]:
    """Those of the functions that are not the other side's."""
    return frozenset(one for one in functions if owners[one] != record.party_id)


def _line(scope: Scope, chosen: frozenset[int], line: Any, consumer: Function, supplier: Function) -> Line:
    other = supplier if consumer.id in chosen else consumer
    shown = scope.names(other.id, other.organisation.path, other.confidentiality)
    return Line(
        id=line.id,
        consumer_id=consumer.id,
        supplier_id=supplier.id,
        interface_id=line.interface_id,
        is_confirmed=line.standing is Standing.CONFIRMED,
        is_commodity=supplier.commodity,
        other_is_own=other.organisation.kind.is_own,
        other_owner_id=other.organisation_id,
        other_code=other.code if shown else "–",
        other_names=names_of(other) if shown else _said(OUTSIDE),
        secrecy=_secrecy(other),
    )


def _said(message: str) -> dict[str, str]:
    found = {}
    for one in LANGUAGES:
        with speaking(one):
            found[one] = _(message)
    return found


def _shared(scope: Scope, transfer: Transfer, chosen: frozenset[int]) -> list[Shared]:
    """The resources that both moving functions and functions that stay name alike."""
    by_name: dict[str, list[Any]] = {}
    for resource, function in db.session.execute(queries.resources(scope, transfer)):
        if resource.kind in SHARED_KINDS:
            by_name.setdefault(search_key(resource.name), []).append((resource, function))
    return [found for some in by_name.values() if (found := _shared_by(some, chosen))]


def _shared_by(some: Sequence[Any], chosen: frozenset[int]) -> Shared | None:
    moving = frozenset(function.id for _resource, function in some if function.id in chosen)
    if not moving or len({function.id for _resource, function in some}) == len(moving):
        return None
    secrecy = next((basis for _resource, function in some if (basis := _secrecy(function))), None)
    return Shared(name=some[0][0].name, functions=moving, secrecy=secrecy)
