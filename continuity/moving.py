"""What goes to the receiver in a transfer of responsibility, what concerns both sides, and what was between them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from uuid import UUID

from continuity.vocabulary.transfers import Moving
from prepare.texts import LANGUAGES
from prepare.vocabulary import Criticality, OrganisationKind, Organiser

Names = Mapping[str, str]  #: language → name; Finnish is always there


def names_of(record: object, stem: str = "name") -> dict[str, str]:
    """The names of a record or a row by language; where one is missing, the Finnish one."""
    finnish = getattr(record, f"{stem}_fi")
    return {language: getattr(record, f"{stem}_{language}") or finnish for language in LANGUAGES}


@dataclass(frozen=True, kw_only=True)
class Side:
    """The receiver: who answers there, and whether the city's own rules bind it."""

    id: int
    is_own: bool
    has_holders: bool = False  #: a contact and a deputy
    has_director: bool = False


@dataclass(frozen=True, kw_only=True)
class Mover:
    """A function that moves, and how much hangs on it."""

    id: int
    code: str
    ref: UUID
    names: Names
    owner_id: int
    criticality: Criticality | None = None
    is_assessed: bool = False  #: class, RTO and MTPD are known
    impacts: int = 0
    resources: int = 0
    needs: int = 0
    drafts: int = 0  #: changes that wait; they move along
    secrecy: str | None = None  #: the legal basis, where it is secret


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A record of the giver about some functions; `party_id` is the other side of what has two sides."""

    kind: Moving
    id: int
    code: str
    ref: UUID
    names: Names
    functions: frozenset[int] = frozenset()
    party_id: int | None = None
    is_approved: bool = False  #: a plan that is in force
    secrecy: str | None = None


@dataclass(frozen=True, kw_only=True)
class Line:
    """A dependency between two functions; `other` names the one that stays when only one of them moves."""

    id: int
    consumer_id: int
    supplier_id: int
    interface_id: int | None
    is_confirmed: bool
    is_commodity: bool
    other_is_own: bool = True
    other_owner_id: int = 0
    other_code: str = ""
    other_names: Names = field(default_factory=dict)
    secrecy: str | None = None


@dataclass(frozen=True, kw_only=True)
class Shared:
    """A resource that moving functions name, and functions that stay too."""

    name: str
    functions: frozenset[int]
    secrecy: str | None = None


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All that the rules of a transfer ask: `chosen` are the ids of every function that moves."""

    receiver: Side
    chosen: frozenset[int]
    movers: Sequence[Mover] = ()
    pieces: Sequence[Piece] = ()
    lines: Sequence[Line] = ()
    shared: Sequence[Shared] = ()
    whole: bool = False


class Fate(Enum):
    """What becomes of a record of the giver."""

    APART = auto()  #: it has nothing to do with what moves
    MOVES = auto()
    SPLIT = auto()  #: it is about functions that stay as well
    BETWEEN = auto()  #: the receiver is its other side


def fate(piece: Piece, facts: Facts) -> Fate:
    """What becomes of a record when these functions move.

    What is about no function at all follows only when everything does.
    """
    touched = piece.functions & facts.chosen
    if not touched and (piece.functions or not facts.whole):
        return Fate.APART
    if piece.party_id == facts.receiver.id:
        return Fate.BETWEEN
    return Fate.MOVES if piece.functions <= facts.chosen else Fate.SPLIT


@dataclass(frozen=True)
class Sorted:
    """The giver's records by what becomes of them."""

    moves: tuple[Piece, ...]
    split: tuple[Piece, ...]
    between: tuple[Piece, ...]


def sort(facts: Facts) -> Sorted:
    """Every record of the giver that has to do with the transfer, by what becomes of it."""
    fates = [(piece, fate(piece, facts)) for piece in facts.pieces]
    wanted = (Fate.MOVES, Fate.SPLIT, Fate.BETWEEN)
    moves, split, between = (tuple(piece for piece, found in fates if found is one) for one in wanted)
    return Sorted(moves, split, between)


def inner(facts: Facts) -> list[Line]:
    """The dependencies both of whose functions move."""
    return [line for line in facts.lines if {line.consumer_id, line.supplier_id} <= facts.chosen]


def crossing(facts: Facts) -> list[Line]:
    """The dependencies of which one function moves and the other stays."""
    return [line for line in facts.lines if (line.consumer_id in facts.chosen) != (line.supplier_id in facts.chosen)]


def counted(pieces: Iterable[Piece]) -> dict[Moving, int]:
    """How many records of each kind there are."""
    found = dict.fromkeys(Moving, 0)
    for piece in pieces:
        found[piece.kind] += 1
    return found


#: What outside organisers are called in a function's field of who organises it.
_OUTSIDE = {OrganisationKind.WELLBEING_COUNTY: Organiser.WELLBEING_COUNTY, OrganisationKind.STATE: Organiser.STATE}


def organiser_after(kind: OrganisationKind, now: Organiser | None) -> Organiser | None:
    """Who organises a function after it has moved to an organisation of this kind; what is shared stays shared."""
    if now in (None, Organiser.SHARED):
        return now
    return Organiser.CITY if kind.is_own else _OUTSIDE.get(kind, now)
