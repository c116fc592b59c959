"""The areas: the tree with what is kept of each, one area's page, and areas side by side."""

from types import SimpleNamespace
from typing import Any

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.access import Action
from prepare.db import db
from prepare.gate.opening import opens, opens_page
from prepare.models.codes import CodeItem
from prepare.texts import N_, _, name_of
from prepare.vocabulary import CodeList
from risks import areas as rules
from risks.queries import areas as queries
from risks.queries import codelists as code_queries
from risks.queries import inputs as input_queries
from risks.queries import networks as network_queries
from risks.queries import phenomena as phenomenon_queries
from risks.views import places
from risks.views.blueprint import bp
from risks.views.inputs import asked

MOST_COMPARED = 6
MOST_LISTED = 20
#: What is counted → its label and its unit.
LABELS = {
    "networks": (N_("Networks"), N_("networks")),
    "phenomena": (N_("Phenomena"), N_("phenomena")),
    "signals": (N_("Signals"), N_("signals")),
    "measures": (N_("Open measures"), N_("measures")),
    "inputs": (N_("Residents heard"), N_("times")),
    "people": (N_("Residents who took part"), N_("people")),
}


def held() -> rules.Held:
    """What the acting person may read of single areas."""
    scope = actor.current().scope
    heard: Any = db.session.execute(queries.of_inputs(scope)).all()
    return rules.Held(
        tuple(db.session.scalars(queries.of_networks(scope))),
        tuple(db.session.scalars(queries.of_phenomena(scope))),
        _numbers(queries.of_signals(scope)),
        _numbers(queries.of_measures(scope)),
        {row[0]: row[1] for row in heard},
        {row[0]: row[2] or 0 for row in heard},
    )


def _numbers(rows: Any) -> dict[str, int]:
    return {row[0]: row[1] for row in db.session.execute(rows)}


@bp.get("/safety/areas/")
@opens_page(Action.VIEW_SAFETY)
def areas() -> ResponseReturnValue:
    """The tree of areas with what is kept of each."""
    found, kept = places.load(), held()
    rows = [
        SimpleNamespace(item=found.by_code[node.code], depth=node.depth, counts=rules.tally(node, kept))
        for node in found.nodes
    ]
    levels = [name_of(item) for item in db.session.scalars(code_queries.listed(CodeList.AREA_LEVEL))]
    return render_template("risks/areas.html", rows=rows, levels=levels, labels=LABELS)


@bp.get("/safety/areas/<uuid:ref>")
@opens(CodeItem, Action.VIEW_SAFETY)
def area(item: CodeItem) -> ResponseReturnValue:
    """One area: who works there, what happens, what residents say."""
    found = places.load()
    node = next((one for one in found.nodes if one.code == item.code), None)
    if item.kind is not CodeList.AREA or node is None:
        abort(404)
    scope, within = actor.current().scope, node.within
    reached = {*within, *found.lines[item.code]}  # what works in a larger area works here too
    questions = [
        SimpleNamespace(question=one.question, unit=one.unit, areas=[p for p in one.areas if p.code in within])
        for one in asked(found)
    ]
    return render_template(
        "risks/area.html",
        item=item,
        line=[found.by_code[code] for code in reversed(found.lines[item.code][1:])],
        parts=[one for one in found.items if one.parent_id == item.id],
        counts=rules.tally(node, held()),
        labels=LABELS,
        networks=db.session.scalars(network_queries.networks(scope, areas=reached).limit(MOST_LISTED)).all(),
        phenomena=db.session.scalars(phenomenon_queries.phenomena(scope, areas=reached).limit(MOST_LISTED)).all(),
        signals=db.session.scalars(phenomenon_queries.signals(scope, areas=within).limit(MOST_LISTED)).all(),
        inputs=db.session.scalars(input_queries.inputs(scope, areas=within).limit(MOST_LISTED)).all(),
        questions=[one for one in questions if one.areas],
    )


@bp.get("/safety/areas/compare")
@opens_page(Action.VIEW_SAFETY)
def compare_areas() -> ResponseReturnValue:
    """Areas side by side, so that it shows which are left without; without a choice the largest ones."""
    found, kept = places.load(), held()
    wanted = [code for code in request.args.getlist("area") if code in found.by_code][:MOST_COMPARED]
    nodes = [one for one in found.nodes if one.code in wanted or (not wanted and one.depth == 1)][:MOST_COMPARED]
    tallies = [rules.tally(node, kept) for node in nodes]
    rows = [_row(_(label), _(unit), [one[name] for one in tallies]) for name, (label, unit) in LABELS.items()]
    for question in asked(found):
        latest = {place.code: place.line.dots[-1].value for place in question.areas}
        rows.append(_row(question.question, question.unit, [latest.get(node.code) for node in nodes]))
    return render_template(
        "risks/areas_compared.html",
        chosen=[found.by_code[node.code] for node in nodes],
        rows=rows,
        options=found.options(),
        wanted=[node.code for node in nodes],
        most=MOST_COMPARED,
    )


def _row(label: str, unit: str, values: list[Any]) -> SimpleNamespace:
    """One thing that is compared: its values with the width of their bars, and whether an area is left without."""
    cells = [SimpleNamespace(value=v, width=w) for v, w in zip(values, rules.shares(values), strict=True)]
    return SimpleNamespace(label=label, unit=unit, cells=cells, uneven=0 in values and any(values))
