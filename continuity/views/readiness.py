"""Readiness: the city and its sectors, one sector, the rows behind each figure, and how everything is counted."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from flask import abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from continuity.models.readiness import ReadinessSnapshot
from continuity.queries import readiness as queries
from continuity.readiness import scored
from continuity.scoring import maturity, raising, scores, snapshots
from continuity.scoring.indicator import heaviest_first
from continuity.scoring.maturity import Level
from continuity.scoring.method import FORMULAS
from continuity.scoring.scores import CityScore, DimensionScore, SectorScore, points
from continuity.scoring.vocabulary import METHOD, WEIGHTS, Code
from continuity.views import readiness_rows as telling
from continuity.views.blueprint import bp
from prepare import actor
from prepare.access import Action, may
from prepare.clock import today
from prepare.db import db
from prepare.gate.opening import opens, opens_page
from prepare.models.organisations import Organisation
from prepare.texts import _, number
from prepare.views.functions import word
from prepare.views.paging import PAGE_SIZE, paging
from prepare.vocabulary import Dimension

MOST_SNAPSHOTS = 24  #: in a chart


@bp.get("/readiness/")
@opens_page(Action.VIEW_READINESS)
def readiness() -> ResponseReturnValue:
    """How ready the city is, dimension by dimension and sector by sector; a sector sees itself."""
    cities = db.session.scalars(queries.cities(actor.current().scope)).all()
    asked = request.args.get("city")
    city = next((one for one in cities if one.code == asked), cities[0] if cities else None)
    if city is None:
        return render_template("continuity/readiness_none.html")
    score, kept = scored.of_city(city, on=today()), _snapshots(city)
    sees_city = may(actor.current(), Action.VIEW_READINESS, city)
    own = [one for one in score.sectors if actor.current().scope.covers(one.item.path, one.item.confidentiality)]
    return render_template(
        "continuity/readiness.html",
        city=city,
        cities=cities,
        score=score,
        sees_city=sees_city,
        sectors=[_sector(one, kept) for one in own],
        dimensions=_dimensions(score) if sees_city else [],
        indicators=[telling.counts(one) for one in score.indicators.values()] if sees_city else [],
        outcomes=[_outcome(*one) for one in score.outcomes] if sees_city else [],
        caps=[_cap(one, cap) for one in own for cap in one.caps],
        chart=_chart(kept, score, "") if sees_city else None,
        change=_change(kept, score, "") if sees_city else None,
        points=points,
        kept=kept[:6],
        known=100 * score.coverage,
        further=_further(city),
    )


@bp.get("/readiness/<uuid:ref>")
@opens(Organisation, Action.VIEW_READINESS)
def readiness_sector(organisation: Organisation) -> ResponseReturnValue:
    """One sector: its dimensions and indicators, its course, its level, and what would raise its score most."""
    city, score = _city_of(organisation)
    sector = next((one for one in score.sectors if one.item.ref == str(organisation.ref)), None)
    if sector is None:
        return redirect(url_for(".readiness", city=city.code))
    kept, scope = _snapshots(city), actor.current().scope
    known = snapshots.known_of(sector, [one.figures for one in kept])
    return render_template(
        "continuity/readiness_sector.html",
        organisation=organisation,
        sector=sector,
        dimensions=[_side(one, known) for one in sector.dimensions.values()],
        level=maturity.maturity(known),
        indicators=[telling.counts(one) for one in sector.indicators.values()],
        gains=[_gain(scope, one) for one in raising.gains(sector)],
        caps=[_cap(sector, cap) for cap in sector.caps],
        chart=_chart(kept, score, sector.item.code),
        change=_change(kept, score, sector.item.code),
        known=100 * sector.coverage,
        points=points,
    )


@bp.get("/readiness/<uuid:ref>/rows")
@opens(Organisation, Action.VIEW_READINESS)
def readiness_rows(organisation: Organisation) -> ResponseReturnValue:
    """The rows from which an indicator of a sector, or of the city, is computed."""
    city, score = _city_of(organisation)
    code = word(Code, request.args.get("of")) or Code.COMPLETE
    sector = next((one for one in score.sectors if one.item.ref == str(organisation.ref)), None)
    if sector is None and organisation.id != city.id:
        abort(404)
    indicator, scope = (sector or score).indicators[code], actor.current().scope
    seen, outside = telling.parted(scope, heaviest_first(indicator.rows))
    at = paging(len(seen))
    return render_template(
        "continuity/readiness_rows.html",
        organisation=organisation,
        sector=sector,
        city=city,
        code=code,
        counts=telling.counts(indicator),
        rows=[telling.row(scope, one) for one in seen[at.offset : at.offset + PAGE_SIZE]],
        outside=outside,
        at=at,
        codes=Code,
    )


@bp.get("/readiness/method")
@opens_page(Action.VIEW_READINESS)
def readiness_method() -> ResponseReturnValue:
    """How every figure of readiness is counted."""
    weights = [(one.option, number(weight)) for one, weight in WEIGHTS.items()]
    asked = [(level, maturity.conditions(level, None)) for level in tuple(Level)[1:]]
    holes = [(hole.dimension, hole.highest, hole.reason) for hole in scores.HOLES]
    last = (Dimension.EXER, scores.LEAST_EXERCISED, scores.UNEXERCISED)
    shown = {"method": METHOD, "weights": weights, "levels": asked, "holes": [*holes, last]}
    return render_template("continuity/readiness_method.html", codes=Code, formulas=FORMULAS, **shown)


def _further(city: Organisation) -> list[tuple[str, str]]:
    """Where one looks next, as far as this person may."""
    who = actor.current()
    ways = [
        (_("Findings"), "continuity.findings", Action.VIEW_READINESS),
        (_("Preparedness guidance"), "prepare.guidance", Action.VIEW_READINESS),
        (_("Exercises"), "continuity.exercises", Action.VIEW_READINESS),
        (_("Achievable recovery times"), "dependencies.recovery_times", Action.VIEW_ANALYSIS),
        (_("How it is counted"), "continuity.readiness_method", Action.VIEW_READINESS),
        (_("Readiness report"), "exports.readiness_report", Action.EXPORT_READINESS),
        (_("Leadership report"), "exports.leadership_report", Action.EXPORT_LEADERSHIP),
    ]
    known = current_app.view_functions
    found = [(text, url_for(endpoint)) for text, endpoint, action in ways if endpoint in known and may(who, action)]
    if may(who, Action.VIEW_KUJA):
        found.append(("KUJA", url_for(".kuja", city=city.code)))
    if may(who, Action.COMPARE_READINESS, city):
        found.append((_("Readiness beside others"), url_for(".comparison", city=city.code)))
    return found


def _city_of(organisation: Organisation) -> tuple[Organisation, CityScore]:
    """The city to which an opened organisation belongs, with its score; 404 where there is none."""
    city = db.session.scalars(queries.city_of(organisation)).first() or abort(404)
    return city, scored.of_city(city, on=today())


def _snapshots(city: Organisation) -> list[ReadinessSnapshot]:
    return list(db.session.scalars(queries.snapshots(city).limit(MOST_SNAPSHOTS)))


def _dimensions(score: CityScore) -> list[SimpleNamespace]:
    return [_told(one) for one in score.dimensions.values()]


def _told(one: DimensionScore) -> SimpleNamespace:
    return SimpleNamespace(
        dimension=one.dimension,
        value=points(one.score),
        mean=points(one.mean),
        tone=one.tone,
        coverage=100 * one.coverage,
        left_out=one.left_out,
    )


def _side(one: DimensionScore, known: maturity.Known) -> SimpleNamespace:
    return SimpleNamespace(**vars(_told(one)), level=maturity.maturity(known, one.dimension))


def _sector(one: SectorScore, kept: list[ReadinessSnapshot]) -> SimpleNamespace:
    known = snapshots.known_of(one, [snapshot.figures for snapshot in kept])
    return SimpleNamespace(
        item=one.item,
        url=url_for(".readiness_sector", ref=one.item.ref),
        value=points(one.score),
        tone=one.tone,
        coverage=100 * one.coverage,
        is_stale=one.is_stale,
        level=maturity.maturity(known).level,
        cells=[_told(side) for side in one.dimensions.values()],
        unknown=sum(row.unknown > 0 for indicator in one.indicators.values() for row in indicator.rows),
    )


def _cap(sector: SectorScore, cap: scores.Cap) -> SimpleNamespace:
    seen, outside = telling.parted(actor.current().scope, cap.rows)
    links = [telling.link(actor.current().scope, row.item) for row in seen[:6]]
    more = outside + max(0, len(seen) - len(links))
    return SimpleNamespace(sector=sector.item, cap=cap, reason=_(cap.reason), links=links, more=more)


def _gain(scope: Any, one: raising.Gain) -> SimpleNamespace:
    told = telling.step(scope, one.step)
    return SimpleNamespace(**vars(told), points=number(one.points), codes=one.codes, rows=one.rows)


def _outcome(item: Any, indicator: Any) -> SimpleNamespace:
    scope = actor.current().scope
    return SimpleNamespace(**vars(telling.link(scope, item)), counts=telling.counts(indicator))


def _chart(kept: list[ReadinessSnapshot], score: CityScore, sector: str) -> SimpleNamespace:
    """The course of a score over the snapshots, and now."""
    now = next((one.score for one in score.sectors if one.item.code == sector), None) if sector else score.score
    told: list[tuple[date, float | None]] = [(one.as_of, snapshots.score(one.figures, sector)) for one in kept]
    dots = snapshots.course([*told, (today(), now)])
    corners = " ".join(f"{dot.x},{dot.y}" for dot in dots)
    grid = [(shown, snapshots.line(shown)) for shown in snapshots.LINES]
    size = SimpleNamespace(
        width=snapshots.WIDTH, height=snapshots.HEIGHT, left=snapshots.LEFT, foot=snapshots.HEIGHT - 4
    )
    return SimpleNamespace(dots=dots, corners=corners, grid=grid, size=size)


def _change(kept: list[ReadinessSnapshot], score: CityScore, sector: str) -> SimpleNamespace | None:
    """How the score and each dimension have changed since the newest snapshot; None without one."""
    if not kept:
        return None
    now = next((one for one in score.sectors if one.item.code == sector), None) if sector else score
    if now is None:
        return None
    figures = kept[0].figures
    sides = {d: snapshots.change(now.dimensions[d].score, snapshots.score(figures, sector, d)) for d in Dimension}
    return SimpleNamespace(
        snapshot=kept[0], whole=snapshots.change(now.score, snapshots.score(figures, sector)), sides=sides
    )
