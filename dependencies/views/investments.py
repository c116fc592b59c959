"""The best next investment: which measure saves most hours of outage over the scenarios."""

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from itertools import accumulate
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from dependencies import queries
from dependencies.analysing import scenarios
from dependencies.analysing.investments import MOST_TRIES, Decides, Investments, investments
from dependencies.candidates import Kind, Measure
from dependencies.change import KINDS
from dependencies.investment import PER_HOUR, Benefit, TooMuch, by_cost
from dependencies.outcome import in_hours
from dependencies.tracing import TooFar
from dependencies.views import told
from dependencies.views.blueprint import bp
from prepare import actor
from prepare.access import Action
from prepare.db import db
from prepare.errors import RuleBroken
from prepare.gate.opening import opens_page
from prepare.texts import N_, _, hours, name_of, named, number, percent, typed_number
from prepare.views.paging import PAGE_SIZE, paging

MOST_NAMED = 3  #: possible suppliers that are named
ASKED = "eur-"  #: what stands in the address before the name of a measure whose cost is given
EUR = re.compile(r"[0-9]{1,9}(?:[.,][0-9]{1,2})?")
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
        decides = next((who for who in Decides if who.value == request.args.get("who")), Decides.ANYBODY)
        found = investments(scope, now, codes, decides=decides, most=MOST_TRIES)
    except (TooFar, TooMuch) as far:
        why = far if isinstance(far, TooFar) else RuleBroken(N_("There are too many measures to try."))
        title = _("Best next investment")
        return render_template("dependencies/too_far.html", title=title, why=why, command="investments")
    kind = next((kind for kind in Kind if kind.value == request.args.get("kind")), None)
    costs, wrong = _costs(found)
    wanted = SimpleNamespace(
        scenario="".join(codes), who=decides.value, kind=kind.value if kind else "", typed=_typed(), wrong=wrong
    )
    ranking = by_cost(found.ranking, found.eur(costs))
    rows = [benefit for benefit in ranking if kind in (None, benefit.measure.kind)]
    at = paging(len(rows))
    return render_template(
        "dependencies/investments.html",
        scenarios=[(course.code, f"{course.code} {name_of(course.scenario)}") for course in courses],
        kinds=[(kind.value, kind.label) for kind in Kind],
        wanted=wanted,
        total=at.total,
        page=at.page,
        pages=at.pages,
        **_told(found, rows[at.offset : at.offset + PAGE_SIZE], costs),
    )


def _typed() -> dict[str, str]:
    """The costs as they were typed, by what they are called in the address."""
    asked = request.args.items()
    return {name: value.strip()[:20] for name, value in asked if name.startswith(ASKED) and value.strip()}


def _asked(found: Investments, measure: Measure) -> str:
    """What the cost of a measure is called in the address: short, as a page of them must fit."""
    return ASKED + sha256(found.key(measure).encode()).hexdigest()[:8]


def _costs(found: Investments) -> tuple[dict[str, float], bool]:
    """Euros by the key of the measure; and whether something that was typed is no sum of euros."""
    typed = {name: "".join(value.split()) for name, value in _typed().items()}
    sums = {name: float(text.replace(",", ".")) for name, text in typed.items() if EUR.fullmatch(text)}
    if not typed:
        return {}, False
    names = {found.key(benefit.measure): _asked(found, benefit.measure) for benefit in found.ranking}
    return {key: sums[name] for key, name in names.items() if name in sums}, len(sums) < len(typed)


def _told(found: Investments, benefits: list[Benefit], costs: Mapping[str, float]) -> dict[str, Any]:
    """The measures in words."""
    needs = {need.id for b in (*benefits, *found.sequence) for need in found.needs(b.measure)}
    refs = {row.id: row.ref for row in db.session.execute(queries.need_refs(found.scope, needs))}
    rows = [_row(found, benefit, refs) for benefit in benefits]
    for row, benefit in zip(rows, benefits, strict=True):
        row.asked, eur = _asked(found, benefit.measure), costs.get(found.key(benefit.measure))
        row.typed = _typed().get(row.asked, "")
        row.per_hour = None if eur is None else _exact(eur / benefit.hours)
    totals = accumulate(benefit.saved for benefit in found.sequence)
    chosen = [_row(found, benefit, refs) for benefit in found.sequence]
    for row, total in zip(chosen, totals, strict=True):
        row.total, row.share = _weighted(total), percent(100 * total / found.lost)
    elsewhere = {name: value for name, value in _typed().items() if name not in {row.asked for row in rows}}
    return {"rows": rows, "sequence": chosen, "lost": _weighted(found.lost), "elsewhere": elsewhere}


def _weighted(value: int) -> str:
    return _exact(value / PER_HOUR)


def _exact(value: float) -> str:
    """A figure without decimals, or with one where that tells something."""
    return number(value, 0 if value >= 10 else 1)


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
        scenarios=[
            SimpleNamespace(text=f"{code} {_weighted(value)}", url=_tried(found, benefit, code, refs))
            for code, value in benefit.by_scenario.items()
        ],
    )


def _tried(found: Investments, benefit: Benefit, scenario: str, refs: Mapping[int, UUID]) -> str | None:
    """The comparison of the scenario with and without the measure; None for one that it cannot suppose.

    A faster recovery halves each scenario's outage: told by one time only where one scenario has it.
    """
    measure = benefit.measure
    function = found.shown(measure.place)
    several = measure.kind is Kind.RECOVERY and len(benefit.by_scenario) > 1
    if measure.kind not in KINDS or several or not function.opens:
        return None
    supplier = found.shown(measure.suppliers[0]).code if measure.suppliers else None
    return url_for(
        "dependencies.compare",
        a=f"scenario:{scenario}",
        kind=measure.kind.value,
        of=function.code,
        need=next((refs.get(need.id) for need in found.needs(measure)), None),
        hours=None if supplier else typed_number(in_hours(measure.to_min) or 0),
        supplier=supplier,
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
