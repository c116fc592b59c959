"""The best next investment: which measure saves most hours of outage over the scenarios."""

from collections.abc import Iterable, Mapping
from itertools import accumulate
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from dependencies import queries
from dependencies.analysing import scenarios
from dependencies.analysing.investments import MOST_TRIES, Investments, investments
from dependencies.candidates import Kind, Measure
from dependencies.investment import PER_HOUR, Benefit, TooMuch
from dependencies.outcome import in_hours
from dependencies.tracing import TooFar
from dependencies.views import told
from dependencies.views.blueprint import bp
from prepare import actor
from prepare.access import Action
from prepare.db import db
from prepare.errors import RuleBroken
from prepare.gate.opening import opens_page
from prepare.texts import N_, _, hours, name_of, named, number, percent
from prepare.views.paging import PAGE_SIZE, paging

MOST_NAMED = 3  #: possible suppliers that are named
OWN = "own"
#: What a measure takes for granted.
ASSUMED = {
    Kind.TOLERANCE: N_("Assumes that batteries, stocks or work by hand carry it so long."),
    Kind.TOGETHER: N_("One by one they save less: the function waits for the need that runs out first."),
    Kind.SUPPLIER: N_("Assumes that it can provide this here too, at once; in the scenarios it stays up."),
    Kind.RECOVERY: N_("Assumes half the outage in every scenario that hits it."),
    Kind.RESTART: N_("Assumes half the time from “all needs met” to “running again”."),
    Kind.COLD_START: N_("Saved against a return without any help by hand."),
}


@bp.get("/investments/")
@opens_page(Action.VIEW_ANALYSIS)
def investments_page() -> ResponseReturnValue:
    """Which measure helps most."""
    scope = actor.current().scope
    try:
        now = scenarios.graph()
        courses = scenarios.courses(scope, now)
        codes = [course.code for course in courses if course.code == request.args.get("scenario")]
        own = request.args.get("who") == OWN
        found = investments(scope, now, codes, own=own, most=MOST_TRIES)
    except (TooFar, TooMuch) as far:
        why = far if isinstance(far, TooFar) else RuleBroken(N_("There are too many measures to try."))
        title = _("Best next investment")
        return render_template("dependencies/too_far.html", title=title, why=why, command="investments")
    kind = next((kind for kind in Kind if kind.value == request.args.get("kind")), None)
    wanted = SimpleNamespace(scenario="".join(codes), who=OWN if own else "", kind=kind.value if kind else "")
    rows = [benefit for benefit in found.ranking if kind in (None, benefit.measure.kind)]
    at = paging(len(rows))
    return render_template(
        "dependencies/investments.html",
        scenarios=[(course.code, f"{course.code} {name_of(course.scenario)}") for course in courses],
        kinds=[(kind.value, kind.label) for kind in Kind],
        wanted=wanted,
        total=at.total,
        page=at.page,
        pages=at.pages,
        **_told(found, rows[at.offset : at.offset + PAGE_SIZE]),
    )


def _told(found: Investments, benefits: list[Benefit]) -> dict[str, Any]:
    """The measures in words."""
    needs = {need.id for b in (*benefits, *found.sequence) for need in found.needs(b.measure)}
    refs = {row.id: row.ref for row in db.session.execute(queries.need_refs(found.scope, needs))}
    rows = [_row(found, benefit, refs) for benefit in benefits]
    totals = accumulate(benefit.saved for benefit in found.sequence)
    chosen = [_row(found, benefit, refs) for benefit in found.sequence]
    for row, total in zip(chosen, totals, strict=True):
        row.total, row.share = _weighted(total), percent(100 * total / found.lost)
    return {"rows": rows, "sequence": chosen, "lost": _weighted(found.lost)}


def _weighted(value: int) -> str:
    return number(value / PER_HOUR, 0 if value >= 10 * PER_HOUR else 1)


def _row(found: Investments, benefit: Benefit, refs: Mapping[int, UUID]) -> SimpleNamespace:
    """A measure as a row of the table."""
    measure = benefit.measure
    function = found.shown(measure.place)
    return SimpleNamespace(
        kind=measure.kind.label,
        what=_what(found, measure),
        assumes=_(ASSUMED[measure.kind]),
        function=told.name(function),
        url=told.url(function),
        decides=named(function.card, "organisation") if function.card else "",
        is_own=function.is_own,
        needs=[SimpleNamespace(name=need.name, url=_need(refs.get(need.id))) for need in found.needs(measure)],
        saved=_weighted(benefit.saved),
        spared=len(benefit.spared),
        spared_codes=_codes(found, benefit.spared),
        vital=found.vital(benefit),
        scenarios=[f"{code} {_weighted(value)}" for code, value in benefit.by_scenario.items()],
    )


def _need(ref: UUID | None) -> str | None:
    return url_for("dependencies.need", ref=ref) if ref else None


def _codes(found: Investments, places: Iterable[int]) -> str:
    return ", ".join(sorted(found.function(place).code for place in places))


def _what(found: Investments, measure: Measure) -> str:
    """What is to be done."""
    old, new = hours(in_hours(measure.from_min)), hours(in_hours(measure.to_min))
    match measure.kind:
        case Kind.TOLERANCE:
            return _("It should manage %(new)s without this, now %(old)s.", new=new, old=old)
        case Kind.TOGETHER:
            return _("It should manage %(new)s without any of these, now %(old)s at the least.", new=new, old=old)
        case Kind.SUPPLIER:
            names = ", ".join(told.name(found.shown(place)) for place in measure.suppliers[:MOST_NAMED])
            return _("One more supplier, such as %(names)s.", names=names)
        case Kind.RECOVERY:
            return _("Back in %(new)s instead of %(old)s.", new=new, old=old)
        case Kind.RESTART:
            return _("Running again in %(new)s instead of %(old)s.", new=new, old=old)
        case Kind.COLD_START:
            supplier = found.supplier(measure)
            return _(
                "Arrange how it is started without %(supplier)s.", supplier=told.name(supplier) if supplier else ""
            )
