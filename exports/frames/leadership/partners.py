"""Interfaces with partners (C4): what is agreed and exercised, what was lost in transfers, which meetings are held."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from continuity.models.transfers import TransferItem
from continuity.vocabulary.transfers import TransferState
from dependencies import agreements as agreement_rules
from dependencies.analysing import completeness
from dependencies.interface_lifecycle import standing
from dependencies.models.interfaces import Interface
from dependencies.vocabulary import InterfaceState, Validity
from exports.columns import Column, Kind, Tone
from exports.frames.reader import frame_of
from exports.frames.readiness import governance, transfers
from exports.frames.readiness.gathered import Gathered
from exports.spreads import Section, Spread
from prepare.models.organisations import Organisation
from prepare.texts import N_, _, name_of

STATES = (InterfaceState.EXERCISED, InterfaceState.AGREED, InterfaceState.DRAFT, InterfaceState.IDENTIFIED)
PARTNERS = (
    Column("name", N_("Partner"), 44, Kind.CODE),
    Column("of", N_("Interfaces"), 11, Kind.COUNT),
    *(Column(one.value, one.message, 12, Kind.COUNT) for one in (*STATES, InterfaceState.UNDER_REVIEW)),
    Column("complete", N_("Complete"), 12, Kind.PERCENT, note=N_("The mean share of the checks that they pass.")),
    Column("joint_on", N_("Last joint exercise"), 14, Kind.DATE),
    Column("expired", N_("Agreements that have run out"), 14, Kind.COUNT, tone="expired tone"),
    Column("lost", N_("Lost in transfers, or at risk"), 14, Kind.COUNT, tone="lost tone"),
)
TRANSFERS = (
    Column("name", N_("What was lost or is at risk in a transfer"), 44, Kind.CODE),
    Column("code", N_("Code"), 11, Kind.CODE),
    Column("state", N_("Status"), 12, tone="tone"),
    Column("measure", N_("Measure"), 12, Kind.CODE),
)
MEETINGS = (
    Column("name", N_("Body"), 44, Kind.CODE),
    Column("cadence", N_("Meets every … months"), 11, Kind.COUNT),
    Column("last", N_("Last meeting"), 12, Kind.DATE),
    Column("next", N_("Meets next by"), 12, Kind.DATE, tone="tone"),
    Column("missed", N_("Missed"), 12, tone="tone"),
)
BAD = (TransferState.LOST, TransferState.AT_RISK)


def spread(held: Gathered) -> Spread:
    """The sheet of the partners, of what must not be lost, and of the meetings with them."""
    reader = held.reader
    interfaces, left_out = reader.divided(held.held.interfaces)
    items, more = reader.divided(transfers.found(reader))
    bad = [one for one in items if one.state in BAD]
    meetings = [row for row in governance.rows(held) if row["cadence"]]
    return Spread(
        _("Cooperation with partners"),
        _("Which interfaces are agreed and exercised, what was lost in transfers, and whether meetings are held"),
        [
            Section(_("Partner by partner"), PARTNERS, frame_of(_partners(held, interfaces, bad), PARTNERS)),
            Section(_("Transfers of responsibility"), TRANSFERS, frame_of([_item(one) for one in bad], TRANSFERS)),
            Section(_("Bodies that meet at intervals"), MEETINGS, frame_of(meetings, MEETINGS)),
        ],
        left_out=left_out + more,
    )


def _partners(held: Gathered, interfaces: Sequence[Interface], bad: Sequence[TransferItem]) -> list[dict[str, object]]:
    by_party: dict[int, list[Interface]] = defaultdict(list)
    parties: dict[int, Organisation] = {}
    for one in interfaces:
        by_party[one.party.id].append(one)
        parties[one.party.id] = one.party
    verdicts = completeness.verdicts(interfaces, held.reader.on)
    shares = {one.id: 100 * verdicts[one.id].passed / verdicts[one.id].total for one in interfaces}
    expired = Counter(
        one.party.id for one in held.agreements if agreement_rules.validity(one, held.reader.on) is Validity.EXPIRED
    )
    lost = Counter(side for one in bad for side in {one.from_id, one.to_id})
    rows = [_partner(held, parties[at], some, shares, expired[at], lost[at]) for at, some in by_party.items()]
    return sorted(rows, key=lambda row: (-int(str(row["of"])), str(row["name"])))


def _partner(
    held: Gathered, party: Organisation, some: Sequence[Interface], shares: dict[int, float], expired: int, lost: int
) -> dict[str, object]:
    stands = Counter(standing(one.state, one.criticality, one.exercised_on, held.reader.on) for one in some)
    return {
        "name": name_of(party),
        "of": len(some),
        **{one.value: stands[one] for one in InterfaceState},
        "complete": sum(shares[one.id] for one in some) / len(some),
        "joint_on": max((one.exercised_on for one in some if one.exercised_on), default=None),
        "expired": expired,
        "expired tone": Tone.HIGH if expired else None,
        "lost": lost,
        "lost tone": Tone.HIGH if lost else None,
    }


def _item(one: TransferItem) -> dict[str, object]:
    return {
        "name": name_of(one),
        "code": one.code,
        "state": one.state.label,
        "tone": transfers.TONES.get(one.state),
        "measure": one.measure.code if one.measure else _("none"),
    }
