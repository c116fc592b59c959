"""Pictures as files: what a page draws, taken as SVG or PNG and told to the trail."""

import re
from io import BytesIO
from types import SimpleNamespace
from unicodedata import normalize
from urllib.parse import urlencode

from flask import redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue

from dependencies.views import drawing, graph
from dependencies.views.address import kept
from dependencies.views.trace import answer
from dependencies.vocabulary import Phase
from exports import charts
from exports.charts import Band, Box, Scene
from exports.entries import PictureFile, PictureFormat
from exports.register import handing_over as register
from exports.views.blueprint import bp
from prepare import actor
from prepare.access import Action
from prepare.clock import today
from prepare.db import db, transaction
from prepare.gate.opening import opens_page, takes
from prepare.queries import organisations
from prepare.texts import _, language

MIMES = {PictureFormat.VECTOR: "image/svg+xml", PictureFormat.IMAGE: "image/png"}


@bp.post("/pictures/trace")
@opens_page(Action.EXPORT_PICTURE)
@takes("format")
def trace_picture() -> ResponseReturnValue:
    """Take the picture of the disruption that the address asks for, whole or at its hour."""
    found = answer()
    result = None if isinstance(found, str) else found.get("result")
    kind = _kind()
    if kind is None or result is None or result.picture is None:
        return redirect(f"{url_for('dependencies.trace')}?{urlencode(kept())}")
    shows = drawing.heading(result)
    content = drawing.svg_file(result) if kind is PictureFormat.VECTOR else charts.scene(_scene(result))
    return handed_over(PictureFile(name=_named(shows, kind), shows=shows, content=content), kind)


@bp.post("/pictures/graph")
@opens_page(Action.EXPORT_PICTURE)
@takes("format")
def graph_picture() -> ResponseReturnValue:
    """Take the picture of the dependency graph as the address asks for it."""
    found = graph.answer()
    if _kind() is not PictureFormat.VECTOR or found["drawing"] is None:
        return redirect(f"{url_for('dependencies.graph')}?{urlencode(kept())}")
    shows = _("Dependency graph")
    content = drawing.graph_file(found["drawing"], shows)
    name = _named(shows, PictureFormat.VECTOR)
    return handed_over(PictureFile(name=name, shows=shows, content=content), PictureFormat.VECTOR)


def _kind() -> PictureFormat | None:
    """The kind of file that is wanted, if there is such a kind."""
    return next((kind for kind in PictureFormat if kind.value == request.form.get("format")), None)


def handed_over(picture: PictureFile, kind: PictureFormat) -> ResponseReturnValue:
    """Tell the trail, then send the file."""
    readers = organisations.organisations(actor.current().scope, own=None).limit(1)
    with transaction():
        register.hand_over_picture(db.session.scalars(readers).one(), picture)
    return send_file(BytesIO(picture.content), MIMES[kind], as_attachment=True, download_name=picture.name)


def _named(shows: str, kind: PictureFormat) -> str:
    """A name for the file: what it shows in plain letters, the day and the language."""
    letters = normalize("NFKD", shows.lower()).encode("ascii", "ignore").decode()
    plain = re.sub("[^a-z0-9]+", "-", letters)[:60].strip("-")
    return f"{plain}_{today().isoformat()}_{language()}.{kind.value}"


def _scene(result: SimpleNamespace) -> Scene:
    """The picture as the page draws it, for an image."""
    shown, moment = result.picture, result.moment
    lanes = [
        Band(lane.at, lane.size, lines, is_shaded=number % 2 == 0) for number, (lane, lines) in enumerate(shown.lanes)
    ]
    columns = [Band(column.at, column.size, [title], is_column=True) for column, title in shown.columns]
    legend = shown.legend
    if moment.at:
        legend = [(phase.value, sign, label) for phase, sign, label in moment.phases]
    return Scene(
        drawing.heading(result),
        shown.picture.width,
        shown.picture.height,
        lanes + columns,
        [_box(node) for node in shown.nodes],
        [(edge.path, is_off) for edge, is_off in shown.edges],
        legend,
    )


def _box(node: SimpleNamespace) -> Box:
    spot = node.spot
    return Box(
        spot.x,
        spot.y,
        spot.width,
        spot.height,
        node.phase.value if node.phase else node.look,
        node.sign,
        node.code,
        node.name,
        node.at,
        is_bold=node.hit,
        is_faint=node.phase is Phase.WAITING,
    )
