"""The demo city's bodies with their seats, meetings and decisions."""

from typing import Any

from prepare.models.organisations import Organisation
from prepare.sow.files import Row, names, yes
from prepare.sow.sowing import Sowing, folded
from prepare.sow.users import CITY
from risks.models.bodies import Body, BodyMember, Decision, Meeting
from risks.models.measures import Measure
from risks.vocabulary.bodies import BodyKind, DecisionState, MeetingState, Position
from risks.vocabulary.levels import SteeringLevel

#: How the files say how often a body meets → the months between two meetings.
CADENCES = {"monthly": 1, "quarterly": 3, "semiannual": 6, "annual": 12}
STATES = {"scheduled": MeetingState.PLANNED}


def sow_bodies(sowing: Sowing) -> None:
    """Bodies, their seats, the meetings that were held, missed and planned, and what these decided."""
    sowing.write(Body, [_body(sowing, row) for row in sowing.files.rows("bodies")])
    seats = sowing.files.rows("body_members")
    sowing.write(BodyMember, [_seat(sowing, row) for row in seats], by="role_title")
    sowing.write(Meeting, [_meeting(sowing, row) for row in sowing.files.rows("meetings")])
    sowing.write(Decision, [_decision(sowing, row) for row in sowing.files.rows("decisions")])


def _body(sowing: Sowing, row: Row) -> dict[str, Any]:
    texts = names(row)
    return {
        "code": row["id"],
        "organisation_id": sowing.id_of(Organisation, CITY),
        **texts,
        **folded(row["id"], texts),
        "kind": BodyKind(row["kind"]),
        "level": SteeringLevel(row["level"]),
        "purpose": row["purpose_fi"],
        "cadence_months": CADENCES.get(row["cadence"]),
        "on_demand": row["cadence"] == "on_demand",
        "secretariat": row["secretariat"],
        "appointed_by": row["appointed_by"],
        "appointed_on": sowing.files.day(row["appointed_on"]),
    }


def _seat(sowing: Sowing, row: Row) -> dict[str, Any]:
    return {
        "body_id": sowing.id_of(Body, row["body"]),
        "role_title": row["role"],
        "organisation_id": sowing.id_of(Organisation, row["organisation"]) if row["organisation"] else None,
        "position": Position(row["position"]),
    }


def _meeting(sowing: Sowing, row: Row) -> dict[str, Any]:
    return {
        "code": row["id"],
        "body_id": sowing.id_of(Body, row["body"]),
        "state": STATES.get(row["status"]) or MeetingState(row["status"]),
        "meets_on": sowing.files.day(row["date"]),
        "starts": row["starts"],
        "place": row["place"],
        "remote": bool(yes(row["remote"])),
        "agenda": _lines(row["agenda"]),
        "participants": _lines(row["participants"]),
        "minutes": row["summary_fi"] or None,
        "minutes_ref": row["minutes_ref"] or None,
    }


def _decision(sowing: Sowing, row: Row) -> dict[str, Any]:
    return {
        "code": row["id"],
        "meeting_id": sowing.id_of(Meeting, row["meeting"]),
        "text": row["text"],
        "organisation_id": sowing.id_of(Organisation, row["organisation"]),
        "owner_role": row["owner_role"],
        "due": sowing.files.day(row["due"]),
        "resources": row["resources"] or None,
        "state": DecisionState(row["status"]),
        "measure_id": sowing.ids.get(Measure.__tablename__, {}).get(row["measure"]),
    }


def _lines(text: str) -> str | None:
    return text.replace(";", "\n") or None
