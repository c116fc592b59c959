"""What a network must satisfy, its life cycle, and which networks do the same work (domain.md 2.4, W22)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from prepare.errors import RuleBroken
from prepare.registration import Gap
from prepare.texts import N_
from risks import areas, checks
from risks.entries.networks import NetworkEntry
from risks.vocabulary.networks import NetworkState
from risks.vocabulary.safety import TargetGroup

#: From each state to which others a network may go; one that was closed or merged may begin anew.
STEPS: Mapping[NetworkState, frozenset[NetworkState]] = {
    NetworkState.FORMING: frozenset({NetworkState.ACTIVE, NetworkState.MERGED, NetworkState.CLOSED}),
    NetworkState.ACTIVE: frozenset({NetworkState.SUPPORTED, NetworkState.MERGED, NetworkState.CLOSED}),
    NetworkState.SUPPORTED: frozenset({NetworkState.ACTIVE, NetworkState.MERGED, NetworkState.CLOSED}),
    NetworkState.MERGED: frozenset({NetworkState.FORMING}),
    NetworkState.CLOSED: frozenset({NetworkState.FORMING}),
}
#: field → what is missing, why it matters
MANDATORY: tuple[tuple[str, str, str], ...] = (
    ("purpose", N_("Purpose"), N_("Members and residents must know what the network is for.")),
    ("areas", N_("Areas"), N_("Without them nobody sees where networks are missing or overlap.")),
    ("target_groups", N_("Target groups"), N_("Without them double work is not found.")),
    ("themes", N_("Themes"), N_("They lead from the plan's priorities to those who do the work.")),
    ("coordinator_role", N_("Coordinator (role)"), N_("A network that nobody calls together fades away.")),
    ("members", N_("Members"), N_("Cooperation needs to know between whom.")),
)


@dataclass(frozen=True)
class NetworkCase:
    """A network as the rule of overlaps sees it; members are codes of organisations."""

    code: str
    areas: tuple[str, ...]
    target_groups: tuple[TargetGroup, ...]
    members: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Overlap:
    """Two networks that work in the same area for the same people; no area means the whole city."""

    one: NetworkCase
    other: NetworkCase
    areas: tuple[str, ...]
    target_groups: tuple[TargetGroup, ...]
    members: tuple[str, ...]  #: organisations that belong to both


def problems(entry: NetworkEntry, before: NetworkState | None, *, on: date) -> list[RuleBroken]:
    """Every rule that a network's entry breaks on the day `on`; `before` is the state in which it has been."""
    found = checks.name(entry) + checks.secrecy(entry) + _state_problems(entry, before)
    if entry.begun_on and entry.begun_on > on:
        found.append(RuleBroken(N_("The day cannot lie ahead."), field="begun_on"))
    for row, member in enumerate(entry.members):
        if member in entry.members[:row]:
            found.append(RuleBroken(N_("This member is there already."), field=f"members-{row}-organisation"))
    return found


def _state_problems(entry: NetworkEntry, before: NetworkState | None) -> list[RuleBroken]:
    state = entry.state
    if before is not None and state is not before and state not in STEPS[before]:
        message = N_("A network goes from “%(before)s” only to: %(after)s.")
        after = ", ".join(step.label for step in NetworkState if step in STEPS[before])
        return [RuleBroken(message, field="state", before=before.label, after=after)]
    if state is NetworkState.MERGED and not entry.merged_into:
        return [RuleBroken(N_("Say which network it was merged into."), field="merged_into")]
    if state is not NetworkState.MERGED and entry.merged_into:
        return [RuleBroken(N_("Only a merged network names another one."), field="merged_into")]
    if state is NetworkState.CLOSED and not checks.given(entry.state_reason):
        return [RuleBroken(N_("Say why the network was closed."), field="state_reason")]
    return []


def gaps(entry: NetworkEntry) -> list[Gap]:
    """What an open network still lacks, in the order of the form."""
    if not entry.state.is_open:
        return []
    return [Gap(name, what, why) for name, what, why in MANDATORY if getattr(entry, name) in (None, "", ())]


def overlaps(cases: Iterable[NetworkCase], lines: areas.Above) -> list[Overlap]:
    """W22: pairs of networks with an area and a target group in common, in the order of their codes.

    A network of the whole city overlaps only with another one of the whole city: the levels divide the work. Where no
    target group has been said, nothing is known of an overlap. All residents meet every group.
    """
    listed = sorted(cases, key=lambda case: case.code)
    pairs = ((one, other) for place, one in enumerate(listed) for other in listed[place + 1 :])
    found = []
    for one, other in pairs:
        where = areas.shared(one.areas, other.areas, lines)
        groups = _same_people(one, other)
        if groups and (where or not (one.areas or other.areas)):
            found.append(Overlap(one, other, where, groups, tuple(sorted(one.members & other.members))))
    return found


def _same_people(one: NetworkCase, other: NetworkCase) -> tuple[TargetGroup, ...]:
    if TargetGroup.ALL in one.target_groups:
        return other.target_groups
    if TargetGroup.ALL in other.target_groups:
        return one.target_groups
    return tuple(group for group in one.target_groups if group in other.target_groups)
