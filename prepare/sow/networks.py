"""The demo city's safety and wellbeing networks."""

from typing import Any

from sqlalchemy import update

from prepare.db import db
from prepare.models.organisations import Organisation
from prepare.sow.files import Row, codes, names
from prepare.sow.sowing import Sowing, folded
from prepare.sow.users import CITY
from risks.models.measures import Measure
from risks.models.networks import Network, NetworkMember, NetworkRequest, network_measure
from risks.vocabulary.levels import SteeringLevel
from risks.vocabulary.networks import NetworkState
from risks.vocabulary.safety import TargetGroup, Theme


def sow_networks(sowing: Sowing) -> None:
    """The networks with their members, measures and what they have asked the unit for."""
    rows = sowing.files.rows("networks")
    sowing.write(Network, [_network(sowing, row) for row in rows])
    for row in rows:
        if row["merged_into"]:
            merged = update(Network).where(Network.id == sowing.id_of(Network, row["id"]))
            db.session.execute(merged.values(merged_into_id=sowing.id_of(Network, row["merged_into"])))
    members = [
        {
            "network_id": sowing.id_of(Network, row["network"]),
            "organisation_id": sowing.id_of(Organisation, row["organisation"]) if row["organisation"] else None,
            "role": row["role"] or None,
        }
        for row in sowing.files.rows("network_members")
    ]
    sowing.write(NetworkMember, members)
    requests = [_request(sowing, row) for row in sowing.files.rows("network_requests")]
    sowing.write(NetworkRequest, requests)
    links = [
        {"network_id": sowing.id_of(Network, row["id"]), "measure_id": sowing.id_of(Measure, code)}
        for row in rows
        for code in codes(row["measures"])
    ]
    sowing.link(network_measure, links)


def _network(sowing: Sowing, row: Row) -> dict[str, Any]:
    texts = names(row)
    return {
        "code": row["id"],
        "organisation_id": sowing.id_of(Organisation, CITY),
        **texts,
        **folded(row["id"], texts),
        "purpose": row["purpose"],
        "level": SteeringLevel(row["level"]),
        "areas": tuple(codes(row["areas"])),
        "themes": tuple(Theme(word) for word in codes(row["themes"])),
        "target_groups": tuple(TargetGroup(word) for word in codes(row["target_groups"])),
        "coordinator_role": row["coordinator_role"],
        "begun_on": sowing.files.day(row["begun_on"]),
        "state": NetworkState(row["state"]),
        "state_reason": row["state_reason"] or None,
    }


def _request(sowing: Sowing, row: Row) -> dict[str, Any]:
    return {
        "code": row["id"],
        "network_id": sowing.id_of(Network, row["network"]),
        "request": row["request"],
        "asked_on": sowing.files.day(row["asked_on"]),
        "asked_by": row["asked_by"],
        "answer": row["answer"] or None,
        "answered_on": sowing.files.day(row["answered_on"]),
    }
