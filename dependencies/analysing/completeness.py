"""What interfaces have, for the checks: their contacts, tasks and flows, and the agreements on which they rest.

It is read whoever may read the single rows: nothing but yes, no and not known is told of them.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Select, select

from dependencies import agreements as rules
from dependencies.completeness import Held, Verdict, both_reached, described, is_bound, reached, settled, verdict
from dependencies.interface_vocabulary import Side
from dependencies.models.agreements import Agreement, interface_agreement
from dependencies.models.interfaces import ContactPoint, InformationFlow, Interface, InterfaceTask
from prepare.db import db


def verdicts(interfaces: Collection[Interface], on: date) -> dict[int, Verdict]:
    """How each of these interfaces passes the checks, by its id."""
    return {one: verdict(has, on) for one, has in held(interfaces, on).items()}


def held(interfaces: Collection[Interface], on: date) -> dict[int, Held]:
    """What each of these interfaces has, by its id; four statements, however many they are."""
    ids = [one.id for one in interfaces]
    contacts, tasks, flows, bound = reach(ids), _tasks(ids), _flows(ids), _bound(ids, on)
    return {
        one.id: _held(one, contacts, tasks.get(one.id, ()), flows.get(one.id, ()), one.id in bound)
        for one in interfaces
    }


def of_opened(
    interface: Interface, tasks: Collection[InterfaceTask], flows: Collection[InformationFlow], on: date
) -> Held:
    """What an opened interface has, whose tasks and flows have been read already."""
    bound = _bound([interface.id], on)
    return _held(interface, reach([interface.id]), tasks, flows, interface.id in bound)


def _held(
    one: Interface, contacts: Mapping[int, bool | None], tasks: Collection[Any], flows: Collection[Any], binds: bool
) -> Held:
    return Held(
        one.criticality,
        bool(one.city_owner_role and one.party_owner_role),
        contacts.get(one.id, False),
        one.alerting_documented,
        one.alerting_tested_on,
        settled(tasks),
        described((flow.direction, flow.channel) for flow in flows),
        is_bound(binds=binds, is_referred_to=bool(one.agreement)),
        one.exercised_on,
        one.next_review,
    )


def reach(ids: Collection[int] | None = None) -> dict[int, bool | None]:
    """Whether both sides of each of these interfaces (None: of all) can be reached; those with no contact are left out.

    None where somebody is named on each side, but nobody has recorded how to reach one of them.
    """
    row = ContactPoint
    rows = select(row.interface_id, row.side, row.phone, row.email, row.channel_fallback)
    ways: dict[int, dict[Side, list[bool]]] = defaultdict(lambda: {side: [] for side in Side})
    for interface, side, *how in db.session.execute(_in_use(rows, row, ids)):
        ways[interface][side].append(any(how))
    return {one: both_reached(*(reached(some) for some in sides.values())) for one, sides in ways.items()}


def _tasks(ids: Collection[int]) -> dict[int, list[Any]]:
    row = InterfaceTask
    parts = (row.city_normal, row.party_normal, row.city_disruption, row.party_disruption)
    rows = select(row.interface_id, *parts, row.city_emergency, row.party_emergency)
    return _sorted_out(_in_use(rows, row, ids))


def _flows(ids: Collection[int]) -> dict[int, list[Any]]:
    row = InformationFlow
    return _sorted_out(_in_use(select(row.interface_id, row.direction, row.channel), row, ids))


def _sorted_out(rows: Select[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in db.session.execute(rows):
        found[row.interface_id].append(row)
    return found


def _in_use(rows: Any, model: Any, ids: Collection[int] | None) -> Select[Any]:
    in_use: Select[Any] = rows.where(model.retired.is_(False))
    return in_use if ids is None else in_use.where(model.interface_id.in_(ids))


def _bound(ids: Collection[int], on: date) -> set[int]:
    """Those of the interfaces that rest on an agreement that binds on the day."""
    links = interface_agreement.c
    rows = select(links.interface_id, Agreement).join(Agreement, Agreement.id == links.agreement_id)
    found = db.session.execute(rows.where(links.interface_id.in_(ids))).all()
    return {one for one, agreement in found if rules.validity(agreement, on) not in rules.NOT_BINDING}
