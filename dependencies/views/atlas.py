"""What the page of the dependency graph asks for, and what of the graph it therefore shows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from flask import request

from dependencies import queries, tracing
from dependencies.graph import Link
from dependencies.layers import Layers, layered
from dependencies.reduction import Card
from dependencies.sight import OUTSIDE, Sight, Tie, seen
from dependencies.tracing import Loaded
from dependencies.vocabulary import DependencyKind
from prepare import actor
from prepare.actor import Scope
from prepare.db import db
from prepare.models.functions import Function
from prepare.queries import functions, organisations
from prepare.texts import _, named, sort_key
from prepare.vocabulary import Criticality

NAMES = ("sector", "under", "criticality", "kind", "layer", "focus")  #: what the address may hold
MOST_SINGLE = 300  #: functions that are drawn one by one; of more, groups are drawn
MOST_LOADED = 5_000  #: functions of one organisation that are loaded beyond a city's size
PARTNERS = "partners"  #: the group of all outside services


@dataclass(frozen=True)
class Asked:
    """What the address asks for; a word that means nothing asks for nothing."""

    sector: str = ""  #: code of an organisation, or PARTNERS
    under: str = ""  #: code of an organisation, with all below it
    criticality: Criticality | None = None
    kind: DependencyKind | None = None
    layer: int | None = None  #: counted from 1, as it is shown
    focus: str = ""  #: code of the function whose lines stand out

    @property
    def is_filtered(self) -> bool:
        """Whether only a part of the graph is wanted."""
        return bool(self.sector or self.under or self.criticality or self.kind or self.layer)


def asked() -> Asked:
    """What the address asks for."""
    words = {name: request.args.get(name, "").strip()[:60] for name in NAMES}
    layer = int(words["layer"]) if words["layer"].isascii() and words["layer"].isdecimal() else 0
    return Asked(
        words["sector"].lower() if words["sector"].lower() == PARTNERS else words["sector"].upper(),
        words["under"].upper(),
        next((one for one in Criticality if one.value == words["criticality"]), None),
        next((one for one in DependencyKind if one.value == words["kind"]), None),
        layer if 0 < layer < 10_000 else None,
        words["focus"].upper(),
    )


@dataclass(frozen=True)
class Atlas:
    """The part of the graph that is shown: the functions asked for, those beside them, and the links between."""

    asked: Asked
    sight: Sight
    layers: Layers
    matching: list[int]  #: what was asked for
    shown: list[int]  #: with what it is linked with directly, where only a part is wanted
    ties: list[Tie]  #: with both ends among the shown, or outside the reader's view
    titles: Mapping[str, str]  #: key of a group → its name, in the order of the picture
    group: Mapping[int, str]
    focus: int | None
    all_ties: list[Tie]  #: with those of which an end is not shown

    @cached_property
    def ties_of(self) -> Mapping[int, list[Tie]]:
        """The links of every function that is shown or not, whichever end it is."""
        found: dict[int, list[Tie]] = {}
        for tie in self.all_ties:
            for end in {tie.supplier, tie.consumer}:
                found.setdefault(end, []).append(tie)
        return found

    @property
    def is_single(self) -> bool:
        """Whether the functions are drawn one by one."""
        return len(self.shown) <= MOST_SINGLE

    def criticality(self, id_: int) -> Criticality | None:
        """The class of a function that may be read."""
        return self.sight.cards[id_].criticality if id_ in self.sight.opened else None


def atlas() -> Atlas | None:
    """What the reader asked for and may see of the graph as it is now.

    Beyond a city's size only the functions of one organisation, or one function, are loaded, with their suppliers;
    None when neither is asked for.
    """
    ask = asked()
    now = _loaded(ask)
    return _seen_by(actor.current().scope, ask, now) if now else None


def _loaded(ask: Asked) -> Loaded | None:
    if (db.session.scalar(queries.functions_counted()) or 0) <= tracing.WHOLE:
        return tracing.loaded()
    scope = actor.current().scope
    if ask.focus:
        rows = functions.in_force(scope, [ask.focus])
    elif ask.under or ask.sector not in ("", PARTNERS):
        rows = functions.functions(scope, organisation=_path(ask.under or ask.sector))
    else:
        return None
    ids = db.session.scalars(rows.with_only_columns(Function.id).order_by(None).limit(MOST_LOADED))
    return tracing.load(tracing.revision(), set(ids))


def _seen_by(scope: Scope, ask: Asked, now: Loaded) -> Atlas:
    cards = tracing.cards([function.id for function in now.network.functions])
    sight = seen(scope, now.graph, cards)
    ties = _of_kind(sight.ties, ask.kind)
    layers = layered(frozenset(sight.cards), frozenset((tie.supplier, tie.consumer) for tie in sight.ties))
    beside = _beside(ties)
    path = _path(ask.under)
    wanted = beside if ask.kind else sight.cards
    matching = [id_ for id_ in sight.cards if id_ in wanted and _matches(ask, path, sight, layers, id_)]
    focus = next((id_ for id_, card in sight.cards.items() if card.code == ask.focus), None) if ask.focus else None
    if focus and len(matching) > MOST_SINGLE:
        matching = [focus]
    is_part = ask.is_filtered or matching == [focus]
    shown = _with_neighbours(matching, beside) if is_part else matching
    if len(shown) > MOST_SINGLE >= len(matching):
        shown = matching
    inside = {*shown, OUTSIDE}
    kept = [tie for tie in ties if tie.supplier in inside and tie.consumer in inside]
    group = {id_: _group(sight.cards[id_]) for id_ in shown}
    return Atlas(ask, sight, layers, matching, shown, kept, titles(sight.cards, group), group, focus, ties)


def _of_kind(ties: Iterable[Tie], kind: DependencyKind | None) -> list[Tie]:
    if kind is None:
        return list(ties)
    wanted = {Link(*row) for row in db.session.execute(queries.links_of_kind(kind))}
    return [tie for tie in ties if tie.link in wanted]


def _beside(ties: Iterable[Tie]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for tie in ties:
        if OUTSIDE not in (tie.supplier, tie.consumer):
            found.setdefault(tie.supplier, set()).add(tie.consumer)
            found.setdefault(tie.consumer, set()).add(tie.supplier)
    return found


def _with_neighbours(ids: Iterable[int], beside: Mapping[int, set[int]]) -> list[int]:
    found = set(ids)
    return sorted(found.union(*(beside.get(id_, set()) for id_ in found)))


def _path(under: str) -> str:
    """How the paths below the organisation of this code begin; without a code anywhere, of an unknown one nowhere."""
    found = db.session.scalars(organisations.by_code(under)).one_or_none() if under else None
    return found.path if found else "no such organisation" if under else ""


def _matches(ask: Asked, path: str, sight: Sight, layers: Layers, id_: int) -> bool:
    card = sight.cards[id_]
    if not card.path.startswith(path):
        return False
    if ask.sector and (card.kind.is_own if ask.sector == PARTNERS else card.organisation != ask.sector):
        return False
    if ask.criticality and (id_ not in sight.opened or card.criticality is not ask.criticality):
        return False
    return ask.layer is None or layers.layer[id_] == ask.layer - 1


def _group(card: Card) -> str:
    return card.organisation if card.kind.is_own else PARTNERS


def titles(cards: Mapping[int, Card], group: Mapping[int, str], *, apart: bool = False) -> dict[str, str]:
    """The name of every group, partners (one group unless they are told `apart`) first and then by name."""
    found = {
        key: _("Partners' services") if key == PARTNERS and not apart else named(cards[id_], "organisation")
        for id_, key in group.items()
    }
    return dict(sorted(found.items(), key=lambda item: (item[0] != PARTNERS, sort_key(item[1]))))
