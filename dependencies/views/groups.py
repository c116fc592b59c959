"""Functions in groups, where they are too many to be drawn one by one."""

from dataclasses import dataclass

from dependencies.reduction import Card
from dependencies.views.atlas import PARTNERS, Atlas, titles
from prepare.db import db
from prepare.queries import organisations
from prepare.texts import name_of, sort_key

Cell = tuple[str, int]  #: a group, and its layer

MOST_CELLS = 200  #: groups that a person can still look over


@dataclass(frozen=True)
class Groups:
    """The functions of every group in a layer, and the names of the groups in the order of the picture."""

    cells: dict[Cell, list[int]]
    titles: dict[str, str]
    is_upper: bool  #: whether a group is all that lies below an organisation
    has_layers: bool  #: whether each group stands in the layers of its functions, or once in the middle of them


def grouped(atlas: Atlas) -> Groups:
    """By organisation and layer; when those are too many by the city or sector above it; at last without layers.

    Partners' services are one group, unless only they are asked for.
    """
    apart = atlas.asked.sector == PARTNERS
    own = {id_: atlas.sight.cards[id_].organisation if apart else atlas.group[id_] for id_ in atlas.shown}
    names = titles(atlas.sight.cards, own, apart=apart)
    cells = _cells(atlas, own)
    is_upper = len(cells) > MOST_CELLS and not apart
    if is_upper:
        own, names = _upper(atlas)
        cells = _cells(atlas, own)
    if len(cells) <= MOST_CELLS:
        return Groups(cells, names, is_upper, has_layers=True)
    whole: dict[str, list[int]] = {}
    for id_, group in own.items():
        whole.setdefault(group, []).append(id_)
    largest = sorted(whole.items(), key=lambda item: (-len(item[1]), item[0]))[:MOST_CELLS]
    middle = {group: sorted(atlas.layers.layer[id_] for id_ in ids)[len(ids) // 2] for group, ids in largest}
    return Groups({(group, middle[group]): ids for group, ids in largest}, names, is_upper, has_layers=False)


def _cells(atlas: Atlas, group: dict[int, str]) -> dict[Cell, list[int]]:
    found: dict[Cell, list[int]] = {}
    for id_, key in group.items():
        found.setdefault((key, atlas.layers.layer[id_]), []).append(id_)
    return found


def _upper(atlas: Atlas) -> tuple[dict[int, str], dict[str, str]]:
    """Every function's group by the organisation right below the topmost, and the names of those."""
    cards = {id_: atlas.sight.cards[id_] for id_ in atlas.shown}
    paths = {_above(card) for card in cards.values()}
    found = {one.path: one for one in db.session.scalars(organisations.at(paths))}
    group = {
        id_: found[_above(card)].code if card.kind.is_own and _above(card) in found else atlas.group[id_]
        for id_, card in cards.items()
    }
    names = {one.code: name_of(one) for one in found.values()}
    every = {key: names.get(key) or atlas.titles[key] for key in group.values()}
    return group, dict(sorted(every.items(), key=lambda item: (item[0] != PARTNERS, sort_key(item[1]))))


def _above(card: Card) -> str:
    """The path of the organisation right below the topmost that the function's owner belongs to."""
    return "/".join(card.path.split("/")[:3]) + "/"
