"""A network as people enter it, with its members, and what it asks the unit for."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from prepare.vocabulary import Confidentiality
from risks.vocabulary.levels import SteeringLevel
from risks.vocabulary.networks import NetworkState
from risks.vocabulary.safety import TargetGroup, Theme


@dataclass(frozen=True, kw_only=True)
class MemberEntry:
    """A member: an organisation by its code, a role, or both."""

    organisation: str | None = None
    role: str | None = None


@dataclass(frozen=True, kw_only=True)
class NetworkEntry:
    """A network: where, for whom and about what it works, and who belongs to it; others stand by their codes."""

    name_fi: str
    name_sv: str | None = None
    name_en: str | None = None
    purpose: str | None = None
    level: SteeringLevel = SteeringLevel.AREA
    areas: tuple[str, ...] = ()
    themes: tuple[Theme, ...] = ()
    target_groups: tuple[TargetGroup, ...] = ()
    coordinator_role: str | None = None
    members: tuple[MemberEntry, ...] = ()
    measures: tuple[str, ...] = ()
    begun_on: date | None = None
    state: NetworkState = NetworkState.FORMING
    state_reason: str | None = None
    merged_into: str | None = None
    confidentiality: Confidentiality = Confidentiality.INTERNAL
    secrecy_basis: str | None = None


@dataclass(frozen=True, kw_only=True)
class RequestEntry:
    """What a network asks the security and preparedness unit for."""

    request: str


@dataclass(frozen=True, kw_only=True)
class AnswerEntry:
    """What the unit answers to a network."""

    answer: str


MEMBER_COLUMNS = ("organisation", "role")
NAMING_RECORDS = frozenset({"members", "measures", "merged_into"})
COLUMNS = tuple(field.name for field in fields(NetworkEntry) if field.name not in NAMING_RECORDS)


def of_record(network: Any, measures: tuple[str, ...]) -> NetworkEntry:
    """The entry that a network's record holds; `measures` are the codes of what it carries out."""
    columns = {name: getattr(network, name) for name in COLUMNS}
    into = network.merged_into.code if network.merged_into else None
    members = tuple(of_member(member) for member in network.in_force)
    return NetworkEntry(**columns, merged_into=into, members=members, measures=measures)


def of_member(member: Any) -> MemberEntry:
    """The entry that a member's record holds."""
    return MemberEntry(organisation=member.organisation.code if member.organisation else None, role=member.role)
