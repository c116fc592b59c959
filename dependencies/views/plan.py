"""The picture of the dependency graph: functions one by one, or groups of them with their numbers."""

from collections import Counter
from collections.abc import Hashable, Mapping
from types import SimpleNamespace

from flask import url_for

from dependencies.boxes import Item, Plan, arrange, line
from dependencies.sight import OUTSIDE
from dependencies.views.address import here
from dependencies.views.atlas import PARTNERS, Atlas
from dependencies.views.groups import Cell, Groups, grouped
from prepare.texts import _, name_of, ngettext
from prepare.vocabulary import Criticality

ABOVE, BELOW = " above", " below"  #: suppliers, and consumers, outside the reader's view
MOST_LINES = 150  #: lines between groups; the strongest are drawn
LETTER, NAME_WIDTH = 7, 126  #: units that a letter takes up, about, and that a function's name may
Key = Hashable


def draw(atlas: Atlas) -> SimpleNamespace:
    """Everything that the template draws."""
    return _single(atlas) if atlas.is_single else _grouped(atlas)


def _single(atlas: Atlas) -> SimpleNamespace:
    layer = atlas.layers.layer
    items = [Item(id_, atlas.group[id_], layer[id_], atlas.sight.cards[id_].code) for id_ in atlas.shown]
    links: dict[tuple[Key, Key], list[bool]] = {}
    for tie in atlas.ties:
        ends = tie.supplier or ABOVE, tie.consumer or BELOW
        links.setdefault(ends, []).append(tie.is_confirmed)
    lowest = max((layer[id_] for id_ in atlas.shown), default=0)
    for key, row in ((ABOVE, -1), (BELOW, lowest + 1)):
        if any(key in ends for ends in links):
            items.append(Item(key, key, row, ""))
    plan = arrange(items, links, [ABOVE, *atlas.titles, BELOW])
    matching = {*atlas.matching}
    nodes = {
        key: _outside(key) if isinstance(key, str) else _node(atlas, int(str(key)), matching) for key in plan.places
    }
    edges = [
        SimpleNamespace(
            ends=ends,
            is_dashed=not all(confirmed),
            is_circle=OUTSIDE not in _ids(ends) and atlas.layers.closes_circle(_ids(ends)),
            weight=1,
        )
        for ends, confirmed in sorted(links.items(), key=str)
    ]
    return _drawing(atlas.titles, plan, nodes, edges, left_out=0, focus=atlas.focus)


def _ids(ends: tuple[Key, Key]) -> tuple[int, int]:
    first, second = (end if isinstance(end, int) else OUTSIDE for end in ends)
    return first, second


def _node(atlas: Atlas, id_: int, matching: set[int]) -> SimpleNamespace:
    card = atlas.sight.cards[id_]
    grade = atlas.criticality(id_)
    name, circle = name_of(card), id_ in atlas.layers.circle
    title = f"{card.code} {name}" + (f" ({grade.option})" if grade else "")
    if circle:
        title += f". {_('Part of a circle of dependencies')}"
    return SimpleNamespace(
        code=card.code,
        name=_fitted(name, NAME_WIDTH),
        title=title,
        sign=grade.value if grade else "",
        look=grade.value.lower() if grade else "none",
        is_circle=circle,
        is_beside=id_ not in matching,
        is_focus=id_ == atlas.focus,
        url=url_for("prepare.function", ref=card.ref) if id_ in atlas.sight.opened else None,
    )


def _outside(key: str) -> SimpleNamespace:
    text = _("Outside your view")
    detail = _("supplies what is shown") if key == ABOVE else _("needs what is shown")
    return SimpleNamespace(
        code=text, name=detail, title=f"{text}: {detail}", sign="", look="outside", is_circle=False, is_beside=False,
        is_focus=False, url=None,
    )  # fmt: skip


def _grouped(atlas: Atlas) -> SimpleNamespace:
    groups = grouped(atlas)
    home = {id_: cell for cell, ids in groups.cells.items() for id_ in ids}
    lines: Counter[tuple[Cell, Cell]] = Counter()
    confirmed = set()
    for tie in atlas.ties:
        if tie.supplier in home and tie.consumer in home and home[tie.supplier] != home[tie.consumer]:
            ends = home[tie.supplier], home[tie.consumer]
            lines[ends] += 1
            if tie.is_confirmed:
                confirmed.add(ends)
    strongest = sorted(lines.items(), key=lambda item: (-item[1], item[0]))[:MOST_LINES]
    items = [Item(cell, cell[0], cell[1], "") for cell in groups.cells]
    plan = arrange(items, [ends for ends, _count in strongest], list(groups.titles))
    edges = [
        SimpleNamespace(ends=ends, is_dashed=ends not in confirmed, is_circle=False, weight=_weight(count))
        for ends, count in strongest
    ]
    nodes: dict[Key, SimpleNamespace] = {cell: _cell(atlas, groups, cell) for cell in groups.cells}
    return _drawing(groups.titles, plan, nodes, edges, left_out=len(lines) - len(strongest))


def _weight(count: int) -> int:
    """How strong the line of so many links is drawn: 1 to 3."""
    return 1 + (count > 3) + (count > 12)


def _cell(atlas: Atlas, groups: Groups, cell: Cell) -> SimpleNamespace:
    ids = groups.cells[cell]
    text = ngettext("%(n)s function", "%(n)s functions", len(ids))
    vital = sum(atlas.criticality(id_) is Criticality.K1 for id_ in ids)
    told = ngettext("%(n)s vital (K1)", "%(n)s vital (K1)", vital) if vital else ""
    return SimpleNamespace(
        code=text,
        name=told,
        title=f"{groups.titles[cell[0]]}: {text}. {told}",
        sign="",
        look="group",
        is_circle=False,
        is_beside=False,
        is_focus=False,
        url=cell_url(groups, cell),
    )


def cell_url(groups: Groups, cell: Cell) -> str:
    """Where the functions of a group are shown alone."""
    group, layer = cell
    name = "under" if groups.is_upper and group != PARTNERS else "sector"
    changes = {"layer": str(layer + 1)} if groups.has_layers else {}
    return here(page=None, focus=None, **{name: group, **changes})


def _drawing(
    titles: Mapping[str, str],
    plan: Plan,
    nodes: Mapping[Key, SimpleNamespace],
    edges: list[SimpleNamespace],
    *,
    left_out: int,
    focus: int | None = None,
) -> SimpleNamespace:
    keys = sorted(plan.places, key=lambda key: (plan.places[key].y, plan.places[key].x))
    index = {key: position for position, key in enumerate(keys)}
    lit = index.get(focus) if focus else None
    for key, node in nodes.items():
        node.place = plan.places[key]
    for edge in edges:
        source, target = edge.ends
        edge.source, edge.target = index[source], index[target]
        edge.path = line(plan.places[source], plan.places[target])
        edge.is_lit = lit is not None and lit in (edge.source, edge.target)
    names = {**titles, ABOVE: _("Outside your view"), BELOW: _("Outside your view")}
    return SimpleNamespace(
        width=plan.width,
        height=plan.height,
        rows=[(row, row.number + 1 if row.number >= 0 else None) for row in plan.rows],
        boxes=[(box, _fitted(names[box.group], box.width)) for box in plan.boxes],
        nodes=[nodes[key] for key in keys],
        edges=sorted(edges, key=lambda edge: (edge.is_lit, edge.source, edge.target)),
        has_focus=lit is not None,
        left_out=left_out,
    )


def _fitted(text: str, width: int) -> str:
    """The text as far as it fits into so many units."""
    most = max(8, width // LETTER)
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
