"""A drawing as a file of its own: an SVG that opens alone, with its styles, its heading and its legend inside."""

from functools import cache
from types import SimpleNamespace

from flask import current_app, render_template

#: Room above the picture for the heading, and below for the legend, in the units of the picture.
HEAD, FOOT = 44, 40
#: Where in dependencies.css the styles of drawings begin.
DRAWN = "/* What is drawn as SVG."
SIGN, LETTER = 30, 6.6  #: width of a sign of the legend, and of a letter, about


def svg_file(result: SimpleNamespace) -> bytes:
    """The picture of a traced disruption, whole or at the chosen hour, as an SVG file."""
    for node in result.picture.nodes:
        node.url = node.why = None  # a file leads nowhere
    legend = [(f"sign--{look}", sign, label) for look, sign, label in result.picture.legend]
    if result.moment.at:
        legend = [(f"sign--at-{phase.value}", sign, label) for phase, sign, label in result.moment.phases]
    text = render_template(
        "dependencies/trace.svg",
        drawing=result.picture,
        title=heading(result),
        head=HEAD,
        height=HEAD + result.picture.picture.height + FOOT,
        legend_at=HEAD + result.picture.picture.height + 12,
        legend=placed(legend),
        styles=styles(),
    )
    return text.encode()


def graph_file(plan: SimpleNamespace, title: str) -> bytes:
    """The picture of the dependency graph as an SVG file."""
    for node in plan.nodes:
        node.url = None
    text = render_template(
        "dependencies/graph.svg", drawing=plan, title=title, head=HEAD, height=HEAD + plan.height, styles=styles()
    )
    return text.encode()


def heading(result: SimpleNamespace) -> str:
    """What the picture shows, with its hour."""
    return f"{result.title} · {result.moment.at}" if result.moment.at else str(result.title)


def placed(legend: list[tuple[str, str, str]]) -> list[SimpleNamespace]:
    """The entries of a legend beside each other, each with where it begins."""
    x, found = 14.0, []
    for look, sign, label in legend:
        found.append(SimpleNamespace(x=round(x), look=look, sign=sign, label=label))
        x += SIGN + LETTER * len(label) + 24
    return found


@cache
def styles() -> str:
    """The styles of drawings, with the city's colours."""
    found = []
    for name in ("theme.css", "dependencies.css"):
        with current_app.open_resource(f"static/{name}", encoding="utf-8", mode="rt") as source:
            found.append(str(source.read()))
    return found[0] + DRAWN + found[1].partition(DRAWN)[2]
