"""The glossary, and the meanings that a page asks for while it is drawn."""

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from prepare import glossary as words
from prepare.gate.opening import signed_in
from prepare.glossary import Term
from prepare.texts import language, search_key, sort_key
from prepare.views import bp


@bp.get("/glossary")
@signed_in
def glossary() -> ResponseReturnValue:
    """Every term in alphabetical order, or those that match the search."""
    q = request.args.get("q", "")[:200]
    found = [term for term in words.terms() if term.matches(search_key(q))]
    return render_template(
        "prepare/glossary.html", terms=sorted(found, key=lambda term: sort_key(term.name(language()))), q=q
    )


def ask(key: str) -> Term | None:
    """The term with this key, if it has a meaning; the page's end shows the meanings that were asked for."""
    term = words.explained().get(key)
    if term:
        g.setdefault("asked", {})[key] = term
    return term


def asked() -> list[Term]:
    """The terms whose meaning this page has asked for."""
    return list(g.get("asked", {}).values())
