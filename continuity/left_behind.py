"""What would be lost on the way when responsibility moves: each line becomes an item of the checklist (S004)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from continuity.moving import Facts, Line, Names, Piece, crossing, sort
from continuity.vocabulary.transfers import Moving, TransferKind
from prepare.texts import LANGUAGES, N_, _, language, speaking
from prepare.vocabulary import Labelled

LONGEST = 200


class Reason(Labelled):
    """Why something would be lost; the label names it, with what it is about."""

    AGREEMENT_BETWEEN = "agreement_between", N_("An agreement with the receiver itself: %(what)s")
    AGREEMENT_SPLIT = "agreement_split", N_("An agreement that both sides need: %(what)s")
    AGREEMENT_CONSENT = "agreement_consent", N_("An agreement that moves only if the other party agrees: %(what)s")
    PLAN_SPLIT = "plan_split", N_("A plan about functions of both sides: %(what)s")
    PLAN_DIRECTOR = "plan_director", N_("An approved plan without a director at the receiver: %(what)s")
    INTERFACE_BETWEEN = "interface_between", N_("An interface that becomes the receiver's own affair: %(what)s")
    INTERFACE_SPLIT = "interface_split", N_("An interface that both sides need: %(what)s")
    UNCOVERED = "uncovered", N_("A dependency across the new boundary without an interface: %(what)s")
    RISK_SPLIT = "risk_split", N_("A risk to functions of both sides: %(what)s")
    RESOURCE_SHARED = "resource_shared", N_("A resource that functions of both sides use: %(what)s")
    CONFIRMATIONS = "confirmations", N_("Dependencies to be confirmed anew with the other side: %(what)s")
    HOLDERS = "holders", N_("Duty holders who are not yet named at the receiver: %(what)s")
    UNASSESSED = "unassessed", N_("Functions that arrive without class, RTO or MTPD: %(what)s")

    @property
    def kind(self) -> TransferKind:
        """What kind of thing would be lost."""
        return KINDS[self]

    @property
    def advice(self) -> str:
        """What is to be done about it, in the current language."""
        return _(ADVICE[self])


KINDS = {
    Reason.AGREEMENT_BETWEEN: TransferKind.AGREEMENT,
    Reason.AGREEMENT_SPLIT: TransferKind.AGREEMENT,
    Reason.AGREEMENT_CONSENT: TransferKind.AGREEMENT,
    Reason.PLAN_SPLIT: TransferKind.OPERATING_MODEL,
    Reason.PLAN_DIRECTOR: TransferKind.OPERATING_MODEL,
    Reason.INTERFACE_BETWEEN: TransferKind.OPERATING_MODEL,
    Reason.INTERFACE_SPLIT: TransferKind.OPERATING_MODEL,
    Reason.UNCOVERED: TransferKind.AGREEMENT,
    Reason.RISK_SPLIT: TransferKind.INFORMATION,
    Reason.RESOURCE_SHARED: TransferKind.RESOURCE,
    Reason.CONFIRMATIONS: TransferKind.INFORMATION,
    Reason.HOLDERS: TransferKind.OPERATING_MODEL,
    Reason.UNASSESSED: TransferKind.INFORMATION,
}
ADVICE = {
    Reason.AGREEMENT_BETWEEN: N_("It ends or changes its meaning. Keep what it promises to the functions that stay."),
    Reason.AGREEMENT_SPLIT: N_("It stays with the giver. Agree on the receiver's part separately."),
    Reason.AGREEMENT_CONSENT: N_("Ask the other party in writing before the day."),
    Reason.PLAN_SPLIT: N_("It stays with the giver. Write the receiver's part into a plan of its own."),
    Reason.PLAN_DIRECTOR: N_("Name who approves the plan at the receiver, and have it approved anew."),
    Reason.INTERFACE_BETWEEN: N_("Keep its alerting practice and contacts; close it when nothing runs over it."),
    Reason.INTERFACE_SPLIT: N_("It stays with the giver. Set up the receiver's own with the same partner."),
    Reason.UNCOVERED: N_("Agree on it and name an interface before the day."),
    Reason.RISK_SPLIT: N_("It stays with the giver. The receiver assesses its own part."),
    Reason.RESOURCE_SHARED: N_("Agree who has it, how much, and who else may count on it."),
    Reason.CONFIRMATIONS: N_("Ask the suppliers and consumers on the other side to confirm them."),
    Reason.HOLDERS: N_("Name a contact, a deputy and the owners of the functions at the receiver."),
    Reason.UNASSESSED: N_("Assess their impacts, so that the receiver knows how long it can be without them."),
}


@dataclass(frozen=True, kw_only=True)
class Loss:
    """One line of what would be lost: why, what it is about, and the ids of the functions that need it."""

    reason: Reason
    subject: str  #: what tells this line from others of the same reason
    what: Names
    functions: frozenset[int]
    secrecy: str | None = None

    @property
    def origin(self) -> str:
        """What an item remembers of the line that it was made from."""
        return f"{self.reason.value}:{self.subject}"[:80]

    @property
    def text(self) -> str:
        """The line in the current language."""
        return _(self.reason.message, what=self.what[language()])[:LONGEST]

    def names(self) -> dict[str, str]:
        """The line in every language, by the columns of an item."""
        found = {}
        for one in LANGUAGES:
            with speaking(one):
                found[f"name_{one}"] = self.text
        return found


#: Kind of record → why it would be lost when both sides need it, and when the receiver is its other side.
BOTH = {
    Moving.AGREEMENT: Reason.AGREEMENT_SPLIT,
    Moving.PLAN: Reason.PLAN_SPLIT,
    Moving.INTERFACE: Reason.INTERFACE_SPLIT,
    Moving.RISK: Reason.RISK_SPLIT,
}
BETWEEN = {Moving.AGREEMENT: Reason.AGREEMENT_BETWEEN, Moving.INTERFACE: Reason.INTERFACE_BETWEEN}


def losses(facts: Facts) -> list[Loss]:
    """Everything that would be lost or must be settled when these functions move, in the order of the reasons."""
    found = [*_of_records(facts), *_of_lines(facts), *_of_people(facts), *_of_resources(facts)]
    order = list(Reason)
    return sorted(found, key=lambda loss: (order.index(loss.reason), loss.subject))


def _of_records(facts: Facts) -> Iterator[Loss]:
    sorted_out = sort(facts)
    for piece in sorted_out.split:
        if piece.kind in BOTH:
            yield _about(BOTH[piece.kind], piece, facts)
    for piece in sorted_out.between:
        yield _about(BETWEEN[piece.kind], piece, facts)
    for piece in sorted_out.moves:
        if piece.kind is Moving.AGREEMENT:
            yield _about(Reason.AGREEMENT_CONSENT, piece, facts)
        if piece.is_approved and not facts.receiver.has_director:
            yield _about(Reason.PLAN_DIRECTOR, piece, facts)


def _about(reason: Reason, piece: Piece, facts: Facts) -> Loss:
    what = {one: f"{piece.code} {name}" for one, name in piece.names.items()}
    needing = piece.functions & facts.chosen or facts.chosen
    return Loss(reason=reason, subject=piece.code, what=what, functions=needing, secrecy=piece.secrecy)


def _of_lines(facts: Facts) -> Iterator[Loss]:
    lines = crossing(facts)
    bare: dict[str, list[Line]] = {}
    for line in lines:
        if is_uncovered(line, facts):
            bare.setdefault(line.other_code, []).append(line)
    for code, some in bare.items():
        what = {one: f"{code} {name}" for one, name in some[0].other_names.items()}
        secrecy = next((one.secrecy for one in some if one.secrecy), None)
        yield Loss(reason=Reason.UNCOVERED, subject=code, what=what, functions=_moving(some, facts), secrecy=secrecy)
    confirmed = [line for line in lines if line.is_confirmed and line.other_owner_id != facts.receiver.id]
    if confirmed:
        yield _counted(Reason.CONFIRMATIONS, len(confirmed), _moving(confirmed, facts))


def is_uncovered(line: Line, facts: Facts) -> bool:
    """W0 after the move: one end is the city's own and the other is not, and no interface or commodity covers it."""
    outside = line.other_is_own != facts.receiver.is_own
    return outside and line.interface_id is None and not line.is_commodity


def _moving(lines: Iterable[Line], facts: Facts) -> frozenset[int]:
    return frozenset(one for line in lines for one in (line.consumer_id, line.supplier_id)) & facts.chosen


def _of_people(facts: Facts) -> Iterator[Loss]:
    if facts.movers and not facts.receiver.has_holders:
        yield _counted(Reason.HOLDERS, len(facts.movers), frozenset(one.id for one in facts.movers))
    if facts.receiver.is_own and (bare := [one for one in facts.movers if not one.is_assessed]):
        yield _counted(Reason.UNASSESSED, len(bare), frozenset(one.id for one in bare))


def _of_resources(facts: Facts) -> Iterator[Loss]:
    for one in facts.shared:
        what = dict.fromkeys(LANGUAGES, one.name)
        subject = one.name[:40].casefold()
        yield Loss(
            reason=Reason.RESOURCE_SHARED, subject=subject, what=what, functions=one.functions, secrecy=one.secrecy
        )


def _counted(reason: Reason, count: int, functions: frozenset[int]) -> Loss:
    """A line about a number of things, told by their number."""
    return Loss(reason=reason, subject="all", what=dict.fromkeys(LANGUAGES, str(count)), functions=functions)
