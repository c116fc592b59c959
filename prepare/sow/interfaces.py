"""The demo city's interfaces with its partners: duty contacts, tasks, flows of information, and ties to the police."""

from collections import Counter
from typing import Any

from dependencies.interface_vocabulary import Availability, Direction, FlowLanguage, Part, Side
from dependencies.models.agreements import Agreement, interface_agreement
from dependencies.models.interfaces import ContactPoint, InformationFlow, Interface, InterfaceTask, interface_sector
from dependencies.vocabulary import InterfaceLevel, InterfaceState
from prepare.models.organisations import Organisation
from prepare.sow.files import Files, Row, codes, names, yes
from prepare.sow.sowing import Sowing, folded
from prepare.vocabulary import Confidentiality, Criticality, Organiser

#: "Expired" is derived from an agreement's dates; the interface itself has been agreed.
STATES = {"expired": "agreed"}
#: What each side does in a task, as columns.
PARTS = ("city_normal", "party_normal", "city_disruption", "party_disruption", "city_emergency", "party_emergency")


def sow_interfaces(sowing: Sowing) -> None:
    """The interfaces with outside partners; the first of the city's organisations leads."""
    rows = sowing.files.rows("interfaces")
    sowing.write(Interface, [_interface(sowing, row) for row in rows])
    links = [
        {"interface_id": sowing.id_of(Interface, row["id"]), "organisation_id": sowing.id_of(Organisation, sector)}
        for row in rows
        for sector in codes(row["city_sectors"])
    ]
    sowing.link(interface_sector, links)
    agreed = [
        {"interface_id": sowing.id_of(Interface, row["id"]), "agreement_id": sowing.id_of(Agreement, row["agreement"])}
        for row in rows
        if row["agreement"]
    ]
    sowing.link(interface_agreement, agreed)
    for model, told in ((ContactPoint, contacts), (InterfaceTask, tasks), (InformationFlow, flows)):
        parts = told(sowing.files)
        sowing.write(model, [{**row, "interface_id": sowing.id_of(Interface, code)} for code, row in parts])


def _interface(sowing: Sowing, row: Row) -> dict[str, Any]:
    return {
        "organisation_id": sowing.id_of(Organisation, codes(row["city_sectors"])[0]),
        "party_id": sowing.id_of(Organisation, row["party"]),
        **columns(sowing.files, row, row["id"]),
    }


def columns(files: Files, row: Row, code: str) -> dict[str, Any]:
    """What the file tells of an interface itself, under this code."""
    texts = names(row)
    return {
        "code": code,
        "state": InterfaceState(STATES.get(row["status"], row["status"])),
        **texts,
        **folded(code, texts),
        **names(row, "description"),
        "level": InterfaceLevel(row["level"]),
        "criticality": Criticality(row["criticality"]),
        "city_owner_role": row["city_owner_role"] or None,
        "party_owner_role": row["party_owner_role"] or None,
        "alerting_practice": row["alerting_practice"] or None,
        "alerting_documented": yes(row["alerting_practice_documented"]),
        "alerting_tested_on": files.day(row["alerting_tested_on"]),
        "exercised_on": files.day(row["last_joint_exercise"]),
        "organiser": Organiser(row["organiser"]) if row["organiser"] else None,
        "transferred": bool(yes(row["responsibility_transferred"])),
        "reviewed_on": files.day(row["reviewed_on"]),
        "next_review": files.day(row["next_review"]),
    }


Parts = list[tuple[str, dict[str, Any]]]


def contacts(files: Files) -> Parts:
    """(code of the interface, columns) of the duty contacts."""
    found = _numbered(files.rows("interface_contacts"))
    return [
        (
            row["interface"],
            {
                "place": place,
                "side": Side(row["side"]),
                "role_title": row["role_title"],
                "phone": row["phone"] or None,
                "email": row["email"] or None,
                "availability": Availability(row["availability"]),
                "channel_fallback": row["channel_fallback"] or None,
                "tested_on": files.day(row["tested_on"]),
                "confidentiality": Confidentiality.CONFIDENTIAL,
            },
        )
        for place, row in found
    ]


def tasks(files: Files) -> Parts:
    """(code of the interface, columns) of the rows of the responsibility matrices."""
    found = _numbered(files.rows("interface_tasks"))
    return [
        (
            row["interface"],
            {
                "place": place,
                "task": row["task"],
                **{name: Part(row[name]) if row[name] else None for name in PARTS},
                "remark": row["remark"] or None,
            },
        )
        for place, row in found
    ]


def flows(files: Files) -> Parts:
    """(code of the interface, columns) of the flows of information."""
    found = _numbered(files.rows("interface_flows"))
    return [
        (
            row["interface"],
            {
                "place": place,
                "what": row["what"],
                "direction": Direction(row["direction"]),
                "channel": row["channel"] or None,
                "trigger": row["trigger"] or None,
                "language": FlowLanguage(row["language"]),
            },
        )
        for place, row in found
    ]


def _numbered(rows: list[Row]) -> list[tuple[int, Row]]:
    """Each row with its number within its interface, from 1."""
    seen: Counter[str] = Counter()
    found = []
    for row in rows:
        seen[row["interface"]] += 1
        found.append((seen[row["interface"]], row))
    return found
